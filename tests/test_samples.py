"""Sixty passages of the seeds, labelled by hand: whose they are, of which years, and what they state."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from plan_parts import JINGMEN, SHENGZHOU, XIALU, XIANGXI, YANGPU, assert_sound, every_document, seed

from vectorstore.documents import Document, Passage
from vectorstore.folding import folded
from vectorstore.passages import passages_of

pytestmark = pytest.mark.thorough

SAMPLE = tomllib.loads((Path(__file__).parent / "samples" / "passages.toml").read_text(encoding="utf-8"))[
    "passages"
]
SEEDS = (XIALU, XIANGXI, YANGPU, JINGMEN, SHENGZHOU)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", folded(text))


def _passage(labelled: dict[str, Any]) -> Passage:
    name = next(name for name in SEEDS if name.startswith(labelled["document"]))
    (found,) = (p for p in passages_of(seed(name)) if _plain(p.text).startswith(_plain(labelled["begins"])))
    return found


def test_the_sample_is_large_and_of_every_document_and_kind() -> None:
    assert len(SAMPLE) == 60
    assert {labelled["document"] for labelled in SAMPLE} == {name[:3] for name in SEEDS}
    assert {labelled["statement"] for labelled in SAMPLE} == {"result", "target", "standard", "measure", ""}
    assert {_passage(labelled).kind for labelled in SAMPLE} == {"text", "row", "furniture"}


@pytest.mark.parametrize("labelled", SAMPLE, ids=lambda labelled: labelled["begins"][:12])
def test_region_and_years_are_those_that_a_reader_finds(labelled: dict[str, Any]) -> None:
    passage = _passage(labelled)
    assert (passage.region, list(passage.years)) == (labelled["region"], labelled["years"])


def test_what_a_passage_states_is_what_a_reader_finds_nine_times_in_ten() -> None:
    wrong = [
        (labelled["begins"], labelled["statement"], _passage(labelled).statement)
        for labelled in SAMPLE
        if _passage(labelled).statement != labelled["statement"]
    ]
    assert len(wrong) <= len(SAMPLE) // 10, wrong


def test_what_is_called_another_kind_than_a_reader_calls_it_is_rarer_still() -> None:
    """Telling nothing where a reader can tell is a loss; telling something else is an error."""
    wrong = [
        (labelled["begins"], labelled["statement"], _passage(labelled).statement)
        for labelled in SAMPLE
        if _passage(labelled).statement not in ("", labelled["statement"])
    ]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.name)
def test_every_passage_is_exact(document: Document) -> None:
    assert_sound(document)
