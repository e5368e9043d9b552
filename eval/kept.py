"""The questions that are kept with the tests, each with the library that it is asked of.

Those in the form of the gold set are read as they are; of the others, which say what an answer must hold, only those that
must be refused: near misses, as many as the gold set has questions in all.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

from eval.gold import Question, load

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "staff"
SEEDS = ROOT / "seeds"
# A refusal; where a likely sentence is given to be checked all the same, it is one still to be learned from.
_REFUSED = ("not_found", ["not_found"], ["not_found", "partial"])
# Conversations and English questions are put into other questions before they are solved.
_NOT_ALONE = frozenset({"conversations", "english", "talks"})


def by_library(folder: Path = KEPT) -> dict[Path, list[Question]]:
    """Library → the questions that are asked of it."""
    asked: dict[Path, list[Question]] = defaultdict(list)
    for file in sorted(folder.glob("*.jsonl")):
        # The test part of a set is there to measure by, and nobody learns from it.
        learned_from = [question for question in load(file) if question.part != "test"]
        asked[_library_of(file.stem.partition("_")[2] or file.stem, folder)] += learned_from
    for file in sorted(folder.glob("*.toml")):
        if file.stem in _NOT_ALONE:
            continue
        own = _library_of(file.stem, folder)
        for number, kept in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["questions"]):
            if isinstance(kept.get("asked"), str) and kept.get("status") in _REFUSED:
                library = _library_of(kept["library"], folder) if "library" in kept else own
                asked[library].append(_to_be_refused(f"{file.stem}-{number}", kept["asked"]))
    return dict(asked)


def _library_of(name: str, folder: Path) -> Path:
    """The folder of a library's name; the seeds where there is none."""
    places = (folder / name, folder.parent / name)
    return next((place for place in places if place.is_dir()), SEEDS)


def _to_be_refused(name: str, asked: str) -> Question:
    return Question(name, "dev", "unanswerable", (), asked, "", (), ())
