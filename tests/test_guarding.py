"""A small model's words stand beside the sentences that code found, never instead of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qa.drafting.guarding import guarded
from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.solving import Solver
from qa.library.opening import open_updated
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from qa.understanding.question import Question, understand
from vectorstore.index import PassageIndex

QUESTION = "杨浦的“桥计划”是干什么的？"


@pytest.fixture(scope="module")
def index(seeds_settings: Settings) -> Iterator[PassageIndex]:
    opened = open_updated(seeds_settings, choose_embedder(seeds_settings))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def asked(index: PassageIndex) -> Question:
    return understand(QUESTION, index.documents)


@pytest.fixture(scope="module")
def draft(index: PassageIndex, asked: Question) -> Draft:
    drafted = Solver(index).solve(asked).draft
    assert len(drafted.claims) == 1
    assert "温暖桥" in drafted.claims[0].text
    return drafted


def said(text: str, source: Source, asked: Question, draft: Draft, *, is_small: bool = True) -> list[str]:
    claims = iter([None, Claim(text, (source,)), None])
    return [claim.text for claim in guarded(claims, asked, draft, is_small=is_small) if claim]


def test_what_says_little_is_followed_by_the_sentences_it_comes_from(asked: Question, draft: Draft) -> None:
    own = draft.claims[0].sources[0]
    pointed = "桥计划是精准救助项目。"
    first, second = said(pointed, replace(own, end=own.start + 10), asked, draft)
    assert first == pointed
    assert second.startswith("原文：")
    assert "温暖桥" in second
    assert "杨浦区（2023年）：" not in second, "whose it is has been said"


def test_what_says_as_much_stands_alone(asked: Question, draft: Draft) -> None:
    own = draft.claims[0]
    assert said(own.text, own.sources[0], asked, draft) == [own.text]


def test_long_words_that_leave_something_out_give_way_to_the_sentence(asked: Question, draft: Draft) -> None:
    own = draft.claims[0]
    most = own.text[: int(0.8 * len(own.text))]
    assert said(most, own.sources[0], asked, draft) == []


def test_what_speaks_of_another_passage_is_dropped(asked: Question, draft: Draft) -> None:
    own = draft.claims[0].sources[0]
    elsewhere = replace(own, start=own.end + 1000, end=own.end + 1020)
    assert said("桥计划是精准救助项目。", elsewhere, asked, draft) == []
    assert said("桥计划是精准救助项目。", elsewhere, asked, draft, is_small=False), (
        "a large model may know better"
    )


def test_words_that_lose_a_single_figure_do_not_stand_alone(asked: Question, draft: Draft) -> None:
    source = draft.claims[0].sources[0]
    text = "持续开展“桥计划”精准救助项目，为受助对象走出困境搭建“温暖桥”，制定帮扶方案、开展个案管理，惠及居民300户。"
    with_figure = replace(draft, claims=(Claim(text, (source,)),))
    assert said(text, source, asked, with_figure) == [text]
    assert said(text.replace("300", ""), source, asked, with_figure) == []
