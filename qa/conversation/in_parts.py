"""Follow-ups on a question that asked for several things, and on what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from qa.conversation.turns_before import OverTurns
from qa.understanding.antecedents import Antecedent, subject_of
from qa.understanding.words import attribute_words, generic_words
from vectorstore.documents import Document
from vectorstore.numerals import years_in

_COUNT = r"(?:多少|几)(?P<measure>[\u4e00-\u9fff])"
_ASKS_COUNT = re.compile(_COUNT)
# Only another year, and what is planned or done, is said before so many.
_COUNTS_ONLY = re.compile(
    rf"(?:那|在|到)?(?:20\d\d|[今明去]年|去|今|明)?年?(?:底)?(?:的)?(?:计划|目标|打算|预计|要|一共|总共|实际|完成|的|是|有|达到)*{_COUNT}(?:呢)?\??"
)
# Measure words that say the same of things; people and others have their own.
_ALIKE = (frozenset("个家所处项座"), frozenset("人名位"), frozenset("元块"))
_NEXT = re.compile(
    r"(?:下一步|下步|接下来|今后|往后|以后|后面|下一阶段)(?:工作)?(?:的)?(?:[还又]?(?:有|是|要|准备|打算)*(?:什么|哪些|啥|何)?(?:打算|安排|计划|措施|举措|思路|任务|怎么[做办干弄搞]|咋[办弄做干]|如何[做办]|做什么|干什么|干啥|怎么样)*)的?(?:呢|吗)?\??"
)
# Whether each part of the place has what was asked about: 每个街道都有吗.
# The name of a field of work, and nothing asked of it.
_FIELD = re.compile("(?:那|在)?([\u4e00-\u9fff]{2,8}?)(?:方面|领域|这一?块|那一?块)的?(?:工作)?呢?[?。]*")
_EACH = re.compile(
    r"(?:是不是|是否)?(?P<each>(?:每一?个?|各个?|所有的?)(?:街道|社区|乡镇|镇|村|县|区|县区|地方|机构))(?:是不是|是否)?(?:都|全都?)?有(?:吗|么|没有?)?\??"
)
_IDLE_END = re.compile("(?:[干做搞办抓]|得|情况|工作|怎么|如何|了|培育|发展|开展|推进|完成)+$")


def of_one_part(said: str, before: Antecedent) -> Antecedent:
    """Of a question that asked for several numbers the part that a follow-up counts (2022年计划多少个), by its measure word."""
    counts = _COUNTS_ONLY.fullmatch(said)
    pieces = [piece for piece in re.split("[,;?]", before.text) if _ASKS_COUNT.search(piece)]
    if counts is None or len(pieces) < len("两件"):
        return before
    meant = [piece for piece in pieces if _is_alike(counts["measure"], piece)]
    if len(meant) != 1:
        return before
    piece = meant[0]
    subject = subject_of(piece, before.asked)
    return replace(
        before, text=f"{before.place}{before.years}{_own(piece, before)}", subject=subject or before.subject
    )


def what_comes_next(said: str, before: Antecedent, documents: Mapping[str, Document]) -> OverTurns | None:
    """下一步打算 put as a question about the plans of the same subject; None for another follow-up.

    Of a paper that reports one year and plans the next, the plans are those of the next.
    """
    if not _NEXT.fullmatch(said) or not before.subject:
        return None
    asked = years_in(before.years or before.answer_years)
    held = {year for name in before.asked.documents for year in documents[name].metadata.years}
    later = [year for year in held if asked and year == asked[-1] + 1]
    year = f"{later[0]}年" if later and len(asked) == 1 else ""
    subject = _IDLE_END.sub("", before.subject) or before.subject
    return OverTurns(f"{before.place}{year}{subject}有哪些打算")


def put_anew(said: str, before: Antecedent) -> OverTurns | None:
    """每个街道都有吗 put as a question about the subject before, 殡葬方面呢 as one about another field; None for others."""
    field = _FIELD.fullmatch(said)
    if field and field[1] not in before.subject and field[1] not in attribute_words() | generic_words():
        return OverTurns(f"{before.place}{field[1]}方面有哪些安排")
    found = _EACH.fullmatch(said)
    if found is None or not before.subject:
        return None
    each = re.sub("^(?:每一?个?|各个?|所有的?)", "各", found["each"])
    return OverTurns(f"{before.place}{before.years}{each}都有{_IDLE_END.sub('', before.subject)}吗")


def _own(piece: str, before: Antecedent) -> str:
    """A piece without the place and the years of the whole."""
    for word in (*before.asked.regions, before.place, before.years):
        piece = piece.replace(word, "", 1) if word else piece
    return piece.removeprefix(before.place[:-1]) if before.place else piece


def _is_alike(measure: str, piece: str) -> bool:
    found = _ASKS_COUNT.search(piece)
    other = found["measure"] if found else ""
    return measure == other or any(measure in group and other in group for group in _ALIKE)
