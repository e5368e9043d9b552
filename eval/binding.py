"""Figures bound to what they belong to: whether a text gives this figure for this place, year or row.

A wording of a gold question may be written in parts, with … between them: `荆门…770`, `荆门…2020年…770元`.
It is said when the parts stand in this order in one line and nothing between them takes the figure away:

- no other owner, that is no other first part of a bound wording of the same question;
- after a place, no other place (a county after its prefecture is none); after a year, no other year.

荆门、嵊州分别为8500和7200 gives each its own. A line that ends in a colon owns the lines under it; in a
Markdown table the first cell of a row and the heading of a column own the cell. The last part is the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.wording import canonical, states
from vectorstore.places import Mention, bare_name, mentions

_PARTS = re.compile("…+")
_YEAR = re.compile(r"⟨((?:19|20)\d\d)⟩(?=年|-⟨(?:19|20)\d\d⟩)")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
_OWNER_LINE = re.compile(r"\s*#|.*[:：]\s*$")
_RESPECTIVELY = "分别"
_SENTENCE_END = re.compile("[。;；!?]")
_BETWEEN_VALUES = re.compile("[,和及与]")


@dataclass(frozen=True)
class _Owner:
    """An owner named in a text, as `same` names it: a year, or a part of some wording, or a place."""

    start: int
    name: str


def parts_of(wording: str) -> tuple[str, ...]:
    """The parts of a bound wording in canonical form, the figure last; one part for a plain wording."""
    return tuple(canonical(part) for part in _PARTS.split(wording) if part.strip())


def owners_in(wordings: Iterable[str]) -> frozenset[str]:
    """What figures belong to in these wordings: every part but the last, canonical."""
    return frozenset(part for wording in wordings for part in parts_of(wording)[:-1])


def says(text: str, wording: str, owners: frozenset[str] = frozenset()) -> bool:
    """Whether `text` says `wording`; `owners` are those of all wordings of the question, to be kept apart."""
    if "…" not in wording:
        return states(text, wording)
    parts = parts_of(wording)
    return any(_said(canonical(unit), parts, owners) for unit in _units(text))


def _said(unit: str, parts: Sequence[str], owners: frozenset[str]) -> bool:
    return _in_order(unit, parts, 0, (), owners) or _respectively(unit, parts, owners)


def _in_order(
    unit: str, parts: Sequence[str], start: int, before: tuple[str, ...], owners: frozenset[str]
) -> bool:
    """Whether `parts` follow one another from `start`, each gap free of what takes the figure away."""
    first, *rest = parts
    at = unit.find(first, start)
    while at >= 0:
        gap = unit[start:at] if before else ""
        if before and _taken_away(gap, before, owners):
            return False  # later occurrences have the same words before them
        if not rest or _in_order(unit, rest, at + len(first), (*before, first), owners):
            return True
        at = unit.find(first, at + 1)
    return False


def _taken_away(gap: str, before: tuple[str, ...], owners: frozenset[str]) -> bool:
    """Whether the words between an owner and the figure name another owner, or say 分别."""
    if _RESPECTIVELY in gap:
        return True
    own_years = {year for part in before for year in _YEAR.findall(part)}
    rivals = (owner for owner in _others(before, owners) if own_years or not _YEAR.search(owner))
    if any(owner in gap for owner in rivals):
        return True
    if own_years and any(year not in own_years for year in _YEAR.findall(gap)):
        return True
    own_places = [mention for part in before for mention in mentions(part)]
    return bool(own_places) and any(_is_elsewhere(found, own_places) for found in mentions(gap))


def _others(own: Sequence[str], owners: frozenset[str]) -> set[str]:
    """The owners other than `own`; 城市低保 is no other than 城市."""
    return {owner for owner in owners if not any(owner in part or part in owner for part in own)}


def _is_elsewhere(found: Mention, own: Sequence[Mention]) -> bool:
    """Whether a place is none of `own`, nor inside or above one of them."""

    def with_superiors(mention: Mention) -> set[str]:
        return {bare_name(name) for place in mention.places for name in (place.name, *place.parents)}

    names = {bare_name(found.written)} | {bare_name(place.name) for place in found.places}
    for mention in own:
        own_names = {bare_name(mention.written)} | {bare_name(place.name) for place in mention.places}
        if names & with_superiors(mention) or own_names & with_superiors(found):
            return False
    return True


def _respectively(unit: str, parts: Sequence[str], owners: frozenset[str]) -> bool:
    """荆门、嵊州分别为8500和7200: as many owners before 分别 as values after it, the same place in both rows."""
    *_, owner, figure = parts
    for match in re.finditer(_RESPECTIVELY, unit):
        head = _SENTENCE_END.split(unit[: match.start()])[-1]
        tail = _SENTENCE_END.split(unit[match.end() :])[0]
        values = [value for value in _BETWEEN_VALUES.split(tail) if "⟨" in value]
        named = [found.name for found in _named(head, owner, owners)]
        earlier = all(part in unit[: match.start()] for part in parts[:-2])
        if not earlier or owner not in named:
            continue
        mine = values if len(named) == 1 else values[named.index(owner) :][:1]
        if len(named) in (1, len(values)) and any(figure in value for value in mine):
            return True
    return False


def _named(head: str, owner: str, owners: frozenset[str]) -> list[_Owner]:
    """The owners of the same sort as `owner` in `head`, in order of appearance, `owner` under its own name."""
    names = {owner, *_others([owner], owners)}
    if _YEAR.search(owner):
        spans = [(match.start(), match.end()) for match in re.finditer(r"⟨(?:19|20)\d\d⟩年?", head)]
    else:
        spans = [
            (match.start(), match.end()) for name in names for match in re.finditer(re.escape(name), head)
        ]
        spans += [
            (place.start, place.end)
            for place in mentions(head)
            if mentions(owner) and not any(start < place.end and place.start < end for start, end in spans)
        ]
    found: dict[str, _Owner] = {}
    for start, end in sorted(spans):
        written = head[start:end]
        name = owner if written in owner or owner in written else written
        found.setdefault(name, _Owner(start, name))
    return list(found.values())


def _units(text: str) -> Iterator[str]:
    """The lines, each with the line that owns it, and the cells of Markdown tables with their headings."""
    heading = ""
    columns: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if "|" not in line:
            columns = []
        elif columns and not _TABLE_RULE.fullmatch(line):
            yield from _cells(line, columns, heading)
        elif _TABLE_RULE.fullmatch(line) and number and "|" in lines[number - 1]:
            columns = _cells_of(lines[number - 1])
            continue
        yield f"{heading}{line}"
        if _OWNER_LINE.match(line) and "|" not in line:
            heading = line.strip()


def _cells(line: str, columns: Sequence[str], heading: str) -> Iterator[str]:
    row = _cells_of(line)
    for column, cell in list(zip(columns, row, strict=False))[1:]:
        yield f"{heading}{row[0]}:{column}:{cell}"
        yield f"{heading}{column}:{row[0]}:{cell}"


def _cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
