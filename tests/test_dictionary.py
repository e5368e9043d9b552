"""English words that no list of ours knows are looked up, and the library's own word is taken for them."""

from __future__ import annotations

import time

import pytest
from answer_parts import assert_exact
from pace import within

from qa.assistant import Assistant
from qa.bilingual.dictionary import translations_with
from qa.bilingual.question import asked_in_chinese
from vectorstore.documents import Document, Metadata


def _document(text: str, region: str = "嵊州市") -> dict[str, Document]:
    return {region: Document(region, f"{region}.txt", text, Metadata(region=region))}


def test_a_word_is_found_by_what_explains_it_alone() -> None:
    found = translations_with("beggar")
    assert "乞丐" in found["beggar"]
    assert not any("乞丐" in words for gloss, words in found.items() if gloss != "beggar")


def test_a_usual_meaning_stands_before_a_literary_one() -> None:
    words = translations_with("deluge")["deluge"]
    assert words[0] == "洪水"


def test_of_several_translations_that_of_the_library_is_taken() -> None:
    asked = "What was the score of 嵊州市?"
    assert "得分" in asked_in_chinese(asked, _document("全市得分90分"))
    assert "分数" in asked_in_chinese(asked, _document("全市分数90分"))


def test_of_two_in_the_library_that_is_taken_which_stands_with_the_other_words() -> None:
    text = "导师和评分标准另定。" + "，" * 60 + "地名普查得分995分"
    assert "得分" in asked_in_chinese(
        "What was the score of the place-name census in 嵊州市?", _document(text)
    )


def test_the_documents_of_the_place_asked_about_are_looked_into() -> None:
    documents = _document("全市分数90分，分数高", "荆门市") | _document("全市得分90分")
    assert "得分" in asked_in_chinese("What was the score of 嵊州市?", documents)


def test_a_compound_is_one_word() -> None:
    assert "导盲犬" in asked_in_chinese("How many guide dogs does 嵊州市 have?", _document("引导群众"))


def test_a_word_of_no_dictionary_stays_in_the_question() -> None:
    asked = asked_in_chinese("How many stairlifts does 嵊州市 have?", _document("老年人"))
    assert "stairlifts" in asked


def test_without_documents_nothing_is_looked_up() -> None:
    assert "score" in asked_in_chinese("What was the score of 嵊州市?")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was the score Xialu got in the place-name census?", "995"),
        ("What is the Rainbow Bridge platform in Yangpu?", "彩虹桥"),
        ("And how much for those with moderate impairment in Shengzhou?", "828"),
    ],
)
def test_a_question_with_a_word_that_was_looked_up_is_answered(
    assistant: Assistant, question: str, expected: str
) -> None:
    answer = assistant.ask(question)
    assert expected in answer.text
    assert_exact(answer)


@pytest.mark.parametrize(
    "question",
    [
        "How many prison inmates received aid in Jingmen?",
        "How many guide dogs did Yangpu buy in 2023?",
        "How many stairlifts does Shengzhou plan to put in for old people in 2022?",
        "How many foreign adoptions were registered in Xiangxi in 2023?",
        "How many cremation furnaces are there in Shengzhou?",
    ],
)
def test_a_looked_up_word_that_no_document_has_still_holds_the_answer_back(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(question).status == "not_found"


def test_a_question_full_of_unknown_words_is_not_looked_up_word_by_word() -> None:
    starts, ends = ("blor", "grun", "vask"), ("ping", "tosh", "mel", "wick")
    words = " ".join(f"{start}{end}" for start in starts for end in ends)
    began = time.process_time()
    asked_in_chinese(f"How many {words} a b c d e are there in 嵊州市?", _document("全市得分90分"))
    assert within(time.process_time() - began, 0.5)
