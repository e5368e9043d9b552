"""Passages that stand twice in one document, word for word or nearly; and twins that differ in a figure.

Clauses are compared by their own characters: equal ones through a table of all clauses, nearly equal ones through
a few of their pieces, chosen by content. Both are one look per clause, so time grows linearly with the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from vectorstore.documents import Doubt
from vectorstore.sanity.reading import Reading

# A passage is worth telling from so many characters (without punctuation) in at least two clauses; one clause
# alone must be a long sentence. Shorter ones are the standing formulas of the genre.
_LEAST_CHARACTERS = 26
_LEAST_ALONE = 48
_NEARLY = 0.86
_PIECE = 8
_LONGEST_COMPARED = 400
# Of a text that repeats itself all over, a reader needs no complete list.
_MOST = 200
_CLAUSE = re.compile(r"[^,。;:!?]+")
_MARKS = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z%]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_DATED = re.compile(r"#[年月日届期轮]")
_FORMULA = re.compile(r"习近平|党的(?:十|二十)|指示|讲话精神|党中央|国务院|思想|“?两个确立|高质量发展")


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    key: str
    figures: tuple[str, ...]
    block: int
    sentence: int
    years: tuple[int, ...]


def repeated(reading: Reading) -> Iterator[Doubt]:
    """Repetitions (told once, at the second place) and twins with different figures (at both)."""
    clauses = _clauses(reading)
    matches = _matches(clauses)
    told = 0
    position = 0
    while position < len(clauses) and told < _MOST:
        length = _run(clauses, matches, position)
        if length and _is_telling(clauses[position : position + length]):
            first = matches[position]
            doubts = _doubts(clauses[first : first + length], clauses[position : position + length])
            told += bool(doubts)
            yield from doubts
        position += max(1, length)


def _clauses(reading: Reading) -> list[_Clause]:
    clauses = []
    for number, sentence in enumerate(reading.sentences):
        if sentence.block.is_heading:
            continue
        for match in _CLAUSE.finditer(sentence.text):
            wording = match.group(0)
            plain = _MARKS.sub("", wording)
            if len(plain) < 4:
                continue
            start = sentence.start + match.start() + len(wording) - len(wording.lstrip())
            figures = tuple(_DIGITS.findall(plain))
            key = _DIGITS.sub("#", plain) if figures else plain
            years = sentence.block.years
            clauses.append(
                _Clause(
                    start, sentence.start + match.end(), key, figures, sentence.block.start, number, years
                )
            )
    return clauses


def _matches(clauses: list[_Clause]) -> list[int]:
    """For each clause the number of an earlier one that says the same, or -1."""
    exact: dict[str, int] = {}
    by_piece: dict[str, int] = {}
    matches = [-1] * len(clauses)
    for number, clause in enumerate(clauses):
        # What continues a run is preferred to what came first.
        running = matches[number - 1] + 1 if number and matches[number - 1] >= 0 else -1
        if 0 <= running < number and clauses[running].key == clause.key:
            matches[number] = running
        elif clause.key in exact:
            matches[number] = exact[clause.key]
        elif len(clause.key) >= 2 * _PIECE:
            pieces = _pieces(clause.key)
            candidates = [running] if 0 <= running < number else []
            # What is nearly the same shares more than one piece in three.
            shared = Counter(by_piece[piece] for piece in pieces if piece in by_piece)
            candidates += [near for near, count in shared.most_common(1) if 3 * count > len(pieces)]
            matches[number] = _near(clauses, clause.key, candidates)
            for piece in pieces:
                by_piece.setdefault(piece, number)
        exact.setdefault(clause.key, number)
    return matches


def _near(clauses: list[_Clause], key: str, candidates: list[int]) -> int:
    """The first of a few candidates that nearly equals `key`, or -1."""
    for candidate in dict.fromkeys(candidates):
        other = clauses[candidate].key
        if abs(len(other) - len(key)) > 0.2 * len(key) or len(key) > _LONGEST_COMPARED:
            continue
        matcher = SequenceMatcher(None, other, key, autojunk=False)
        if matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY:
            return candidate
    return -1


_CONDITION = re.compile("低于|高于|超过|以上|以下|不少于|不低于|不足")


def _pieces(key: str) -> list[str]:
    """Some pieces of a clause, the same ones wherever its characters stand."""
    return [key[at : at + _PIECE] for at in range(len(key) - _PIECE + 1) if ord(key[at]) % 5 == 0][:6]


def _run(clauses: list[_Clause], matches: list[int], second: int) -> int:
    """How many clauses from `second` on repeat earlier ones in the same order, both within one paragraph.

    A passage that is repeated over and over is one run, which then overlaps what it repeats.
    """
    first = matches[second]
    if first < 0:
        return 0
    length = 1
    while (
        second + length < len(clauses)
        and matches[second + length] == first + length
        and clauses[second + length].block == clauses[second].block
        and clauses[first + length].block == clauses[first].block
    ):
        length += 1
    return length


def _is_telling(run: list[_Clause]) -> bool:
    telling = [clause for clause in run if not _FORMULA.search(clause.key)]
    characters = sum(len(clause.key) for clause in telling)
    return characters >= (_LEAST_CHARACTERS if len(telling) > 1 else _LEAST_ALONE)


def _doubts(first: list[_Clause], second: list[_Clause]) -> list[Doubt]:
    one = (first[0].start, min(first[-1].end, second[0].start))
    other = (second[0].start, second[-1].end)
    figures = [(a.figures, b.figures) for a, b in zip(first, second, strict=True) if a.figures != b.figures]
    if not figures:
        return [Doubt("repetition", *other, "与前文重复", one)]
    # Another year, another result; neighbours are a list: only twins elsewhere, of the same time, disagree.
    parts = [clause.key for clause in (*first, *second)]
    if (
        first[0].years != second[0].years
        or any(len(a) != len(b) for a, b in figures)
        or any(_DATED.search(key) for key in parts)
        # What each level begins with (连续2天低于零下25℃, 连续3天低于零下30℃) is another condition.
        or (all(_CONDITION.search(key) for key in parts) and all(a[0] != b[0] for a, b in figures))
        or (first[0].block == second[0].block and first[-1].sentence + 1 >= second[0].sentence)
    ):
        return []
    shown = [tuple("、".join(side) for side in pair) for pair in figures]
    message = "与文中另一处文字相同而数字不同"
    return [
        Doubt("contradiction", *one, f"{message}：{shown[0][0]}与{shown[0][1]}", other),
        Doubt("contradiction", *other, f"{message}：{shown[0][1]}与{shown[0][0]}", one),
    ]
