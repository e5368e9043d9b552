"""What the tests of reading and structure share: the seeds, the plans beside the tests, texts in the making."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from vectorstore.documents import Document, Metadata, Passage
from vectorstore.folding import folded
from vectorstore.metadata import describe
from vectorstore.passages import passages_of
from vectorstore.reading import read_document

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
PLANS = Path(__file__).resolve().parent / "plans"
XIALU, XIANGXI, YANGPU, JINGMEN, SHENGZHOU = (path.stem for path in sorted(SEEDS.glob("*.txt")))
PLAN_NAMES = tuple(sorted(path.stem for path in PLANS.glob("*.toml")))


@cache
def seed(name: str) -> Document:
    return read_document(SEEDS / f"{name}.txt", name=name, file=f"{name}.txt")


@cache
def plan(name: str) -> Document:
    path = next(path for path in PLANS.glob(f"{name}.*") if path.suffix != ".toml")
    return read_document(path, name=name, file=path.name)


def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((PLANS / f"{name}.toml").read_text(encoding="utf-8"))


def every_document() -> list[Document]:
    seeds = (XIALU, XIANGXI, YANGPU, JINGMEN, SHENGZHOU)
    return [*map(seed, seeds), *map(plan, PLAN_NAMES)]


def document_of(text: str, *, described: bool = False) -> Document:
    """A document of the test's own making; without metadata unless it is to be described."""
    metadata = describe(text, folder=None, name="plan") if described else Metadata()
    return Document(name="plan", file="plan.txt", text=text, metadata=metadata)


def passages(text: str, *, described: bool = False) -> list[Passage]:
    return passages_of(document_of(text, described=described))


def texts_by_section(text: str) -> list[tuple[tuple[str, ...], str]]:
    """(section, text) of every passage that can be an answer."""
    return [(p.section, p.text) for p in passages(text) if p.kind != "furniture"]


def passage_with(found: list[Passage], phrase: str) -> Passage:
    """The one passage that holds the phrase."""
    holding = [passage for passage in found if phrase in passage.text]
    assert len(holding) == 1, f"{phrase!r} is in {len(holding)} passages"
    return holding[0]


def assert_sound(document: Document) -> None:
    """What holds for the passages of every text: exact, in order, apart, clean at the ends, one line each."""
    text, plain = document.text, folded(document.text)
    position = 0
    for passage in passages_of(document):
        assert text[passage.start : passage.end] == passage.text
        assert passage.start >= position
        assert passage.text
        assert plain[passage.start : passage.end].strip() == plain[passage.start : passage.end]
        if passage.kind != "row":
            assert len(passage.text.splitlines()) == 1
        for label in passage.section:
            assert text.rfind(label, 0, passage.start) >= 0
        position = passage.end
