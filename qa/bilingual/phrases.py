"""English phrases word for word in Chinese order: places and times, what stands behind a preposition, the head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.bilingual.lexicon import chinese_of, deeds_of, verbs
from qa.bilingual.numbered_parts import IS_PART
from qa.bilingual.small_words import Kind, ordinal, small_word, unit_of, with_ages
from qa.understanding.wording import normalised_word, synonyms_in

_TOKEN = re.compile(
    r"(?P<time>(?:19|20)\d{2}年?\s*(?:[-–—]|to)\s*(?:19|20)\d{2}年?|(?:19|20)\d{2}年|(?:1[0-6])[-–](?=year))|"
    r"(?P<label>\d{1,3}(?:st|nd|rd|th)\b|\d\+[\dA-Za-z]{1,3}\b|\d[A-Za-z]{1,2}\b)|(?P<age>\d{2,3}(?:—\d{2,3})?周岁(?:以上)?)|(?P<plan>十[二三四五]五)|(?P<han>[\u4e00-\u9fff]+)|(?P<number>\d[\d,]*(?:\.\d+)?%?)|"
    r"-(?=minute)|(?P<word>[A-Za-z][A-Za-z0-9.]*(?:[-'’][A-Za-z0-9]+)*)|(?P<mark>[,;:&/])"
)
# Units behind a number, so that a figure of a statement stays one (2,001 divorces → 2001对).
_UNITS = {
    "yuan": "元", "rmb": "元", "cny": "元", "percent": "%", "bed": "张", "household": "户", "couple": "对", "people": "人",
    "person": "人", "million": "百万", "billion": "十亿", "marriage": "对", "divorce": "对", "minute": "分钟",
}  # fmt: skip
_SAID_WITH_NUMBER = ("元", "%", "分钟")
_LONGEST = 6
_BY_STANDARD = re.compile(r"孤儿|无人抚养|特困|低保|最低生活保障|[全半]护理|供养")


@dataclass(frozen=True)
class Piece:
    """One word or term of a phrase with its Chinese."""

    kind: Kind
    text: str


@dataclass
class Phrase:
    """A phrase in Chinese. `unknown` are English words that nothing stands for; they are kept in `core` as they are."""

    places: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    core: str = ""
    unknown: list[str] = field(default_factory=list)
    known: int = 0
    is_joined: bool = False

    @property
    def where(self) -> str:
        """Places and times, in Chinese order."""
        places = ("和" if self.is_joined else "").join(dict.fromkeys(self.places))
        return places + "和".join(dict.fromkeys(self.times))

    def __str__(self) -> str:
        return f"{self.where}{self.core}"


def pieces_of(text: str) -> list[Piece]:
    """The pieces of an English phrase, in its order; small words that say nothing are left out."""
    tokens = [
        (match.lastgroup or "", match.group(0), match.start(), match.end()) for match in _TOKEN.finditer(text)
    ]
    terms = {synonym.start: synonym for synonym in synonyms_in(text)}
    pieces: list[Piece] = []
    position = 0
    while position < len(tokens):
        kind, written, start, _ = tokens[position]
        if kind in ("word", "number"):
            piece, count = _longest(tokens, position, terms.get(start))
            if piece is not None:
                pieces.append(piece)
                position += count
                continue
        pieces.extend(_single(kind, written, tokens, position))
        # The unit of money has been said with the number.
        is_said = kind == "number" and _unit_behind(tokens, position) in _SAID_WITH_NUMBER
        position += 2 if is_said else 1
    return pieces


def _longest(
    tokens: Sequence[tuple[str, str, int, int]], position: int, synonym: object
) -> tuple[Piece | None, int]:
    """The longest run of words from `position` that a list knows; the words of questions before terms of one length."""
    term_end = getattr(synonym, "end", 0)
    official = getattr(synonym, "official", ("",))[0]
    if re.search("[a-zA-Z]", official) is None and not re.search("[\u4e00-\u9fff]", official):
        term_end = 0
    term_count = sum(1 for token in tokens[position:] if token[3] <= term_end)
    words: list[str] = []
    ends = []
    for number, token in enumerate(tokens[position : position + _LONGEST]):
        if token[0] not in ("word", "number", "label"):
            break
        for part in token[1].split("-"):
            words.append(normalised_word(part))
            ends.append(number + 1)
    for size in range(len(words), 0, -1):
        count = ends[size - 1]
        if count < max(term_count, 1):
            break
        found = _known(words[:size])
        if found is not None and (size == len(words) or ends[size] != count):
            kind: Kind = "time" if found in _RELATIVE_YEARS else "verb" if found in verbs() else "term"
            return Piece(kind, found), count
    if term_count:
        silent = official in _SILENT
        return Piece("verb" if official in verbs() else "term", "" if silent else official), term_count
    return None, 0


_RELATIVE_YEARS = ("去年", "今年", "明年")
# What adds nothing: every question is about plans of civil affairs.
_SILENT = ("规划", "民政", "民政局")


def _known(words: Sequence[str]) -> str | None:
    """What a list has for these words, the last one also in its plain form (reviewed → review)."""
    known = chinese_of()
    done = deeds_of() if len(words) == 1 and words[0] not in known else {}
    for form in _plain_forms(words[0]) if done else ():
        if form in done:
            return done[form]
    for last in (words[-1], *_plain_forms(words[-1])):
        for first in (words[0], *_plain_forms(words[0])) if len(words) > 1 else (last,):
            joined = " ".join([first, *words[1:-1], last]) if len(words) > 1 else last
            if joined in known:
                return known[joined]
    return None


def _plain_forms(word: str) -> list[str]:
    for ending in ("ied", "ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            forms = [f"{stem}y"] if ending == "ied" else [stem, f"{stem}e"]
            return [*forms, stem[:-1]] if len(stem) > 3 and stem[-1] == stem[-2] else forms
    return []


def _single(
    kind: str, written: str, tokens: Sequence[tuple[str, str, int, int]], position: int
) -> list[Piece]:
    """What one token that begins no known term stands for; nothing for one that says nothing."""
    years = re.findall(r"\d{4}", written)
    known: dict[str, Piece] = {
        "time": Piece("time", f"{years[0]}—{years[1]}年" if len(years) > 1 else written),
        "plan": Piece("time", f"“{written}”"),
        "age": Piece("term", written),
        # 3A, and 5th as 第五.
        "label": Piece("term", ordinal(written)),
        "han": Piece("term" if IS_PART.fullmatch(written) else "place", written),
    }
    if kind in known:
        return [known[kind]]
    if kind == "mark":
        return [Piece("and", ",")] if written in ",&/" else []
    if kind == "number":
        return [_counted(written, tokens, position)]
    word = written.lower().strip(".")
    known_as = small_word(word)
    piece = Piece(*known_as) if known_as else Piece("unknown", written)
    return [piece] if piece.text else []


def _unit_behind(tokens: Sequence[tuple[str, str, int, int]], position: int) -> str:
    following = tokens[position + 1][1].lower() if position + 1 < len(tokens) else ""
    return _UNITS.get(normalised_word(following), "")


def _counted(written: str, tokens: Sequence[tuple[str, str, int, int]], position: int) -> Piece:
    unit = _unit_behind(tokens, position)
    before = tokens[position - 1][1].lower() if position else ""
    unit = unit or ("元" if before in ("rmb", "yuan", "cny") else "")
    return Piece("term", f"{written.replace(',', '')}{unit}")


def phrase(text: str) -> Phrase:
    """An English noun phrase or clause in Chinese."""
    return arranged(pieces_of(with_ages(text)))


def arranged(pieces: Sequence[Piece]) -> Phrase:
    """The pieces in Chinese order."""
    said = Phrase(known=sum(piece.kind in ("term", "verb") and bool(piece.text) for piece in pieces))
    segments: list[list[str]] = [[]]
    joined_before = False
    for number, piece in enumerate(pieces):
        following = next((other for other in pieces[number + 1 :] if other.kind != "and"), None)
        if piece.kind == "place":
            said.is_joined = said.is_joined or (joined_before and bool(said.places))
            said.places.append(piece.text)
        elif piece.kind == "time":
            said.times = _with_time(said.times, piece.text)
        elif piece.kind == "preposition":
            if _opens_segment(pieces[number + 1 :]):
                segments.append([])
        elif piece.kind == "and":
            is_between = (
                segments[-1] and following is not None and following.kind in ("term", "verb", "unknown")
            )
            if is_between and segments[-1][-1] not in ("和", "、"):
                segments[-1].append("和" if piece.text == "和" else "、")
        elif piece.kind == "unknown":
            said.unknown.append(piece.text)
            segments[-1].append(f" {piece.text} ")
        elif piece.text:
            counted = _counting(piece, following)
            if counted:
                segments[-1].append(counted)
                continue
            if piece.kind == "verb":
                said.verbs.append(piece.text)
            segments[-1].append(piece.text)
        joined_before = piece.kind == "and" or (joined_before and piece.kind == "preposition")
    said.core = _core(segments)
    return said


def _counting(piece: Piece, following: Piece | None) -> str:
    """A number with the measure word of what it counts (5家 of 智慧养老院), alone before one (五档); "" for other words."""
    if following is None or following.kind != "term":
        return ""
    if re.fullmatch(r"\d+", piece.text):
        return f"{piece.text}{unit_of(following.text)}"
    return (
        piece.text[0]
        if re.fullmatch("[两三四五六七八九十]大", piece.text) and following.text in "档类级章"
        else ""
    )


def _opens_segment(behind: Sequence[Piece]) -> bool:
    """Whether a preposition is followed by a thing, which a place or a year may stand before (in Xialu's care homes)."""
    following = next((piece for piece in behind if piece.kind != "and"), None)
    if following is None or following.kind not in ("place", "time"):
        return following is not None
    thing = next((piece for piece in behind if piece.kind not in ("place", "time")), None)
    return thing is not None and thing.kind == "term" and bool(thing.text)


def _core(segments: Sequence[Sequence[str]]) -> str:
    """The segments between prepositions, the last first, as one Chinese phrase."""
    core = ""
    for segment in segments:
        words = "".join(word for n, word in enumerate(segment) if n == 0 or word != segment[n - 1])
        core = f"{words.strip('和、')}{core}"
    # 每千名老年人 and ages stand before what they are said of.
    leading = re.search(r"每千名老年人|每百户|\d{2,3}(?:—\d{2,3})?周岁(?:以上)?|80岁以上", core)
    if leading and leading.start():
        core = leading.group(0) + core[: leading.start()] + core[leading.end() :]
    if _BY_STANDARD.search(core):
        # What is paid by a standard is called one: 集中养育孤儿标准 rather than 补贴.
        core = re.sub(r"(?:补贴|津贴|补助|待遇)$", "标准", core)
    core = re.sub("^(.+?)(每月|每年)$", r"\2\1", core)
    core = re.sub("(?<=人员|对象|儿童|年人)人", "", core)
    core = re.sub(r"、?和、?|、", lambda m: "和" if "和" in m.group(0) else "、", core)
    return core.strip("和、 ")


def _with_time(times: list[str], text: str) -> list[str]:
    """July, then 2024 → 2024年7月."""
    if times and text.endswith("年") and times[-1].endswith("月") and len(times[-1]) < 4:
        return [*times[:-1], f"{text}{times[-1]}"]
    if times and text.endswith("月") and re.fullmatch(r"\d{4}年", times[-1]):
        return [*times[:-1], f"{times[-1]}{text}"]
    return [*times, text]
