"""What several test files share: the seeds, indexed once for all workers with the real embedder."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from answer_parts import opened_with_model
from doubles import FakeOpenAI

from qa.assistant import Assistant
from qa.settings import Settings
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import synchronise

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
# Vectors by the content of their text: what an earlier run of the tests computed need not be computed again.
KNOWN_VECTORS = ROOT / ".pytest_cache" / "vectors.sqlite3"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A developer's own QA_* variables, keys and added documents must not decide how tests run."""
    for name in list(os.environ):
        if name.upper().startswith("QA_") or name == "OPENAI_API_KEY":
            monkeypatch.delenv(name)
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path_factory.getbasetemp() / "nothing-added"))


@pytest.fixture(scope="session")
def seeds_index_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a complete index of the seeds. The first worker builds it, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "seeds-index"
    folder.mkdir(exist_ok=True)
    vectors = folder / "vectors.sqlite3"
    if KNOWN_VECTORS.is_file() and not vectors.exists():
        _copy_database(KNOWN_VECTORS, vectors)
    done = synchronise(library=SEEDS, index_dir=folder, embedder=LocalEmbedder(), wait=600)
    if done.embedded:
        _copy_database(vectors, KNOWN_VECTORS)
    return folder


def _copy_database(source: Path, target: Path) -> None:
    """Whole or not at all, also beside another worker that does the same."""
    target.parent.mkdir(exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(draft)) as written:
        read.backup(written)
    draft.replace(target)


@pytest.fixture(scope="session")
def seeds_settings(seeds_index_dir: Path) -> Settings:
    """Settings for extractive answers from the seeds, without the environment's."""
    nothing_added = seeds_index_dir.with_name("nothing-added")
    return Settings(library=SEEDS, index_dir=seeds_index_dir, data_dir=nothing_added, llm="none")


@pytest.fixture(scope="session")
def assistant(seeds_settings: Settings) -> Iterator[Assistant]:
    """An assistant over the seeds that answers extractively."""
    with Assistant.open(seeds_settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def service() -> Iterator[FakeOpenAI]:
    """A model service on this machine that says what a test queues."""
    with FakeOpenAI() as running:
        yield running


@pytest.fixture(scope="module")
def worded(seeds_settings: Settings, service: FakeOpenAI) -> Iterator[Assistant]:
    """An assistant over the seeds whose answers that service words."""
    with opened_with_model(seeds_settings, service) as opened:
        yield opened
