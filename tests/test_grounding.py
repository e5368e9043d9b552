"""What a model says is shown only as far as the documents say it; every test here asks a real HTTP service."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from answer_parts import (
    MARKER,
    ONE_FIGURE,
    ONE_TOPIC,
    REGIONS,
    allowed_numbers,
    ask_model,
    assert_exact,
    numbers_in,
    text_of,
    without_markers,
)
from doubles import FakeOpenAI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.answer import Answer
from qa.assistant import Assistant

NEIGHBOURS = ["360", "200", "7", "12", "300", "120"]
"""Figures that stand near the right one, which is 3."""

Say = Callable[..., Answer]
"""Has the model reply this to a question, ONE_FIGURE if none is given."""

GOOD = "践行绿色发展理念，推进生态殡葬社会化，大力支持村级生态墓地建设项目。"


@pytest.fixture
def say(worded: Assistant, service: FakeOpenAI) -> Say:
    def said(reply: str, question: str = ONE_FIGURE) -> Answer:
        service.reply(reply)
        answer = ask_model(worded, service, question)
        assert_exact(answer)
        return answer

    return said


# ── what is let through ──


@pytest.mark.parametrize(
    "reply",
    [
        "杨浦区2023年建设智慧养老院3家。",
        "2023年，杨浦区将建设智慧养老院3家",
        "建设智慧养老院3家。",
        "- 建设智慧养老院３家。",
    ],
)
def test_a_true_answer_is_shown_with_a_citation_that_carries_it(say: Say, reply: str) -> None:
    answer = say(reply)
    assert answer.answered_by == "test-model"
    assert answer.status == "answered"
    assert answer.warnings == ()
    assert any("智慧养老院3家" in citation.quote for citation in answer.citations)


def test_a_citation_is_smaller_than_the_passage_when_a_clause_carries_the_claim(say: Say) -> None:
    (citation,) = say("建设智慧养老院3家。").citations
    assert len(citation.quote) < 30


def test_several_sentences_get_each_their_own_source(say: Say) -> None:
    answer = say(
        "落实中央关于党员干部带头推动殡葬改革的意见。制定生态殡葬补贴政策，开展“生态殡葬行动”。", ONE_TOPIC
    )
    assert answer.answered_by == "test-model"
    assert len(answer.citations) == 2
    assert "补贴政策" in answer.citations[1].quote


def test_the_place_is_named_also_when_the_model_leaves_it_out(say: Say) -> None:
    assert "荆门" in say(GOOD, ONE_TOPIC).text


# ── figures ──


@pytest.mark.quick(6)
@pytest.mark.parametrize("figure", NEIGHBOURS)
@pytest.mark.parametrize(
    "wording", ["杨浦区2023年建设智慧养老院{}家。", "建设智慧养老院{}家。", "智慧养老院：{}家", "{}家"]
)
def test_a_neighbours_figure_is_overruled_by_the_right_one(say: Say, figure: str, wording: str) -> None:
    answer = say(wording.format(figure))
    assert "3家" in answer.text
    assert f"{figure}家" not in answer.text
    assert answer.answered_by == "extractive"


@pytest.mark.quick(5)
@pytest.mark.parametrize(
    "reply",
    [
        "杨浦区2023年建设智慧养老院5家。",
        "杨浦区2023年建设智慧养老院五家。",
        "杨浦区2023年建设智慧养老院的数量为五。",
        "杨浦区2023年建设智慧养老院5座。",
        "杨浦区2023年建设智慧养老院3万家。",
        "杨浦区2023年建设智慧养老院3.5家。",
        "杨浦区2023年建设智慧养老院百分之三。",
        "杨浦区2023年建设智慧养老院3家至5家。",
        "杨浦区2023年建设智慧养老院3家，占30%。",
        "杨浦区2023年建设智慧养老院3家，投入五百万元。",
        "杨浦区2023年建设智慧养老院3家，改建认知障碍照护床位三百余张。",
        "杨浦区2022年建设智慧养老院3家。",
        "杨浦区到2035年建设智慧养老院3家。",
    ],
)
def test_a_figure_or_year_without_a_source_is_never_shown(say: Say, reply: str) -> None:
    answer = say(reply)
    assert answer.answered_by == "extractive"
    assert "智慧养老院3家" in answer.text


@pytest.mark.parametrize(
    "invented",
    [
        "投入五千万元",
        "火化率达到98%",
        "覆盖九成以上的村",
        "覆盖三分之二的村",
        "惠及十余万人",
        "新建百余处墓地",
    ],
)
def test_a_figure_invented_in_a_text_without_figures_is_never_shown(say: Say, invented: str) -> None:
    answer = say(f"践行绿色发展理念，推进生态殡葬社会化，{invented}。", ONE_TOPIC)
    assert invented not in answer.text
    assert answer.answered_by == "extractive"


def test_what_is_true_stays_when_the_next_sentence_is_invented(say: Say) -> None:
    answer = say("建设智慧养老院3家。新建社区长者食堂70家。")
    assert "3家" in answer.text
    assert "70" not in answer.text


@pytest.mark.parametrize(
    "reply", ["为贵门乡强降雨灾后重建募捐36万元。", "为贵门乡强降雨灾后重建募捐约36万元。"]
)
def test_what_makes_a_figure_more_or_less_may_not_be_left_out_or_changed(say: Say, reply: str) -> None:
    answer = say(reply, "嵊州市2021年为贵门乡强降雨灾后重建募捐了多少？")
    assert "36万余元" in answer.text
    assert answer.answered_by == "extractive"


# ── names ──


@pytest.mark.quick(3)
@pytest.mark.parametrize(
    "place", ["武汉市", "武汉", "湘西州", "下陆区", "下陆", "黄石港区", "上海市浦东新区"]
)
def test_another_places_name_is_never_shown(say: Say, place: str) -> None:
    for reply, question in [(f"{place}2023年建设智慧养老院3家。", ONE_FIGURE), (place + GOOD, ONE_TOPIC)]:
        answer = say(reply, question)
        assert place not in answer.text
        assert answer.answered_by == "extractive"


@pytest.mark.parametrize("title", ["《殡葬管理条例》", "《荆门市生态殡葬三年行动方案》"])
def test_an_invented_title_is_never_shown(say: Say, title: str) -> None:
    assert title not in say(f"落实{title}，{GOOD}", ONE_TOPIC).text


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("杨浦区2023年不建设智慧养老院3家。", ONE_FIGURE),
        ("不再推进生态殡葬社会化，停止支持村级生态墓地建设项目。", ONE_TOPIC),
        ("取消村级生态墓地建设项目，未推进生态殡葬社会化。", ONE_TOPIC),
    ],
)
def test_a_meaning_turned_round_is_never_shown(say: Say, reply: str, question: str) -> None:
    assert say(reply, question).answered_by == "extractive"


@pytest.mark.parametrize(
    "reply",
    [
        "我不知道。",
        "材料中没有提到。",
        "抱歉，无法回答。",
        "好的",
        "。",
        "作为一个人工智能助手，我无法提供。",
        "[1]",
    ],
)
def test_chatter_and_refusals_give_way_to_the_extractive_answer(say: Say, reply: str) -> None:
    answer = say(reply, ONE_TOPIC)
    assert answer.answered_by == "extractive"
    assert answer.status == "answered"
    assert "生态殡葬" in answer.text


@pytest.mark.quick(3)
@pytest.mark.parametrize(
    "foreign",
    [
        "见http://evil.example/a",
        "![图](http://evil.example/a.png)",
        "[点此](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
    ],
)
def test_links_images_and_markup_of_a_model_are_never_shown(say: Say, foreign: str) -> None:
    for reply in (f"建设智慧养老院3家，{foreign}。", f"建设智慧养老院3家。{foreign}"):
        answer = say(reply)
        assert "3家" in answer.text
        assert not re.search(r"evil|javascript|<|onerror", answer.text)


# ── markers ──


@pytest.mark.quick(5)
@pytest.mark.parametrize(
    "marker",
    [
        "[编号]",
        "[7]",
        "[1]",
        "[1][2]",
        "【1】",
        "（1）",
        "（来源2）",
        "［7］",
        "[材料1]",
        "(编号)",
        "[^1]",
        "[1,2]",
        "[来源]",
    ],
)
def test_no_marker_of_a_model_is_believed_or_left_over(say: Say, marker: str) -> None:
    answer = say(f"杨浦区2023年建设智慧养老院3家{marker}。")
    left = MARKER.sub("", answer.text)
    assert not re.search(r"[\[【［]|编号|来源|材料", left)
    assert "3家" in left
    assert [int(number) for number in MARKER.findall(answer.text)] == [1]


@pytest.mark.parametrize("marker", ["[编号]", "[7]", "【1】", "（来源2）", "［7］"])
def test_a_marker_does_not_cost_a_true_claim_its_place(say: Say, marker: str) -> None:
    assert say(f"杨浦区2023年建设智慧养老院3家{marker}。").answered_by == "test-model"


# ── the number lock, as a property ──

LINES = [
    line for document in REGIONS for line in re.split(r"[。;\n]", text_of(document)) if 8 < len(line) < 60
]
FIGURES = sorted({figure for line in LINES for figure in re.findall(r"\d[\d.]*\d?(?:万|亿)?", line)})
QUESTIONS = [
    ONE_FIGURE,
    ONE_TOPIC,
    "嵊州2021年办了多少对结婚登记？",
    "湘西州要完成多少户困难老年人居家适老化改造？",
    "荆门市“十二五”末全市养老机构有多少家？",
    "下陆区现有备案的社区社会组织多少家？",
]


@st.composite
def model_sentences(draw: st.DrawFn, truths: list[str]) -> str:
    """Sentences of the seeds, true or of another place, whole or with their figures exchanged."""
    random_source = draw(st.randoms(use_true_random=False))
    sentences = []
    for _ in range(draw(st.integers(1, 3))):
        line = draw(st.sampled_from(truths if draw(st.booleans()) else LINES))
        if draw(st.booleans()):
            line = re.sub(r"\d[\d.]*(?:万|亿)?", lambda _: random_source.choice(FIGURES), line)
        sentences.append(line.strip())
    return "。".join(sentences) + draw(st.sampled_from(["", "。", "[3]。", "！"]))


@pytest.mark.thorough
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), question=st.sampled_from(QUESTIONS))
def test_every_figure_that_reaches_the_reader_has_its_source(
    say: Say, data: st.DataObject, question: str
) -> None:
    answer = say(data.draw(model_sentences(_truths(question))), question)
    assert numbers_in(without_markers(answer.text)) <= allowed_numbers(answer, question), answer.text


def _truths(question: str) -> list[str]:
    document = next(document for document, region in REGIONS.items() if region in question)
    words = {question[start : start + 2] for start in range(len(question) - 1)}
    lines = [line for line in LINES if line in text_of(document)]
    return sorted(lines, key=lambda line: -sum(word in line for word in words))[:6]
