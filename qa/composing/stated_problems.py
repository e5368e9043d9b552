"""What a paper says is still wrong or difficult, where none of its headings says so."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.composing.field_problems import problems_of_field
from qa.composing.outlining import FEWEST_POINTS, Point, sentence_point
from qa.composing.overview import surveyed
from qa.composing.plan_parts import LACKING, OF_PEOPLE, names_a_field, part_asked
from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question
from vectorstore.folding import folded

_DIFFICULTY = "问题|短板|不足|困难|薄弱|欠缺"
_ASKED = re.compile(
    rf"(?:{_DIFFICULTY})(?!{OF_PEOPLE})(?:和|与|及|、|或)?(?:{_DIFFICULTY})?(?:环节|之处|的?地方)?(?:有|是|呢|吗|都|包括)*(?:什么|哪|啥|几)|"
    rf"(?:什么|哪些|啥|哪几[个项方])(?:方面)?的?(?:主要|突出)?(?:{_DIFFICULTY})(?!{OF_PEOPLE})|"
    rf"(?:{_DIFFICULTY})(?!{OF_PEOPLE})在(?:于)?哪|{LACKING}"
)
# How a paper owns that something is wrong.
_STATED = re.compile(
    rf"(?:存在|面临|暴露出?|看到|制约|仍有|还有)[^。;]{{0,110}}(?:问题|矛盾|短板|不足|薄弱|差距|困难(?!{OF_PEOPLE}))"
)
# Words that a paper's own sentence answers best when it has them.
_VERY_WORDS = ("短板", "薄弱")
_LONGEST_POINT, _MOST_POINTS = 100, 10


def problems_told(asked: Question, solver: Solver) -> Solved | None:
    """All that the one paper asked about says of its problems: as its challenges, or the paragraph that owns to them.

    Without claims where it says nothing of the kind; None for other questions, and where a heading names them.
    """
    text = folded(asked.text)
    found = _ASKED.search(text)
    is_open = asked.asks in ("text", "list") and not asked.confirms
    if found is None or len(asked.documents) != 1 or not is_open:
        return None
    if _is_named(asked, solver):
        return problems_of_field(asked, solver)
    return _owned_to(asked, found[0], solver)


def _owned_to(asked: Question, said: str, solver: Solver) -> Solved | None:
    """The challenges, or the paragraph that owns to problems, of the paper asked about; `said` how they are asked for."""
    name, text = asked.documents[0], folded(asked.text)
    stated = _stated_in(name, solver)
    whole = solver.index.documents[name].text
    if any(word in said and word in whole[s.start : s.end] for word in _VERY_WORDS for s in stated):
        return None
    challenges = surveyed(replace(asked, text=re.sub(_DIFFICULTY, "挑战", text)), solver)
    if challenges:
        return replace(challenges, asked=asked)
    if not stated:
        return Solved(asked, (), Draft(()), ())
    points = _from_there_on(stated[0], whole, solver)
    if len(points) < FEWEST_POINTS:
        return None
    head = Claim(f"{owner_of(stated[0].passage)}：存在的问题，主要有以下方面：")
    draft = Draft((head, *(Claim(f"- {said}", sources) for said, sources in points)), is_settled=True)
    return solver.with_evidence(Solved(asked, (), draft, ()), [stated[0].passage])


def _is_named(asked: Question, solver: Solver) -> bool:
    """Whether a heading names the problems, or the question names those of one field of work."""
    title = solver.index.documents[asked.documents[0]].metadata.title or ""
    return names_a_field(asked, title) or part_asked(asked, solver) is not None


def _stated_in(name: str, solver: Solver) -> list[Source]:
    """The sentences of running text in which a paper owns to problems."""
    text = solver.index.documents[name].text
    return [
        source
        for passage in solver.index.of_document(name)
        if not passage.cells
        for source in sentences_of(passage, text)
        if _STATED.search(folded(text[source.start : source.end]))
    ]


def _from_there_on(first: Source, text: str, solver: Solver) -> list[Point]:
    """The sentences from the first one to the end of its paragraph, each as a point."""
    stop = text.find("\n", first.end)
    return [
        sentence_point(passage, source.start, source.end, text, _LONGEST_POINT)
        for passage in solver.index.of_document(first.passage.document)
        for source in sentences_of(passage, text)
        if first.start <= source.start and (stop < 0 or source.end <= stop)
    ][:_MOST_POINTS]
