"""Questions about a document itself: its number, date, publisher, or the years that it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.claims import Claim, Source
from qa.evidence.premises import contrary
from qa.understanding.people import ASKS_AUTHOR, states_author
from qa.understanding.question import Question
from vectorstore.documents import Document, Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years

# Each particular: how people ask for it, its name in the answer, the field of the metadata.
_PARTICULARS = (
    (re.compile(r"发文字号|文号|文件编号|几号文"), "发文字号", "number"),
    (
        re.compile(
            r"(?:文件|规划|要点|总结|方案)?(?:是)?(?:什么时[候间]|何时|哪一?[年天])(?:发布|印发|印的?|公布|发的|发出来|出台|公开|挂出来|挂网|上网|挂上去)的?(?=[?,]|$)|(?:发布|印发|发文|公布|公开)(?:时间|日期)|文件(?:发布|印发|公布|公开)得?$"
        ),
        "发布日期",
        "date",
    ),
    (
        re.compile(
            r"(?:发布|发文|印发)(?:机构|单位|机关|部门)|(?:文件|规划|要点)是?(?:谁|哪个单位|哪个部门|哪里)(?:发布|印发|制定|发)的?(?=[?,]|$)"
        ),
        "发布机构",
        "publisher",
    ),
)
_PERIOD = re.compile(
    r"(?:规划|计划|要点|文件)(?:的)?(?:期限|期(?=[是为有多到从几?]|$)|时间范围|周期)|(?:规划|计划)(?:是|从|管)?哪一?年(?:开始)?[到至]|(?:规划|计划)是?哪(?:几年|一?年[到至])的|(?:规划|要点|文件)[^,。?]{0,6}(?:管|覆盖|涵盖|针对)的?[^,。?]{0,16}年"
)
# …规划是2024年才发布的吧
_SAID_PUBLISHED = re.compile(
    r"(?:规划|要点|总结|计划|通知|文件|方案|报告|纲要|材料)(?:是|在|于)?(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?份?(?:(?P<day>\d{1,2})[日号])?"
    r"(?:底|初|末)?(?:才|就)?(?:发布|印发|公布|发|出台|公开|挂网|上网)(?:出来)?的?(?=[?,。吧吗对]|$)"
)
_A_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")
# So many lines at either end of a paper say whose it is, and none of them is long.
_ENDS, _SHORT_LINE = 6, 60
# 规划是根据什么文件编的
_ASKS_BASIS = re.compile(
    r"(?:根据|依据|依照|按照|参照)(?:的)?(?:是)?(?:什么|哪[些个份几]|啥)(?:文件|规定|政策|规划|通知)?(?:来|去)?(?:编|制定|写|起草|出台|定|印发)|(?:编制|制定|起草|出台)的?依据"
)
_DRAWN_UP_BY = re.compile(
    r"(?:根据|依据|依照|按照)[^。；;\n]{0,160}《[^。\n]{2,160}》[^。\n]{0,60}(?:制定|编制|制订|提出|通知)[^。\n]{0,40}"
)
_BEGINNING = 3000
# Another paper named in this one, what its name says of it, and what stands behind it.
_TITLE = re.compile("《(?P<title>[^《》\n]{4,80})》")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_OF_A_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:自治[州县区]|[省市县区州旗])(?=[\u4e00-\u9fff\d]{6})")
_SHORTEST_TITLE = 6
_YEARS_WITHIN = re.compile(r"\d{4}")
_NUMBER_BEHIND = re.compile(
    r"[(\uff08]?[\u4e00-\u9fff]{1,12}[〔\[［(\uff08]\d{4}[〕\]］)\uff09]\s*\d{1,4}号[)\uff09]?"
)
_TERM = re.compile(r"期限为?[^。;]{0,24}?\d{4}年?[^。;]{0,8}?\d{4}年?|\d{4}[-—–至~]\d{4}年")


def particular_claims(question: Question, index: PassageIndex, documents: Sequence[str]) -> list[Claim]:
    """Answers from what the documents say about themselves; empty when the question asks for something else.

    `documents` are the names that the question is limited to; without any, every document answers.
    """
    text = folded(question.text)
    asked = [(label, field) for pattern, label, field in _PARTICULARS if pattern.search(text)]
    asks_period = _PERIOD.search(text) is not None
    said = _SAID_PUBLISHED.search(text) if question.confirms else None
    found: list[Claim] = []
    asks_author = ASKS_AUTHOR.search(text) is not None
    asks_basis = _ASKS_BASIS.search(text) is not None and len(documents) == 1
    is_any = asked or said or asks_period or asks_author or asks_basis
    for name in (documents or list(index.documents)) if is_any else ():
        document = index.documents[name]
        mentioned = _mentioned(document, text)
        if mentioned:
            # Of a paper that this one speaks of only what is said beside its name is known.
            wants_number = any(field == "number" for _, field in asked)
            found.extend(_of_mentioned(document, mentioned, index, wants_number=wants_number))
            continue
        for label, field in asked:
            value = _published(document.text) if field == "date" else ""
            value = value or str(getattr(document.metadata, field))
            if value:
                found.extend(_claim(document, label, value, index))
        if said and (date := _published(document.text) or str(document.metadata.date)):
            claims = _claim(document, "发布日期", date, index)
            found.extend(claims if _is_that_day(said, date) else map(contrary, claims))
        if asks_period:
            found.extend(_period(document, index))
        if asks_basis:
            found.extend(_basis(document, index))
        if asks_author:
            found.extend(_author(document, question.text, index))
    return found


def _mentioned(document: Document, asked: str) -> list[re.Match[str]]:
    """The names of other papers in a document's text that a question says whole, without their years."""
    own = folded(document.metadata.title or "")
    return [
        title
        for title in _TITLE.finditer(document.text)
        if len(core := _OF_A_PLACE.sub("", _IN_BRACKETS.sub("", folded(title["title"])))) >= _SHORTEST_TITLE
        and core in asked
        and core not in own
    ]


