"""Figures of answers without a source, and those of another place, year or kind than was asked about."""

from __future__ import annotations

from metric_parts import TEXTS, UNANSWERABLE, answer, citation, question

from eval.answer_figures import unsupported_figures, wrong_owner_figures
from qa.answer import Citation, Turn

# Without a source


def test_figures_need_a_cited_span_or_the_conversation() -> None:
    cited = (citation("建设智慧养老院3家"), citation("资金1.2万元"))
    said = answer("2023年建设3家[1]，投入12000元[2]，另有7家，占百分之八，共500张。", citations=cited)
    assert unsupported_figures(question(), said, TEXTS) == ["7", "8", "500"]
    earlier = question(history=(Turn("有7家吗？", "有500张床位。"),))
    assert unsupported_figures(earlier, said, TEXTS) == ["8"]


def test_a_year_may_stand_anywhere_in_a_cited_document_and_other_figures_may_not() -> None:
    texts = {"plan": "“十三五”以来建成3家。2021年新增2000张。", "other": "2019年"}
    cited = Citation(1, "plan", "", (), texts["plan"].index("建成"), texts["plan"].index("。"), "建成3家")
    said = answer("（2016—2020年）建成3家[1]，2021年2000张，2019年、2022年也有。", citations=(cited,))
    assert unsupported_figures(question(), said, texts) == ["2000", "2019", "2022"]
    assert unsupported_figures(question(), answer("2021年"), texts) == ["2021"]
    english = answer("Yangpu District (2016–2020): “建成3家” [1], (2021) 2019", citations=(cited,))
    assert unsupported_figures(question(), english, texts) == ["2019", "2021"]


def test_what_is_worked_out_is_supported_when_it_is_right() -> None:
    both = (citation("3家"), citation("12个"))
    for text, without_source in (
        ("3 + 12 = 15 [1][2]", []),
        ("3 + 12 = 16 [1][2]", ["16"]),
        ("共15。[1][2]", ["15"]),
    ):
        assert unsupported_figures(question(), answer(text, citations=both), TEXTS) == without_source


def test_what_is_concluded_is_supported_by_the_reference_in_the_kinds_that_ask_for_it() -> None:
    total = {"question": "共几家？", "reference": "3家加12个，共15。", "points": (("15",),)}
    said = answer("共15。[1][2]", citations=(citation("3家"), citation("12个")))
    assert unsupported_figures(question(kind="calculation", **total), said, TEXTS) == []
    assert unsupported_figures(question(kind="fact", **total), said, TEXTS) == ["15"]


def test_a_quote_that_the_file_does_not_hold_supports_no_figure() -> None:
    invented = Citation(1, "plan", "", (), 0, 4, "建设99家")
    assert unsupported_figures(question(), answer("99家[1]", citations=(invented,)), TEXTS) == ["99"]


# Of another owner


def test_a_figure_that_only_another_document_says_belongs_to_somebody_else() -> None:
    both = answer("3家[1]，13家[2]。", citations=(citation("3家"), citation("13家", "other")))
    assert wrong_owner_figures(question(), both, TEXTS) == ["13"]
    compared = question(kind="comparison", documents=("plan", "other"))
    assert wrong_owner_figures(compared, both, TEXTS) == []


def test_what_is_forbidden_to_say_is_a_figure_of_another_owner_and_so_is_any_where_nothing_answers() -> None:
    said = answer("3家[1]，500张[2]。", citations=(citation("3家"), citation("500张")))
    assert wrong_owner_figures(question(forbidden=("500张", "2家")), said, TEXTS) == ["500"]
    asked = question(kind="unanswerable", documents=(), points=(), evidence=(), question="3家收多少钱？")
    assert wrong_owner_figures(asked, said, TEXTS) == ["500"]
    assert wrong_owner_figures(UNANSWERABLE, answer("没有。相近：500张", status="not_found"), TEXTS) == []


def test_years_and_what_was_asked_with_are_no_figures_of_another_owner() -> None:
    said = answer("2023年3家[1]，别处2022年。", citations=(citation("13家", "other"),))
    assert wrong_owner_figures(question(question="2023年的3家是哪几家？"), said, TEXTS) == []
