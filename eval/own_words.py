"""A library asked with its own words: `python -m eval.own_words`.

It needs no gold set, so that it also tells how well papers are answered that nobody has written questions for. Each clause with
one amount becomes a question (the amount replaced by 多少 and its unit, the place in front), each amount with the words before
it another (有多少), each two amounts of one sentence in one unit a third and fourth (相差多少, 一共多少). The paper itself is the
key: an answer is right when it gives that amount, or that difference or sum. Some questions are too short to mean one thing
(每人每月多少元); read the list of what was not answered, and do not take the share for an accuracy.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from qa.assistant import Assistant
from qa.figures.spots import Near, spots_of
from qa.figures.values import Figure, figures_in
from qa.settings import Settings
from vectorstore.documents import Document
from vectorstore.passages import passages_of
from vectorstore.sentences import clause_spans, sentence_spans

KINDS = ("clauses", "nouns", "pairs")
_NAMES = {"clauses": "整句", "nouns": "名称", "pairs": "两数"}
_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[\d.,]+")
_ITEM = re.compile(r"^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.]")
_MARKS = ' ,，。;；、:：\n“”"'
# What stands at the ends of the words before an amount and names nothing.
_AT_END = re.compile(
    "(?:共|已|达到?|为|约|有|完成|了|全年|其中|全市|全县|全区|我市|各类|以上|不少于|不低于|提高到)+$"
)
_AT_START = re.compile("^(?:其中|全市|全县|全区|我市|全年|目前|现有|共|已|累计)+")
_TIMES = frozenset(("年", "月", "日", "%"))
_SHORTEST, _LONGEST, _SHORTEST_CLAUSE, _LONGEST_CLAUSE = 3, 16, 6, 40


@dataclass(frozen=True)
class Asked:
    """A question made of a paper's own words, the figure that answers it, and the sentence that it was made of."""

    question: str
    key: Decimal
    sentence: str


def questions_of(document: Document, kind: str) -> list[Asked]:
    """The questions of a kind (one of KINDS) that a document's prose makes, each once, in reading order."""
    make = {"clauses": _of_clauses, "nouns": _of_nouns, "pairs": _of_pairs}[kind]
    found: dict[str, Asked] = {}
    for passage in passages_of(document):
        if passage.kind != "text":
            continue
        for start, end in sentence_spans(document.text, passage.start, passage.end):
            for asked in make(document.text[start:end], passage.region):
                found.setdefault(asked.question, asked)
    return list(found.values())


def is_given(key: Decimal, text: str) -> bool:
    """Whether a text gives the figure, in whatever scale it is written."""
    return any(figure.value == abs(key) for figure in figures_in(text))


def _of_clauses(sentence: str, region: str) -> Iterator[Asked]:
    for start, end in clause_spans(sentence, 0, len(sentence)):
        clause = _ITEM.sub("", sentence[start:end].strip(_MARKS))
        amounts = [
            figure for figure in figures_in(clause) if figure.is_amount and figure.unit and figure.is_arabic
        ]
        if len(amounts) == 1 and _SHORTEST_CLAUSE <= len(_HAN.findall(clause)) <= _LONGEST_CLAUSE:
            yield Asked(f"{region}{_with_blank(clause, amounts[0])}？", amounts[0].value, sentence)


def _with_blank(clause: str, figure: Figure) -> str:
    unit = re.sub("[多余]", "", _NUMBER.sub("", clause[figure.start : figure.end]))
    return f"{clause[: figure.start]}多少{unit}{clause[figure.end :]}"


def _of_nouns(sentence: str, region: str) -> Iterator[Asked]:
    for near in spots_of(sentence):
        unit, name = near.spot.quantity.unit, _name(near)
        if name and unit not in _TIMES - {"%"} and not re.search(r"\d", name):
            yield Asked(
                f"{region}{name}有多少{'' if unit == '%' else unit}？", near.spot.quantity.value, sentence
            )


def _of_pairs(sentence: str, region: str) -> Iterator[Asked]:
    found = [near for near in spots_of(sentence) if not near.role]
    for one, other in pairwise(found):
        first, second = one.spot.quantity, other.spot.quantity
        names = _name(one), _name(other)
        # A month's pay and a year's are brought to one time before anything is worked out.
        is_like = first.unit == second.unit and first.period == second.period and first.unit not in _TIMES
        if not is_like or not all(names) or names[0] == names[1]:
            continue
        if first.value != second.value:
            question = f"{region}{names[0]}和{names[1]}相差多少{first.unit}？"
            yield Asked(question, first.value - second.value, sentence)
        yield Asked(
            f"{region}{names[0]}、{names[1]}一共多少{first.unit}？", first.value + second.value, sentence
        )


def _name(near: Near) -> str:
    """The words before an amount as a name; "" when they are too short or too long to be one, or it has no unit."""
    words = _AT_START.sub("", _AT_END.sub("", _ITEM.sub("", near.before.strip(_MARKS)).strip(_MARKS)))
    is_name = near.spot.quantity.unit and not near.role and _SHORTEST <= len(words) <= _LONGEST
    return words if is_name else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, print how many were answered with their own figure, and each that was not."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.own_words", description="用文件自己的话问文件：不需要题目，看能不能答出原数"
    )
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=KINDS, help="只问其中几种")
    parser.add_argument(
        "--most", type=int, default=200, metavar="数", help="每种最多问几题，随机抽取（默认200）"
    )
    parser.add_argument("--quiet", action="store_true", help="只报数，不列没答对的题")
    options = parser.parse_args(arguments)
    assistant = Assistant.open(Settings(llm="none"))
    for kind in options.kinds:
        asked = [item for document in assistant.documents.values() for item in questions_of(document, kind)]
        if len(asked) > options.most:
            asked = random.Random(0).sample(asked, options.most)  # noqa: S311 - a sample of questions, no secret
        _report(kind, asked, assistant, is_quiet=options.quiet)
    assistant.close()
    return 0


def _report(kind: str, asked: Sequence[Asked], assistant: Assistant, *, is_quiet: bool) -> None:
    answers = [(item, assistant.ask(item.question)) for item in asked]
    wrong = [(item, answer) for item, answer in answers if not is_given(item.key, answer.text)]
    refused = sum(answer.status == "not_found" for _, answer in wrong)
    share = f"（{1 - len(wrong) / len(asked):.1%}）" if asked else ""
    print(f"{_NAMES[kind]}：{len(asked)} 问，答出原数 {len(asked) - len(wrong)}{share}，", end="")
    print(f"未找到 {refused}，其他 {len(wrong) - refused}")
    for item, answer in () if is_quiet else wrong:
        print(f"  {item.question} 应有 {item.key.normalize():f}")
        print(f"    答：{answer.text.splitlines()[0]}")
        print(f"    原文：{item.sentence.strip()}")


if __name__ == "__main__":
    sys.exit(main())
