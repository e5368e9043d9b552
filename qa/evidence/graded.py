"""Standards by grade (完全丧失自理能力1656元,中度828元…; 80—84周岁每人每月60元…): who names no grade is told all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.evidence.amounts import has_amount
from qa.evidence.claims import Claim, Source
from qa.evidence.findings import Finding
from qa.evidence.references import referred_by
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.rows import owner_of
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.tiers import age_in, holds_no_more, lead_of
from qa.figures.values import figures_in
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.places import bare_name, mentions
from vectorstore.sentences import clause_spans

_GRADE = re.compile(
    r"[重中轻]度|(?:完全|部分|基本)(?:丧失|具备|不能)|[全半]护理|[全半]自理|(?<![一-龥])[一二三四五六][级档类]|\([一二三四五六]档\)|"
    r"\d{2,3}\s*(?:[-—–~至]{1,2}\s*\d{2,3}\s*)?周?岁"
)
_ASKED = re.compile(_GRADE.pattern.replace("(?<![一-龥])", ""))
# What a sentence that ends a standard says.
_FORMER = "同时停止执行"
# A grade stands at the head of its line, and a line of a list is short.
_HEAD, _LONGEST_LINE, _LEAST = 20, 90, 2
# The heading says this much of the question where the lines below it are what is asked for, and what was found does not.
_NAMES_IT, _SAYS_ITSELF, _LEADS_IT, _SAYS_NOTHING = 0.9, 0.5, 0.85, 0.2
_MOST_LINES = 10


def grade_named(text: str) -> str:
    """The one grade that a question names (二类, 全护理), "" without or with several; an age is none."""
    named = {match[0] for match in _ASKED.finditer(folded(text)) if not match[0].endswith("岁")}
    return named.pop() if len(named) == 1 else ""


def _of_its_grade(question: Question, lines: Sequence[Passage]) -> list[Passage]:
    """The one of these lines that begins with the grade that a question names, as a list; empty where none or several do."""
    grade = grade_named(question.text)
    held = [line for line in lines if grade and grade in folded(line.text)[:_HEAD]]
    return held if len(held) == 1 else []


def _names_one(question: Question, grades: Collection[str]) -> bool:
    """Whether a question names an age, or one of these grades (重度 of 重度残疾人护理补贴 is none of 一级, 二级)."""
    named = {match[0] for match in _ASKED.finditer(folded(question.text))}
    return bool(named & set(grades)) or age_in(question.text) is not None


def _grade_of(text: str) -> str:
    """The grade whose figure a clause or a line gives, the last one before it; "" for one that gives none."""
    plainly = folded(text)
    amounts = [figure for figure in figures_in(text) if figure.unit == "元"]
    found = [match[0] for match in _GRADE.finditer(plainly) if amounts and match.start() < amounts[0].start]
    return found[-1] if found else ""


def with_all_grades(question: Question, found: Finding, whole: Finding, document_text: str) -> Finding:
    """A finding narrowed to one grade, with those that follow and precede it in its sentence `whole`; else as it is."""
    if found.passage.cells or question.confirms or question.is_side:
        return found
    graded = {
        span: grade
        for span in clause_spans(document_text, whole.start, whole.end)
        if (grade := _grade_of(document_text[slice(*span)]))
    }
    spans = list(graded)
    is_held = any(found.start < stop and begin < found.end for begin, stop in spans)
    if not is_held or len(spans) < _LEAST or _names_one(question, graded.values()):
        return found
    start, end = min(found.start, spans[0][0]), max(found.end, spans[-1][1])
    shown = document_text[start:end].rstrip(JOINING)
    return replace(found, start=start, end=start + len(shown), text=shown)


def lines_by_grade(
    question: Question, found: Finding, terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The lines of a list by grade of which a finding is one, or below the heading that is asked for; else none."""
    if found.passage.cells or question.confirms or question.is_side:
        return []
    lines = [
        passage
        for number in index.section_passages(found.number)
        if _is_line(passage := index.passages[number]) and not holds_no_more(question.text, passage.text)
    ]
    grades = [match[0] for line in lines for match in _GRADE.finditer(folded(line.text)[:_HEAD])]
    asks_for_former = not holds_no_more(question.text, _FORMER)
    # 清水县 is named by one of the lines: the others are of other parts.
    is_of_one = bool(question.named) and any(name in folded(found.text) for name in question.named)
    if len(lines) < _LEAST or asks_for_former or is_of_one:
        return []
    of_grade = _of_its_grade(question, lines)
    if found.passage in lines and of_grade and found.passage not in of_grade:
        # 一类 was found where 二类 is asked for.
        return _told_line_by_line(of_grade, index)
    if _names_one(question, grades):
        return []
    section = found.passage.section
    is_said = coverage(terms, plain(found.text)) >= _SAYS_ITSELF
    is_asked_for = bool(section) and not is_said and coverage(terms, plain(section[-1])) >= _NAMES_IT
    if found.passage not in lines and not is_asked_for:
        return []
    # 秦州区 of 一类区:秦州区、麦积区: who names a place is told the line that names it.
    places = [name for name in question.named if name not in question.regions]
    of_place = [line for line in lines if any(name in line.text for name in places)]
    return _told_line_by_line(of_place if len(of_place) == 1 else lines, index)


def _told_line_by_line(lines: Sequence[Passage], index: PassageIndex) -> list[Claim]:
    text = index.documents[lines[0].document].text
    claims = [Claim(f"{owner_of(lines[0])}：")] if owner_of(lines[0]) else []
    for line in lines:
        said = text[line.start : line.end].rstrip(JOINING + ENDING)
        claims.append(Claim(f"- {said}", (Source(line, line.start, line.start + len(said)),)))
    return claims


def lines_led(question: Question, found: Finding, terms: Sequence[Term], index: PassageIndex) -> list[Claim]:
    """All items of a list whose lead sentence is what is asked for (养老服务补贴按下列标准发放：), where the one that was
    found says nothing of the question itself, nor what it refers to; else none."""
    lead = lead_of(found.number, index)
    if not lead or question.confirms or question.is_side or question.asks != "number":
        return []
    if age_in(question.text) is not None or any(
        bare_name(one.written) in found.text for one in mentions(question.text)
    ):
        # Whose line it is, is said: that of the age, or the one that names the place.
        return []
    own = plain(f"{found.text} {referred_by(found.passage, index)}")
    if coverage(terms, own) >= _SAYS_NOTHING or coverage(terms, plain(lead)) < _LEADS_IT:
        return []
    section = [index.passages[number] for number in index.section_passages(found.number)]
    behind = section[
        next((n + 1 for n, one in enumerate(section) if one.text.rstrip() == lead), len(section)) :
    ]
    items = [one for one in behind if has_amount(question, one.text)]
    of_grade = _of_its_grade(question, items)
    if of_grade:
        return _told_line_by_line(of_grade, index)
    return _told_line_by_line(items, index) if _LEAST <= len(items) <= _MOST_LINES else []


def _is_line(passage: Passage) -> bool:
    said = folded(passage.text)
    is_short = len(said) <= _LONGEST_LINE and not passage.cells
    return is_short and bool(_GRADE.search(said[:_HEAD])) and bool(_grade_of(passage.text))
