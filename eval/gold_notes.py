"""Notes on the gold questions for the people who write them: nothing here is wrong by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.gold import Question
from eval.wording import figures
from vectorstore.documents import Passage
from vectorstore.library import list_library
from vectorstore.walk import default_walk, read_library


def notes_on(questions: Sequence[Question], library: Path) -> list[str]:
    """Chinese lines: sections that no question draws on, figures of comparisons that are bound to nothing."""
    return [*_sections_without(questions, library), *_unbound(questions)]


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


def _sections_without(questions: Sequence[Question], library: Path) -> Iterator[str]:
    walk = default_walk()
    documents, _ = read_library(library, list_library(library), read=walk.read)
    quotes = {(quote.document, quote.quote) for question in questions for quote in question.evidence}
    for document in documents:
        spans = [
            (start, start + len(quote))
            for name, quote in quotes
            if name == document.name and (start := document.text.find(quote)) >= 0
        ]
        sections: dict[tuple[str, ...], list[Passage]] = {}
        for passage in walk.split(document):
            if passage.kind != "furniture":
                sections.setdefault(passage.section, []).append(passage)
        without = [path for path, passages in sections.items() if not _drawn_from(passages, spans)]
        yield f"{document.name}：{len(sections)} 节中有 {len(without)} 节没有题目"
        yield from (f"  {' > '.join(path) or '（标题之前）'}" for path in without)


def _drawn_from(passages: Sequence[Passage], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < passage.end and passage.start < end for passage in passages for start, end in spans)


def _unbound(questions: Sequence[Question]) -> Iterator[str]:
    """Comparisons where a swapped pair of figures could pass: no wording and no forbidden statement binds one."""
    loose = [
        question.id
        for question in questions
        if question.kind == "comparison"
        and sum(bool(figures(point[0])) for point in question.points) > 1
        and not any("…" in wording for point in question.points for wording in point)
        and not any("…" in statement for statement in question.forbidden)
    ]
    if loose:
        yield f"比较题中 {len(loose)} 题的数字没有写明所属（如“荆门…8500”）：{'、'.join(loose)}"
