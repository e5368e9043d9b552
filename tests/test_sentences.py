"""Sentences and clauses as spans: nothing lost, no number cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.folding import folded
from vectorstore.sentences import clause_spans, sentence_spans

_SOME = st.text(alphabet=st.sampled_from("低保0123，,。；;：:！？?\n\r”’）) 　“（\u200b"), max_size=80)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


def _clauses(text: str) -> list[str]:
    return [text[start:end] for start, end in clause_spans(text, 0, len(text))]


@pytest.mark.parametrize("spans", [sentence_spans, clause_spans])
@settings(max_examples=200, deadline=None)
@given(text=_SOME, cut=st.integers(0, 10))
def test_spans_are_in_order_and_lose_nothing_but_space(spans: object, text: str, cut: int) -> None:
    assert callable(spans)
    start, end = min(cut, len(text)), max(min(cut, len(text)), len(text) - cut)
    found = spans(text, start, end)
    position = start
    for first, last in found:
        assert position <= first < last <= end
        assert not folded(text[position:first]).strip()
        assert folded(text[first:last]) == folded(text[first:last]).strip()
        position = last
    assert not folded(text[position:end]).strip()


def test_a_sentence_keeps_the_marks_that_close_it() -> None:
    assert _sentences("做到“应保尽保。”落实到位！好吗？是；完") == [
        "做到“应保尽保。”",
        "落实到位！",
        "好吗？",
        "是；",
        "完",
    ]


def test_full_and_half_width_marks_cut_alike() -> None:
    assert _sentences("一处。两处!三处;四处") == ["一处。", "两处!", "三处;", "四处"]
    assert _clauses("一处，两处,三处：四处") == ["一处，", "两处,", "三处：", "四处"]


def test_a_pause_between_words_and_a_point_in_a_number_cut_nothing() -> None:
    assert _clauses("低保、特困标准提高1.5倍") == ["低保、特困标准提高1.5倍"]


def test_thousands_and_times_are_not_cut() -> None:
    assert _clauses("发放1,200元,于9:30开始") == ["发放1,200元,", "于9:30开始"]
    assert _clauses("发放１，２００元，完成") == ["发放１，２００元，", "完成"]


def test_a_line_break_ends_a_sentence() -> None:
    assert _sentences("没有句号\r\n下一行") == ["没有句号", "下一行"]


def test_a_semicolon_in_brackets_ends_no_sentence() -> None:
    assert _sentences("培训260人次。（牵头单位：人社局；配合单位：民政局；5月底前）") == [
        "培训260人次。",
        "（牵头单位：人社局；配合单位：民政局；5月底前）",
    ]
    assert _sentences("一类（重度；二类120元。") == ["一类（重度；", "二类120元。"]
