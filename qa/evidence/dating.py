"""The years that a quotation speaks about, also where its sentence says them outside what is quoted."""

from __future__ import annotations

import re

from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.numerals import years_in
from vectorstore.periods import Years, opened_with
from vectorstore.scopes import scope_of_heading
from vectorstore.sentences import sentence_spans

_YEAR_BEFORE = re.compile(r"(?:\d{1,2}[.、])?(?:去年|上一?年|上年度)(?!同期|比|相|以来|结[转余]|[末底])")
_PAST = re.compile("去年|上一?年|以前|之前|原来|实际")
_RAISED = re.compile("(?:涨|提高|调整?|增加|上升|提)(?:到|至|为|多少)")
# What was done in some months was not done in the whole year.
_WHOLE_YEAR = re.compile("全年|整年|一整年")
_SOME_MONTHS = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九])(?:月份?)?(?:[至到]|-|—|–|~)+(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|\d{1,2}月\d{1,2}日|[一二三四前]个?季度|[上下]半年"
)
_QUARTER = re.compile("[一二三四]季度")
_DONE = re.compile("(?:新[建增设]|改造|培训|举办|发放|拨付|购置|投入|安置|救助)[^,。?]{0,10}(?:多少|几)")
_LAST_YEAR = re.compile("(?<![比较和与跟])(?:去年|上一年|上年)(?!同期|相比|结[转余])")
_RETOLD = re.compile(r"^[^\d]{0,8}(?<![比较和与跟])(?:上年|去年|上一年)(?!同期|相比)[^,;。\d]{0,16}\d[\d.,]*")
_PRESENT = re.compile("现在|目前|现有|现状|当前|眼下|如今|已经(?:完成|做|建|办|改)|至今")
_AIMED = re.compile("目标|计划|规划|预期|要达到|将")
_HALVES = re.compile("[上下]半年")
# So many years are a plan's term rather than those of a report.
_LONGEST_REPORT = 2


def years_of_quote(passage: Passage, start: int, end: int) -> Years:
    """The years of `document.text[start:end]`, which stands in the passage.

    Those of the passage, unless its sentence opens with one that the quotation leaves out (到2023年底,…占比58%).
    """
    first, last = start - passage.start, end - passage.start
    if passage.cells or years_in(passage.text[first:last]):
        return passage.years
    for begin, stop in sentence_spans(passage.text, 0, len(passage.text)):
        if begin <= first < stop:
            sentence = passage.text[begin:stop]
            return opened_with(folded(sentence)) or year_before(passage, sentence) or passage.years
    return passage.years


def year_before(passage: Passage, text: str) -> Years:
    """The year before that of the passage, where a text opens with 去年 or 上年; else ()."""
    is_of_one = len(passage.years) == 1 and not years_in(text)
    return (passage.years[0] - 1,) if is_of_one and _YEAR_BEFORE.match(folded(text)) else ()


def is_of_asked_time(question: Question, passage: Passage, text: str) -> bool:
    """False where the headings above a text tell that it is of another half of the year, or of no single year of a plan.

    What is to be reached by a plan holds for its last year, and what it finds wanting at its outset for none of them.
    """
    if not is_of_asked_half(question, " ".join(passage.section), text):
        return False
    said = f"{passage.text[: max(passage.text.find(text), 0)].rpartition('。')[2]}{text}"
    if _WHOLE_YEAR.search(question.text) and _SOME_MONTHS.search(folded(said)) and "全年" not in text:
        return False
    before = year_before(passage, text)
    if before and not _PAST.search(question.text):
        # 今年的目标: what opens with 去年 is none.
        is_of_now = question.aspect == "target" or "今年" in question.text
        return before[0] in question.years if question.years else not is_of_now
    is_of_a_year = question.asks == "number" and len(question.years) == 1
    if not is_of_a_year or passage.cells or len(passage.years) <= _LONGEST_REPORT or years_in(text):
        return True
    scope = next(filter(None, (scope_of_heading(heading) for heading in reversed(passage.section))), "")
    if scope == "situation":
        return False
    return scope != "goals" or question.years[0] == passage.years[-1]


def is_beyond(question: Question, passage: Passage, text: str, dated: str) -> bool:
    """Whether a question asks what something is raised to in a year after that of a paper, dated so, that names none here."""
    year = re.search(r"(?:19|20)\d\d", dated)
    if year is None:
        return False
    if is_of_year_before(question):
        # What a paper tells of its own year or of later ones was not last year.
        return not passage.years and bool(years_in(text)) and min(years_in(text)) >= int(year[0])
    if not question.years or question.years[0] <= int(year[0]):
        return False
    # A standard may hold on; what is raised or done has its time.
    is_deed = _RAISED.search(question.text) or _DONE.search(question.text)
    return not passage.years and not years_in(text) and is_deed is not None


def is_of_year_before(question: Question) -> bool:
    """Whether a question asks what was done last year, and compares it with no other."""
    return _LAST_YEAR.search(question.text) is not None and not question.years


def is_of_now(question: Question) -> bool:
    """Whether a question for a share or a count asks how it is now; a standard in force may be told as what is to be."""
    is_of_money = "元" in (question.unit[-1:], question.likely_unit)
    return (
        question.asks == "number"
        and not question.years
        and not is_of_money
        and _PRESENT.search(question.text) is not None
        and not _AIMED.search(question.text)
    )


def is_last_year_told(question: Question, text: str) -> bool:
    """Whether a question asks what was last year, and a text opens with just that (去年全年支出437.6万元)."""
    return is_of_year_before(question) and _YEAR_BEFORE.match(folded(text)) is not None


def retells_year_before(question: Question, text: str) -> bool:
    """Whether the only figure of a text is one of the year before (巩固上年改造120户成果), and the question asks for no such."""
    found = _RETOLD.search(folded(text))
    if found is None or question.asks != "number" or is_of_year_before(question):
        return False
    return not re.search(r"\d", folded(text)[found.end() :])


def is_of_asked_half(question: Question, headings: str, text: str = "") -> bool:
    """False where a question names one half of the year and a text, or else the headings above it, only the other; or a
    quarter, and the text tells of 全年."""
    asked = set(_HALVES.findall(question.text))
    quarter = _QUARTER.search(question.text)
    if quarter and "全年" in text and quarter[0] not in text:
        return False
    told = set(_HALVES.findall(text) or _HALVES.findall(headings))
    return len(asked) != 1 or not told or bool(asked & told)


def is_on_the_way(question: Question, passage: Passage, text: str) -> bool:
    """Whether a text opens with a year before a plan's last (到2023年底,…), and the question names none."""
    opened = opened_with(folded(text))
    if not opened or question.years or len(passage.years) <= _LONGEST_REPORT:
        return False
    return passage.years[0] <= opened[0] < passage.years[-1]
