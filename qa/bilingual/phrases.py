"""English phrases word for word in Chinese order: places and times, what stands behind a preposition, the head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.bilingual.pieces import Piece, pieces_of
from qa.bilingual.small_words import unit_of, with_ages

_BY_STANDARD = re.compile(r"孤儿|无人抚养|特困|低保|最低生活保障|[全半]护理|供养")


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
    by_turns: bool = False

    @property
    def where(self) -> str:
        """Places and times, in Chinese order; each place with its own time where they stand by turns (A 2020, B 2015)."""
        if self.is_joined and self.by_turns:
            return "和".join(place + time for place, time in zip(self.places, self.times, strict=True))
        places = ("和" if self.is_joined else "").join(dict.fromkeys(self.places))
        return places + "和".join(dict.fromkeys(self.times))

    def __str__(self) -> str:
        return f"{self.where}{self.core}"


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
            amount = _counting(piece, following)
            if amount:
                segments[-1].append(amount)
                continue
            if piece.kind == "verb":
                said.verbs.append(piece.text)
            segments[-1].append(piece.text)
        joined_before = piece.kind == "and" or (joined_before and piece.kind == "preposition")
    said.core = _core(segments)
    order = "".join(piece.kind[0] for piece in pieces if piece.kind in ("place", "time"))
    said.by_turns = order in ("ptpt", "tptp") and len(said.places) == len(said.times)
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
