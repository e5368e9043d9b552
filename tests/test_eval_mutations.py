"""A system made worse on purpose does not get through the gate, whichever way it is worse."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from mutations import AddsAFigure, QuotesTheSecondBest, WithoutKeywords, WithSwappedTitles, assistant_over

from eval import baseline_file, gate
from eval.gold import Question, load, read_texts
from eval.run import Record, evaluate
from eval.systems import System
from qa.assistant import Assistant
from qa.settings import Settings

pytestmark = pytest.mark.thorough

# The kinds that lean on retrieval most: a whole paragraph's items, and words that no plan uses.
KINDS = ("list", "spoken")
MANY, FEW = 80, 20


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return [question for question in load() if question.kind in KINDS][:MANY]


@pytest.fixture(scope="module")
def reference(assistant: Assistant, questions: list[Question], seeds_settings: Settings) -> list[Record]:
    """The answers of the system as it is."""
    return evaluate(assistant, questions, read_texts(seeds_settings.library))


def verdict(
    system: System,
    questions: Sequence[Question],
    reference: Sequence[Record],
    settings: Settings,
    folder: Path,
) -> gate.Verdict:
    """What the gate says to `system` when the reference is its baseline."""
    run = {"system": "extractive", "answers_with": "extractive", "date": "2026-01-02"}
    path = folder / "baseline.json"
    baseline_file.update(path, run | {"records": reference})
    records = evaluate(system, questions, read_texts(settings.library))
    return gate.check(baseline_file.read(path), run | {"records": records})


def fallen(given: gate.Verdict) -> set[str]:
    return {check.name for check in given.checks if not check.passed}


def test_the_system_as_it_is_gets_through(
    assistant: Assistant,
    questions: list[Question],
    reference: list[Record],
    seeds_settings: Settings,
    tmp_path: Path,
) -> None:
    few = questions[:FEW]
    assert verdict(assistant, few, reference, seeds_settings, tmp_path).passed


def test_swapped_titles_do_not(
    questions: list[Question], reference: list[Record], seeds_settings: Settings, tmp_path: Path
) -> None:
    with assistant_over(seeds_settings, WithSwappedTitles) as swapped:
        given = verdict(swapped, questions[-FEW:], reference, seeds_settings, tmp_path)
    assert "文件标题与基线不同" in fallen(given)


def test_finding_without_keywords_does_not(
    questions: list[Question], reference: list[Record], seeds_settings: Settings, tmp_path: Path
) -> None:
    with assistant_over(seeds_settings, WithoutKeywords) as weaker:
        given = verdict(weaker, questions, reference, seeds_settings, tmp_path)
    assert fallen(given) & {"正确率", "依据召回@5", "依据 MRR"}


def test_the_second_best_passage_does_not(
    assistant: Assistant,
    questions: list[Question],
    reference: list[Record],
    seeds_settings: Settings,
    tmp_path: Path,
) -> None:
    second = QuotesTheSecondBest(assistant)
    given = verdict(second, questions[:FEW], reference, seeds_settings, tmp_path)
    assert {"正确率", "依据 MRR", "引用召回率"} <= fallen(given)


def test_a_figure_that_no_document_holds_does_not(
    assistant: Assistant,
    questions: list[Question],
    reference: list[Record],
    seeds_settings: Settings,
    tmp_path: Path,
) -> None:
    given = verdict(AddsAFigure(assistant), questions[:FEW], reference, seeds_settings, tmp_path)
    assert fallen(given) == {"有数字没有出处"}
