"""Checks the gold questions as far as a machine can: `python -m eval.check_gold [FILE OR FOLDER [LIBRARY]]`.

LIBRARY is the folder of the documents quoted, the seeds unless given.

A gold question that quotes what no document says, or whose own model answer would be judged wrong, measures
the question and not the system. Whether a question is a fair one remains for a person to decide; what may help
to decide is noted (`eval.gold_notes`) and fails nothing.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.binding import parts_of
from eval.gold import CONCLUDED, GOLD_FOLDER, Question, read_texts
from eval.gold_notes import bigrams, notes_on
from eval.metrics import judge
from qa.answer import Answer
from qa.errors import ExpectedError

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

# Two questions that share so much of their pairs of characters, and all their numbers, are one question reworded.
_NEARLY_THE_SAME = 0.8
_ID = re.compile(r"[a-z]+-\d{3}")
# Owners, which begin with no number but a year's, then what has a number in it.
_BOUND = re.compile(r"(?:(?!⟨(?!\d{4}⟩年))[^…]+…)+[^…]*⟨[^…]*")
_LINE = TypeAdapter(Question)


def problems_of(path: Path, *, library: Path = SEEDS) -> list[str]:
    """Everything wrong with a gold file, or with all of a folder, a Chinese line for each; empty when sound.

    `library` is the folder of the documents quoted, `<stem>.txt` in UTF-8. Raises LibraryMissing or
    DocumentUnreadable for an unusable library, OSError or UnicodeDecodeError for an unreadable gold file.
    """
    texts = read_texts(library)
    questions, problems = read(path)
    for question in questions:
        problems += [f"{question.id}：{problem}" for problem in _problems_of_one(question, texts)]
    problems += _problems_of_all(questions)
    if path.is_dir():  # one file of several need not hold everything
        problems += _problems_of_parts(questions)
    return problems


def read(path: Path) -> tuple[list[Question], list[str]]:
    """The well-formed questions of a file or of every .jsonl file of a folder, and what is wrong with the others."""
    questions: list[Question] = []
    problems: list[str] = []
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                questions.append(_LINE.validate_json(line))
            except ValidationError as error:
                for problem in error.errors():
                    field = ".".join(str(part) for part in problem["loc"])
                    problems.append(f"{file.name} 第 {number} 行：{field} {problem['msg']}")
    return questions, problems


def _problems_of_one(question: Question, texts: Mapping[str, str]) -> Iterator[str]:
    yield from _problems_of_fields(question)
    for quote in question.evidence:
        found = texts.get(quote.document, "").count(quote.quote)
        if quote.document not in texts:
            yield f"文件库里没有 {quote.document}"
        elif found != 1:
            # One place only, so that a passage from elsewhere never counts as the evidence.
            yield f"依据“{quote.quote[:30]}”在原文中出现 {found} 次，应恰好一次"
    if list(question.documents) != sorted({quote.document for quote in question.evidence}):
        yield "documents 与依据所在的文件不一致"
    if question.answerable:
        yield from _problems_of_judging(question)


def _problems_of_fields(question: Question) -> Iterator[str]:
    wordings = [wording for point in question.points for wording in point]
    quotes = [quote.quote for quote in question.evidence]
    turns = [text for turn in question.history for text in (turn.question, turn.answer)]
    texts = [question.question, question.reference, *wordings, *question.forbidden, *quotes, *turns]
    if not _ID.fullmatch(question.id):
        yield "编号应为“名称-三位数字”"
    if any(not text or text != text.strip() for text in texts) or not all(question.points):
        yield "有空白的内容或首尾空格"
    if question.answerable and not (question.points and question.evidence):
        yield "缺少要点或依据"
    if not question.answerable and (question.points or question.evidence or question.forbidden):
        yield "无法回答的题不应有要点、依据或禁语"
    if question.kind == "follow_up" and not question.history:
        yield "追问缺少前文"
    for wording in (*wordings, *question.forbidden):
        # The figure stands last: 8500…荆门 would be said by 嵊州8500，荆门7200, too.
        if "…" in wording and not _BOUND.fullmatch("…".join(parts_of(wording))):
            yield f"“{wording}”应写成“所属…数字”，数字在最后"


def _problems_of_judging(question: Question) -> Iterator[str]:
    """The model answer, and the bare quotes of the evidence, must be right by the evaluation's own judge."""
    yield from _misjudged("参考答案", question, question.reference)
    # A quote seldom names its own place and year: there the figure alone must stand.
    points = tuple(tuple(wording.split("…")[-1] for wording in point) for point in question.points)
    bare = replace(question, points=() if question.kind in CONCLUDED else points)
    yield from _misjudged("依据原文", bare, "\n".join(quote.quote for quote in question.evidence))


