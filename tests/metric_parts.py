"""What the metrics' tests are made of: a small plan, and questions, answers and passages about it."""

from __future__ import annotations

from typing import Any

from eval.gold import Question, Quote
from qa.answer import Answer, Citation, Evidence

FIRST = "建设智慧养老院3家，新增床位500张。"
SECOND = "改造示范睦邻点12个，资金1.2万元。"
GAP = "\n\n" + 12 * " "  # as between the cells of a table with one cell a line
TEXT = f"{FIRST}{GAP}{SECOND}\n" + "其他工作另行安排。" * 60
TEXTS = {"plan": TEXT, "other": "别的规划：建设智慧养老院13家。"}


def question(**changes: Any) -> Question:
    fields: dict[str, Any] = {
        "id": "q-001",
        "part": "dev",
        "kind": "fact",
        "documents": ("plan",),
        "question": "2023年建设智慧养老院几家？",
        "reference": "建设智慧养老院3家。",
        "points": (("3家",),),
        "evidence": (Quote("plan", "建设智慧养老院3家"),),
    }
    return Question(**fields | changes)


UNANSWERABLE = question(kind="unanswerable", points=(), evidence=(), documents=())


def answer(text: str, **changes: Any) -> Answer:
    return Answer(text=text, **{"status": "answered"} | changes)


def passage(start: int, end: int, document: str = "plan") -> Evidence:
    text = TEXTS[document][start:end]
    return Evidence(document, "标题", "杨浦", "2023年", (), start, end, text, 0.1)


def citation(quote: str, document: str = "plan") -> Citation:
    start = TEXTS[document].index(quote)
    return Citation(1, document, "标题", (), start, start + len(quote), quote)
