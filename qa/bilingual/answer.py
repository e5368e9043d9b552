"""Claims of an answer for English readers: an English frame with English figures around the exact Chinese quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.bilingual.amounts import Amount, amounts_in, in_calculation, unlocked
from qa.bilingual.frames import in_frame
from qa.bilingual.labels import HAN, in_marks
from qa.bilingual.lexicon import english_of
from qa.bilingual.places import english_place, english_years
from qa.evidence.claims import Claim
from qa.evidence.rows import owner_of
from qa.understanding.question import Question
from qa.understanding.units import same_kind
from qa.understanding.wording import synonyms_in
from vectorstore.folding import folded

# Figures that a headline names one by one.
_LONGEST_ITEM = 24
_MOST_FIGURES = 4
_CHANGE = re.compile(
    r"(?:由|从)[^。;；]*?(?:提高|提升|上升|增长|增加|降低|下降|减少|缩短|调整|增至|降至)(?:到|至|为)?"
)
_FELL = re.compile("降低|下降|减少|缩短|降至")
_COUNTED = re.compile(
    r"\bhow many (?:more |new |additional )?(?P<noun>[a-z][a-z' -]{2,50}?)"
    r"(?= (?:is|are|was|were|will|would|did|do|does|has|have|had|can|"
    r"in|for|by|at|to|of|be|being|got|get|received?|there|on|per|under|during|from)\b|[?,.]|$)",
    re.IGNORECASE,
)
# What a noun counts when its Chinese measure word says little.
_OF_THINGS = frozenset("家个所处座条项间支块株台部套级") | {""}


def counted_noun(question: str) -> str:
    """What an English question counts (how many smart nursing homes will … → smart nursing homes), "" when it counts nothing."""
    match = _COUNTED.search(question)
    return match["noun"].strip().lower() if match else ""


def official_wordings(piece: str) -> list[str]:
    """The official wordings of the terms in a piece of a question."""
    return [word for synonym in synonyms_in(piece) for word in synonym.official]


class EnglishClaims:
    """Puts the claims of one answer into English. `said` is the question as it was asked in English."""

    def __init__(self, said: str, asked: Question) -> None:
        self._asked = asked
        self._noun = counted_noun(said)
        self._pieces = [
            [word for word in {piece, *official_wordings(piece)} if len(word) > 1] for piece in asked.content
        ]
        self._words = [word for wordings in self._pieces for word in wordings]

    def claim(self, claim: Claim) -> Claim:
        """The claim in English; its figures are those of the Chinese one, or the Chinese words stand alone."""
        english = "\n".join(self._line(line, claim) for line in claim.text.split("\n"))
        is_cell = claim.after or not claim.sources or english.endswith(" ")
        return replace(claim, text=english if is_cell else f"{english} ")

    def _line(self, line: str, claim: Claim) -> str:
        if line.startswith("|"):
            return in_frame(line)
        lead = "- " if line.startswith("- ") else ""
        said = line.removeprefix("- ")
        correction = "与原文不符。"
        if said.startswith(correction):
            lead, said = f"{lead}This does not agree with the document. ", said.removeprefix(correction)
        framed = in_frame(said)
        if framed:
            return f"{lead}{framed}"
        owner = next(
            (o for o in map(owner_of, (s.passage for s in claim.sources)) if said.startswith(f"{o}：")), ""
        )
        owner = owner or next(iter(re.findall(r"^[\u4e00-\u9fff]{2,20}(?:（[\d—年、,]+）)?(?=：)", said)), "")
        body = said.removeprefix(f"{owner}：") if owner and said.startswith(f"{owner}：") else said
        shown = f"{_owner(owner)}: " if body != said else ""
        return f"{lead}{shown}{self._body(body, claim, is_item=lead == '- ')}"

    def _body(self, body: str, claim: Claim, *, is_item: bool) -> str:
        if not body:
            return ""
        framed = in_frame(body)
        if framed:
            return framed
        if any(source.passage.cells for source in claim.sources) and "：" in body:
            return _row(body)
        quoted = in_marks(body.rstrip())
        # A long point of an outline is no figure's: 15 — 15个乡镇街道…. says nothing.
        is_point = is_item and len(body) > _LONGEST_ITEM
        is_told = is_point and (self._asked.asks != "number" or not amounts_in(body))
        gist = "" if is_told else self._gist(body, is_item=is_item)
        if not gist or unlocked(gist, body):
            return quoted
        return f"{gist} — {quoted}"

    def _gist(self, body: str, *, is_item: bool) -> str:
        """What the figures of a quotation say, in a few words; "" where that cannot be said safely."""
        if is_item and not amounts_in(body):
            return english_of(body.rstrip("。；;"))
        if self._asked.asks not in ("number", "text", "list", "date") or (
            self._asked.asks == "text" and len(body) > 60
        ):
            return ""
        noun = self._noun if self._says_all(body) else ""
        amounts = amounts_in(body, noun)
        if len(amounts) == 2 and (change := _CHANGE.search(body)) and change.start() <= amounts[0].start:
            return _changed(change, amounts)
        if len(amounts) == 1:
            return _alone(body, amounts[0], noun)
        return self._one_in_unit(amounts) or self._by_name(body) or _told_apart(amounts)

    def _says_all(self, body: str) -> bool:
        """Whether a quotation says all of the question: 1,044 guests visited… may not be said of 1044座…设施."""
        text = folded(body)
        return all(any(word in text for word in wordings) for wordings in self._pieces if wordings)

    def _one_in_unit(self, amounts: Sequence[Amount]) -> str:
        """The only amount in the unit that the question asks for."""
        in_unit = [a for a in amounts if a.unit and same_kind(self._asked.unit, a.unit)]
        return in_unit[0].english if self._asked.unit not in _OF_THINGS and len(in_unit) == 1 else ""

    def _by_name(self, body: str) -> str:
        """Clauses of one figure by their names, those about what is asked where there are any."""
        clauses = [clause for clause in _PARTS.split(body) if amounts_in(clause)]
        asked_about = [clause for clause in clauses if any(word in clause for word in self._words)]
        named = [_named(clause) for clause in asked_about or clauses]
        if not named or not named[0]:
            return ""
        return "; ".join(dict.fromkeys(filter(None, named[: 2 * _MOST_FIGURES])))


def _told_apart(amounts: Sequence[Amount]) -> str:
    """A few amounts that their units tell apart."""
    units = [amount.unit for amount in amounts]
    are_told_apart = len(amounts) <= _MOST_FIGURES and len(set(units)) == len(units)
    said = "; ".join(amount.english for amount in amounts)
    return said if are_told_apart and not _OF_THINGS & set(units) else ""


def _alone(body: str, amount: Amount, noun: str) -> str:
    """The one figure of a quotation, with what it counts where that is known."""
    if amount.unit in _OF_THINGS and not noun:
        return _named(body) or amount.english
    return amount.english


def _named(clause: str) -> str:
    """A clause of one figure by its name: 新增养老床位360张 → added elderly care beds: 360 beds; "" when not all is known."""
    amounts = amounts_in(clause)
    change = _CHANGE.search(clause)
    if len(amounts) == 2 and change and change.start() <= amounts[0].start:
        name = english_of(_BEFORE_NAME.sub("", clause[: change.start()]))
        return f"{name}: {_changed(change, amounts)}" if name else ""
    if len(amounts) != 1:
        return ""
    amount = amounts[0]
    name = english_of(_BEFORE_FIGURE.sub("", _BEFORE_NAME.sub("", clause[: amount.start].strip(" ,，。;；"))))
    if name and amount.english.endswith(f" {name.split(' ')[-1]}s"):
        # added elderly care beds: 360
        return f"{name}s: {amount.english.rsplit(' ', 1)[0]}"
    if name and amount.unit in _OF_THINGS and amount.value != 1 and re.search("[a-rt-xz]$", name):
        return f"{name}s: {amount.english}"
    return f"{name}: {amount.english}" if name else ""


def _changed(change: re.Match[str], amounts: Sequence[Amount]) -> str:
    fell = "lowered" if _FELL.search(change.group(0)) else "raised"
    return f"{fell} from {amounts[0].english} to {amounts[1].english}"


_PARTS = re.compile(r"[，,；;。()（）、:：](?!\d{3})")
_BEFORE_NAME = re.compile(
    r"^(?:(?:从|自|到)?(?:(?:19|20)\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:起|底|末)?(?:，|,)?(?:将|把|要|共|全年)?)"
)
_BEFORE_FIGURE = re.compile(
    r"(?:(?:标准)?(?:提高|提升|增加|降低|减少|达|稳定|保持)?(?:到|至|达到|在)|为|共计|合计|约|不低于|不少于|不超过|最高|至少|超过|共|每人|每月|每年|每人次|每具|每)+$"
)


def _row(body: str) -> str:
    """A table's row as code writes it (name：column value，column value（kind）。) in English."""
    name, _, said = body.rstrip("。").partition("：")
    english = english_of(name)
    cells = in_calculation(_columns(said))
    shown = f"{english} ({in_marks(name)})" if english else in_marks(name)
    return f"{shown}: {cells}"