def _misjudged(name: str, question: Question, text: str) -> Iterator[str]:
    judgement = judge(question, Answer(text=text, status="answered"))
    for point in judgement.missing:
        yield f"{name}没有说出要点“{point[0] if point else ''}”"
    for statement in judgement.forbidden:
        yield f"{name}含有禁语“{statement}”"


def _problems_of_all(questions: list[Question]) -> Iterator[str]:
    if not questions:
        yield "文件里没有题目"
    for identifier, count in Counter(question.id for question in questions).items():
        if count > 1:
            yield f"{identifier}：编号用了 {count} 次"
    first: dict[tuple[str, ...], str] = {}
    for question in questions:
        asked = tuple(
            _bare(text) for text in (*(turn.question for turn in question.history), question.question)
        )
        if first.setdefault(asked, question.id) != question.id:
            yield f"{question.id}：与 {first[asked]} 问题相同"
    for one, other in _nearly_the_same(questions):
        yield f"{other.id}：与另一部分的 {one.id} 几乎是同一题"


def _problems_of_parts(questions: Sequence[Question]) -> Iterator[str]:
    sizes = Counter(question.kind for question in questions)
    parts = {(question.kind, question.part) for question in questions}
    for kind, size in sizes.items():
        for part in ("dev", "test"):
            if size > 1 and (kind, part) not in parts:
                yield f"题型 {kind} 没有 {part} 题"


def _nearly_the_same(questions: Sequence[Question]) -> Iterator[tuple[Question, Question]]:
    """Pairs across the parts: what was tuned on one half would be tested on by the other."""
    texts = {
        question.id: _bare("".join([*(turn.question for turn in question.history), question.question]))
        for question in questions
    }
    pairs = {identifier: bigrams(text) for identifier, text in texts.items()}
    numbers = {identifier: re.findall(r"\d+", text) for identifier, text in texts.items()}
    for one in (question for question in questions if question.part == "dev"):
        for other in (question for question in questions if question.part == "test"):
            common = len(pairs[one.id] & pairs[other.id])
            whole = len(pairs[one.id]) + len(pairs[other.id])
            alike = whole and 2 * common / whole >= _NEARLY_THE_SAME  # Dice's coefficient
            if alike and texts[one.id] != texts[other.id] and numbers[one.id] == numbers[other.id]:
                yield one, other


def _bare(text: str) -> str:
    """`text` by its letters and digits alone: punctuation does not make another question."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def table_of_counts(questions: list[Question]) -> str:
    """How many questions there are of each kind and for each document, in the two parts."""
    rows = [("", "dev", "test", "共")]
    for name, members in _groups(questions).items():
        parts = Counter(question.part for question in members)
        rows.append((name, str(parts["dev"]), str(parts["test"]), str(len(members))))
    return "\n".join(f"{name:<24}{dev:>6}{test:>6}{total:>6}" for name, dev, test, total in rows)


def _groups(questions: list[Question]) -> dict[str, list[Question]]:
    groups: dict[str, list[Question]] = {}
    for question in sorted(questions, key=lambda question: question.kind):
        groups.setdefault(question.kind, []).append(question)
    for document in sorted({name for question in questions for name in question.documents}):
        groups[document] = [question for question in questions if document in question.documents]
    groups["all"] = questions
    return groups


def main(arguments: list[str]) -> int:
    """Print every problem, or that there is none, the counts and the notes; the exit code says which (1, 0)."""
    path = Path(arguments[0]) if arguments else GOLD_FOLDER
    library = Path(arguments[1]) if len(arguments) > 1 else SEEDS
    try:
        problems = problems_of(path, library=library)
        questions, _ = read(path)
    except (ExpectedError, OSError, UnicodeDecodeError) as error:
        print(f"无法核对 {path}：{error}", file=sys.stderr)
        return 2
    if problems:
        print("\n".join(problems))
        print(f"{path.name}：{len(problems)} 处问题。")
        return 1
    print(table_of_counts(questions))
    print("\n".join(notes_on(questions, library)))
    print(f"{path.name}：没有发现问题。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
