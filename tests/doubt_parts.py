"""What the tests of source sanity share: documents with their doubts, faults that were read and faults that were planted."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from plan_parts import PLAN_NAMES, PLANS, document_of

from vectorstore.documents import Document, Doubt
from vectorstore.doubts import doubts_in
from vectorstore.reading import read_document
from vectorstore.structure import blocks_of

FAULTS = Path(__file__).resolve().parent / "faults"
SOUND = {path.stem: path for path in sorted((FAULTS / "sound").glob("*.txt"))}


def doubts_of(document: Document) -> list[Doubt]:
    metadata = document.metadata
    return doubts_in(document, blocks_of(document.text, title=metadata.title, years=metadata.years))


def doubts_about(text: str) -> list[Doubt]:
    """The doubts about a document of the test's own making."""
    return doubts_of(document_of(text, described=True))


def faults(name: str) -> list[dict[str, Any]]:
    """The faults of tests/faults/NAME.toml."""
    listed: list[dict[str, Any]] = tomllib.loads((FAULTS / f"{name}.toml").read_text(encoding="utf-8"))[
        "fault"
    ]
    return listed


@cache
def path_of(name: str) -> Path:
    """The file of a plan beside the tests, or of a sound text."""
    if name in PLAN_NAMES:
        return next(path for path in PLANS.glob(f"{name}.*") if path.suffix != ".toml")
    return SOUND[name]


@cache
def clean(name: str) -> Document:
    path = path_of(name)
    return read_document(path, name=name, file=path.name)


def planted(fault: dict[str, Any], folder: Path) -> tuple[Document, tuple[int, int]]:
    """The plan with the fault in it, and the span about which a doubt is expected."""
    original = clean(fault["plan"])
    assert original.text.count(fault["sound"]) >= 1, fault["sound"]
    text = original.text.replace(fault["sound"], fault["planted"], 1)
    path = folder / original.file
    path.write_text(text, encoding="utf-8", newline="")
    document = read_document(path, name=original.name, file=original.file)
    start = document.text.index(fault["planted"]) + fault["planted"].index(fault["doubtful"])
    return document, (start, start + len(fault["doubtful"]))


def overlaps(doubt: Doubt, span: tuple[int, int]) -> bool:
    return doubt.start < span[1] and span[0] < doubt.end


def is_listed(fault: dict[str, Any], document: Document, doubts: list[Doubt]) -> bool:
    """Whether a doubt is about one of the fault's quotes."""
    for quote in fault["quotes"]:
        start = document.text.index(quote)
        if any(overlaps(doubt, (start, start + len(quote))) for doubt in doubts):
            return True
    return False
