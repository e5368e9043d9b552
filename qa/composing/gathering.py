"""What a paper says of a subject that none of its headings names: the sentences about it, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.composing.fields import is_of, passages_of, time_of
from qa.composing.outlining import MOST_POINTS, Point, sentence_point
from qa.composing.overview_wording import looks_back
from qa.evidence.dating import is_of_asked_half
from qa.evidence.nouns import names_in
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solver
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans, sentence_spans

# What asks for a digest, whatever one sentence says: not 怎么推进, which one sentence may answer.
_DIGEST = re.compile(
    r"概括|概述|概要|综述|归纳|梳理|总结一?下|介绍一?下|简述|[说讲谈]一?[说讲谈]|总体|总的|整体|"
    r"综合(?=[说讲介])|(?:哪些|什么)(?:安排|举措|措施|做法|打算|部署)"
)
_LONGEST_POINT = 60
# A subject in fewer sentences than this needs no gathering; one in more is about everything.
_FEWEST, _MANY = 3, 20
# A sentence about a subject says at least this much of it.
_SAYS_IT = 0.6


def asks_for_digest(text: str) -> bool:
    """Whether a question wants all that is said of its subject put together. `text` is folded."""
    return _DIGEST.search(text) is not None


def gathered(asked: Question, field_only: Question, solver: Solver) -> list[Point]:
    """The sentences of the one paper asked about that name one of the subjects, each as a point, in reading order."""
    subjects = [_wordings(names) for names in names_in(field_only)]
    if len(asked.documents) != 1 or not subjects or len(subjects) < len(field_only.content):
        return []
    # Of 孤儿和困境儿童 either is spoken of; other words of a question say one thing together.
    least = 1 if _are_side_by_side(field_only.content, asked) else len(subjects)
    name = asked.documents[0]
    text = solver.index.documents[name].text
    passages = passages_of([name], solver)[name]
    years = asked.years or (time_of(asked, passages) if looks_back(asked) else ())
    spans = [
        (passage, start, end, _first_about(subjects, text, start, end, least=least))
        for passage in passages
        if passage.kind == "text" and _is_of_time(passage, years, passages, asked)
        for start, end in sentence_spans(text, passage.start, passage.end)
    ]
    terms = solver.vocabulary.terms_of(field_only)
    about = [
        (passage, first, end)
        for passage, start, end, first in spans
        # 改革 alone is not 殡葬改革.
        if first is not None and coverage(terms, plain(text[start:end])) >= _SAYS_IT * least / len(subjects)
    ]
    if not _FEWEST <= len(about) <= _MANY:
        return []
    return [sentence_point(passage, start, end, text, _LONGEST_POINT) for passage, start, end in about][
        :MOST_POINTS
    ]


def _wordings(names: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [tuple(dict.fromkeys(wordings)) for wordings in names]


def _first_about(
    subjects: Sequence[Sequence[tuple[str, ...]]], text: str, start: int, end: int, *, least: int
) -> int | None:
    """Where the first clause that names a subject begins, in a sentence that names so many with all their nouns; else None."""
    said = plain(text[start:end])
    named = [names for names in subjects if all(any(w in said for w in wordings) for wordings in names)]
    if len(named) < least:
        return None
    last = [wording for names in named for wording in names[-1]]
    for begin, stop in clause_spans(text, start, end):
        if any(wording in plain(text[begin:stop]) for wording in last):
            return begin
    return start


def _is_of_time(
    passage: Passage, years: tuple[int, ...], passages: Sequence[Passage], asked: Question
) -> bool:
    if not is_of_asked_half(asked, " ".join(passage.section)):
        return False
    return not years or is_of(passage.section, passages, years)


def fields_apart(asked: Question, field_only: Question) -> list[tuple[Question, Question]]:
    """The question about each of two or three fields that it names side by side (婚姻登记和殡葬), with its own content."""
    pieces = field_only.content
    if len(pieces) not in (2, 3) or not _are_side_by_side(pieces, asked):
        return []
    return [(replace(asked, content=(piece,)), replace(field_only, content=(piece,))) for piece in pieces]


def _are_side_by_side(pieces: Sequence[str], asked: Question) -> bool:
    joined = "|".join(map(re.escape, pieces))
    return re.search(rf"(?:{joined})(?:和|与|及|、|以及|跟|还有)(?:{joined})", folded(asked.text)) is not None
