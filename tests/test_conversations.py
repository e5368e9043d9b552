"""Whole conversations as staff have them: what a turn leaves out is taken from the ones before, over several documents."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import KNOWN_VECTORS, _copy_database
from plan_parts import SEEDS

from qa.answer import Answer, Turn
from qa.assistant import Assistant
from qa.settings import Settings
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import synchronise

HERE = Path(__file__).resolve().parent
LIBRARIES = {"seeds": SEEDS, "unseen": HERE / "unseen", "plans": HERE / "staff" / "plans"}
CONVERSATIONS: list[dict[str, Any]] = tomllib.loads(
    (HERE / "staff" / "conversations.toml").read_text(encoding="utf-8")
)["conversations"]


@pytest.fixture(scope="module", params=sorted(LIBRARIES))
def spoken_to(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[tuple[str, Assistant]]:
    """An extractive assistant over each library, with its name."""
    name = str(request.param)
    folder = tmp_path_factory.mktemp(f"conversations-{name}-{worker_id}")
    known = KNOWN_VECTORS.with_name(f"conversations_{name}_vectors.sqlite3")
    vectors = folder / "vectors.sqlite3"
    if known.is_file():
        _copy_database(known, vectors)
    if synchronise(library=LIBRARIES[name], index_dir=folder, embedder=LocalEmbedder(), wait=600).embedded:
        _copy_database(vectors, known)
    with Assistant.open(Settings(library=LIBRARIES[name], index_dir=folder, llm="none")) as opened:
        yield name, opened


def _faults(answer: Answer, marks: list[str]) -> list[str]:
    """The marks of a turn that its answer fails: word, word|other, !word that must not stand in it, ~status."""
    failed = []
    for mark in marks:
        if mark.startswith("~"):
            holds = answer.status == mark[1:]
        elif mark.startswith("!"):
            holds = mark[1:] not in answer.text
        else:
            holds = any(word in answer.text for word in mark.split("|"))
        if not holds:
            failed.append(mark)
    return failed


def test_nine_of_ten_turns_of_conversations_are_answered_as_the_documents_state(
    spoken_to: tuple[str, Assistant],
) -> None:
    name, assistant = spoken_to
    wrong, turns = [], 0
    for conversation in CONVERSATIONS:
        history: list[Turn] = []
        for asked, *marks in conversation["turns"] if conversation["library"] == name else ():
            answer = assistant.ask(asked, history)
            turns += 1
            failed = _faults(answer, marks)
            if failed:
                wrong.append((asked, answer.question, answer.text, failed))
            history.append(Turn(asked, answer.text))
    assert len(wrong) <= 0.1 * turns, wrong
