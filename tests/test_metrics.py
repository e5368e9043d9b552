"""Every metric of the evaluation on cases worked out by hand, above all on answers that must not pass."""

from __future__ import annotations

from typing import Any

import pytest

from eval import metrics
from eval.gold import Question, Quote
from qa.answer import Answer, Citation, Evidence, Turn

FIRST = "建设智慧养老院3家，新增床位500张。"
SECOND = "改造示范睦邻点12个，资金1.2万元。"
GAP = "\n\n" + 12 * " "  # as between the cells of a table with one cell a line
TEXT = f"{FIRST}{GAP}{SECOND}\n" + "其他工作另行安排。" * 60
TEXTS = {"plan": TEXT, "other": "别的规划：建设智慧养老院13家。"}


def question(**changes: Any) -> Question:
    fields: dict[str, Any] = {
        "id": "q-001",
        "part": "dev",
        "kind": "fact",
        "documents": ("plan",),
        "question": "2023年建设智慧养老院几家？",
        "reference": "建设智慧养老院3家。",
        "points": (("3家",),),
        "evidence": (Quote("plan", "建设智慧养老院3家"),),
    }
    return Question(**fields | changes)


UNANSWERABLE = question(kind="unanswerable", points=(), evidence=(), documents=())


def answer(text: str, **changes: Any) -> Answer:
    return Answer(text=text, **{"status": "answered"} | changes)


def passage(start: int, end: int, document: str = "plan") -> Evidence:
    text = TEXTS[document][start:end]
    return Evidence(document, "标题", "杨浦", "2023年", (), start, end, text, 0.1)


def citation(quote: str, document: str = "plan") -> Citation:
    start = TEXTS[document].index(quote)
    return Citation(1, document, "标题", (), start, start + len(quote), quote)


# Accuracy


@pytest.mark.parametrize(
    "text", ["3家。[1]", "2023年建设**三家**智慧养老院 [1][2]。", "> 建设智慧养老院 ３ 家"]
)
def test_an_answer_with_every_point_is_right(text: str) -> None:
    assert metrics.accuracy(question(), answer(text))


@pytest.mark.parametrize(
    "text", ["13家。", "33家。", "0.3家。", "十三家。", "三十家", "有若干家。[3]", "3. 家庭养老", ""]
)
def test_a_longer_number_a_marker_or_an_ordinal_is_not_the_point(text: str) -> None:
    assert not metrics.accuracy(question(), answer(text))


def test_swapped_figures_are_wrong() -> None:
    asked = question(points=(("城市480元",), ("农村2800元",)), reference="城市480元，农村2800元。")
    assert metrics.accuracy(asked, answer("城市480元，农村2800元。"))
    swapped = metrics.judge(asked, answer("城市2800元，农村480元。"))
    assert not swapped.right
    assert swapped.missing == asked.points


def test_every_point_is_needed_and_any_wording_of_it_will_do() -> None:
    asked = question(points=(("3家", "三所"), ("500张",)))
    assert metrics.accuracy(asked, answer("三所，500张"))
    assert metrics.judge(asked, answer("3家")).missing == (("500张",),)


def test_a_forbidden_statement_makes_a_complete_answer_wrong() -> None:
    asked = question(forbidden=("2家", "12家"))
    hit = metrics.judge(asked, answer("3家，也有说2家的。"))
    assert (hit.right, hit.missing, hit.forbidden) == (False, (), ("2家",))
    assert metrics.accuracy(asked, answer("3家，另有22家。"))


def test_a_refusal_that_contains_the_figure_is_wrong() -> None:
    assert not metrics.accuracy(question(), answer("没有找到。相近的有：3家。", status="not_found"))
    assert metrics.accuracy(question(), answer("建设3家。", status="partial"))


def test_the_whole_passage_pasted_is_wrong() -> None:
    pasted = metrics.judge(question(), answer(TEXT))
    assert (pasted.right, pasted.missing, pasted.over_long) == (False, (), True)


def test_length_is_measured_against_two_hundred_characters_and_the_reference() -> None:
    assert metrics.accuracy(question(), answer("3家" + "好" * 198))
    assert not metrics.accuracy(question(), answer("3家" + "好" * 199))
    assert metrics.accuracy(question(), answer("3家[1]" + "\n> 好[2]\n| " * 198))
    wordy = question(reference="参" * 100)
    assert metrics.accuracy(wordy, answer("3家" + "好" * 398))
    assert not metrics.accuracy(wordy, answer("3家" + "好" * 399))


