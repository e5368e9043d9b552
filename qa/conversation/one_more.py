"""One thing more to what was asked for before: 再加上家庭照护床位呢."""

from __future__ import annotations

import re

from qa.understanding.antecedents import Antecedent
from vectorstore.places import bare_name

ADDS_ONE = re.compile(
    r"(?:那|如果|要是)?(?:(?:再|还|也)*(?:加上?(?!起来|在一起|一起|一块|总)|算上|连上)(?P<more>[^,?]{2,20}?)|把?(?P<also>[^,?]{2,20}?)(?:也|都)(?:加上|算上|[算加]进[去来]))"
    r"(?:的话|[,、]?(?:一共|总共|合计|共)?(?:是|有|要)?(?:多少|几)[\u4e00-\u9fff]{0,2})?\??"
)
_SAID_OF_ALL = re.compile("(?:加起来|合计|合在一起|一共|总共|总计|共计|拢共|[发办]了|[是有为要])+$")
_NAMED_BEHIND = re.compile(
    "(?:多少|几)(?:万|亿)?[元个家张户名人]?(?P<noun>(?!钱|百分|人次)[\u4e00-\u9fff]{2,}?)[?]?$"
)
_ASKS = re.compile("多少|几")


def with_one_more(before: Antecedent, said: str) -> str:
    """The sum of what was asked about last and of what is named now; "" when no number was asked for."""
    more, asks = ADDS_ONE.fullmatch(said), _ASKS.search(before.text)
    if more is None or asks is None:
        return ""
    named, tail = _SAID_OF_ALL.sub("", before.text[: asks.start()]), before.text[asks.start() :]
    behind = _NAMED_BEHIND.match(tail)
    if behind:
        # 发了多少低保金: what it is an amount of is named behind.
        named, tail = f"{named}{behind['noun']}", "是多少"
    place = "" if bare_name(before.place) in named else before.place
    return f"{place}{named}和{more['more'] or more['also']}一共{tail}"
