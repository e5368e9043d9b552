"""Two runs side by side: what got better and worse, and whether that can be chance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eval_parts import record, run_of

from eval import compare
from eval.cli import main
from eval.outcomes import difference, outcome, paired


def test_the_questions_that_changed_are_named_with_both_answers() -> None:
    first = run_of(record("a-001"), record("a-002", right=False, answer={"text": "不知道"}))
    second = run_of(record("a-001", right=False, answer={"text": "4家"}), record("a-002"))
    told = compare.render(first, second)
    better, worse = told.split("变差的 1 题")
    assert (
        "变好的 1 题：\n\n【a-002】单一事实：a-002是多少？\n  先（已答）：不知道\n  后（已答）：建设3家。[1]"
        in better
    )
    assert "【a-001】" in worse
    assert "后（已答）：4家" in worse
    assert "对错题数相同" in told


def test_a_difference_of_few_questions_may_be_chance_and_one_of_many_is_not() -> None:
    before = run_of(*(record(f"a-{number:03}") for number in range(40)))
    few = run_of(*(record(f"a-{number:03}", right=number > 3) for number in range(40)))
    many = run_of(*(record(f"a-{number:03}", right=number > 9) for number in range(40)))
    assert "变差 4 题（McNemar 精确检验，p 0.125）：差别可能出于偶然" in compare.render(before, few)
    assert "变差 10 题（McNemar 精确检验，p 0.002*）：后一次更差，不是偶然" in compare.render(before, many)
    assert "后一次更好，不是偶然" in compare.render(many, before)


def test_metrics_are_compared_over_the_questions_that_both_could_be_scored_on() -> None:
    first = [record("a-001", ndcg=0.5), record("a-002", ndcg=None), record("a-003", ndcg=0.5)]
    second = [record("a-001", ndcg=1.0), record("a-002", ndcg=1.0), record("a-003", ndcg=0.75)]
    found = difference(paired(first, second), "ndcg")
    assert found is not None
    assert (found.pairs, found.mean) == (2, 0.375)
    assert ("依据 nDCG@5", "0.500", "0.875", "+0.375") in [
        row[:4] for row in compare.rows(paired(first, second))
    ]
    assert difference(paired(first[1:2], second[1:2]), "ndcg") is None


def test_a_question_whose_points_changed_or_that_failed_is_not_compared() -> None:
    first = [record("a-001"), record("a-002"), record("a-003"), record("a-004")]
    changed = record("a-002", question={"points": [["4家"]]}, right=False)
    second = [record("a-001"), changed, record("a-003", error="坏了"), record("a-005")]
    pairing = paired(first, second)
    assert [one["question"]["id"] for one, _ in pairing.pairs] == ["a-001"]
    assert pairing.unpaired == 4
    assert "题目已改的：4 题" in compare.render(run_of(*first), run_of(*second))


def test_runs_without_a_common_question_say_so() -> None:
    assert "没有可比较的题目" in compare.render(run_of(record("a-001")), run_of(record("b-001")))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"right": True}, "正确"),
        ({"error": "坏了"}, "未能评分"),
        ({"kind": "unanswerable", "missing": []}, "应拒答却作答"),
        ({"answer": {"status": "not_found"}}, "应作答却拒答"),
        ({"evidence_recall": 0.5}, "没有找到依据"),
        ({"forbidden": ["4家"]}, "说了不该说的"),
        ({}, "找到依据但缺要点"),
        ({"missing": [], "unwarned": True}, "缺少存疑提示"),
        ({"missing": [], "over_long": True}, "过长"),
    ],
)
def test_an_error_is_named_after_its_first_cause(changes: dict[str, Any], name: str) -> None:
    assert outcome(record("a-001", **{"right": False} | changes)) == name


def test_the_command_compares_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, right in (("first", True), ("second", False)):
        content = json.dumps(run_of(record("a-001", right=right), system=name))
        (tmp_path / f"{name}.json").write_text(content, encoding="utf-8")
    assert main(["compare", str(tmp_path / "first.json"), str(tmp_path / "second.json")]) == 0
    printed = capsys.readouterr().out
    assert "先：first" in printed
    assert "变差的 1 题" in printed
