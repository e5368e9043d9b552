"""Questions of staff as gold questions: `python -m eval.staff FILE -o OUT.jsonl`.

FILE is a table (CSV or XLSX with the columns 问题, 答案, 出处) or the page's feedback. Points are derived by the rule of
`eval.staff_points`, the evidence is found in the library by what the source says; what cannot be used is listed with
the reason. The result passes `python -m eval.check_gold`, and is a draft: whether it is fair is for people to say.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_args

from eval.check_gold import problems_of
from eval.gold import CONCLUDED, Kind, Part, Question, Quote
from eval.peers.sources import read_texts_of
from eval.staff_evidence import (
    EvidenceMissing,
    documents_named,
    quotes_for_points,
    quotes_of_spans,
    quotes_of_text,
)
from eval.staff_files import Entry, StaffFileInvalid, read_entries
from eval.staff_points import figure_points, term_points
from eval.table import KIND_NAMES
from eval.wording import states
from qa.errors import ExpectedError
from qa.settings import Settings
from qa.understanding.script import language_of
from vectorstore.documents import Document

_OPTIONAL = ("forbidden", "history", "warns")
_NAME = re.compile(r"[a-z]+")
_ASKS_LIST = re.compile(r"哪些|哪几|哪[两二三四五六七八九十]|有什么|分别")


@dataclass(frozen=True)
class Converted:
    """The questions that could be made, and what could not be used: (where, which question, why)."""

    questions: tuple[Question, ...]
    unusable: tuple[tuple[str, str, str], ...]


class _Unusable(Exception):
    """Why an entry cannot become a question, in Chinese."""


def convert(entries: Sequence[Entry], documents: Mapping[str, Document], *, name: str = "staff") -> Converted:
    """Turn entries into gold questions `name`-001 …, test and dev in turn within each kind (test first)."""
    questions: list[Question] = []
    unusable: list[tuple[str, str, str]] = []
    seen: set[tuple[object, ...]] = set()
    parts: Counter[str] = Counter()
    for entry in entries:
        try:
            question = _question(entry, documents)
            asked = (question.question, question.history)
            if asked in seen:
                raise _Unusable("与前面的问题相同")
        except (_Unusable, EvidenceMissing) as reason:
            unusable.append((entry.place, entry.question, str(reason)))
            continue
        seen.add(asked)
        parts[question.kind] += 1
        part: Part = "test" if parts[question.kind] % 2 else "dev"
        questions.append(replace(question, id=f"{name}-{len(questions) + 1:03d}", part=part))
    return Converted(tuple(questions), tuple(unusable))


def _question(entry: Entry, documents: Mapping[str, Document]) -> Question:
    """One entry as a question whose id and part are still to be given. Raises _Unusable or EvidenceMissing."""
    if entry.unusable:
        raise _Unusable(entry.unusable)
    if entry.refuses:
        return _built(entry, "unanswerable", (), ())
    figures = figure_points(entry.question, entry.answer)
    concluded = _named_kind(entry) in CONCLUDED
    quotes = _evidence(entry, [] if concluded else figures, documents)
    evidence = "\n".join(quote.quote for quote in quotes)
    absent = [figure for figure in figures if not states(evidence, figure)]
    if absent and not concluded:
        raise _Unusable(f"答案里的“{'”、“'.join(absent)}”不在出处的原文里")
    points = figures or term_points(entry.question, entry.answer, evidence)
    if not points:
        raise _Unusable("答案和出处没有共同的数字或关键词，无法得出要点")
    return _built(entry, _kind(entry, points, quotes, has_figures=bool(figures)), points, quotes)


def _evidence(entry: Entry, figures: Sequence[str], documents: Mapping[str, Document]) -> list[Quote]:
    """By the spans that were cited, by the words that the source quotes, or by the document that it names."""
    quotes = quotes_of_spans(entry.quotes, documents)
    holding = [quote for quote in quotes if not figures or any(states(quote.quote, f) for f in figures)]
    if holding and all(any(states(quote.quote, figure) for quote in holding) for figure in figures):
        return holding
    quotes = quotes_of_text(entry.source, documents)
    if quotes:
        return quotes
    named = documents_named(entry.source, documents) or {
        span.document: documents[span.document] for span in entry.quotes if span.document in documents
    }
    if not named:
        raise _Unusable("没有写出处" if not entry.source else "在文件库里找不到出处")
    whole = "\n".join(document.text for document in named.values())
    wanted = list(figures) or term_points(entry.question, entry.answer, whole)
    quotes = quotes_for_points(entry.question, wanted, named)
    if not quotes:
        what = f"“{'”、“'.join(wanted)}”" if wanted else "答案里的话"
        raise _Unusable(f"出处只说了文件，文件里没有找到{what}；请在出处里抄写原文")
    return quotes


def _kind(entry: Entry, points: Sequence[str], quotes: Sequence[Quote], *, has_figures: bool) -> Kind:
    """The kind that was given, else one by the form of the question."""
    if entry.history:
        return "follow_up"
    named = _named_kind(entry)
    if named is not None and named not in ("unanswerable", "follow_up"):
        return named
    if language_of(entry.question) == "en":
        return "english"
    if len({quote.document for quote in quotes}) > 1:
        return "comparison"
    if not has_figures:
        return "list" if len(points) > 1 and _ASKS_LIST.search(entry.question) else "text"
    return "several" if len(points) > 1 else "fact"


def _named_kind(entry: Entry) -> Kind | None:
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    for kind in get_args(Kind):
        kinds[KIND_NAMES.get(kind, kind)] = kind
    return kinds.get(entry.kind.strip())


def _built(entry: Entry, kind: Kind, points: Sequence[str], quotes: Sequence[Quote]) -> Question:
    return Question(
        id="",
        part="test",
        kind=kind,
        documents=tuple(sorted({quote.document for quote in quotes})),
        question=entry.question,
        reference=entry.answer,
        points=tuple((point,) for point in points),
        evidence=tuple(quotes),
        history=entry.history,
    )


def as_line(question: Question) -> str:
    """The question as one line of a gold file; fields that say nothing are left out."""
    fields: dict[str, Any] = asdict(question)
    return json.dumps(
        {name: value for name, value in fields.items() if value or name not in _OPTIONAL}, ensure_ascii=False
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. 0 when every question written passes the check; 1 when none could be made or one fails."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.staff", description="把同事的题目或网页反馈变成评测题。"
    )
    parser.add_argument(
        "path", type=Path, metavar="IN", help=".csv、.xlsx（列名：问题、答案、出处）或反馈记录 .jsonl"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.jsonl", help="写到哪个题目文件")
    parser.add_argument("--name", default="staff", help="题目编号的前缀，小写字母（默认 staff）")
    options = parser.parse_args(arguments)
    try:
        if not _NAME.fullmatch(options.name):
            raise StaffFileInvalid(f"编号前缀“{options.name}”不能用。", "请只用小写字母。")
        settings = Settings()
        converted = convert(read_entries(options.path), read_texts_of(settings.library), name=options.name)
        return _written(converted, options.out, settings.library)
    except ExpectedError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def _written(converted: Converted, out: Path, library: Path) -> int:
    if converted.unusable:
        print(f"未能采用 {len(converted.unusable)} 条：")
        for place, question, reason in converted.unusable:
            print(f"  {place}{f'“{question[:30]}”' if question else ''}：{reason}。")
    if not converted.questions:
        print("没有可用的题目，没有写文件。")
        return 1
    lines = "".join(f"{as_line(question)}\n" for question in converted.questions)
    try:
        out.write_text(lines, encoding="utf-8")
    except OSError as error:
        raise StaffFileInvalid(f"无法写入 {out}：{error.strerror}。", "请用 -o 指定能写入的文件。") from error
    print(f"写入 {len(converted.questions)} 题：{out}。要点由规则得出，请逐题看过再用。")
    problems = problems_of(out, library=library)
    if problems:
        print("\n".join(problems))
        print(f"核对发现 {len(problems)} 处问题，请改好再用。")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
