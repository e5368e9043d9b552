"""What the tests of the question walk share: the seeds as read here, exactness, and an assistant with a model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path

from doubles import FakeOpenAI

from qa.answer import Answer, Turn
from qa.assistant import Assistant
from qa.settings import Settings

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
XIALU = "000_52d60fd8ff2f3517"
XIANGXI = "001_ccb1b5885ede9b5c"
YANGPU = "002_8cdb794dbca257d9"
JINGMEN = "003_00c7b75726d8e230"
SHENGZHOU = "004_43bd6416e6636711"
REGIONS = {XIALU: "下陆", XIANGXI: "湘西", YANGPU: "杨浦", JINGMEN: "荆门", SHENGZHOU: "嵊州"}

ONE_FIGURE = "杨浦2023年建设智慧养老院几家?"
"""A question that a model words: one figure, among many neighbours in its sentence."""
ONE_TOPIC = "荆门市的生态墓地和生态殡葬补贴政策是什么?"
"""A question that a model words: a paragraph of text without any figure."""

MARKER = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(百万|千万|百|千|万|亿)?")
_SCALE = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


@cache
def text_of(document: str) -> str:
    """The seed as the contract defines it: the file decoded as UTF-8 and nothing else."""
    return (SEEDS / f"{document}.txt").read_bytes().decode("utf-8")


def without_markers(text: str) -> str:
    return MARKER.sub("", text)


def numbers_in(text: str) -> set[Decimal]:
    """Every number written in Arabic digits: as written, and with its 万 or 亿 multiplied in."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    found = set()
    for digits, scale in _NUMBER.findall(plain):
        found |= {Decimal(digits), Decimal(digits) * _SCALE.get(scale, 1)}
    return found


def assert_exact(answer: Answer, texts: dict[str, str] | None = None) -> None:
    """Every citation is a span of its file, and the markers in the text are exactly the citations."""
    for citation in answer.citations:
        text = texts[citation.document] if texts else text_of(citation.document)
        assert 0 <= citation.start < citation.end <= len(text)
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip() == citation.quote
        assert citation.title
    numbers = [citation.number for citation in answer.citations]
    used = [int(number) for number in MARKER.findall(answer.text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(dict.fromkeys(used)) == numbers
    assert bool(numbers) == (answer.status != "not_found")


def assert_says(answer: Answer, figure: str, document: str) -> None:
    """The answer gives this figure, and cites where this document says it."""
    assert_exact(answer)
    assert answer.status == "answered"
    assert figure in answer.text
    digits = re.sub(r"[^\d.]", "", figure)
    assert any(citation.document == document and digits in citation.quote for citation in answer.citations), (
        answer.citations
    )


def allowed_numbers(answer: Answer, question: str) -> set[Decimal]:
    """Numbers that an answer may contain: of its quotes, of the question, of the cited passages' period."""
    allowed = numbers_in(question)
    for citation in answer.citations:
        allowed |= numbers_in(citation.quote)
        for evidence in answer.evidence:
            if evidence.document == citation.document and evidence.start <= citation.start < evidence.end:
                years = sorted(numbers_in(evidence.period))
                allowed |= set(map(Decimal, range(int(years[0]), int(years[-1]) + 1))) if years else set()
    return allowed


@contextmanager
def opened_with_model(
    settings: Settings, service: FakeOpenAI, *, timeout: float = 10, tokens: int = 420, reading: int = 0
) -> Iterator[Assistant]:
    """An assistant over the same library and index that words its answers with this service.

    With so many tokens for `reading` the service is a large model, which reads the passages itself.
    """
    with_model = Settings(
        library=settings.library,
        index_dir=settings.index_dir,
        llm="openai",
        llm_base_url=service.base_url,
        llm_model="test-model",
        llm_timeout=timeout,
        evidence_tokens=tokens,
        reading_tokens=reading,
    )
    with Assistant.open(with_model) as assistant:
        yield assistant


def ask_model(
    assistant: Assistant, service: FakeOpenAI, question: str = ONE_FIGURE, *, history: tuple[Turn, ...] = ()
) -> Answer:
    """Ask a question for which the service has one behaviour queued, and see that the service was asked."""
    before = len(service.requests)
    answer = assistant.ask(question, history)
    asked = len(service.requests) - before
    service._behaviours.clear()
    assert asked == 1, f"the model was asked {asked} times"
    return answer
