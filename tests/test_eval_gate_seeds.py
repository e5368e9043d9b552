"""The gate itself: today's answers about the seeds against the committed baseline."""

from __future__ import annotations

import pytest

from eval import baseline_file, gate
from eval.gold import load, read_texts
from eval.run import evaluate
from qa.assistant import Assistant
from qa.settings import Settings


def verdict(assistant: Assistant, identifiers: set[str] | None = None) -> gate.Verdict:
    questions = [question for question in load() if identifiers is None or question.id in identifiers]
    records = evaluate(assistant, questions, read_texts(assistant.settings.library))
    run = {"system": "ours", "answers_with": assistant.answers_with, "date": "", "records": records}
    return gate.check(baseline_file.read(), run)


@pytest.mark.gate
def test_extractive_answers_are_not_worse_than_the_baseline(assistant: Assistant) -> None:
    given = verdict(assistant)
    assert given.passed, gate.render(given)


@pytest.mark.model
def test_answers_of_the_local_model_are_not_worse_than_the_baseline(seeds_settings: Settings) -> None:
    """A fixed few, those of the baseline: the model takes seconds for each."""
    few = set(baseline_file.read()["local"]["questions"])
    assert len(few) <= 8
    with Assistant.open(seeds_settings.model_copy(update={"llm": "local"})) as assistant:
        given = verdict(assistant, few)
    assert given.passed, gate.render(given)
