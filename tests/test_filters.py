"""Questions limited to places, years, kinds of statement and kinds of paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from answer_parts import SEEDS, SHENGZHOU, assert_exact
from index_parts import HashEmbedder

from qa.answer import Answer, EvidenceFound
from qa.assistant import Assistant
from qa.cli import main
from qa.errors import QuestionUnusable
from qa.evidence.ground import Ground, ground_of, numbers_on
from qa.settings import Settings
from vectorstore.index import PassageIndex, open_index, synchronise
from vectorstore.statements import statements_in

STANDARD = "低保标准是多少"
BEDS = "每千名老年人拥有多少张养老床位"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    """The seeds with vectors that cost nothing."""
    folder: Path = tmp_path_factory.mktemp("filters")
    synchronise(library=SEEDS, index_dir=folder, embedder=HashEmbedder())
    opened = open_index(index_dir=folder, embedder=HashEmbedder())
    yield opened
    opened.close()


# --- what an answer may come from -------------------------------------------------------------------------


def test_an_answer_comes_from_the_chosen_place_only(assistant: Assistant) -> None:
    answer = assistant.ask(STANDARD, regions=["荆门市"])
    assert_exact(answer)
    assert {evidence.region for evidence in answer.evidence} == {"荆门市"}


def test_an_answer_comes_from_the_chosen_year_only(assistant: Assistant) -> None:
    for year, figure in ((2021, "890元"), (2022, "1.2万元")):
        answer = assistant.ask(STANDARD, regions=["嵊州"], years=[year])
        assert figure in answer.text
        assert {evidence.period for evidence in answer.evidence} == {f"{year}年"}


@pytest.mark.parametrize(("kind", "statement"), [("结果", "result"), ("目标", "target"), ("措施", "measure")])
def test_what_is_cited_states_the_chosen_kind(assistant: Assistant, kind: str, statement: str) -> None:
    answer = assistant.ask("养老床位建设情况怎么样", statements=[kind])
    assert answer.status == "answered"
    assert all(kind in "".join(c.labels) or "计划" in "".join(c.labels) for c in answer.citations)
    for events in [list(assistant.stream("养老床位建设情况怎么样", statements=[kind, statement]))]:
        assert isinstance(events[0], EvidenceFound)
        assert events[0].evidence == answer.evidence


def test_a_row_gives_the_column_of_the_chosen_kind(assistant: Assistant) -> None:
    row = assistant.ask(BEDS, regions=["荆门"], years=[2015, 2020], statements=["结果"])
    assert "30张" in row.text
    assert "35" not in row.text


def test_an_answer_comes_from_the_chosen_kind_of_paper_only(assistant: Assistant) -> None:
    answer = assistant.ask("新增养老床位多少张", genres=["总结"])
    assert {evidence.document for evidence in answer.evidence} == {SHENGZHOU}
    plans = assistant.ask("新增养老床位多少张", genres=["规划", "计划"]).evidence
    assert {genre for e in plans for genre in assistant.documents[e.document].genres} >= {"规划", "计划"}


def test_several_values_of_a_filter_are_alternatives(assistant: Assistant) -> None:
    answer = assistant.ask(STANDARD, regions=["嵊州市", "荆门市"])
    assert {evidence.region for evidence in answer.evidence} == {"嵊州市", "荆门市"}


def test_filters_and_documents_go_together(assistant: Assistant) -> None:
    answer = assistant.ask("新增养老床位多少张", documents=[SHENGZHOU], statements=["目标"])
    assert {evidence.document for evidence in answer.evidence} == {SHENGZHOU}
    assert {citation.labels for citation in answer.citations} == {("2022年计划",)}


def test_a_place_that_the_filter_leaves_out_is_not_answered_with_another(assistant: Assistant) -> None:
    answer = assistant.ask("杨浦区建设智慧养老院几家", regions=["嵊州"])
    assert answer.status == "not_found"
    assert "杨浦区" in answer.text
    assert answer.citations == ()


def test_an_empty_filter_limits_nothing(assistant: Assistant) -> None:
    free, empty = (assistant.ask(STANDARD), assistant.ask(STANDARD, regions=[], years=[], statements=[]))
    assert (free.text, free.evidence) == (empty.text, empty.evidence)


def test_parts_of_a_comparison_stay_on_the_ground(assistant: Assistant) -> None:
    answer = assistant.ask("嵊州市和荆门市的低保标准分别是多少", years=[2021])
    assert {citation.document for citation in answer.citations} <= {SHENGZHOU}


# --- values that do not exist -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "unknown", "known"),
    [
        ({"regions": ["武汉市"]}, "武汉市", "荆门市"),
        ({"years": [1999]}, "1999年", "2010—2025年"),
        ({"statements": ["愿景"]}, "愿景", "结果、目标、标准、措施"),
        ({"genres": ["政策"]}, "政策", "规划、计划、总结"),
    ],
)
def test_an_unknown_value_is_told_with_those_that_there_are(
    assistant: Assistant, limits: dict[str, list[str]], unknown: str, known: str
) -> None:
    with pytest.raises(QuestionUnusable) as told:
        assistant.ask(STANDARD, **limits)  # type: ignore[arg-type]
    assert unknown in told.value.message
    assert known in told.value.hint


def test_conditions_that_nothing_meets_together_are_told(assistant: Assistant) -> None:
    with pytest.raises(QuestionUnusable, match="没有同时符合"):
        assistant.ask(STANDARD, regions=["杨浦区"], statements=["结果"])


def test_names_of_a_place_and_of_a_kind_may_differ(index: PassageIndex) -> None:
    ground = ground_of(
        index, regions=["湘西", "嵊州", "湘西自治州"], statements=["计划", "target"], years=[2022, 2022]
    )
    assert ground == Ground(regions=("湘西州", "嵊州市"), years=(2022,), statements=("target",))


# --- the index as if it held these only -------------------------------------------------------------------


def test_a_limited_index_finds_the_chosen_passages_only_and_all_of_them(index: PassageIndex) -> None:
    chosen = numbers_on(Ground(statements=("standard",)), index)
    limited = index.limited_to(chosen)
    question = "低保标准每人每月多少元"
    every = len(index.passages)
    assert {number for number, _ in limited.dense(question, limit=every)} == set(chosen)
    assert next(number for number, _ in limited.dense(question, limit=1)) in chosen
    for search in (limited.by_words, limited.by_bigrams):
        assert {number for number, _ in search(question, limit=every)} <= set(chosen)


def test_a_limited_index_keeps_numbers_order_and_scores(index: PassageIndex) -> None:
    chosen = [number for number, passage in enumerate(index.passages) if passage.document == SHENGZHOU]
    limited = index.limited_to(chosen)
    for search, whole in (
        (limited.dense, index.dense),
        (limited.by_words, index.by_words),
        (limited.by_bigrams, index.by_bigrams),
    ):
        found, expected = (
            search(STANDARD, limit=8),
            whole(STANDARD, limit=8, documents=[SHENGZHOU]),
        )
        assert [number for number, _ in found] == [number for number, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected])


def test_what_is_left_out_is_not_to_be_seen(index: PassageIndex) -> None:
    chosen = numbers_on(Ground(regions=("嵊州市",), years=(2022,)), index)
    limited = index.limited_to(chosen)
    assert len(limited.passages) == len(index.passages)
    for number, passage in enumerate(limited.passages):
        if number in chosen:
            assert passage == index.passages[number]
            assert set(limited.section_passages(number)) <= set(chosen)
        else:
            assert (passage.text, passage.cells, passage.section) == ("", (), ())
    assert index.passages[0].text, "the whole index is what it was"
    assert limited.passages[-1] == limited.passages[len(index.passages) - 1]
    assert list(limited.passages[2:9]) == [limited.passages[number] for number in range(2, 9)]


def test_what_is_limited_twice_holds_what_both_limits_leave(index: PassageIndex) -> None:
    chosen = numbers_on(Ground(regions=("嵊州市",)), index)
    twice = index.limited_to(chosen[:9]).limited_to([*chosen[3:12], 0])
    assert [number for number, passage in enumerate(twice.passages) if passage.text] == chosen[3:9]
    assert {number for number, _ in twice.dense(STANDARD, limit=99)} == set(chosen[3:9])


def test_every_sentence_of_a_mixed_passage_is_of_its_own_kind(index: PassageIndex) -> None:
    mixed = [passage for passage in index.passages if passage.kind == "text" and not passage.statement]
    kinds = {statements_in(p, p.start, p.end, index.documents[p.document]) for p in mixed}
    assert frozenset({"target", "measure"}) in kinds
    assert frozenset() in kinds


# --- the command line -------------------------------------------------------------------------------------


@pytest.fixture
def _environment(seeds_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LIBRARY", str(seeds_settings.library))
    monkeypatch.setenv("QA_INDEX_DIR", str(seeds_settings.index_dir))
    monkeypatch.setenv("QA_LLM", "none")


@pytest.mark.usefixtures("_environment")
def test_the_command_line_limits_by_region_year_and_kind(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--region", "嵊州", "--year", "2022", "--kind", "目标", "--kind", "标准"]
    assert main(["ask", STANDARD, *options]) == 0
    out = capsys.readouterr().out
    assert "1.2万元" in out
    assert "（2022年计划）" in out
    assert main(["ask", STANDARD, *options, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["citations"][0]["labels"] == ["2022年计划"]


@pytest.mark.usefixtures("_environment")
def test_the_command_line_tells_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", STANDARD, "--kind", "愿景"]) == QuestionUnusable.exit_code
    assert "结果、目标、标准、措施" in capsys.readouterr().err


def test_the_function_takes_the_same_limits(
    _environment: None, seeds_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    import qa  # noqa: PLC0415

    answer: Answer = qa.ask(STANDARD, regions=["嵊州"], years=[2021], statements=["标准"])
    assert "890元" in answer.text
    assert answer.citations[0].labels == ("标准",)
