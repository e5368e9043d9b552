"""How much of a question a text covers; what is not about anything in the library is not answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.evidence.relevance import Term, bigrams, coverage, plain
from qa.evidence.vocabulary import Vocabulary
from qa.settings import Settings

TERMS = [Term(("护理型",), 3.0), Term(("床位", "病床"), 1.0)]


def test_a_text_that_says_all_terms_covers_everything_and_one_that_says_none_nothing() -> None:
    assert coverage(TERMS, "护理型床位占比") == 1
    assert coverage(TERMS, "智慧养老院") == 0
    assert coverage([], "智慧养老院") == 0


def test_terms_count_by_weight_and_in_any_of_their_wordings() -> None:
    assert coverage(TERMS, "护理型的") == pytest.approx(0.75)
    assert coverage(TERMS, "床位") == pytest.approx(0.25)


def test_a_synonym_counts_nearly_as_much_as_the_askers_own_word() -> None:
    assert 0.9 * 0.25 < coverage(TERMS, "病床") < coverage(TERMS, "床位")


def test_a_term_in_the_surroundings_counts_for_less_than_one_in_the_text() -> None:
    near = coverage(TERMS, "床位60%", [("护理型", 0.5)])
    assert coverage(TERMS, "床位60%") < near < coverage(TERMS, "护理型床位60%")
    assert near == pytest.approx((1 + 3 * 0.5) / 4)


@given(st.text("护理型床位病的 0", max_size=12), st.text("护理型床位病的 0", max_size=12))
def test_more_text_never_covers_less(one: str, more: str) -> None:
    assert 0 <= coverage(TERMS, one) <= coverage(TERMS, one + more) <= 1


@given(st.text("养老Ａa１1％%（( \u3000\n\t", max_size=40))
def test_plain_form_has_no_blanks_and_is_its_own_plain_form(text: str) -> None:
    assert not any(character.isspace() for character in plain(text))
    assert plain(plain(text)) == plain(text)


def test_forms_of_writing_do_not_matter() -> None:
    assert plain("Ａ级 １００％\n") == "a级100%"
    assert bigrams("养老 2023年3A") == bigrams("养老２０２３年３Ａ")


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    vocabulary = Vocabulary(["民政工作养老", "民政工作殡葬", "民政工作婚姻"])
    assert vocabulary.weight("养老") > vocabulary.weight("民政") > 0


@pytest.mark.quick(5)
@pytest.mark.parametrize(
    "text",
    [
        "你是谁？",
        "今天天气怎么样？",
        "1+1等于几？",
        "0",
        "a",
        "的",
        "多少",
        "2023",
        "谢谢",
        "你好",
        "讲个笑话",
        "帮我写一首诗",
        "杨浦",
        "下陆区呢？",
        "Hello, how are you?",
        "ไทย",
    ],
)
def test_small_talk_and_questions_without_a_subject_find_nothing(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.status == "not_found"
    assert answer.citations == ()


@pytest.mark.parametrize("plans", [1, 3])
def test_a_small_library_is_answered_from_as_well_as_a_large_one(tmp_path: Path, plans: int) -> None:
    # Words cannot be rare where there is little text.
    folder = tmp_path / "library"
    folder.mkdir()
    for place, count in [("安吉县", 12), ("德清县", 34), ("长兴县", 56)][:plans]:
        text = f"{place}2024年民政工作要点\n一、养老服务\n新建村级幸福院{count}个。\n"
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    settings = Settings(library=folder, index_dir=tmp_path / "index", llm="none")
    with Assistant.open(settings) as assistant:
        assert "12个" in assistant.ask("安吉县2024年新建村级幸福院多少个？").text
        assert "12个" in assistant.ask("新建村级幸福院多少个？", documents=["安吉县"]).text
