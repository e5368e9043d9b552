"""Each ablation removes the part that it names, and nothing else; what is printed can be checked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from answer_parts import ONE_TOPIC
from doubles import FakeOpenAI
from eval_parts import GOLD, record, small_library, write_gold

from eval.ablated import (
    VARIANTS,
    BigramsOnly,
    DenseOnly,
    OneRetrieval,
    Variant,
    WithoutDoubts,
    WordsOnly,
    open_variant,
)
from eval.ablated_wording import CitingItself, Unlocked
from eval.ablations import Measured, as_markdown, main, rows, without_glossary
from eval.run import Choice
from qa.evidence.retrieval import PlanRetriever
from qa.evidence.solving import PASSAGES, Solver
from qa.library.opening import open_updated
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from qa.understanding.question import understand
from vectorstore.index import PassageIndex

pytestmark = pytest.mark.thorough

COMPARISON = "杨浦和嵊州今年新增养老床位谁多"


@pytest.fixture(scope="module")
def index(seeds_settings: Settings) -> Iterator[PassageIndex]:
    opened = open_updated(seeds_settings, choose_embedder(seeds_settings))
    yield opened
    opened.close()


@pytest.fixture
def small(tmp_path: Path) -> Settings:
    return Settings(library=small_library(tmp_path), index_dir=tmp_path / "index", llm="none")


def variant(name: str) -> Variant:
    return next(one for one in VARIANTS if one.name == name)


@pytest.mark.parametrize(
    ("changed", "finding"), [(DenseOnly, "dense"), (WordsOnly, "by_words"), (BigramsOnly, "by_bigrams")]
)
def test_one_ranking_is_left_and_finds_what_it_found(
    index: PassageIndex, changed: type[DenseOnly], finding: str
) -> None:
    left = changed(index)
    for ranking in ("dense", "by_words", "by_bigrams"):
        found = getattr(left, ranking)("养老床位", limit=3)
        assert found == (getattr(index, ranking)("养老床位", limit=3) if ranking == finding else [])


def test_without_context_a_passage_is_searched_by_its_text_alone(small: Settings) -> None:
    heading = "杨浦区2023年民政工作要点"
    with open_variant(Variant("完整系统"), small) as whole:
        assert heading in whole.ask("建设智慧养老院几家？").evidence[0].title
        assert all(heading in passage.searchable for passage in whole._solver.index.passages)
    with open_variant(variant("不检索结构上下文"), small) as without:
        assert [passage.searchable for passage in without._solver.index.passages if passage.text] == [
            passage.text for passage in without._solver.index.passages if passage.text
        ]
        assert "3家" in without.ask("建设智慧养老院几家？").text


def test_without_doubts_no_passage_is_doubtful(index: PassageIndex) -> None:
    assert any(passage.doubts for passage in index.passages)
    unaware = WithoutDoubts(index).passages
    assert not any(passage.doubts for passage in unaware)
    assert [passage.text for passage in unaware] == [passage.text for passage in index.passages]


def test_sides_that_share_one_retrieval_find_nothing_beyond_it(index: PassageIndex) -> None:
    whole = understand(COMPARISON, index.documents)
    shared = {number for number, _ in PlanRetriever(index, limit=PASSAGES).ranked(whole.text)}
    side = understand("嵊州市今年新增养老床位", index.documents)
    alone = {finding.number for finding in Solver(index).solve(side).findings}
    at_once = {finding.number for finding in OneRetrieval(index).around(whole).solve(side).findings}
    assert at_once < shared
    assert not alone <= shared


def test_a_question_about_one_place_is_retrieved_as_ever(index: PassageIndex) -> None:
    asked = understand("嵊州市今年新增养老床位", index.documents)
    assert OneRetrieval(index).solve(asked) == Solver(index).solve(asked)


def test_without_composers_a_comparison_is_no_table(seeds_settings: Settings) -> None:
    with open_variant(Variant("完整系统"), seeds_settings) as whole:
        assert "| 地区 |" in whole.ask(COMPARISON).text
    with open_variant(variant("不拆分组合问题"), seeds_settings) as simple:
        assert "| 地区 |" not in simple.ask(COMPARISON).text


def test_an_ablated_system_takes_no_filters(small: Settings) -> None:
    with open_variant(Variant("完整系统"), small) as system, pytest.raises(ValueError, match="filters"):
        system.ask("建设智慧养老院几家？", regions=["杨浦区"])


def worded_by(service: FakeOpenAI, settings: Settings) -> Settings:
    return settings.model_copy(
        update={"llm": "openai", "llm_base_url": service.base_url, "llm_model": "test-model"}
    )


def test_without_the_lock_an_invented_figure_reaches_the_reader(
    service: FakeOpenAI, seeds_settings: Settings
) -> None:
    service.reply("生态安葬每例补贴98765元。")
    settings = worded_by(service, seeds_settings)
    with open_variant(Variant("不核对", answering=Unlocked), settings) as system:
        answer = system.ask(ONE_TOPIC)
    assert "98765元" in answer.text
    assert len(answer.citations) == 1
    assert answer.answered_by == "test-model"


def test_citations_of_the_model_are_those_that_it_wrote(
    service: FakeOpenAI, seeds_settings: Settings
) -> None:
    service.reply("推行生态安葬。[1]没有出处的一句。只有这句[99]。")
    settings = worded_by(service, seeds_settings)
    with open_variant(Variant("自己标", answering=CitingItself), settings) as system:
        answer = system.ask(ONE_TOPIC)
    assert [line.count("[") for line in answer.text.split("\n")][:3] == [1, 0, 0]
    prompt = service.requests[-1].body["messages"][1]["content"]
    first = next(line for line in prompt.split("\n") if line.startswith("[1]【"))
    assert answer.citations[0].quote in first


def test_an_empty_glossary_makes_everyday_words_unknown(small: Settings, tmp_path: Path) -> None:
    (small.library / "plan.txt").write_text(
        "杨浦区2023年民政工作要点\n减免殡葬费用500元。\n建设智慧养老院3家。\n", encoding="utf-8"
    )
    asked = GOLD[0] | {
        "question": "办白事减免多少钱？",
        "points": [["500元"]],
        "forbidden": [],
        "evidence": [{"document": "plan", "quote": "减免殡葬费用500元"}],
    }
    choice = Choice(system="extractive", gold=write_gold(tmp_path, asked))
    with open_variant(Variant("完整系统"), small) as whole:
        assert "500元" in whole.ask(asked["question"]).text
    (answered,) = without_glossary(choice, small)
    assert answered["question"]["id"] == "fact-001"
    # Nothing answers it for certain; a likely sentence may be given to be checked.
    assert answered["answer"]["status"] != "answered"


def test_the_table_tells_what_was_lost_and_whether_it_may_be_chance() -> None:
    names = [f"q{number}" for number in range(8)]
    whole = Measured("完整系统", [record(name) for name in names])
    worse = Measured("少一部分", [record(name, right=name == "q0") for name in names])
    table = rows([whole, worse])
    assert table[1][:6] == ("完整系统", "100.0%", "100.0%", "-", "-", "-")
    assert table[2][:6] == ("少一部分", "12.5%", "12.5%", "-", "0/7", "0.016*")
    lines = as_markdown(table).split("\n")
    assert len(lines) == 4
    assert {line.count("|") for line in lines} == {len(table[0]) + 1}


def test_questions_that_are_not_there_are_an_expected_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = write_gold(tmp_path, GOLD[0] | {"part": "dev"})
    assert main(["--gold", str(gold), "--part", "test"]) != 0
    assert "没有符合条件的题目" in capsys.readouterr().err
