"""Passages of any plan: exact, within one section, and complete, whatever the numbering and punctuation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_parts import assert_sound, document_of, passages, texts_by_section

from vectorstore.passages import LONGEST, passages_of

_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_TITLES = ("总体要求", "社会救助工作", "健全养老服务体系，增进民生福祉", "打造“一老一小”服务品牌", "保障措施")
_SENTENCES = (
    "全县低保标准提高到{}元",
    "新建养老院{}所，改造床位1,200张",
    "“一门受理”覆盖率达到{}%（含乡镇）",
    "2022年，发放补贴{}万元",
    "推进“互联网+养老”，服务{}人次；培训护理员",
    "Produced for {} families",
)


@dataclass(frozen=True)
class _Line:
    written: str
    body: str = ""


def _heading(style: str, number: int, title: str, body: str) -> _Line:
    chinese, arabic, circled = _CHINESE[number - 1], str(number), _CIRCLED[number - 1]
    forms = {
        "chapter": _Line(f"第{chinese}章　{title}"),
        "division": _Line(f"第{chinese}节 {title}"),
        "article": _Line(f"第{chinese}条　{body}", body),
        "ideographic": _Line(f"{chinese}、{title}"),
        "ideographic-inline": _Line(f"{chinese}、{title}。{body}", body),
        "bracketed": _Line(f"（{chinese}）{title}。"),
        "bracketed-inline": _Line(f"({chinese}) {title}：{body}", body),
        "arabic": _Line(f"{arabic}．{title}"),
        "arabic-item": _Line(f"{arabic}、{body}", body),
        "bracketed-arabic": _Line(f"（{arabic}）{title}。{body}", body),
        "circled": _Line(f"{circled}{body}", body),
        "decimal": _Line(f"1.{arabic} {title}"),
        "decimal-deep": _Line(f"1.1.{arabic} {title}"),
        "dash": _Line(f"——{title}。{body}", body),
        "box": _Line(f"专栏{arabic}　{title}"),
        "paragraph": _Line(body, body),
    }
    return forms[style]


_STYLES = [
    "chapter",
    "division",
    "article",
    "ideographic",
    "ideographic-inline",
    "bracketed",
    "bracketed-inline",
    "arabic",
    "arabic-item",
    "bracketed-arabic",
    "circled",
    "decimal",
    "decimal-deep",
    "dash",
    "box",
    "paragraph",
    "paragraph",
    "paragraph",
]


@st.composite
def _bodies(draw: st.DrawFn) -> str:
    count = draw(st.sampled_from((1, 1, 2, 3, 60)))
    figures = draw(st.lists(st.integers(1, 9999), min_size=count, max_size=count))
    pattern = draw(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=4))
    ends = draw(st.sampled_from(("。", "；", "! ", "。　")))
    sentences = [pattern[index % len(pattern)].format(figure) + ends for index, figure in enumerate(figures)]
    return "".join(sentences).strip(" 　") + draw(st.sampled_from(("", "。", "及时足额发放" * 90)))


@st.composite
def _plans(draw: st.DrawFn) -> tuple[str, Sequence[_Line]]:
    lines = [
        _heading(
            draw(st.sampled_from(_STYLES)),
            draw(st.integers(1, 10)),
            draw(st.sampled_from(_TITLES)),
            draw(_bodies()),
        )
        for _ in range(draw(st.integers(1, 14)))
    ]
    indent = draw(st.sampled_from(("", "　　", "\u00a0\u00a0", "    ", "\t")))
    line_end = draw(st.sampled_from(("\n", "\r\n", "\n\n", "\r", "\u2028", " \n")))
    return "".join(f"{indent}{line.written}{line_end}" for line in lines), lines


@pytest.mark.thorough
@settings(max_examples=150, deadline=None)
@given(_plans())
def test_passages_of_any_plan_are_exact_and_complete(generated: tuple[str, Sequence[_Line]]) -> None:
    text, lines = generated
    document = document_of(text)
    assert_sound(document)
    covered = [0] * len(text)
    for passage in passages_of(document):
        for position in range(passage.start, passage.end):
            covered[position] += 1
    position = 0
    for line in lines:
        start = text.index(line.written, position)
        position = start + len(line.written)
        body_start = position - len(line.body)
        bodies = {covered[p] for p in range(body_start, position) if not text[p].isspace()}
        assert bodies <= {1}, line.written
        assert max(covered[start:position]) <= 1


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "一二十第章节条、。；：，(（)）1234567890.．%| \t\n\r　\u00a0—-年月专栏表序号指标①>“”《》#*低保元\u200b\ufeff"
        ),
        max_size=200,
    )
)
def test_no_text_however_odd_stops_the_reading(text: str) -> None:
    assert_sound(document_of(text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_characters_of_any_script_are_read(text: str) -> None:
    assert_sound(document_of(text))


def test_a_long_sentence_is_cut_at_its_clauses_and_never_lost() -> None:
    sentence = "要统筹推进救助体系建设，" * 60
    found = passages(f"一、总则\n{sentence}\n")
    assert "".join(passage.text for passage in found) == sentence
    assert max(len(passage.text) for passage in found) <= LONGEST
    assert all(passage.text.endswith("，") for passage in found)


def test_a_number_with_grouped_thousands_or_a_time_is_never_cut() -> None:
    sentence = "全年发放补贴1,234,567元，每天9:30开始受理，" * 20
    for passage in passages(sentence):
        assert not passage.text.endswith(("1,", "234,", "9:"))


def test_short_sentences_of_a_paragraph_share_a_passage_and_those_of_two_paragraphs_do_not() -> None:
    found = texts_by_section("一、救助\n新增一处。改造两处。\n培训三次。\n")
    assert found == [(("一、救助",), "新增一处。改造两处。"), (("一、救助",), "培训三次。")]


def test_what_is_searched_names_title_place_years_and_section_and_is_not_shown() -> None:
    text = "青浦区2024年民政工作要点\n一、养老服务\n新增床位100张。\n"
    (passage,) = passages(text, described=True)
    assert passage.text == "新增床位100张。"
    assert passage.context == "青浦区2024年民政工作要点 2024年\n一、养老服务"
    assert passage.searchable == f"{passage.context}\n{passage.text}"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n\n"])
def test_line_ends_change_offsets_and_nothing_else(line_end: str) -> None:
    lines = ("一、养老", "新增床位100张。", "（一）护理", "培训护理员20人。")
    found = texts_by_section(line_end.join(lines))
    assert found == [(("一、养老",), "新增床位100张。"), (("一、养老", "（一）护理"), "培训护理员20人。")]


def test_odd_spaces_around_lines_are_no_part_of_passages() -> None:
    text = "\ufeff\u3000\u3000一、\u00a0养老\n\u00a0\u2003新增床位100张。\u200b\n"
    (passage,) = passages(text)
    assert passage.text == "新增床位100张。"
    assert passage.section == ("一、\u00a0养老",)