_COLUMN = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?P<kind>目标值?|实际值?|计划|规划值?)?(?P<value>[<>≥≤约]*[\d.,]+)?"
)
_KINDS = {
    "目标": "target",
    "目标值": "target",
    "实际": "actual",
    "实际值": "actual",
    "计划": "plan",
    "规划值": "planned",
    "规划": "plan",
    "": "",
}


def _columns(said: str) -> str:
    """2015年480元，2020年目标值770元 → 2015: 480元; 2020 target: 770元, each piece that is not known in quotation marks."""
    pieces = []
    for written in re.split(r"[，,](?!\d{3})", said):
        match = _COLUMN.match(written)
        kind = re.search(r"（([^（）]+)）$", written)
        note = f" ({english_of(kind[1]) or in_marks(kind[1])})" if kind else ""
        piece = written[: kind.start()] if kind else written
        if match and match["value"]:
            label = " ".join(filter(None, (match["year"], _KINDS[match["kind"] or ""])))
            pieces.append(f"{label}: {piece[match.start('value') :]}{note}")
        elif piece.endswith("未给出"):
            column = piece.removesuffix("未给出")
            pieces.append(f"{english_of(column) or in_marks(column)}: not given{note}")
        else:
            column = re.match(r"[^\d<>≥≤约]+", piece)
            name = column.group(0) if column else ""
            rest = piece[len(name) :]
            if rest and not HAN.search(
                re.sub(
                    r"[万亿]?(?:个百分点|平方米|[元人]次?|[%家张名户所处件座条项对])?(?:/[人月年·]+)?$",
                    "",
                    rest,
                )
            ):
                pieces.append(f"{english_of(name) or in_marks(name)}: {rest}{note}")
            else:
                pieces.append(f"{in_marks(piece)}{note}")
    return "; ".join(pieces)


def _owner(owner: str) -> str:
    """杨浦区（2023年） → Yangpu District (2023)."""
    place, _, years = owner.partition("（")
    if re.fullmatch(r"[\d—年、]+", place):
        return english_years(place)
    shown = english_place(place)
    return f"{shown} ({english_years(years.rstrip('）'))})" if years else shown


def places_in_english(names: Sequence[str]) -> str:
    """Names of places or titles, joined."""
    return ", ".join(name if name.startswith("《") else english_place(name) for name in names)
