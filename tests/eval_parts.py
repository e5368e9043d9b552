"""What the evaluation's tests share: a small plan, gold questions about it, and an assistant with a script."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.summary import summarise
from qa.answer import Answer, Citation, Evidence, Turn

PLAN = "杨浦区2023年民政工作要点\r\n建设智慧养老院3家，新增床位500张。\r\n改造睦邻点12个。\r\n"
QUOTE = "建设智慧养老院3家"

GOLD: list[dict[str, Any]] = [
    {
        "id": "fact-001",
        "part": "dev",
        "kind": "fact",
        "documents": ["plan"],
        "question": "建设智慧养老院几家？",
        "reference": "3家。",
        "points": [["3家", "三家"]],
        "forbidden": ["12家"],
        "evidence": [{"document": "plan", "quote": QUOTE}],
    },
    {
        "id": "follow-001",
        "part": "test",
        "kind": "follow_up",
        "documents": ["plan"],
        "question": "床位呢？",
        "history": [{"question": "建设智慧养老院几家？", "answer": "3家。"}],
        "reference": "新增床位500张。",
        "points": [["500张"]],
        "evidence": [{"document": "plan", "quote": "新增床位500张"}],
    },
    {
        "id": "none-001",
        "part": "test",
        "kind": "unanswerable",
        "documents": [],
        "question": "黄浦区建设几家？",
        "reference": "文件库里没有黄浦区的文件。",
        "points": [],
        "evidence": [],
    },
]


class ScriptedAssistant:
    """Gives the queued replies in order (an exception is raised) and records what it was asked."""

    def __init__(self, *replies: Answer | Exception) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, list[Turn]]] = []
        self.closed = False

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append((question, list(history)))
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def close(self) -> None:
        self.closed = True


def cited(quote: str, text: str) -> Answer:
    start = PLAN.index(quote)
    place = ("plan", "要点", ("一、",), start, start + len(quote), quote)
    passage = Evidence("plan", "要点", "杨浦", "2023年", ("一、",), start, start + len(quote), quote, 0.03)
    return Answer(text, "answered", (Citation(1, *place),), answered_by="小模型", evidence=(passage,))


RIGHT = cited(QUOTE, "建设三家。[1]")
WRONG = cited("改造睦邻点12个", "共12家，500个床位。[1]")
REFUSAL = Answer("没有找到，已查找1份文件。", "not_found")


def write_gold(folder: Path, *questions: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(question, ensure_ascii=False) for question in questions), "utf-8")
    return path


def record(identifier: str, *, right: bool = True, kind: str = "fact", **changes: Any) -> dict[str, Any]:
    """A scored answer as a run keeps it; `changes` go to its scores, `answer`, `question` and `error` in their places."""
    question = {
        "id": identifier,
        "part": "dev",
        "kind": kind,
        "documents": [] if kind == "unanswerable" else ["plan"],
        "question": f"{identifier}是多少？",
        "reference": "3家。",
        "points": [["3家"]],
        "evidence": [] if kind == "unanswerable" else [{"document": "plan", "quote": QUOTE}],
        "forbidden": [],
        "history": [],
        "warns": False,
    } | changes.pop("question", {})
    source = {
        "document": "plan",
        "title": "要点",
        "section": [],
        "start": 0,
        "end": 3,
        "text": "杨浦区",
        "quote": "杨浦区",
    }
    answer = {
        "text": "建设3家。[1]",
        "status": "answered",
        "answered_by": "extractive",
        "question": question["question"],
        "warnings": [],
        "timings": {"retrieve": 0.1, "total": 0.2},
        "tokens": None,
        "citations": [source | {"number": 1}],
        "evidence": [source | {"score": 0.04}],
    } | changes.pop("answer", {})
    error = changes.pop("error", None)
    scores = {
        "right": right,
        "missing": [] if right else [["3家"]],
        "forbidden": [],
        "over_long": False,
        "unwarned": False,
        "evidence_recall": 1.0,
        "ndcg": 1.0,
        "reciprocal_rank": 1.0,
        "citation_exactness": 1.0,
        "citation_precision": 1.0,
        "citation_recall": 1.0,
        "unsupported_figures": [],
        "wrong_owner_figures": [],
        "brevity": 5,
        "seconds": 0.2,
    } | changes
    if error is not None:
        return {
            "question": question,
            "answer": None,
            "scores": None,
            "error": {"message": error, "traceback": ""},
        }
    return {"question": question, "answer": answer, "scores": scores, "error": None}


def run_of(*records: dict[str, Any], system: str = "extractive") -> dict[str, Any]:
    """A finished run of these records."""
    return {
        "system": system,
        "date": "2026-01-02T03:04:05+08:00",
        "answers_with": "extractive",
        "note": "原文摘录",
        "jobs": 1,
        "seconds_to_open": 1.0,
        "memory_mib": 100.0,
        "settings": {"llm": "none"},
        "prompts": {"answer_user.txt": "0" * 64},
        "versions": {"python": "3.11"},
        "commit": {"commit": "c" * 40, "changed": True},
        "gold_sha256": "9" * 64,
        "summary": summarise(list(records)),
        "records": list(records),
    }


def small_library(folder: Path) -> Path:
    """A library of that one plan."""
    library = folder / "library"
    library.mkdir()
    (library / "plan.txt").write_bytes(PLAN.encode())
    return library
