"""Keyword search: the tokens, and what is found by them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.lexical import LexicalIndex, Tokenizer, bigram_tokens, word_tokens

TEXTS = [
    "建设智慧养老院3家，新增养老床位500张。",
    "城市低保标准提高到每人每月1,510元，增长1.2%。",
    "节地生态安葬率达到25%。",
    "",
    "建设智慧养老院3家，新增养老床位500张。",
    "GDP增长，ＣＯＶＩＤ-19防控。",
]
TOKENIZERS = [word_tokens, bigram_tokens]
both = pytest.mark.parametrize("tokenize", TOKENIZERS)


def test_words_come_from_the_dictionary_and_pairs_from_the_text() -> None:
    assert word_tokens("建设养老机构") == ["建设", "养老", "机构"]
    assert bigram_tokens("建设养老机构") == ["建设", "设养", "养老", "老机", "机构"]
    assert bigram_tokens("3家") == ["3", "家"]


@both
@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("1.2%", ["1.2"]),
        ("１．２％", ["1.2"]),
        ("1,510", ["1510"]),
        ("1,234,567.8", ["1234567.8"]),
        ("10，200，30", ["10", "200", "30"]),
        ("2021—2025", ["2021", "2025"]),
        ("COVID-19 5G", ["covid", "19", "5g"]),
        ("①②", ["12"]),
        ("。，！ \n\t", []),
        ("", []),
        ("😀\ud800\x00", []),
    ],
)
def test_numbers_and_letters_are_whole_tokens_in_one_spelling(
    tokenize: Tokenizer, text: str, tokens: list[str]
) -> None:
    assert tokenize(text) == tokens


@both
def test_full_width_and_upper_case_are_found_by_half_width_and_lower_case(tokenize: Tokenizer) -> None:
    index = LexicalIndex.build(TEXTS, tokenize=tokenize)
    assert [position for position, _ in index.search("covid", limit=3)] == [5]
    assert next(position for position, _ in index.search("１５１０元", limit=3)) == 1


@both
@pytest.mark.parametrize("question", ["", "  ", "？！", "龘靐齉", "xylophone", "\x00", "😀"])
def test_a_question_without_a_known_token_finds_nothing(tokenize: Tokenizer, question: str) -> None:
    assert LexicalIndex.build(TEXTS, tokenize=tokenize).search(question, limit=5) == []


@both
@pytest.mark.parametrize("texts", [[], [""], ["。", "！"]])
def test_an_index_without_a_token_finds_nothing_before_and_after_saving(
    tokenize: Tokenizer, texts: list[str], tmp_path: Path
) -> None:
    index = LexicalIndex.build(texts, tokenize=tokenize)
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, tokenize=tokenize)
    assert index.search("养老", limit=5) == loaded.search("养老", limit=5) == []
    assert loaded.size == len(texts)


@both
def test_only_allowed_texts_are_found(tokenize: Tokenizer) -> None:
    index = LexicalIndex.build(TEXTS, tokenize=tokenize)
    assert [position for position, _ in index.search("养老床位", limit=5, allowed={4, 2})] == [4]
    assert index.search("养老床位", limit=5, allowed=set()) == []


@both
def test_equal_scores_come_in_the_order_of_the_texts(tokenize: Tokenizer) -> None:
    first, second = LexicalIndex.build(TEXTS, tokenize=tokenize).search("智慧养老院", limit=2)
    assert (first[0], second[0]) == (0, 4)
    assert first[1] == second[1]


@both
def test_the_limit_keeps_the_best(tokenize: Tokenizer) -> None:
    index = LexicalIndex.build(TEXTS, tokenize=tokenize)
    everything = index.search("养老床位增长", limit=10)
    assert len(everything) == 4
    assert index.search("养老床位增长", limit=2) == everything[:2]
    assert index.search("养老床位增长", limit=0) == []


@both
def test_nothing_is_printed(tokenize: Tokenizer, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    LexicalIndex.build(TEXTS, tokenize=tokenize).save(tmp_path)
    LexicalIndex.load(tmp_path, tokenize=tokenize).search("养老", limit=3)
    assert capfd.readouterr() == ("", "")


@both
def test_several_threads_find_the_same(tokenize: Tokenizer) -> None:
    index = LexicalIndex.build(TEXTS * 50, tokenize=tokenize)
    questions = ["养老床位", "低保标准1510元", "生态安葬率", "GDP"]
    expected = {question: index.search(question, limit=20) for question in questions}
    wrong: list[str] = []

    def ask(question: str) -> None:
        wrong.extend(question for _ in range(50) if index.search(question, limit=20) != expected[question])

    threads = [threading.Thread(target=ask, args=(question,)) for question in questions * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_two_processes_write_the_same_index(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from vectorstore.lexical import LexicalIndex, word_tokens\n"
        f"LexicalIndex.build({TEXTS!r}, tokenize=word_tokens).save(Path(sys.argv[1]))"
    )
    for seed in ("1", "2"):
        environment = {"PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, tmp_path / seed], env=environment, check=True)
    files = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert len(files) > 3
    assert all((tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes() for name in files)


alphabet = st.sampled_from("养老院低保标准率０1２.，,。a-Ｂ %①\n😀 ")


@both
@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(alphabet, max_size=30), max_size=12),
    question=st.text(alphabet | st.characters(), max_size=20),
    limit=st.integers(0, 15),
    allowed=st.none() | st.sets(st.integers(0, 14)),
)
def test_what_is_found_shares_a_token_and_survives_saving(
    tokenize: Tokenizer, texts: list[str], question: str, limit: int, allowed: set[int] | None
) -> None:
    index = LexicalIndex.build(texts, tokenize=tokenize)
    hits = index.search(question, limit=limit, allowed=allowed)
    asked = set(tokenize(question))
    possible = {
        position
        for position, text in enumerate(texts)
        if asked & set(tokenize(text)) and (allowed is None or position in allowed)
    }
    assert {position for position, _ in hits} <= possible
    assert len(hits) == min(limit, len(possible))
    assert hits == sorted(hits, key=lambda hit: (-hit[1], hit[0]))
    assert all(score > 0 for _, score in hits)
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder))
        loaded = LexicalIndex.load(Path(folder), tokenize=tokenize)
    assert loaded.search(question, limit=limit, allowed=allowed) == hits


@given(st.text(alphabet | st.characters(), max_size=40))
def test_no_token_is_empty_or_holds_a_space(text: str) -> None:
    for tokenize in TOKENIZERS:
        assert all(token and not any(mark.isspace() for mark in token) for token in tokenize(text))
