"""What several test files share: the seeds, indexed once for all workers with the real embedder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.settings import Settings
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import synchronise

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own QA_* variables and keys must not decide how tests run."""
    for name in list(os.environ):
        if name.upper().startswith("QA_") or name == "OPENAI_API_KEY":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def seeds_index_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a complete index of the seeds. The first worker builds it, the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "seeds-index"
    synchronise(library=SEEDS, index_dir=folder, embedder=LocalEmbedder(), wait=600)
    return folder


@pytest.fixture(scope="session")
def seeds_settings(seeds_index_dir: Path) -> Settings:
    """Settings for extractive answers from the seeds, without the environment's."""
    return Settings(library=SEEDS, index_dir=seeds_index_dir, llm="none")


@pytest.fixture(scope="session")
def assistant(seeds_settings: Settings) -> Iterator[Assistant]:
    """An assistant over the seeds that answers extractively."""
    with Assistant.open(seeds_settings) as opened:
        yield opened
