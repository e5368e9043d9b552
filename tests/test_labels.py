"""What a reader is told about a quotation at a glance, in answers and on the page."""

from __future__ import annotations

import re

import pytest
from answer_parts import SHENGZHOU
from plan_parts import document_of

from page.rendering import citations_html, found_html
from qa.answer import Answer, Citation, Evidence
from qa.assistant import Assistant
from qa.evidence.labels import labels_of
from vectorstore.documents import Document, Metadata, Passage, Statement

PLAN = Document("plan", "plan.txt", "", Metadata(years=(2021, 2022, 2023, 2024, 2025)))
REPORT = Document("report", "report.txt", "", Metadata(years=(2021, 2022)))


def _passage(
    statement: Statement, years: tuple[int, ...], cells: tuple[tuple[str, str], ...] = ()
) -> Passage:
    kind = "row" if cells else "text"
    return Passage("plan", 0, 0, "", kind=kind, years=years, statement=statement, cells=cells)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statement", "years", "document", "labels"),
    [
        ("result", (2021,), REPORT, ("2021年结果",)),
        ("target", (2022,), REPORT, ("2022年计划",)),
        ("target", PLAN.metadata.years, PLAN, ("2021—2025年目标",)),
        ("target", (2025,), PLAN, ("2025年目标",)),
        ("result", (2016, 2017, 2018, 2019, 2020), PLAN, ("2016—2020年结果",)),
        ("standard", (2021,), REPORT, ("标准",)),
        ("measure", (2022,), REPORT, ("措施",)),
        ("target", (), PLAN, ("目标",)),
        ("", (2022,), REPORT, ()),
    ],
)
def test_a_passage_is_labelled_with_its_years_and_what_it_states(
    statement: Statement, years: tuple[int, ...], document: Document, labels: tuple[str, ...]
) -> None:
    assert labels_of(_passage(statement, years), document) == labels


def test_a_row_has_a_label_for_each_kind_of_figure_that_it_gives() -> None:
    years = PLAN.metadata.years
    both = (("指标", "床位"), ("单位", "张"), ("2020年", "30"), ("2025年目标值", "35"), ("年均增长%", "—"))
    assert labels_of(_passage("", years, both), PLAN) == ("2020年结果", "2025年目标")
    only = (("指标", "床位"), ("2020年", "—"), ("2025年目标值", "35"))
    assert labels_of(_passage("target", years, only), PLAN) == ("2025年目标",)
    undated = (("指标", "床位"), ("目标值", "35"))
    assert labels_of(_passage("target", years, undated), PLAN) == ("2021—2025年目标",)
    silent = (("县市", "甲县"), ("新建", "4"))
    assert labels_of(_passage("target", (2022,), silent), REPORT) == ("2022年计划",)


def test_a_quotation_is_labelled_by_its_own_sentence() -> None:
    text = "健全养老服务体系，加强监管。到2025年，新增床位500张。"
    document = document_of(text)
    passage = Passage(
        "plan", 0, len(text), text, section=("三、主要任务",), years=(2021, 2022, 2023, 2024, 2025)
    )
    assert labels_of(passage, document) == ()
    assert labels_of(passage, document, start=0, end=5) == ("措施",)
    assert labels_of(passage, document, start=20, end=len(text)) == ("2025年目标",)


def test_answers_carry_labels(assistant: Assistant) -> None:
    for question, label in (
        ("嵊州2021年办了多少对结婚登记", "2021年结果"),
        ("嵊州2022年新增节地生态墓穴多少穴", "2022年计划"),
        ("嵊州2021年低保标准是多少", "标准"),
        ("下陆区2025年养老机构护理型床位占比的目标是多少", "2025年目标"),
    ):
        answer = assistant.ask(question)
        assert answer.citations[0].labels == (label,), question
        assert label in {label for evidence in answer.evidence for label in evidence.labels}


def test_labels_agree_with_the_period(assistant: Assistant) -> None:
    answer = assistant.ask("嵊州的养老服务怎么样", documents=[SHENGZHOU])
    for evidence in answer.evidence:
        for label in evidence.labels:
            assert label in ("标准", "措施") or evidence.period in label


# --- on the page ------------------------------------------------------------------------------------------


def _evidence(labels: tuple[str, ...], period: str = "2021年") -> Evidence:
    return Evidence("plan", "总结", "嵊州市", period, (), 0, 4, "全年发放", 0.1, labels)


def _facts(html: str) -> str:
    (facts,) = re.findall(r'<p class="facts">(.*?)</p>', html)
    return str(facts)


def test_labels_stand_beside_the_facts_of_a_passage() -> None:
    facts = _facts(found_html([_evidence(("措施",))]))
    assert facts == '<span>嵊州市</span> · <span>2021年</span> <span class="label">措施</span>'


def test_a_label_that_names_the_years_says_them_once() -> None:
    facts = _facts(found_html([_evidence(("2021年结果",))]))
    assert facts == '<span>嵊州市</span> <span class="label">2021年结果</span>'
    other = _facts(found_html([_evidence(("2015年结果", "2020年目标"), "2016—2020年")]))
    assert "<span>2016—2020年</span>" in other
    assert other.count('class="label"') == 2


def test_a_passage_that_tells_nothing_has_no_label() -> None:
    assert "label" not in found_html([_evidence(())])


def test_a_citation_shows_its_own_labels_rather_than_those_of_its_passage() -> None:
    document = Document("plan", "plan.txt", "全年发放低保金", Metadata(title="总结", region="嵊州市"))
    citation = Citation(1, "plan", "总结", (), 0, 4, "全年发放", labels=("2021年结果",))
    answer = Answer("发放。[1]", "answered", (citation,), evidence=(_evidence(("措施",)),))
    html = citations_html(answer, {"plan": document}, turn=1)
    assert "2021年结果" in html
    assert "措施" not in html


def test_labels_are_escaped() -> None:
    html = found_html([_evidence(("<img src=x onerror=alert(1)>",))])
    assert "<img" not in html