def _of_mentioned(
    document: Document, titles: Sequence[re.Match[str]], index: PassageIndex, *, wants_number: bool
) -> list[Claim]:
    """The clauses around such a name, where it carries its years or, for its number, that stands behind it."""
    claims: list[Claim] = []
    for title in titles:
        behind = _NUMBER_BEHIND.match(document.text, title.end())
        if not (behind if wants_number else _YEARS_WITHIN.search(title["title"])):
            continue
        source = _source(document.name, title.start(), behind.end() if behind else title.end(), index)
        if source:
            quoted = document.text[source.start : source.end]
            claims.append(Claim(f"{_name(document)}中写的是：{quoted}。", (source,)))
    return claims


def _basis(document: Document, index: PassageIndex) -> list[Claim]:
    """The sentence at a paper's beginning that says by which papers it was drawn up (根据《…》,制定…)."""
    match = _DRAWN_UP_BY.search(document.text[:_BEGINNING])
    source = _source(document.name, match.start(), match.end(), index) if match else None
    return [Claim(f"{_name(document)}：{match[0].strip()}。", (source,))] if match and source else []


def _published(text: str) -> str:
    """The date that a site states for the publication; the plan itself may carry an earlier one."""
    match = re.search(r"发布(?:日期|时间)\s*[:\uff1a]\s*(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)", text[:3000])
    return match[1] if match else ""


def _is_that_day(said: re.Match[str], date: str) -> bool:
    """Whether a statement gives the day, the month or the year of a date; True for a date in another form."""
    written = _A_DAY.match(date)
    parts = zip(said.group("year", "month", "day"), written.groups(), strict=True) if written else ()
    return all(int(one) == int(other) for one, other in parts if one and other)


def _claim(document: Document, label: str, value: str, index: PassageIndex) -> list[Claim]:
    start = document.text.find(value)
    source = _source(document.name, start, start + len(value), index) if start >= 0 else None
    if source is None:
        return []
    return [Claim(f"{_name(document)}的{label}：{value}。", (source,))]


def _period(document: Document, index: PassageIndex) -> list[Claim]:
    """The sentence that states the term, else the title that names the years."""
    match = _TERM.search(document.text)
    if match is None and document.metadata.title:
        start = document.text.find(document.metadata.title)
        match = re.compile(re.escape(document.metadata.title)).search(document.text, max(start, 0))
    if match is None or not document.metadata.years:
        return []
    source = _source(document.name, match.start(), match.end(), index)
    period = describe_years(document.metadata.years)
    return [Claim(f"{_name(document)}的期限：{period}。", (source,))] if source else []


def _author(document: Document, question: str, index: PassageIndex) -> list[Claim]:
    """The line at either end of a paper that names who wrote it, or gave the speech."""
    lines = [match for match in re.finditer(r"[^\r\n]+", document.text) if match[0].strip()]
    for match in dict.fromkeys([*lines[:_ENDS], *lines[-_ENDS:]]):
        source = _source(document.name, match.start(), match.end(), index)
        if source and len(match[0]) <= _SHORT_LINE and states_author(folded(match[0]), question):
            return [Claim(f"{_name(document)}：{match[0].strip()}。", (source,))]
    return []


def _name(document: Document) -> str:
    return f"{document.metadata.region}《{document.metadata.title or document.name}》"


def _source(document: str, start: int, end: int, index: PassageIndex) -> Source | None:
    """The span with the passage it stands in, or, for a title, the first passage after it."""
    after: Passage | None = None
    for passage in index.of_document(document):
        if passage.start <= start and end <= passage.end:
            return Source(passage, start, end)
        if after is None and passage.start >= end:
            after = passage
    return Source(after, start, end) if after else None