def test_an_unanswerable_question_is_right_only_when_refused() -> None:
    assert metrics.accuracy(UNANSWERABLE, answer("没有找到。", status="not_found"))
    assert not metrics.accuracy(UNANSWERABLE, answer("没有找到。"))
    assert not metrics.accuracy(UNANSWERABLE, answer("3家。", status="partial"))


# Evidence


def test_evidence_recall_counts_the_quotes_in_the_first_k_passages() -> None:
    asked = question(evidence=(Quote("plan", FIRST), Quote("plan", SECOND)))
    second = TEXT.index(SECOND)
    found = [passage(200, 260), passage(0, len(FIRST)), passage(second, second + len(SECOND))]
    recalls = [metrics.evidence_recall(asked, found, k, texts=TEXTS) for k in (1, 2, 3)]
    assert recalls == [0.0, 0.5, 1.0]


def test_a_quote_counts_from_four_fifths_of_it() -> None:
    asked = question(evidence=(Quote("plan", TEXT[0:10]),))
    assert metrics.evidence_recall(asked, [passage(2, 30)], 5, texts=TEXTS) == 1.0
    assert metrics.evidence_recall(asked, [passage(3, 30)], 5, texts=TEXTS) == 0.0


def test_a_long_quote_counts_when_several_passages_cover_it_and_blank_lines_between_do_not_matter() -> None:
    start = TEXT.index(SECOND)
    asked = question(evidence=(Quote("plan", FIRST + GAP + SECOND),))
    parts = [passage(0, len(FIRST)), passage(start, start + len(SECOND))]
    assert metrics.evidence_recall(asked, parts, 2, texts=TEXTS) == 1.0
    assert metrics.evidence_recall(asked, parts, 1, texts=TEXTS) == 0.0


def test_any_occurrence_of_a_quote_counts_but_the_same_words_of_another_document_do_not() -> None:
    twice = "其他工作另行安排。"
    last = TEXT.rindex(twice)
    asked = question(evidence=(Quote("plan", twice),))
    assert metrics.evidence_recall(asked, [passage(last, len(TEXT))], 5, texts=TEXTS) == 1.0
    other = question(evidence=(Quote("plan", "建设智慧养老院"),))
    assert metrics.evidence_recall(other, [passage(0, 16, "other")], 5, texts=TEXTS) == 0.0


def test_reciprocal_rank_is_that_of_the_first_passage_that_helps() -> None:
    asked = question(evidence=(Quote("plan", FIRST),))
    far, near = passage(200, 260), passage(0, 40)
    assert metrics.reciprocal_rank(asked, [near, far], texts=TEXTS) == 1.0
    assert metrics.reciprocal_rank(asked, [far, far, near], texts=TEXTS) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank(asked, [far], texts=TEXTS) == 0.0
    assert metrics.reciprocal_rank(asked, [], texts=TEXTS) == 0.0


def test_a_passage_inside_a_longer_quote_helps_and_one_at_its_edge_does_not() -> None:
    asked = question(evidence=(Quote("plan", TEXT[0:100]),))
    assert metrics.reciprocal_rank(asked, [passage(20, 60)], texts=TEXTS) == 1.0
    assert metrics.reciprocal_rank(asked, [passage(90, 130)], texts=TEXTS) == 0.0


def test_without_gold_quotes_there_is_nothing_to_score() -> None:
    refused = answer("没有找到。", status="not_found")
    assert metrics.evidence_recall(UNANSWERABLE, [passage(0, 9)], 5, texts=TEXTS) is None
    assert metrics.reciprocal_rank(UNANSWERABLE, [passage(0, 9)], texts=TEXTS) is None
    assert metrics.citation_precision(UNANSWERABLE, answer("", citations=(citation(FIRST),)), TEXTS) is None
    assert metrics.citation_recall(UNANSWERABLE, refused, TEXTS) is None


# Citations and figures


def test_a_citation_is_exact_only_when_the_file_has_these_words_at_this_place() -> None:
    good = citation("3家")
    moved = Citation(2, "plan", "", (), good.start + 1, good.end + 1, good.quote)
    unknown = Citation(3, "nowhere", "", (), 0, 2, "建设")
    outside = Citation(4, "plan", "", (), 9**6, 9**6, "")
    given_four = answer("", citations=(good, moved, unknown, outside))
    assert metrics.citation_exactness(given_four, TEXTS) == 0.25
    assert metrics.citation_exactness(answer("3家"), TEXTS) is None


