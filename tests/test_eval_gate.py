"""The gate on runs made by hand: what it lets pass as noise, and what it never does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eval_parts import (
    GOLD,
    QUOTE,
    REFUSAL,
    RIGHT,
    ScriptedAssistant,
    cited,
    record,
    run_of,
    small_library,
    write_gold,
)

from eval import baseline_file, gate
from eval.cli import main
from eval.storing import RunUnusable

Records = list[dict[str, Any]]


def records(count: int = 40, **changes: Any) -> Records:
    return [record(f"a-{number:03}", **changes) for number in range(count)]


def fallen(before: Records, after: Records, folder: Path) -> list[str]:
    """The names of the checks that fail."""
    path = folder / "baseline.json"
    baseline_file.update(path, run_of(*before))
    verdict = gate.check(baseline_file.read(path), run_of(*after))
    assert verdict.passed == (not [check for check in verdict.checks if not check.passed])
    return [check.name for check in verdict.checks if not check.passed]


def test_the_same_run_passes(tmp_path: Path) -> None:
    none = record("n-001", kind="unanswerable", answer={"status": "not_found"}, evidence_recall=None)
    assert fallen([*records(), none], [*records(), none], tmp_path) == []


def test_one_question_may_turn_and_two_of_a_kind_may_not(tmp_path: Path) -> None:
    assert fallen(records(), [record("a-000", right=False), *records()[1:]], tmp_path) == []
    two = [record(f"a-{number:03}", right=number > 1) for number in range(40)]
    assert fallen(records(), two, tmp_path) == ["正确率（单一事实）"]


def test_two_questions_of_small_kinds_may_turn_and_three_may_not(tmp_path: Path) -> None:
    kinds = ("table", "list", "text", "spoken")
    before = [record(f"{kind}-{number:03}", kind=kind) for kind in kinds for number in range(9)]
    two = [
        record(r["question"]["id"], kind=r["question"]["kind"], right=n not in (0, 9))
        for n, r in enumerate(before)
    ]
    assert fallen(before, two, tmp_path) == []
    three = [
        record(r["question"]["id"], kind=r["question"]["kind"], right=n not in (0, 9, 18))
        for n, r in enumerate(before)
    ]
    assert fallen(before, three, tmp_path) == ["正确率"]


def test_what_is_gained_elsewhere_counts_against_what_is_lost(tmp_path: Path) -> None:
    before = [record(f"a-{number:03}", right=number >= 3) for number in range(40)]
    after = [record(f"a-{number:03}", right=number not in (3, 4, 5)) for number in range(40)]
    assert fallen(before, after, tmp_path) == []


def test_a_fall_in_one_kind_is_not_hidden_by_a_rise_in_another(tmp_path: Path) -> None:
    before = [
        record(f"a-{number:03}", right=number >= 20, kind="table" if number < 20 else "list")
        for number in range(40)
    ]
    after = [
        record(f"a-{number:03}", right=number < 36, kind="table" if number < 20 else "list")
        for number in range(40)
    ]
    assert fallen(before, after, tmp_path) == ["正确率（列举）"]


@pytest.mark.parametrize(
    ("key", "name"),
    [("evidence_recall", "依据召回@5"), ("reciprocal_rank", "依据 MRR"), ("citation_recall", "引用召回率")],
)
def test_a_mean_may_fall_by_noise_and_no_further(tmp_path: Path, key: str, name: str) -> None:
    one = [record(f"a-{number:03}", **{key: float(number > 0)}) for number in range(40)]
    assert fallen(records(), one, tmp_path) == []
    several = [record(f"a-{number:03}", **{key: float(number > 5)}) for number in range(40)]
    assert fallen(records(), several, tmp_path) == [name]
    slightly = [record(f"a-{number:03}", **{key: 0.999}) for number in range(40)]
    assert fallen(records(), slightly, tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"citation_exactness": 0.5}, "引用与原文不符"),
        ({"citation_exactness": 0.0}, "引用与原文不符"),
        ({"unsupported_figures": ["7"]}, "有数字没有出处"),
        (
            {"answer": {"evidence": [{"document": "plan", "title": "别的标题", "score": 0.1}]}},
            "文件标题与基线不同",
        ),
        ({"error": "坏了"}, "未能评分"),
    ],
)
def test_one_answer_is_enough_where_there_is_no_noise(
    tmp_path: Path, changes: dict[str, Any], name: str
) -> None:
    assert fallen(records(), [record("a-000", **changes), *records()[1:]], tmp_path) == [name]


def test_a_question_that_could_not_be_scored_falls_with_its_error(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline_file.update(path, run_of(*records()))
    verdict = gate.check(
        baseline_file.read(path), run_of(*records(), record("new-001", error="模型没有回应"))
    )
    assert "退步  未能评分：1 题，不容许有，第一个错误：模型没有回应\n      new-001" in gate.render(verdict)


def test_a_figure_without_source_is_excused_where_the_baseline_has_it_and_in_refusals(tmp_path: Path) -> None:
    known = [record("a-000", unsupported_figures=["7"]), *records()[1:]]
    assert fallen(known, known, tmp_path) == []
    refused = record("a-000", right=False, unsupported_figures=["5"], answer={"status": "not_found"})
    assert fallen(records(), [refused, *records()[1:]], tmp_path) == []


def test_answers_where_refusals_are_due_and_refusals_where_answers_are_fall(tmp_path: Path) -> None:
    def unanswerable(answered: int) -> Records:
        return [
            record(
                f"n-{number:03}",
                kind="unanswerable",
                right=number >= answered,
                answer={"status": "answered" if number < answered else "not_found"},
                evidence_recall=None,
            )
            for number in range(8)
        ]

    assert fallen(unanswerable(0), unanswerable(1), tmp_path) == []
    assert fallen(unanswerable(0), unanswerable(2), tmp_path) == ["拒答召回率"]
    wrong = records(right=False)
    refusing = [
        record(f"a-{number:03}", right=False, answer={"status": "not_found"} if number < 3 else {})
        for number in range(40)
    ]
    assert fallen(wrong, refusing, tmp_path) == ["拒答精确率（有答案而不拒答）"]


def test_new_and_changed_questions_are_told_and_not_compared(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline_file.update(path, run_of(*records()))
    changed = [record(f"a-{number:03}", right=False, question={"points": [["4家"]]}) for number in range(10)]
    verdict = gate.check(
        baseline_file.read(path), run_of(*changed, *records()[10:], record("new-001", right=False))
    )
    assert verdict.passed
    assert (verdict.pairs, verdict.unknown) == (30, 11)
    assert "另有 11 题" in gate.render(verdict)


def test_a_run_over_some_of_the_questions_is_compared_over_these(tmp_path: Path) -> None:
    assert fallen(records(), records()[:12], tmp_path) == []
    three = [record(f"a-{number:03}", right=number > 2) for number in range(12)]
    assert fallen(records(), three, tmp_path) == ["正确率", "正确率（单一事实）"]


def test_the_sections_of_a_baseline_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline_file.update(path, run_of(*records()))
    baseline_file.update(path, run_of(*records(8, right=False)) | {"answers_with": "local"})
    assert set(baseline_file.read(path)) == {"extractive", "local"}
    assert not gate.check(baseline_file.read(path), run_of(*records(right=False))).passed
    assert gate.check(
        baseline_file.read(path), run_of(*records(right=False)) | {"answers_with": "local"}
    ).passed
    with pytest.raises(RunUnusable, match="peer"):
        gate.check(baseline_file.read(path), run_of(*records(), system="peer"))


def test_a_run_with_unscored_questions_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(RunUnusable, match="1 题未能评分"):
        baseline_file.update(tmp_path / "baseline.json", run_of(*records(), record("b-001", error="坏了")))
    assert not (tmp_path / "baseline.json").exists()


def test_the_command_updates_passes_and_holds_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_LIBRARY", str(small_library(tmp_path)))
    gold, baseline = write_gold(tmp_path, GOLD[0], GOLD[2]), tmp_path / "baseline.json"

    def command(*replies: Any, extra: tuple[str, ...] = ()) -> int:
        arguments = [
            "gate",
            "--gold",
            str(gold),
            "--baseline",
            str(baseline),
            "--out",
            str(tmp_path / "run.json"),
            *extra,
        ]
        return main(arguments, opener=lambda _name, _settings: ScriptedAssistant(*replies))

    assert command(RIGHT, REFUSAL) == RunUnusable.exit_code
    assert "--update" in capsys.readouterr().err
    assert command(RIGHT, REFUSAL, extra=("--update",)) == 0
    assert command(RIGHT, REFUSAL) == 0
    assert "没有退步" in capsys.readouterr().out
    assert command(cited(QUOTE, "建设三家，另有98765家。[1]"), REFUSAL) == 1
    assert "退步  有数字没有出处：1 题，不容许有\n      fact-001" in capsys.readouterr().out
    assert main(["gate", "--run", str(tmp_path / "run.json"), "--baseline", str(baseline)]) == 1


@pytest.mark.parametrize("content", [None, "no json", "[]"])
def test_a_baseline_that_is_none_says_so(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RunUnusable, match="基线"):
        baseline_file.read(path)


def test_the_baseline_changes_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline_file.update(path, run_of(*records()))
    before = path.read_text(encoding="utf-8").split("\n")
    baseline_file.update(path, run_of(record("a-000", right=False), *records()[1:]))
    after = path.read_text(encoding="utf-8").split("\n")
    assert len([1 for one, other in zip(before, after, strict=True) if one != other]) == 1
    assert json.loads("\n".join(after))["extractive"]["questions"]["a-000"]["right"] is False
