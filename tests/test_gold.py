"""The gold questions hold against the documents; the checker finds what can be wrong with one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.check_gold import SEEDS, main, problems_of
from eval.gold import GOLD_FOLDER, load
from eval.gold_notes import notes_on

STEM = "plan"
OTHER_PLANS = Path(__file__).resolve().parent / "staff" / "plans"
TEXT = "(一)养老。2023年建设智慧养老院3家,新建社区长者食堂7家。\n(二)救助。2022年建设智慧养老院5家。\n"


def question(**changes: Any) -> dict[str, Any]:
    return {
        "id": "plan-001",
        "part": "dev",
        "kind": "fact",
        "documents": [STEM],
        "question": "2023年建几家智慧养老院？",
        "reference": "建设智慧养老院3家。",
        "points": [["3家"]],
        "forbidden": ["5家"],
        "evidence": [{"document": STEM, "quote": "2023年建设智慧养老院3家"}],
    } | changes


def problems(folder: Path, *questions: dict[str, Any]) -> list[str]:
    (folder / f"{STEM}.txt").write_text(TEXT, encoding="utf-8")
    gold = folder / "gold.jsonl"
    lines = [json.dumps(each, ensure_ascii=False) for each in questions]
    gold.write_text("\n".join(lines), encoding="utf-8")
    return problems_of(gold, library=folder)


def test_the_gold_questions_hold_against_the_documents() -> None:
    assert problems_of(GOLD_FOLDER) == []


def test_the_questions_over_other_plans_hold_against_those_plans() -> None:
    assert problems_of(OTHER_PLANS.with_suffix(".jsonl"), library=OTHER_PLANS) == []
    assert {question.part for question in load(OTHER_PLANS.with_suffix(".jsonl"))} == {"dev", "test"}


@pytest.mark.parametrize(("library", "name"), [(SEEDS, "everyday_seeds"), (OTHER_PLANS, "everyday_plans")])
def test_the_questions_in_everyday_words_are_sound(library: Path, name: str) -> None:
    assert problems_of(OTHER_PLANS.with_name(f"{name}.jsonl"), library=library) == []


def test_a_sound_question_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, question()) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "riddle"}, "kind"),
        ({"part": "train"}, "part"),
        ({"difficulty": 3}, "difficulty"),
        ({"id": "一"}, "编号"),
        ({"question": " "}, "空白"),
        ({"points": [[]]}, "空白"),
        ({"points": []}, "缺少要点"),
        ({"documents": ["elsewhere"]}, "documents"),
        ({"evidence": [{"document": "elsewhere", "quote": "3家"}]}, "文件库里没有 elsewhere"),
        ({"evidence": [{"document": STEM, "quote": "智慧养老院9家"}]}, "出现 0 次"),
        ({"evidence": [{"document": STEM, "quote": "建设智慧养老院"}]}, "出现 2 次"),
        ({"reference": "建设智慧养老院13家。"}, "参考答案没有说出要点“3家”"),
        ({"evidence": [{"document": STEM, "quote": "新建社区长者食堂7家"}]}, "依据原文没有说出要点“3家”"),
        ({"forbidden": ["智慧养老院3家"]}, "参考答案含有禁语"),
        ({"forbidden": ["2023年建设"]}, "依据原文含有禁语“2023年建设”"),
        ({"kind": "follow_up"}, "缺少前文"),
        ({"points": [["3家…2023年建设"]]}, "数字在最后"),
        ({"points": [["…3家"]]}, "数字在最后"),
        ({"points": [["3家…2023年"]]}, "数字在最后"),
        ({"points": [["2023年…养老院"]]}, "数字在最后"),
        ({"points": [["2022年…3家"]]}, "参考答案没有说出要点“2022年…3家”"),
        ({"forbidden": ["2023年…3家"], "reference": "2023年建设3家。"}, "参考答案含有禁语“2023年…3家”"),
        ({"kind": "unanswerable"}, "无法回答的题"),
    ],
)
def test_a_question_that_would_measure_wrongly_is_reported(
    tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    assert any(told in problem for problem in problems(tmp_path, question(**changes)))


def test_a_wording_may_stand_for_another_way_to_write_the_number(tmp_path: Path) -> None:
    assert problems(tmp_path, question(reference="三家。")) == []


def test_a_quote_need_not_name_the_place_that_the_answer_binds_its_figure_to(tmp_path: Path) -> None:
    bound = question(points=[["杨浦…2023年…3家"]], reference="杨浦区2023年建设3家。")
    assert problems(tmp_path, bound) == []
    other = [{"document": STEM, "quote": "新建社区长者食堂7家"}]
    assert problems(tmp_path, bound | {"evidence": other}) == ["plan-001：依据原文没有说出要点“3家”"]


def test_what_a_calculation_concludes_need_not_stand_in_the_document(tmp_path: Path) -> None:
    sum_of_two = {
        "question": "智慧养老院和长者食堂共几家？",
        "reference": "3家加7家，共10家。",
        "points": [["10家"]],
        "evidence": [{"document": STEM, "quote": "智慧养老院3家,新建社区长者食堂7家"}],
    }
    assert problems(tmp_path, question(kind="calculation", **sum_of_two)) == []
    assert problems(tmp_path, question(kind="fact", **sum_of_two)) == ["plan-001：依据原文没有说出要点“10家”"]


def test_the_same_question_twice_is_reported_whatever_its_punctuation(tmp_path: Path) -> None:
    again = question(id="plan-002", part="test", question="2023年，建几家智慧养老院?")
    assert problems(tmp_path, question(), again) == ["plan-002：与 plan-001 问题相同"]


def test_the_same_follow_up_after_another_question_is_another_question(tmp_path: Path) -> None:
    asked = {"kind": "follow_up", "question": "那2023年呢？"}
    first = question(**asked, history=[{"question": "2022年建几家智慧养老院？", "answer": "5家。"}])
    second = question(
        **asked,
        id="plan-002",
        part="test",
        history=[{"question": "智慧养老院以前建过吗？", "answer": "建过。"}],
    )
    assert problems(tmp_path, first, second) == []


def test_an_id_used_twice_is_reported(tmp_path: Path) -> None:
    again = question(part="test", question="智慧养老院2023年有几家要建？")
    assert problems(tmp_path, question(), again) == ["plan-001：编号用了 2 次"]


def test_a_kind_that_only_one_part_holds_is_reported_over_all_files_of_a_folder(tmp_path: Path) -> None:
    again = question(id="plan-002", question="智慧养老院2023年有几家要建？")
    assert problems(tmp_path, question(), again) == []  # one file of several need not hold both parts
    assert problems_of(tmp_path, library=tmp_path) == ["题型 fact 没有 test 题"]
    other = question(id="plan-003", part="test", question="明年造几所高科技的养老院？")
    (tmp_path / "other.jsonl").write_text(json.dumps(other), encoding="utf-8")
    assert problems_of(tmp_path, library=tmp_path) == []


def test_an_id_used_in_two_files_of_a_folder_is_reported(tmp_path: Path) -> None:
    problems(tmp_path, question())
    other = question(part="test", question="明年造几所高科技的养老院？")
    (tmp_path / "other.jsonl").write_text(json.dumps(other), encoding="utf-8")
    assert problems_of(tmp_path, library=tmp_path) == ["plan-001：编号用了 2 次"]


def test_one_question_reworded_in_the_other_part_is_reported(tmp_path: Path) -> None:
    reworded = question(id="plan-002", part="test", question="2023年要建几家智慧养老院呢？")
    assert problems(tmp_path, question(), reworded) == ["plan-002：与另一部分的 plan-001 几乎是同一题"]
    same_part = question(id="plan-002", question="2023年要建几家智慧养老院呢？")
    assert problems(tmp_path, question(), same_part) == []
    other_year = question(id="plan-002", part="test", question="2022年要建几家智慧养老院呢？")
    assert problems(tmp_path, question(), other_year) == []


def test_sections_without_a_question_and_unbound_comparisons_are_noted(tmp_path: Path) -> None:
    loose = question(
        kind="comparison",
        reference="2023年3家，2022年5家。",
        points=[["3家"], ["5家"]],
        forbidden=[],
        evidence=[{"document": STEM, "quote": "2023年建设智慧养老院3家"}],
    )
    problems(tmp_path, loose)
    bound = [["2023年…3家"], ["2022年…5家"]]
    assert "plan-001" in notes_on(load(tmp_path / "gold.jsonl"), tmp_path)[-1]
    problems(tmp_path, loose | {"points": bound})
    notes = notes_on(load(tmp_path / "gold.jsonl"), tmp_path)
    assert notes == ["plan：2 节中有 1 节没有题目", "  (二)救助"]


def test_a_file_without_questions_is_reported(tmp_path: Path) -> None:
    assert problems(tmp_path) == ["文件里没有题目"]


def test_the_command_prints_the_counts_of_a_sound_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert "unanswerable" in printed
    assert "没有发现问题" in printed


def test_the_command_checks_against_the_library_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problems(tmp_path, question())
    gold = str(tmp_path / "gold.jsonl")
    assert main([gold]) == 1
    assert f"文件库里没有 {STEM}" in capsys.readouterr().out
    assert main([gold, str(tmp_path)]) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_the_command_fails_and_says_where_a_file_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(json.dumps(question()), encoding="utf-8")
    assert main([str(wrong)]) == 1
    assert "文件库里没有 plan" in capsys.readouterr().out


def test_the_command_says_which_file_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "absent.jsonl")]) == 2
    assert "absent.jsonl" in capsys.readouterr().err
