"""The model's instructions are files whose variables are checked when they are loaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import prompts
from prompts import PromptInvalid, load

FILES = sorted(Path(prompts.__file__).parent.glob("*.txt"))
VARIABLES = {
    "answer_system": set(),
    "answer_user": {"evidence", "question"},
    "fits_examples": set(),
    "fits_system": set(),
    "fits_user": {"question", "section", "title", "words"},
    "judge_system": set(),
    "judge_user": {"question", "reference", "answer"},
    "read_system": set(),
    "read_user": {"material", "question"},
    "reword_examples": set(),
    "reword_system": set(),
}


def test_every_prompt_file_is_known_here() -> None:
    assert {file.stem for file in FILES} == set(VARIABLES)


@pytest.mark.parametrize("name", VARIABLES)
def test_a_prompt_is_loaded_with_the_variables_that_it_uses(name: str) -> None:
    filled = load(name, VARIABLES[name]).substitute(dict.fromkeys(VARIABLES[name], "某值"))
    assert filled.count("某值") == len(VARIABLES[name])
    assert "$" not in filled


@pytest.mark.parametrize(
    "variables", [set(), {"question"}, {"question", "evidence", "history"}, {"Question"}]
)
def test_a_prompt_with_other_variables_than_expected_is_refused_by_name(variables: set[str]) -> None:
    with pytest.raises(PromptInvalid, match=r"answer_user.*evidence"):
        load("answer_user", variables)


def test_a_prompt_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load("no_such_prompt", set())


def test_what_is_filled_in_is_taken_as_it_stands() -> None:
    tricky = "预算$5 ${question} $$ %s {0} \\1"
    filled = load("answer_user", {"evidence", "question"}).substitute(evidence=tricky, question="问")
    assert tricky in filled


@pytest.mark.parametrize(
    "file", [file for file in FILES if not file.stem.startswith("read_")], ids=lambda file: file.stem
)
def test_no_prompt_offers_a_small_model_the_way_out_or_asks_it_for_markers(file: Path) -> None:
    # A small model takes the way out half of the time, and copies a placeholder as it stands.
    assert not re.search(r"未提及|无法回答|不知道|没有提到|编号|\[\d\]", file.read_text(encoding="utf-8"))
