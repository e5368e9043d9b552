"""Abbreviations that a text explains, and passages found by what they leave unsaid."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from index_parts import HashEmbedder
from plan_parts import passage_with, passages

from vectorstore.abbreviations import abbreviations_in
from vectorstore.folding import folded, simplified
from vectorstore.index import PassageIndex, open_index, synchronise

PLAN = """甲县民政事业发展“十四五”规划
一、发展目标
（一）关爱“一老一小”（老年人和儿童），健全服务体系。
（二）推进社区、社会组织、社会工作者、社区志愿者、社区公益慈善资源“五社联动”。
二、主要任务
（一）加快“一老一小”服务设施建设，新建设施12处。
（二）深化“五社联动”试点，每年评选优秀案例。
（三）为老年人和儿童开展节日走访慰问活动。
（四）组织殡葬领域专项检查。
三、工作原则
工作中应当把握以下几点：
1.以人为本，惠及全民。
2.改革创新，激发活力。
四、保障措施
（一）强化组织领导。
（二）强化资金保障，落实配套经费。
"""


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        ("聚焦“一老一小”（老年人和儿童）服务。", "一老一小", "老年人和儿童"),
        ("打造“四救(共救、社救、义救、商救)”网络。", "四救", "共救、社救、义救、商救"),
        ("健全“六同步”机制，即登记同步、年检同步，推动有效覆盖。", "六同步", "登记同步、年检同步"),
        ("建设养老服务综合管理平台（以下简称“平台”）。", "平台", "养老服务综合管理平台"),
        ("市民政局（以下简称市局）负责解释。", "市局", "市民政局"),
        ("推动社区、社会组织、社工“三社联动”。", "三社联动", "社区、社会组织、社工"),
        ("實施「一老一小」（老年人和兒童）關愛行動。", "一老一小", "老年人和儿童"),
    ],
)
def test_an_explanation_is_found_however_it_is_written(text: str, name: str, meaning: str) -> None:
    (found,) = abbreviations_in(text)
    assert (found.name, found.meaning) == (name, meaning)
    written = simplified(folded(text))[found.start : found.end]
    assert name in written
    assert meaning in written


@pytest.mark.parametrize(
    "text",
    [
        "印发《关于做好“一老一小”工作的通知》（甲民发〔2021〕3号）。",
        "“十四五”（2021—2025年）规划。",
        "“金民工程”（试行）。",
        "为提前建成小康社会、实施“两大战略”作出贡献。",
        "推动养老、托育、助残、家政“五社联动”。",
        "推进“放管服”改革，立即组织实施。",
    ],
)
def test_what_explains_nothing_is_not_taken_for_an_explanation(text: str) -> None:
    assert abbreviations_in(text) == []


def test_an_abbreviation_is_explained_by_its_first_explanation() -> None:
    text = "“两项补贴”（生活补贴、护理补贴）。后来“两项补贴”（交通补贴、通讯补贴）。"
    assert [item.meaning for item in abbreviations_in(text)] == ["生活补贴、护理补贴"]


def test_passages_say_in_their_context_what_their_abbreviations_mean_and_how_things_are_called() -> None:
    found = passages(PLAN)
    assert "老年人和儿童" in passage_with(found, "设施12处").context
    assert "社会工作者" in passage_with(found, "优秀案例").context
    assert "一老一小" in passage_with(found, "走访慰问").context
    assert "一老一小" not in passage_with(found, "专项检查").context
    # The explanation itself needs none.
    assert "老年人和儿童" not in passage_with(found, "健全服务体系").context


def test_an_abbreviation_of_another_document_explains_nothing_here() -> None:
    found = passages("一、主要任务\n（一）加快“一老一小”服务设施建设，新建设施12处。\n")
    assert "老年人" not in passage_with(found, "设施12处").context


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> PassageIndex:
    folder: Path = tmp_path_factory.mktemp("abbreviations")
    (folder / "library").mkdir()
    (folder / "library" / "甲县.txt").write_text(PLAN, encoding="utf-8")
    embedder = HashEmbedder()
    synchronise(library=folder / "library", index_dir=folder / "index", embedder=embedder)
    return open_index(index_dir=folder / "index", embedder=embedder)


def _first(index: PassageIndex, question: str, count: int) -> list[str]:
    return [index.passages[number].text for number, _ in index.by_words(question, limit=count)]


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("老年人和儿童的服务设施新建几处", "设施12处"),
        ("“一老一小”节日走访慰问", "走访慰问"),
        ("社区、社会组织、社会工作者怎样评选优秀案例", "优秀案例"),
        ("工作中应当把握哪几点", "惠及全民"),
        ("工作中应当把握哪几点", "激发活力"),
    ],
)
def test_a_passage_is_found_by_what_it_leaves_unsaid(index: PassageIndex, question: str, phrase: str) -> None:
    assert any(phrase in text for text in _first(index, question, 3))


def test_the_lead_of_a_list_ends_with_its_section() -> None:
    found = passages(PLAN)
    assert "把握以下几点" in passage_with(found, "惠及全民").context
    assert "把握以下几点" in passage_with(found, "激发活力").context
    assert "把握以下几点" not in passage_with(found, "配套经费").context


def test_a_salutation_leads_no_list() -> None:
    found = passages("各区县民政局：\n一、压实责任\n（一）养老机构是安全管理的责任主体。\n")
    assert "区县" not in passage_with(found, "责任主体").context


@pytest.mark.quick(1)
@pytest.mark.parametrize("piece", ["“三社联动”、", "（即", "“一老一小”（老年人和儿童）。", "甲、乙、丙、"])
def test_long_texts_are_read_in_linear_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    started = time.perf_counter()
    abbreviations_in(text)
    assert time.perf_counter() - started < 5
