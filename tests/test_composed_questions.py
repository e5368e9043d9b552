"""Sums, shares, comparisons, whole tables and doubts, asked as staff ask them and worked out by hand beforehand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import KNOWN_VECTORS, _copy_database

from qa.assistant import Assistant
from qa.settings import Settings
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import synchronise

TESTS = Path(__file__).resolve().parent
LIBRARIES = {
    "seeds": TESTS.parent / "seeds",
    "unseen": TESTS / "unseen",
    "composed": TESTS / "staff" / "composed",
}
QUESTIONS: list[dict[str, Any]] = tomllib.loads(
    (TESTS / "staff" / "composed.toml").read_text(encoding="utf-8")
)["questions"]


@pytest.fixture(scope="session")
def assistant_over(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Callable[[str], Assistant]]:
    """Extractive assistants by the name of their library; the first worker that asks for one indexes it for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    opened: dict[str, Assistant] = {}

    def over(name: str) -> Assistant:
        if name not in opened:
            folder = shared / f"composed-{name}-index"
            folder.mkdir(exist_ok=True)
            vectors = folder / "vectors.sqlite3"
            known = KNOWN_VECTORS if name == "seeds" else KNOWN_VECTORS.with_name(f"{name}_vectors.sqlite3")
            if known.is_file() and not vectors.exists():
                _copy_database(known, vectors)
            library = LIBRARIES[name]
            if synchronise(library=library, index_dir=folder, embedder=LocalEmbedder(), wait=600).embedded:
                _copy_database(vectors, known)
            opened[name] = Assistant.open(Settings(library=library, index_dir=folder, llm="none"))
        return opened[name]

    yield over
    for assistant in opened.values():
        assistant.close()


def _says(text: str, wordings: str) -> bool:
    return any(wording in text for wording in wordings.split("|"))


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_composed_question_is_answered_as_it_was_worked_out_by_hand(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    told = "\n".join((answer.text, *answer.warnings))
    assert answer.status in question["status"], told
    assert [wording for wording in question.get("holds", []) if not _says(told, wording)] == [], told
    assert [word for word in question.get("lacks", []) if word in answer.text] == [], told
    assert answer.warnings or not question.get("warned"), told


def test_every_figure_of_a_calculation_stands_in_what_is_cited(
    assistant_over: Callable[[str], Assistant],
) -> None:
    answer = assistant_over("composed").ask("石棉美罗镇和回隆镇的床位合计多少张")
    cited = " ".join(citation.quote for citation in answer.citations)
    assert "210" in cited
    assert "230" in cited
    assert "210张 + 230张 = 440张" in answer.text
