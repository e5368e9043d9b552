"""A section about several fields of work (社会工作和养老服务, 聚焦“一老一小”): its parts that are about the one asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.composing.fields import Field
from qa.composing.outlining import Point, parts_of, points_of, sentences_about
from qa.evidence.claims import sentences_of
from qa.evidence.solving import Solver
from qa.understanding.question import Question
from qa.understanding.work_fields import fields_named, words_of_field
from vectorstore.folding import folded

# The share of a part's sentences that have to speak of the field, where its heading names none.
_MOSTLY = 0.4


def own_parts(field: Field, field_only: Question, solver: Solver) -> tuple[list[str], tuple[str, ...]]:
    """(headings of the parts, words of the field) where the section is about more than the field; ([], ()) otherwise."""
    asked = fields_named(folded(" ".join(field_only.content)))
    if len(asked) != 1 or not fields_named(folded(field.section[-1])) - asked:
        return [], ()
    words = words_of_field(next(iter(asked)))
    below = [label for label, _ in parts_of(field.section, field.document, solver.index)]
    kept = [label for label in below if _is_about(label, field, asked, words, solver)]
    return (kept, words) if kept and len(kept) < len(below) else ([], ())


def of_own_part(field: Field, field_only: Question, solver: Solver) -> Field:
    """The one part of a shared section that is about the field asked for; the section where several are, or none."""
    kept, _ = own_parts(field, field_only, solver)
    return replace(field, section=(*field.section, kept[0])) if len(kept) == 1 else field


def points_in_shared(field: Field, field_only: Question, solver: Solver, *, is_brief: bool) -> list[Point]:
    """The points of a shared section's own parts, or what these say of the field where their headings do not name it."""
    kept, words = own_parts(field, field_only, solver)
    if any(fields_named(folded(label)) for label in kept):
        return points_of(field.section, field.document, solver.index, is_brief=is_brief, among=kept)
    return sentences_about(
        words, [(*field.section, label) for label in kept], field.document, solver.index, is_brief=is_brief
    )


def _is_about(label: str, field: Field, asked: frozenset[str], words: Sequence[str], solver: Solver) -> bool:
    """Whether a part's heading names the field, or none and most of its sentences speak of it."""
    named = fields_named(folded(label))
    if named:
        return bool(named & asked)
    text = solver.index.documents[field.document].text
    section = (*field.section, label)
    said = [
        folded(text[source.start : source.end])
        for passage in solver.index.of_document(field.document)
        if passage.section[: len(section)] == section and passage.kind == "text"
        for source in sentences_of(passage, text)
    ]
    about = sum(any(word in sentence for word in words) for sentence in said)
    return about >= _MOSTLY * len(said) > 0
