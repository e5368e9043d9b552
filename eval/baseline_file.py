"""The committed baseline: what the gate compares with, kept question by question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.outcomes import Record, answered, asked, is_right
from eval.storing import RunUnusable

BASELINE = Path(__file__).resolve().parent / "baseline.json"
PLACES = 4  # decimal places that are kept of a score
# The scores whose means the gate holds: what readers call them, their keys.
MEANS = (
    ("依据召回@5", "evidence_recall"),
    ("依据 MRR", "reciprocal_rank"),
    ("引用召回率", "citation_recall"),
)


def read(path: Path = BASELINE) -> dict[str, Any]:
    """The baseline file. Raises RunUnusable when there is none or it is none."""
    try:
        baseline = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunUnusable(
            f"无法读取基线 {path}：{error}", "请先用 python -m eval gate --update 写下基线。"
        ) from error
    if not isinstance(baseline, dict):
        raise RunUnusable(f"{path} 不是基线。", "请用 python -m eval gate --update 重新写一份。")
    return baseline


def section_of(run: Mapping[str, Any]) -> str:
    """Which part of the baseline a run belongs to: our own system by who words its answers, others by name."""
    if run["system"] in ("ours", "extractive"):
        return str(run.get("answers_with") or run["system"])
    return str(run["system"])


def update(path: Path, run: Mapping[str, Any]) -> None:
    """Write this run's outcomes as its section of the baseline; other sections stay.

    Raises RunUnusable for a run with unscored questions: a baseline must not excuse them.
    """
    if failed := [record for record in run["records"] if not record["scores"]]:
        raise RunUnusable(f"有 {len(failed)} 题未能评分，不能作为基线。", "请先查明原因，再重新评测。")
    baseline = read(path) if path.exists() else {}
    titles = dict(sorted(titles_in(run["records"])))
    questions = {record["question"]["id"]: _kept(record) for record in run["records"]}
    baseline[section_of(run)] = {"date": run["date"], "titles": titles, "questions": questions}
    path.write_text(_readable(baseline), encoding="utf-8", newline="\n")


def _kept(record: Record) -> dict[str, Any]:
    scores = record["scores"]
    return {
        "asked": fingerprint(record),
        "right": is_right(record),
        "refused": not answered(record),
        "unsupported": bool(scores["unsupported_figures"]) and answered(record),
        **{key: None if scores[key] is None else round(scores[key], PLACES) for _, key in MEANS},
    }


def titles_in(records: Sequence[Record]) -> set[tuple[str, str]]:
    """The titles that answers give to documents, in what they cite and in what they found."""
    return {
        (source["document"], source["title"])
        for record in records
        if record["answer"]
        for source in (*record["answer"]["citations"], *record["answer"]["evidence"])
    }


def fingerprint(record: Record) -> str:
    """Tells whether a question of the baseline is still the same one to a scorer."""
    return hashlib.sha256("\n".join(asked(record)).encode()).hexdigest()[:12]


def _readable(baseline: Mapping[str, Any]) -> str:
    """JSON with one line a question, so that a change of the baseline shows which answers changed."""
    sections = []
    for name, section in sorted(baseline.items()):
        questions = ",\n".join(
            f"   {json.dumps(identifier)}: {json.dumps(kept)}"
            for identifier, kept in sorted(section["questions"].items())
        )
        titles = ",\n".join(
            f"   {json.dumps(document, ensure_ascii=False)}: {json.dumps(title, ensure_ascii=False)}"
            for document, title in section["titles"].items()
        )
        sections.append(
            f' {json.dumps(name)}: {{\n  "date": {json.dumps(section["date"])},\n'
            f'  "titles": {{\n{titles}\n  }},\n  "questions": {{\n{questions}\n  }}\n }}'
        )
    return "{\n" + ",\n".join(sections) + "\n}\n"
