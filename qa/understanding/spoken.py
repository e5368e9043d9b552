"""What people say where plans have a term: whole phrases of the spoken language, read as the term they stand for.

The phrases live in spoken.toml beside this file, whose head explains how to write one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from qa.understanding.wording import wordings_in
from vectorstore.remembering import remembering_short_texts

SPOKEN = Path(__file__).with_name("spoken.toml")

# What may stand in a gap of a phrase: no stop, no figure and no name of a place.
_ANYTHING = r"[^\s,，。？?！!；;：:、《》“”\"\d省市县区州镇乡]{0,6}?"
_KEPT = r"([^\s,，。？?！!；;：:、《》“”\"]{0,10}?)"
_BUILDING, _BEFORE_BUILDING = "造修建装", ("改", "维", "翻", "整", "扩", "续", "新", "安", "创", "共")
_PART = re.compile(r"\{(?P<words>[^{}|()]+)\}|\((?P<either>[^()]*)\)|(?P<gap>[…*])|(?P<said>[^{}()|…*]+)")
# Titles and what is quoted are the words of others.
_QUOTED = re.compile('《[^》]*》|“[^”]*”|"[^"]*"')

# 我姥姥今年86了, 刚满八十: the word for years is left out.
_BARE_AGE = re.compile(
    r"(?:[姥奶爷公婆妈爸爹娘头太伯]|老人家?)(?:今年|都|已经|快|刚|满|虚岁|有|过){0,3}(?:\d{2}|[六七八九]十[一二三四五六七八九]?)了?(?=[,。!?]|$|每|一个?月|[能该可])"
    r"|刚?满(?:\d{2}|[六七八九]十[一二三四五六七八九]?)了?(?=[,。!?]|$|每|一个?月|[能该可])"
)
# What somebody of eighty gets for being that old, when nothing else is named that is paid.
_OLD = re.compile(r"(?<!\d)(?:[89]\d|1[01]\d|[八九]十[一二三四五六七八九]?|一?百)[多几来]?\s*周?岁")
_GETS = re.compile(
    r"(?:能|可以|该|会|给|应该)?(?:领|拿|发|给|补)得?到?(?:多少|几|\d)|(?:一个?|每个?)月(?:多少|几)"
)
_PAID = re.compile("津贴|补贴|补助|低保|五保|特困|救助|护理|工资|费|退休|养老金|优待|保险")
# A phrase, where it stands and what it is read as: (start, end, term).
_Read = tuple[int, int, str]


@remembering_short_texts
def in_official_words(text: str) -> str:
    """A folded question with each spoken phrase put as the term that it stands for, fillers left out.

    没了爹妈的娃每月领多少 becomes 孤儿每月领多少. Of phrases that overlap the longest counts, and none is read inside
    a longer wording of the glossary, a title or a quotation.
    """
    text = _BARE_AGE.sub(lambda aged: aged[0].removesuffix("了") + "岁", text)
    if _OLD.search(text) and not _PAID.search(text):
        text = _GETS.sub(lambda gets: f"高龄津贴{gets[0]}", text, count=1)
    taken = bytearray(len(text))
    for quoted in _QUOTED.finditer(text):
        taken[quoted.start() : quoted.end()] = b"\x01" * (quoted.end() - quoted.start())
    phrases = list(_phrases_in(text))
    if not phrases:
        return text
    kept: list[_Read] = []
    for start, end, term in sorted([*phrases, *_terms_in(text)], key=_longest_first):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append((start, end, term))
    for start, end, term in sorted(kept, reverse=True):
        text = text[:start] + term + text[end:]
    return text


def _longest_first(read: _Read) -> tuple[int, int]:
    return read[0] - read[1], read[0]


def _terms_in(text: str) -> Iterator[_Read]:
    """The glossary's own wordings, which stay as they are."""
    return ((found.start, found.end, found.written) for found in wordings_in(text))


def _phrases_in(text: str) -> Iterator[_Read]:
    for pattern, term in spoken_phrases().items():
        for match in pattern.finditer(text):
            # 改造几个 is no 造几个.
            is_built = match[0][:1] in _BUILDING and text[: match.start()].endswith(_BEFORE_BUILDING)
            if not is_built and not _is_within_word(text, match.end()):
                end = match.end() + _said_again(term, text[match.end() :])
                yield match.start(), end, "".join(match.groups("")) + term


def _is_within_word(text: str, end: int) -> bool:
    """Whether a phrase would end inside a word of the dictionary that is no verb (学多少课|时)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    if not re.match("(?!儿)[\u4e00-\u9fff]", text[end : end + 1]) or not rjieba.has_word(
        text[end - 1 : end + 1]
    ):
        return False
    start = 0
    for word, tag in rjieba.tag(text):
        if start < end < start + len(word):
            return not tag.startswith("v")
        start += len(word)
    return False


def _said_again(term: str, behind: str) -> int:
    """How many characters behind a phrase say the end of its term once more (管小孩的那个|主任 for 儿童主任)."""
    return next((size for size in (4, 3, 2) if len(term) > size and behind.startswith(term[-size:])), 0)


@cache
def spoken_phrases() -> Mapping[re.Pattern[str], str]:
    """Every phrase of spoken.toml with the term that it stands for, "" for a filler."""
    return load_spoken(SPOKEN)


def load_spoken(path: Path) -> Mapping[re.Pattern[str], str]:
    """Read and check a list of phrases. Raises ValueError that names every mistake in it."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    words: Mapping[str, Sequence[str]] = content.pop("words", {})
    terms = [("", content.pop("fillers", []))]
    terms += [(term, phrases) for area in content.values() for term, phrases in area.items()]
    said: dict[str, str] = {}
    problems: list[str] = []
    for term, phrases in terms:
        for phrase in phrases:
            if phrase in said:
                problems.append(f"{phrase!r} stands for both {said[phrase]!r} and {term!r}")
            elif (problem := _problem_of(phrase, words)) is not None:
                problems.append(f"{term}: {phrase!r} {problem}")
            said.setdefault(phrase, term)
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))
    return {re.compile(_expression(phrase, words)): term for phrase, term in said.items()}


def _problem_of(phrase: str, words: Mapping[str, Sequence[str]]) -> str | None:
    parts = list(_PART.finditer(phrase))
    if "".join(part[0] for part in parts) != phrase or not parts:
        return "has a bracket without its other"
    unknown = [name for name in re.findall(r"\{([^{}]*)\}", phrase) if name not in words]
    if unknown:
        return f"names words that are not listed: {unknown[0]}"
    if parts[0]["gap"] or parts[-1]["gap"]:
        return "begins or ends with a gap"
    if re.search(r"[?.+\[\]\\^$]", phrase):
        return "holds a sign that means nothing here"
    return None


def _expression(phrase: str, words: Mapping[str, Sequence[str]]) -> str:
    """A phrase as a pattern that takes a time linear in the text: every repetition in it is bounded."""
    return "".join(_expression_of(part, words) for part in _PART.finditer(phrase))


def _expression_of(part: re.Match[str], words: Mapping[str, Sequence[str]]) -> str:
    if part["gap"]:
        return _KEPT if part["gap"] == "*" else _ANYTHING
    if part["said"]:
        return re.escape(part["said"])
    choice = words[part["words"]] if part["words"] else part["either"].split("|")
    longest_first = sorted(choice, key=len, reverse=True)
    return f"(?:{'|'.join(_expression(word, words) for word in longest_first)})"
