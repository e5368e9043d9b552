"""Sets of questions kept as data: the libraries that they are asked of, and how an answer is held against one."""

from __future__ import annotations

import os
import sqlite3
import tomllib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from qa.answer import Answer
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import synchronise

TESTS = Path(__file__).resolve().parent
SEEDS = TESTS.parent / "seeds"
LIBRARIES = {
    "seeds": SEEDS,
    "unseen": TESTS / "unseen",
    "plans": TESTS / "staff" / "plans",
    "papers": TESTS / "staff" / "papers",
    "reports": TESTS / "staff" / "reports",
    "notices": TESTS / "staff" / "notices",
    "composed": TESTS / "staff" / "composed",
    "articles": TESTS / "staff" / "articles",
    "outlines": TESTS / "staff" / "outlines",
    "outlines_later": TESTS / "staff" / "outlines_later",
    "circulars": TESTS / "staff" / "circulars",
    "registers": TESTS / "staff" / "registers",
    "tiers": TESTS / "staff" / "tiers",
    "bulletins": TESTS / "staff" / "bulletins",
    "raised": TESTS / "staff" / "raised",
    "appraisals": TESTS / "staff" / "appraisals",
    "analyses": TESTS / "staff" / "analyses",
}
# Vectors by the content of their text: what an earlier run of the tests computed, or this checkout's own index
# (`make test` builds it first, with every core), need not be computed again.
_KNOWN = TESTS.parent / ".pytest_cache"
_OWN_INDEX = TESTS.parent / ".qa" / "index" / "vectors.sqlite3"


def questions_of(file: str) -> list[dict[str, Any]]:
    """The questions of a file below tests/."""
    questions: list[dict[str, Any]] = tomllib.loads((TESTS / file).read_text(encoding="utf-8"))["questions"]
    return questions


def index_with_known_vectors(name: str, library: Path, folder: Path) -> None:
    """Index a library with the real embedder, once for all workers: the first builds it, the others wait for it."""
    folder.mkdir(exist_ok=True)
    known, vectors = _KNOWN / f"{name}_vectors.sqlite3", folder / "vectors.sqlite3"
    before = next((path for path in (known, _OWN_INDEX) if path.is_file()), None)
    if before and not vectors.exists():
        _copy_database(before, vectors)
    if synchronise(library=library, index_dir=folder, embedder=LocalEmbedder(), wait=600).embedded:
        _copy_database(vectors, known)


def _copy_database(source: Path, target: Path) -> None:
    """Whole or not at all, also beside another worker that does the same."""
    target.parent.mkdir(exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(draft)) as written:
        read.backup(written)
    draft.replace(target)


def faults_of(answer: Answer, expected: Mapping[str, Any]) -> list[str]:
    """What an answer lacks, or has too much, of what is expected: none where it is right.

    `status`: one or several; `holds`: words of the answer or its warnings, "a|b" for either; `lacks`: words that
    may not stand in its text; `warned`: whether it has to warn.
    """
    told = "\n".join((answer.text, *answer.warnings))
    status = expected.get("status", answer.status)
    faults = [] if answer.status in ([status] if isinstance(status, str) else status) else [answer.status]
    faults += [
        f"缺：{wordings}"
        for wordings in expected.get("holds", [])
        if not any(wording in told for wording in wordings.split("|"))
    ]
    faults += [f"多：{word}" for word in expected.get("lacks", []) if word in answer.text]
    if expected.get("warned") and not answer.warnings:
        faults.append("没有提醒")
    return faults
