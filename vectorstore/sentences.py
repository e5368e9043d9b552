"""Sentences of Chinese text as offset spans; nothing is lost between them but white space."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vectorstore.folding import folded
from vectorstore.remembering import remembering_short_texts

_SENTENCE = re.compile(r"[^。!?!?;;\n\r]*(?:[。!?!?;;]+[”’\"'))】》」』]*(?:\*{1,2}(?=\s))?|[\n\r]+|$)")
_CLAUSE = re.compile(r"[^,,。!?!?;;::\n\r]*(?:[,,。!?!?;;::]+[”’\"'))】》」』]*(?:\*{1,2}(?=\s))?|[\n\r]+|$)")

# Further on nobody closes the brackets that he opened.
_LONGEST_ASIDE = 80


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, in order, without surrounding white space.

    A sentence ends at 。!?; or a line break. Offsets count from the beginning of `text`.
    """
    return _spans(_sentences_of, text, start, end)


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Like `sentence_spans`, but cut at commas and colons too (never at 、 or inside a number)."""
    return _spans(_clauses_of, text, start, end)


def shortest_run(
    text: str,
    start: int,
    end: int,
    suits: Callable[[str], bool],
    *,
    around: tuple[int, int] | None = None,
) -> tuple[int, int]:
    """The shortest run of whole clauses of `text[start:end]` that suits, or all of it when none does.

    With `around`, offsets into `text`, only a run that holds that span.
    """
    clauses = clause_spans(text, start, end)
    best = (start, end)
    for first, (run_start, _) in enumerate(clauses):
        for _, run_end in clauses[first:]:
            if run_end - run_start >= best[1] - best[0]:
                break
            holds = around is None or (run_start <= around[0] and around[1] <= run_end)
            if holds and suits(text[run_start:run_end]):
                best = (run_start, run_end)
    return best


def _spans(
    cut: Callable[[str], tuple[tuple[int, int], ...]], text: str, start: int, end: int
) -> list[tuple[int, int]]:
    return [(start + first, start + last) for first, last in cut(text[start:end])]


@remembering_short_texts
def _sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_pieces(_SENTENCE, folded(text)))


@remembering_short_texts
def _clauses_of(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_pieces(_CLAUSE, folded(text)))


def _pieces(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    position, end = 0, len(text)
    while position < end:
        match = pattern.match(text, position, end)
        stop = match.end() if match and match.end() > position else end
        while stop < end and (
            _inside_number(text, stop)
            or (pattern is _SENTENCE and _inside_brackets(text, position, stop, end))
        ):
            following = pattern.match(text, stop, end)
            stop = following.end() if following and following.end() > stop else end
        piece = text[position:stop]
        stripped = piece.strip()
        if stripped:
            first = position + piece.index(stripped)
            yield first, first + len(stripped)
        position = stop


def _inside_brackets(text: str, start: int, position: int, end: int) -> bool:
    """Whether a semicolon stands in brackets (牵头单位:甲;配合单位:乙), which belong together."""
    if text[position - 1] != ";":
        return False
    opened = text.rfind("(", start, position)
    if opened < 0 or text.find(")", opened, position) >= 0:
        return False
    closed = text.find(")", position, min(end, position + _LONGEST_ASIDE))
    return closed >= 0 and not re.search(r"[(。!?\n\r]", text[position:closed])


def _inside_number(text: str, position: int) -> bool:
    """A comma between digits groups thousands (1,200元), a colon separates hours (9:30) or makes a ratio (1.22:1): no end."""
    around = text[position - 2 : position + 3]
    return 0 < position < len(text) and re.match(r"\d(?:,\d{2,3}|:\d)", around) is not None
