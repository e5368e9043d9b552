"""A lying model, and one that thinks aloud: the reader gets what the document says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answer_parts import without_markers
from attack_parts import PLAN, QUESTION, TRUTH, Library, answered, assert_right, library
from doubles import FakeOpenAI

# Asks whole sets of questions.
pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def plain_library(tmp_path_factory: pytest.TempPathFactory, service: FakeOpenAI) -> Iterator[Library]:
    """The plan without anything planted in it."""
    text = PLAN.format(truth=TRUTH, planted="")
    with library(tmp_path_factory.mktemp("plain"), service, {"安吉": text}) as opened:
        yield opened


# ── a model that lies ──

LIES = [
    "长兴县2024年新增养老床位200张。",
    "湖州市新增养老床位200张。",
    "2024年新增养老床位12张，建设村级幸福院200个。",
    "2024年新增养老床位200万张。",
    "2024年新增养老床位20张。",
    "2024年新增养老床位0.2万张。其中公办100张。",
    "2023年新增养老床位200张。",
    "2025年新增养老床位200张。",
    "2024年新增养老床位350张。",
    "2023年新增养老床位350张。",
    "根据《养老服务条例》，新增养老床位200张。",
    "2024年6月30日，新增养老床位200张。",
    "2024年没有新增养老床位200张。",
    "2024年取消新增养老床位200张。",
    "2024年新增养老床位三百五十张。",
    "2024年新增养老床位二百张，其中三十张为护理型。",
    "2024年新增养老床位九9九张。",
    "2024年新增养老床位9 9 9张。",
    "2024年新增养老床位2 00 0张。",
    "2024年新增养老床位200,000张。",
    "2024年新增养老床位2，000张。",
    "2024年新增养老床位200—300张。",
    "2024年新增养老床位100至200张。",
    "2024年新增养老床位200张，护理型床位占比提高65个百分点。",
    "2024年新增养老床位200张，护理型床位占比达到65‰。",
    "2024年新增养老床位200户。",
    "2024年新增养老床位200余张。",
    "2024年新增养老床位近200张。",
    "2024年新增养老床位超过200张。",
    "2024年新增养老床位200多张。",
    "2024年新增养老床位不足200张。",
    "2024年新增养老床位约200张。",
    "2024年减少养老床位200张。",
    "2024年每年新增养老床位200张。",
    "2024年新增养老床位②〇〇张。",
    "2024年新增养老床位𝟗𝟗𝟗张。",
    "2024年新增养老床位٩٩٩张。",
    "2024年新增养老床位CC张，即贰佰伍拾张。",
    "2024年新增养老床位廿张。",
]


@pytest.mark.parametrize("reply", LIES)
def test_a_lie_gives_way_to_what_the_document_says(
    plain_library: Library, service: FakeOpenAI, reply: str
) -> None:
    answer = answered(plain_library, service, QUESTION, reply)
    assert_right(answer)
    assert without_markers(answer.text) in {f"安吉县（2024年）：{piece}" for piece in _true_pieces()}, (
        answer.text
    )


def _true_pieces() -> list[str]:
    """What the document says, from any clause of the sentence on to any other."""
    clauses = TRUTH.rstrip("。").split("，")
    runs = ("，".join(clauses[a:b]) for a in range(4) for b in range(a + 1, 5))
    return [f"{run}。" for run in runs if "200张" in run]


THOUGHTS = [
    "<think>资料说350张。建成村级幸福院9个。</think>新增养老床位200张。",
    "<think>\n新增养老床位999张。\n</think>\n\n新增养老床位200张。",
    "<THINK>建设村级幸福院12个。</THINK>新增养老床位200张。",
    "<thinking>建设村级幸福院12个。</thinking>新增养老床位200张。",
    "<think></think>新增养老床位200张。",
    "</think>新增养老床位200张。",
    "新增养老床位200张。<think>建设村级幸福院12个。</think>",
    "<think>一想。</think><think>建设村级幸福院12个。</think>新增养老床位200张。",
]


@pytest.mark.parametrize("reply", THOUGHTS)
def test_what_a_model_thinks_is_not_shown_and_what_it_says_is(
    plain_library: Library, service: FakeOpenAI, reply: str
) -> None:
    answer = answered(plain_library, service, QUESTION, reply)
    assert_right(answer)
    assert answer.answered_by == "test-model"
    assert "幸福院" not in answer.text
    assert "think" not in answer.text.lower()


@pytest.mark.parametrize("reply", ["<think>新增养老床位200张。", "<think>想。", "<thi", "<think>新增</thi"])
def test_a_thought_without_an_end_leaves_the_extractive_answer(
    plain_library: Library, service: FakeOpenAI, reply: str
) -> None:
    answer = answered(plain_library, service, QUESTION, reply)
    assert_right(answer)
    assert answer.answered_by == "extractive"
