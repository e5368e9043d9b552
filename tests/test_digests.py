"""Overviews, worded and everyday questions of staff over three libraries: each answer complete, none a dump."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from question_sets import questions_of

from qa.assistant import Assistant

# Asks whole sets of questions.
pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/digests.toml")
# Characters, markers and all, that fit on two screens of a phone.
_LONGEST = 640


@pytest.mark.parametrize("name", sorted({question["library"] for question in QUESTIONS}))
def test_what_staff_ask_for_is_digested_in_full_and_in_brief(
    assistant_over: Callable[[str], Assistant], name: str
) -> None:
    assistant = assistant_over(name)
    wrong = []
    for question in QUESTIONS:
        if question["library"] != name:
            continue
        answer = assistant.ask(question["asked"])
        missing = [
            words for words in question["words"] if not any(w in answer.text for w in words.split("|"))
        ]
        if missing or len(answer.text.split("\n注意")[0]) > _LONGEST:
            wrong.append((question["asked"], missing, answer.text))
    assert not wrong, wrong
