"""Standards in tiers: by age (80—84周岁每人每月60元), behind a lead sentence, and those that hold no more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figures.values import PERSONS, figures_in
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import from_chinese

_ABOLISHED = re.compile(
    r"作废|失效|不属实|不实|谣言|误传|示例|样表|"
    r"停止执行|(?:同时|予以|即行?)废止|不再(?:执行|实施)|(?:原|旧)(?:来的?|有的?)?标准[^,。;]{0,12}(?:停|废|取消)"
)
_ASKS_FOR_FORMER = re.compile(r"原来|原先|原(?:标准|有)|以前|之前|过去|旧|调整前|提高前|停止|废止|不再")
_FORMER = re.compile("[原旧]")
_AGE = re.compile(r"(\d{2,3}|[一二三四五六七八九十百]{1,4})(?:多|几|来)?\s*周?岁")
_RANGE = re.compile(r"(?<!\d)(\d{1,3})\s*(?:周?岁)?\s*[-—–~～至到]{1,2}\s*(\d{1,3})\s*周?岁")
_FROM = re.compile(
    r"(\d{2,3}|百)\s*周?岁\s*[(]?(?:及|含|\(含\))?[)]?\s*以上|(?:年?满|达到?)\s*(\d{2,3}|百)\s*周?岁"
)
_UP_TO = re.compile(r"(\d{2,3})\s*周?岁\s*(?:及|含)?\s*以下|不满\s*(\d{2,3})\s*周?岁")
_OLDEST = 150
_ITEM = re.compile(r"^\W{0,2}(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-zA-Z])[)、.类档级是]|^[①-⑳]|^[-—•*]")
# An item further behind its lead than this belongs to something else.
_LONGEST_LIST = 20


def holds_no_more(question_text: str, sentence: str) -> bool:
    """Whether a sentence ends a standard (原…的标准同时停止执行) that the question, after what holds, does not ask for."""
    return bool(_ABOLISHED.search(folded(sentence))) and not _ASKS_FOR_FORMER.search(folded(question_text))


def is_the_former(question_text: str, sentence: str) -> bool:
    """Whether a question asks for what held before (天水原来百岁老人津贴多少), and a sentence says what was ended."""
    said = folded(sentence)
    is_ended = _ABOLISHED.search(said) is not None and _FORMER.search(said) is not None
    return is_ended and _ASKS_FOR_FORMER.search(folded(question_text)) is not None


def age_in(text: str) -> int | None:
    """The one age in years that a question names (85岁的老人, 百岁老人), None without or with several."""
    found = {_years(match[1]) for match in _AGE.finditer(folded(text))} - {None}
    return found.pop() if len(found) == 1 else None


def is_of_age(age: int, text: str) -> bool | None:
    """Whether one of the age groups that a text names holds this age; None when it names no age group."""
    groups = _groups(folded(text))
    return any(low <= age <= high for low, high, _, _ in groups) if groups else None


def is_of_same_group(question_text: str, text: str) -> bool:
    """Whether a question names an age group by both its ends (6到13岁), and a text names the very same."""
    asked = {match.groups() for match in _RANGE.finditer(folded(question_text))}
    return bool(asked & {match.groups() for match in _RANGE.finditer(folded(text))})


def tier_of(question_text: str, text: str, unit: str = "") -> tuple[int, int] | None:
    """Where a text that names several age groups gives the figure of the one that the question's age belongs to.

    From the group's words to the end of its figure, which counts people where the question does (`unit`), else money.
    None when the question names no age, or the text no such tiers.
    """
    age = age_in(question_text)
    units = PERSONS if unit in PERSONS else ("元",)
    groups = _groups(folded(text)) if age is not None else []
    if age is None or len(groups) < 2:
        return None
    # 80岁以上 above the tiers holds whoever they hold; the narrowest group is the tier.
    fitting = sorted((high - low, start, end) for low, high, start, end in groups if low <= age <= high)
    if not fitting:
        return None
    _, start, end = fitting[0]
    figure = next((f for f in figures_in(text) if f.start >= end and f.unit in units), None)
    return (start, figure.end) if figure else None


def _groups(text: str) -> list[tuple[int, int, int, int]]:
    """(youngest, oldest, start, end) of each age group that a text names."""
    groups = [(int(m[1]), int(m[2]), *m.span()) for m in _RANGE.finditer(text)]
    groups += [(_years(m[1] or m[2]) or 0, _OLDEST, *m.span()) for m in _FROM.finditer(text)]
    groups += [(0, int(m[1] or m[2]), *m.span()) for m in _UP_TO.finditer(text)]
    return groups


def lead_of(passage_number: int, index: PassageIndex) -> str:
    """The sentence that leads the list of which a passage is an item (按月发放高龄津贴：), "" when it is none."""
    passages: Sequence[Passage] = index.passages
    if not _ITEM.match(folded(passages[passage_number].text)):
        return ""
    before = [number for number in index.section_passages(passage_number) if number < passage_number]
    for number in reversed(before[-_LONGEST_LIST:]):
        text = passages[number].text.rstrip()
        if text.endswith(("：", ":")):
            return text
    return ""


def _years(written: str) -> int | None:
    value = int(written) if written.isdigit() else 100 if written == "百" else from_chinese(written)
    return value if value is not None and value < _OLDEST else None
