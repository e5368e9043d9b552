"""Answers from plans that no rule was written for: a market town's standards, a county's tables, points without headings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import KNOWN_VECTORS, _copy_database

from qa.answer import Turn
from qa.assistant import Assistant
from qa.settings import Settings
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import synchronise

UNSEEN = Path(__file__).resolve().parent / "unseen"
QUESTIONS: list[dict[str, Any]] = tomllib.loads((UNSEEN / "questions.toml").read_text(encoding="utf-8"))[
    "questions"
]
_VECTORS = KNOWN_VECTORS.with_name("unseen_vectors.sqlite3")


@pytest.fixture(scope="session")
def unseen(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Assistant]:
    """An assistant over the unseen plans that answers extractively; the first worker indexes them for all."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "unseen-index"
    folder.mkdir(exist_ok=True)
    vectors = folder / "vectors.sqlite3"
    if _VECTORS.is_file() and not vectors.exists():
        _copy_database(_VECTORS, vectors)
    if synchronise(library=UNSEEN, index_dir=folder, embedder=LocalEmbedder(), wait=600).embedded:
        _copy_database(vectors, _VECTORS)
    with Assistant.open(Settings(library=UNSEEN, index_dir=folder, llm="none")) as opened:
        yield opened


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_an_unseen_plan_is_answered_as_it_states(unseen: Assistant, question: dict[str, Any]) -> None:
    history: list[Turn] = []
    for asked in question.get("before", []):
        history.append(Turn(asked, unseen.ask(asked, history=history).text))
    answer = unseen.ask(question["asked"], history=history)
    assert answer.status == question["status"], answer.text
    assert [word for word in question.get("holds", []) if word not in answer.text] == [], answer.text
    assert [word for word in question.get("lacks", []) if word in answer.text] == [], answer.text
    # None of these documents has a damaged figure.
    assert [warning for warning in answer.warnings if "小数点" in warning] == []
