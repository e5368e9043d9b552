"""Words that a segmenter guesses or a phrase clips are nobody's words: they neither refuse a question nor answer one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant
from qa.understanding.plainly import plainly_asked
from qa.understanding.words import is_across_words

QUESTIONS = questions_of("staff/clipped.toml")


@pytest.mark.parametrize("guess", ["县要", "人发", "长管", "那格", "那帮人", "户来划", "盖起来"])
def test_a_guess_across_words_names_nothing(guess: str) -> None:
    assert is_across_words(guess)


@pytest.mark.parametrize("name", ["养老院", "银龄", "暖巢", "西花苑", "长护险", "失独", "墓位", "未来城"])
def test_a_name_that_no_dictionary_has_is_a_name(name: str) -> None:
    assert not is_across_words(name)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("多少小两口领了证", "多少小两口领证"),
        ("离过婚的有几对", "离婚的有几对"),
        ("提高了多少标准", "提高了多少标准"),
        ("一年学多少课时", "一年学多少课时"),
        ("一年上多少课", "一年培训多少学时"),
        ("村里管小孩的那个主任有几个", "儿童主任有几个"),
        ("彩票卖了几个亿", "彩票卖了多少钱"),
        ("一个微网格管多少人家", "一个微网格管多少户"),
    ],
)
def test_a_verb_and_its_object_are_one_word_and_phrases_end_where_words_do(asked: str, read: str) -> None:
    assert plainly_asked(asked) == read


@pytest.mark.thorough
@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_questions_of_clipped_words_are_answered_and_their_near_misses_refused(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
