"""The report: one page that asks for nothing, runs nothing, and shows every miss whole."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from eval_parts import record, run_of

from eval import report
from eval.cli import main
from eval.storing import RunUnusable

HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>&'


class Outline(HTMLParser):
    """Every tag with its attributes, the text between, and whether tags close in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_run() -> dict[str, object]:
    miss = record(
        HOSTILE,
        right=False,
        missing=[[HOSTILE]],
        forbidden=[HOSTILE],
        unsupported_figures=["7"],
        question={
            "question": HOSTILE,
            "reference": HOSTILE,
            "evidence": [{"document": HOSTILE, "quote": HOSTILE}],
            "documents": [HOSTILE],
            "history": [{"question": HOSTILE, "answer": HOSTILE}],
        },
        answer={
            "text": HOSTILE,
            "warnings": [HOSTILE],
            "answered_by": HOSTILE,
            "timings": {HOSTILE: 0.1},
            "tokens": {HOSTILE: 3},
        },
    )
    source = {"document": HOSTILE, "title": HOSTILE, "quote": HOSTILE, "text": HOSTILE, "score": 0.01}
    miss["answer"] |= {"citations": [source], "evidence": [source]}
    return run_of(miss, record("a-002", error=HOSTILE), system=HOSTILE) | {
        "note": HOSTILE,
        "settings": {HOSTILE: HOSTILE},
    }


def test_nothing_that_a_document_or_a_model_wrote_becomes_markup() -> None:
    run = hostile_run()
    outline = Outline(report.render(run, [run]))
    names = {tag for tag, _ in outline.tags}
    assert not names & {"script", "img", "iframe", "object", "link", "form", "base"}
    assert not any(name.startswith("on") for _, attributes in outline.tags for name in attributes)
    assert outline.text.count(HOSTILE) > 15


def test_the_page_asks_for_nothing_and_forbids_itself_to() -> None:
    page = report.render(run_of(record("a-001"), record("a-002", right=False)))
    outline = Outline(page)
    policies = [attributes["content"] for _, attributes in outline.tags if "http-equiv" in attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert not any({"src", "href", "srcset", "action"} & set(attributes) for _, attributes in outline.tags)
    assert not re.search(r"url\(|@import|https?:", page)


def test_a_miss_is_shown_with_what_is_needed_to_understand_it() -> None:
    wrong = record(
        "a-002",
        right=False,
        kind="follow_up",
        forbidden=["5家"],
        question={"history": [{"question": "养老院呢？", "answer": "3家。"}], "question": "床位呢？"},
        answer={"text": "共5家。", "warnings": ["原文存疑"]},
    )
    page = report.render(run_of(record("a-001"), wrong, record("a-003", error="模型没有回应")))
    assert page.count("<article") == 2
    article = page[page.index('id="a-002"') : page.index('id="a-003"')]
    for expected in (
        "追问",
        "说了不该说的",
        "养老院呢？",
        "床位呢？",
        "共5家。",
        "原文存疑",
        "3家。",
        "5家",
        "要点",
    ):
        assert expected in article
    assert "模型没有回应" in page[page.index('id="a-003"') :]


def test_accuracy_is_drawn_by_kind_and_by_document_with_its_counts() -> None:
    records = [record(f"a-{number:03}", right=number > 0) for number in range(4)]
    other = record("b-001", kind="table", question={"documents": ["other"]})
    page = report.render(run_of(*records, other))
    assert "75%（3/4）" in page[page.index("按题型的正确率") : page.index("按文件的正确率")]
    by_document = page[page.index("<h2>按文件的正确率") : page.index("<h2>错误类型")]
    assert "75%（3/4）" in by_document
    assert "100%（1/1）" in by_document
    assert "other" in by_document


def test_refusals_are_drawn_by_how_good_the_evidence_was() -> None:
    def with_score(identifier: str, score: float, **changes: object) -> dict[str, object]:
        made = record(identifier, **changes)  # type: ignore[arg-type]
        made["answer"]["evidence"][0]["score"] = score
        return made

    refused = {"answer": {"status": "not_found"}}
    page = report.render(
        run_of(
            with_score("a-001", 0.01, kind="unanswerable", **refused),
            with_score("a-002", 0.01, right=False, **refused),
            with_score("a-003", 0.05),
            with_score("a-004", 0.05, right=False),
            record("a-005", right=False, answer={"status": "not_found", "evidence": []}),
        )
    )
    plot = page[page.index('aria-label="拒答与检索得分"') :]
    plot = plot[: plot.index("</svg>")]
    low, high = plot.index("检索得分 0.01~0.01"), plot.index("检索得分 0.05~0.05")
    assert plot.index("没有找到段落") < low < high
    rows = [
        re.findall(r'class="(right|due|refused|wrong)"[^>]*width="([\d.]+)"', part)
        for part in (plot[low:high], plot[high:])
    ]
    filled = [[kind for kind, width in row if float(width)] for row in rows]
    assert filled == [["due", "refused"], ["right", "wrong"]]


def test_several_runs_are_put_side_by_side_over_their_common_questions() -> None:
    ours = run_of(*(record(f"a-{number:03}", seconds=0.2) for number in range(10)), system="ours")
    peer = run_of(
        *(record(f"a-{number:03}", right=number > 4, seconds=0.4) for number in range(8)), system="peer"
    )
    page = report.render(ours, [peer])
    table = page[page.index("<h2>与其他评测相比") :]
    assert "的 8 题" in table
    assert "<td>正确率</td><td>100.0%</td><td>37.5%（0.38）</td>" in table
    assert "<td>耗时中位数（秒）</td><td>0.200</td><td>0.400（2.00）</td>" in table
    assert "<td>正确率之差的 p</td><td>-</td><td>0.062</td>" in table
    assert "与其他评测相比" not in report.render(ours)


def test_two_runs_of_one_system_are_told_apart_by_their_dates() -> None:
    first, second = run_of(record("a-001")), run_of(record("a-001")) | {"date": "2026-02-03T04:05:06+08:00"}
    page = report.render(first, [second])
    assert "<th>extractive 2026-01-02 03:04</th><th>extractive 2026-02-03 04:05</th>" in page


def test_a_run_where_nothing_could_be_scored_still_has_a_page() -> None:
    page = report.render(run_of(record("a-001", error="坏了")), [run_of(record("a-001", error="坏了"))])
    Outline(page)
    assert "未能评分" in page


def test_the_command_writes_the_page_beside_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(run_of(record("a-001"))), encoding="utf-8")
    assert main(["report", str(path), "--against", str(path)]) == 0
    assert (tmp_path / "run.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "run.html" in capsys.readouterr().out
    assert main(["report", str(path), "--out", str(tmp_path)]) == RunUnusable.exit_code
