"""When a peer's answer counts as a refusal. Peers say so in words, not in a status.

The rule leans towards the peer: an answer refuses only when its first sentence says that the answer is not to be
found, and nothing after it takes that back (但, 不过, however …). So a right answer behind a cautious opening still
counts, and so does a refusal in whatever words, followed by whatever apologies.
"""

from __future__ import annotations

import re

from qa.answer import Status
from vectorstore.folding import folded, simplified

_NOTHING = re.compile(r"(?:empty response|none|n/?a|无|未知|unknown)?[.。]?", re.IGNORECASE)
_MARKS = re.compile(r"\[\d{1,3}\]|[*_`>#]")
_FIRST_SENTENCE = re.compile(r"[^。!?\n]*?(?:[。!?\n]|\.(?=\s|$)|$)")
_SAYS = "提到|提及|提供|明确|给出|说明|列出|披露|公布|涉及|包含|包括|记载|指出|注明|找到|查到|写明|直接"
_REFUSES = re.compile(
    rf"(?:没有|并?未|并?无|不)(?:能|有|曾|在[^,。]{{1,20}}中)?(?:明确|具体|直接)?(?:{_SAYS})"
    r"|没有(?:任何|足够|相关|具体|关于|与|有关)[^,。]{0,30}(?:信息|内容|数据|资料|说明|描述|规定|答案|记录)?"
    r"|(?:无法|不能|难以)(?:直接|准确|从|根据|依据|由)?[^,。]{0,30}"
    r"(?:回答|确定|得知|得出|判断|提供|找到|获取|获得|获知|知道|给出|推断|确认|计算)"
    r"|(?:缺乏|缺少)[^,。]{0,20}(?:信息|内容|数据|资料)|(?:不清楚|不知道|不得而知|信息不足|资料不足)"
    r"|^(?:很?抱歉|对不起|很?遗憾)"
    r"|(?:\bnot|n['’]t)\s+(?:\w+\s+){0,2}?(?:mention|provide|specif|state|contain|include|given|find|found|available"
    r"|have|know|address|helpful|possible|clear)"
    r"|\b(?:cannot|unable to|no (?:specific |relevant )?(?:information|mention|data|answer)|sorry"
    r"|none of the (?:provided )?(?:sources|context|information))",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(r"但|不过|然而|可以推|\b(?:but|however|although|though)\b", re.IGNORECASE)


def status_of(text: str) -> Status:
    """ "not_found" where the answer is a refusal by the rule above, else "answered"; an empty one refuses."""
    plain = _MARKS.sub("", simplified(folded(text))).strip()
    if _NOTHING.fullmatch(plain):
        return "not_found"
    opening = _FIRST_SENTENCE.match(plain)
    first = opening.group(0) if opening else plain
    refuses = _REFUSES.search(first) is not None and _TAKES_BACK.search(plain) is None
    return "not_found" if refuses else "answered"