def test_citation_precision_and_recall_look_for_overlap_with_the_gold_quotes() -> None:
    asked = question(evidence=(Quote("plan", FIRST), Quote("plan", SECOND)))
    hit, miss = citation("养老院3家"), citation("智慧养老院13家", "other")
    outside = Citation(3, "nowhere", "", (), 0, 5, "")
    assert metrics.citation_precision(asked, answer("", citations=(hit, miss)), TEXTS) == 0.5
    assert metrics.citation_recall(asked, answer("", citations=(hit, miss)), TEXTS) == 0.5
    assert metrics.citation_precision(asked, answer("", citations=(miss, outside)), TEXTS) == 0.0
    assert metrics.citation_precision(asked, answer("3家"), TEXTS) is None
    assert metrics.citation_recall(asked, answer("3家"), TEXTS) == 0.0


def test_figures_need_a_cited_span_or_the_conversation() -> None:
    cited = (citation("建设智慧养老院3家"), citation("资金1.2万元"))
    said = answer("2023年建设3家[1]，投入12000元[2]，另有7家，占百分之八，共500张。", citations=cited)
    assert metrics.unsupported_figures(question(), said, TEXTS) == ["7", "8", "500"]
    earlier = question(history=(Turn("有7家吗？", "有500张床位。"),))
    assert metrics.unsupported_figures(earlier, said, TEXTS) == ["8"]


def test_a_year_may_stand_anywhere_in_a_cited_document_and_other_figures_may_not() -> None:
    texts = {"plan": "“十三五”以来建成3家。2021年新增2000张。", "other": "2019年"}
    cited = Citation(1, "plan", "", (), texts["plan"].index("建成"), texts["plan"].index("。"), "建成3家")
    said = answer("（2016—2020年）建成3家[1]，2021年2000张，2019年、2022年也有。", citations=(cited,))
    assert metrics.unsupported_figures(question(), said, texts) == ["2000", "2019", "2022"]
    assert metrics.unsupported_figures(question(), answer("2021年"), texts) == ["2021"]


def test_a_quote_that_the_file_does_not_hold_supports_no_figure() -> None:
    invented = Citation(1, "plan", "", (), 0, 4, "建设99家")
    assert metrics.unsupported_figures(question(), answer("99家[1]", citations=(invented,)), TEXTS) == ["99"]


# Over a run


def test_refusal_precision_and_recall() -> None:
    outcomes = [(False, True), (True, True), (False, False), (False, True), (True, False)]
    assert metrics.refusal_precision_recall(outcomes) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert metrics.refusal_precision_recall([(True, False)]) == (None, None)
    assert metrics.refusal_precision_recall([(False, False)]) == (None, 0.0)


def test_what_could_not_be_scored_is_left_out_of_means() -> None:
    assert metrics.mean([1.0, None, 0.0]) == 0.5
    assert metrics.mean([None]) is None


def test_quantiles_are_interpolated() -> None:
    assert metrics.quantile([1.0, 2.0, 10.0], 0.5) == 2.0
    assert metrics.quantile([0.0, 1.0], 0.95) == pytest.approx(0.95)
    assert metrics.quantile([], 0.5) is None


def test_the_interval_is_repeatable_holds_the_accuracy_and_narrows_with_more_questions() -> None:
    few, many = [True, True, True, False] * 5, [True, True, True, False] * 50
    low, high = metrics.bootstrap_interval(few) or (0, 0)
    narrow_low, narrow_high = metrics.bootstrap_interval(many) or (0, 0)
    assert metrics.bootstrap_interval(few) == (low, high)
    assert low < narrow_low < 0.75 < narrow_high < high
    # The normal approximation for n = 200: 0.75 ± 1.96 · sqrt(0.75 · 0.25 / 200) = 0.75 ± 0.06
    assert (narrow_low, narrow_high) == (pytest.approx(0.69, abs=0.012), pytest.approx(0.81, abs=0.012))
    assert metrics.bootstrap_interval([True] * 9) == (1.0, 1.0)
    assert metrics.bootstrap_interval([]) is None


def test_brevity_counts_what_is_read() -> None:
    assert metrics.brevity(answer("建设 3家[1]。")) == 5
