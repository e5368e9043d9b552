"""Answers from plans that no rule was written for: a market town's standards, a county's tables, points without headings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import KNOWN_VECTORS, _copy_database

from qa.answer import Turn
from qa.assistant import Assistant
from qa.settings import Settings
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import synchronise

UNSEEN = Path(__file__).resolve().parent / "unseen"
STAFF_PLANS = UNSEEN.parent / "staff" / "plans"
QUESTIONS: list[dict[str, Any]] = tomllib.loads((UNSEEN / "questions.toml").read_text(encoding="utf-8"))[
    "questions"
]
_VECTORS = KNOWN_VECTORS.with_name("unseen_vectors.sqlite3")


@pytest.fixture(scope="session")
def unseen(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Assistant]:
    """An assistant over the unseen plans that answers extractively; the first worker indexes them for all."""
    base = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with _opened(UNSEEN, base / "unseen-index", _VECTORS) as opened:
        yield opened


@pytest.fixture(scope="session")
def staff_plans(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Assistant]:
    """The same over the plans that staff wrote: a county's year, a city's five years, a notice of standards."""
    base = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    known = KNOWN_VECTORS.with_name("staff_plans_vectors.sqlite3")
    with _opened(STAFF_PLANS, base / "staff-plans-index", known) as opened:
        yield opened


def _opened(library: Path, folder: Path, known: Path) -> Assistant:
    folder.mkdir(exist_ok=True)
    vectors = folder / "vectors.sqlite3"
    if known.is_file() and not vectors.exists():
        _copy_database(known, vectors)
    if synchronise(library=library, index_dir=folder, embedder=LocalEmbedder(), wait=600).embedded:
        _copy_database(vectors, known)
    return Assistant.open(Settings(library=library, index_dir=folder, llm="none"))


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_an_unseen_plan_is_answered_as_it_states(unseen: Assistant, question: dict[str, Any]) -> None:
    history: list[Turn] = []
    for asked in question.get("before", []):
        history.append(Turn(asked, unseen.ask(asked, history=history).text))
    answer = unseen.ask(question["asked"], history=history)
    assert answer.status == question["status"], answer.text
    assert [word for word in question.get("holds", []) if word not in answer.text] == [], answer.text
    assert [word for word in question.get("lacks", []) if word in answer.text] == [], answer.text
    # None of these documents has a damaged figure.
    assert [warning for warning in answer.warnings if "小数点" in warning] == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        # A part of the document's place owns the figures that follow it, until another place is named.
        ("天水市麦积区城市低保每月提高到多少", "770元"),
        ("钦州灵山县失能老年人照护中心总投资多少", "6200万元"),
        ("浦北县改造敬老院几所", "8所"),
        ("灵山县新增养老床位多少张", "1500张"),
        ("钦州县级公益性安葬（放）设施覆盖率2020年是多少", "75%"),
    ],
)
def test_figures_of_a_part_of_the_place_are_found_with_their_owner(
    staff_plans: Assistant, question: str, words: str
) -> None:
    assert words in staff_plans.ask(question).text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("天水83岁老人高龄津贴每月多少", "80—84周岁：每人每月60元"),
        ("天水百岁老人高龄津贴一月发多少", "每人每月500元"),
        ("我妈今年97岁，石泉的，一个月有多少高龄补贴", "90—99周岁每人每月100元"),
        ("石泉百岁老人高龄补贴多少", "每人每月300元"),
    ],
)
def test_somebodys_age_finds_the_tier_that_holds_it(
    staff_plans: Assistant, question: str, words: str
) -> None:
    answer = staff_plans.ask(question)
    assert words in answer.text
    assert answer.text.count("元") == 1


def test_an_age_that_no_tier_holds_gets_no_tiers_figure(staff_plans: Assistant) -> None:
    assert staff_plans.ask("天水72岁老人高龄津贴多少").status == "not_found"


def test_a_standard_that_was_ended_answers_only_who_asks_for_the_former_one(staff_plans: Assistant) -> None:
    assert "300元" not in staff_plans.ask("天水市100周岁以上老人高龄津贴每月多少").text
    assert "300元" in staff_plans.ask("天水原来百岁老人高龄津贴是多少").text
