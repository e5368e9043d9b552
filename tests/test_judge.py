"""A model as second judge: what it is asked, what counts as a verdict, how agreement is counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from doubles import FakeOpenAI

from eval.judge import Verdict, agreement, main, messages_for, parsed, render


def _record(identifier: str, *, right: bool, text: str = "500张[1]。", **more: Any) -> dict[str, Any]:
    question = {
        "id": identifier,
        "kind": more.get("kind", "fact"),
        "question": "新增床位多少张？",
        "reference": "新增养老床位500张。",
        "history": more.get("history", []),
    }
    answer = {"text": text, "status": more.get("status", "answered")}
    return {"question": question, "answer": answer, "scores": {"right": right}, "error": None}


def _run(tmp_path: Path, *records: dict[str, Any]) -> str:
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"system": "ours", "records": records}, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def judge(service: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> FakeOpenAI:
    service.requests.clear()
    service._behaviours.clear()
    for name, value in (("LLM", "openai"), ("LLM_BASE_URL", service.base_url), ("LLM_MODEL", "judge-model")):
        monkeypatch.setenv(f"QA_{name}", value)
    return service


def _verdicts(*pairs: tuple[bool, bool | None]) -> list[Verdict]:
    return [
        Verdict(f"q-{number}", by_points, by_model, "")
        for number, (by_points, by_model) in enumerate(pairs, start=1)
    ]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("正确", True),
        ("错误。", False),
        (" **正确** \n因为要点都有。", True),
        ("“错误”", False),
        ("不正确", None),
        ("正确还是错误很难说", None),
        ("回答正确", None),
        ("", None),
        ("\n\n错误", False),
        ("correct", None),
    ],
)
def test_only_one_of_two_bare_words_is_a_verdict(said: str, verdict: bool | None) -> None:
    assert parsed(said) is verdict


def test_the_model_sees_question_reference_and_answer_without_its_marks() -> None:
    system, user = messages_for(_record("a-001", right=True, text="> 新增**500张** [1]。"))
    assert (system["role"], user["role"]) == ("system", "user")
    assert "正确" in system["content"] and "错误" in system["content"]
    for part in ("新增床位多少张？", "新增养老床位500张。", "新增500张"):
        assert part in user["content"]
    assert "[1]" not in user["content"]


def test_the_model_sees_the_turns_before_a_follow_up() -> None:
    history = [{"question": "青浦的养老目标？", "answer": "见要点。"}]
    assert "青浦的养老目标？" in messages_for(_record("a-001", right=True, history=history))[1]["content"]


def test_the_model_is_told_that_a_refusal_is_one() -> None:
    record = _record("a-001", right=False, text="库里有青浦区的文件。", status="not_found")
    assert "没有回答" in messages_for(record)[1]["content"]


def test_text_that_looks_like_a_variable_of_the_prompt_stays_text() -> None:
    assert "$reference" in messages_for(_record("a-001", right=True, text="预算$reference元"))[1]["content"]


def test_agreement_and_kappa_are_those_of_the_textbook() -> None:
    # Of 50 proposals both say yes to 20 and no to 15, the first alone to 5, the second alone to 10: kappa .4
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    result = agreement(_verdicts(*pairs))
    assert (result.count, result.share) == (50, 0.7)
    assert result.kappa == pytest.approx(0.4)


def test_kappa_is_minus_one_for_opposite_judges_and_zero_for_one_that_never_varies() -> None:
    assert agreement(_verdicts((True, False), (False, True))).kappa == pytest.approx(-1)
    assert agreement(_verdicts((True, True), (False, True))).kappa == 0


def test_kappa_is_not_defined_where_both_always_say_the_same() -> None:
    result = agreement(_verdicts((True, True), (True, True)))
    assert (result.share, result.kappa) == (1, None)


def test_what_could_not_be_scored_counts_for_neither_side() -> None:
    result = agreement(_verdicts((True, True), (False, None)))
    assert (result.count, result.share) == (1, 1)
    assert agreement(_verdicts((True, None))) == agreement([])


def test_the_result_names_the_answers_on_which_the_judges_differ() -> None:
    text = render(_verdicts((True, True), (True, False), (False, None)), judge="judge-model")
    assert "3 个回答，未能评分 1 个" in text
    assert "不一致的题：q-2。" in text
    assert "要点评分正确的 2 个：模型判正确 1，判错误 1。" in text


def test_a_run_is_judged_over_the_configured_client(
    judge: FakeOpenAI, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = _run(
        tmp_path,
        _record("a-001", right=True),
        _record("a-002", right=False, text="300张"),
        {**_record("a-003", right=True), "scores": None, "answer": None},
        _record("a-004", right=True),
        _record("a-005", right=True),
    )
    judge.reply("正确")
    judge.reply("错误")
    judge.reply("我认为这个回答基本正确")
    judge.fail(500)
    out = tmp_path / "judged.json"
    assert main([run, "-o", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "judge-model：4 个回答，未能评分 2 个" in printed
    assert "一致 100.0%" in printed
    assert len(judge.requests) == 4
    assert judge.requests[0].body["temperature"] == 0
    result = json.loads(out.read_text(encoding="utf-8"))
    assert (result["count"], result["agreement"], result["kappa"]) == (2, 1.0, 1.0)
    assert [verdict["by_model"] for verdict in result["verdicts"]] == [True, False, None, None]
    assert "500" in result["verdicts"][3]["said"]


def test_a_part_of_a_run_can_be_judged(
    judge: FakeOpenAI, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = _run(
        tmp_path, _record("a-001", right=True), *[_record(f"b-{n}", right=True, kind="text") for n in (1, 2)]
    )
    judge.reply("正确")
    assert main([run, "--kind", "text", "--limit", "1"]) == 0
    assert "1 个回答" in capsys.readouterr().out
    assert main([run, "--kind", "table"]) == 4


def test_without_a_model_nothing_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LLM", "none")
    assert main([_run(tmp_path, _record("a-001", right=True))]) == 6
    assert "评判需要模型" in capsys.readouterr().err


def test_a_file_that_is_no_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "run.json").write_text("[]", encoding="utf-8")
    assert main([str(tmp_path / "run.json")]) == 4
    assert "不是评测结果" in capsys.readouterr().err
