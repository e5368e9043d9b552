"""What a paper owns to be wrong in one field of work (殡葬差在哪): of the problems that it counts those that speak of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.composing.leads import is_counted
from qa.composing.outlining import without_number
from qa.composing.plan_parts import named_beside, part_asked
from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.lists import headings_below, lead_before_count
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question
from qa.understanding.words import generic_words
from qa.understanding.work_fields import words_of_field
from vectorstore.folding import folded

# What was found by looking and what is to be done about it are no problems that a paper owns to.
_OTHER = re.compile("检查|排查|发现|查出|整改|解决|应对|办法|对策|原因|为什么|为啥")
# What a field may have, which papers call otherwise (养老人手: 护理人才).
_ANY_MAY_HAVE = frozenset(("队伍", "力量", "人手", "人员", "机构", "设施", "建设", "服务", "水平"))


@dataclass
class _Problem:
    """One of the problems that a paper counts, with the heading that it may have."""

    heading: Source | None
    sentences: list[Source]

    def said(self, text: str) -> str:
        """All of it, as it is answered."""
        sentences = text[self.sentences[0].start : self.sentences[-1].end].rstrip(JOINING + ENDING)
        if self.heading is None:
            return sentences
        label = without_number(text[self.heading.start : self.heading.end])
        return f"**{label}**：{sentences}" if sentences else label

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it stands."""
        return (*((self.heading,) if self.heading else ()), *self.sentences)


def problems_of_field(asked: Question, solver: Solver) -> Solved | None:
    """The problems of the one paper asked about that speak of the field of work named; None where none of them does."""
    title = solver.index.documents[asked.documents[0]].metadata.title or ""
    words = _words_named(asked, title)
    part = None if _OTHER.search(asked.text) else part_asked(replace(asked, content=()), solver)
    if not words or part is None:
        return None
    text = solver.index.documents[part.document].text
    told = [
        (count, problem)
        for problem in _problems_in(part.section, part.document, solver)
        if (count := _speaks_of(problem.said(text), words))
    ]
    # What speaks of 养老人手 is meant before what only speaks of 养老.
    most = max((count for count, _ in told), default=0)
    meant = [problem for count, problem in told if count == most]
    if not meant:
        return None
    owner = owner_of(meant[0].sources[0].passage)
    heading = without_number(part.section[-1])
    claims = [Claim(f"{owner}：{heading}，有关的是：")]
    claims += [Claim(f"- {problem.said(text)}", problem.sources) for problem in meant]
    solved = Solved(asked, (), Draft(tuple(claims), is_settled=True), ())
    return solver.with_evidence(solved, [meant[0].sources[-1].passage])


def _words_named(asked: Question, title: str) -> list[str]:
    """The words of what a question names besides the problems."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    words = (word for piece in named_beside(asked, title) for word in rjieba.cut(piece))
    return [word for word in words if len(word) > 1 and word not in generic_words()]


def _speaks_of(said: str, words: Sequence[str]) -> int:
    """How many of the words a problem says; 0 where it says nothing of a field named, or without one not all of them."""
    said = folded(said)
    fields = [words_of_field(word) for word in words]
    held = [
        any(one in said for one in field) if field else word in said
        for word, field in zip(words, fields, strict=True)
    ]
    own = [hold for hold, word in zip(held, words, strict=True) if word not in _ANY_MAY_HAVE]
    needed = [hold for hold, field in zip(held, fields, strict=True) if field] or own or held
    return sum(held) if all(needed) else 0


def _problems_in(section: tuple[str, ...], document: str, solver: Solver) -> list[_Problem]:
    """The problems of a section one by one: below their headings, as it counts them (一是…), or by the sentence."""
    text = solver.index.documents[document].text
    headings = dict(headings_below(section, document, solver.index))
    found: list[_Problem] = []
    for passage in solver.index.of_document(document):
        if passage.section[: len(section)] != section or passage.cells:
            continue
        below = passage.section[len(section) : len(section) + 1]
        heading = headings.get(below[0]) if below else None
        for source in sentences_of(passage, text):
            start = source.start + lead_before_count(text[source.start : source.end])
            is_same = bool(found) and found[-1].heading == heading and heading is not None
            counts = is_counted(text[start : source.end])
            follows = bool(found) and not heading and not counts and is_counted(found[-1].said(text))
            if is_same or follows:
                found[-1].sentences.append(replace(source, start=start))
            else:
                found.append(_Problem(heading, [replace(source, start=start)]))
    return found
