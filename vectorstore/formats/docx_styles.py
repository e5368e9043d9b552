"""Styles and numbering of a Word file: which paragraphs are headings, and the numbers that Word puts before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from vectorstore.formats.numbering import written_number
from vectorstore.formats.opc import child, is_on, local, value_of

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)$", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题")
_LEVELS = 9
# A chain of styles based on one another that is longer leads in a circle.
_LONGEST_CHAIN = 30
_NO_SPACE_AFTER = "、）。．】：:"


@dataclass(frozen=True)
class Style:
    """What a paragraph gets from its style: heading level (0 for none), list and level in it (-1 if not said)."""

    level: int = 0
    list_id: str = ""
    list_level: int = -1
    is_contents: bool = False


def number_in(properties: Any) -> tuple[str, int]:
    """(list, level in it) that a paragraph's or style's properties state; ("", -1) for what they do not."""
    stated = child(properties, "numPr")
    level = value_of(child(stated, "ilvl"))
    return value_of(child(stated, "numId")), _number(level, -1)


def outline_level(properties: Any) -> int | None:
    """The heading level that properties state, 0 for body text; None if they do not say."""
    stated = value_of(child(properties, "outlineLvl"))
    return None if not stated else (_number(stated, _LEVELS) + 1) % (_LEVELS + 1)


def read_styles(root: Any) -> dict[str, Style]:
    """Style identifier → what it gives to its paragraphs, what it inherits included; "" is the default style."""
    elements = (
        {value_of(entry, "styleId"): entry for entry in root if local(entry.tag) == "style"}
        if root is not None
        else {}
    )
    styles = {identifier: _style(identifier, elements) for identifier in elements}
    default = next(
        (
            identifier
            for identifier, entry in elements.items()
            if value_of(entry, "type") == "paragraph" and value_of(entry, "default") in ("1", "true")
        ),
        "",
    )
    return {**styles, "": styles.get(default, Style())}


def _style(identifier: str, elements: dict[str, Any]) -> Style:
    level: int | None = None
    list_id, list_level = "", -1
    is_contents = False
    for _ in range(_LONGEST_CHAIN):
        entry = elements.get(identifier)
        if entry is None:
            break
        name = value_of(child(entry, "name")).strip()
        properties = child(entry, "pPr")
        is_contents = is_contents or _CONTENTS_NAME.fullmatch(name) is not None
        if level is None:
            named = _HEADING_NAME.fullmatch(name)
            level = outline_level(properties)
            level = int(named[1]) if level is None and named else 1 if name.lower() in _TITLE_NAMES else level
        stated_list, stated_level = number_in(properties)
        list_id = list_id or stated_list
        list_level = stated_level if list_level < 0 else list_level
        identifier = value_of(child(entry, "basedOn"))
    return Style(0 if is_contents else level or 0, list_id, list_level, is_contents)


# --- numbering -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int = -1
    legal: bool = False
    suffix: str = "tab"
    paragraph_style: str = ""


@dataclass
class _List:
    """A list of the file: levels as far as it changes them, and where it starts anew."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a file in their order."""

    def __init__(self, root: Any, styles: dict[str, Style]) -> None:
        """`root` is the numbering part or None."""
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._styles = styles
        for entry in root if root is not None else ():
            if local(entry.tag) == "abstractNum":
                identifier = value_of(entry, "abstractNumId")
                self._abstract[identifier] = dict(map(_level, _children(entry, "lvl")))
                self._linked[identifier] = value_of(child(entry, "numStyleLink"))
            elif local(entry.tag) == "num":
                self._lists[value_of(entry, "numId")] = _list(entry)

    def label(self, list_id: str, level: int, style: str) -> str:
        """The number of the next paragraph of this list and level, with what stands between it and the text.

        A negative `level` is the one that belongs to the paragraph's `style`. "" for bullets and unknown lists.
        """
        entry = self._lists.get(list_id)
        if entry is None:
            return ""
        abstract, levels = self._levels(entry)
        if level < 0:
            level = next((n for n, known in levels.items() if style and known.paragraph_style == style), 0)
        level = min(level, _LEVELS - 1)
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._count(abstract, list_id, entry, levels, level)
        if own.style == "bullet":
            return ""
        written = re.sub(
            r"%([1-9])", lambda match: _written(int(match[1]) - 1, counts, levels, legal=own.legal), own.text
        ).strip()
        if not written or own.suffix == "nothing" or written[-1] in _NO_SPACE_AFTER:
            return written
        return f"{written} "

    def _levels(self, entry: _List) -> tuple[str, dict[int, _Level]]:
        abstract = entry.abstract
        levels = self._abstract.get(abstract, {})
        linked = self._styles.get(self._linked.get(abstract, ""))
        if not levels and linked is not None and linked.list_id in self._lists:
            abstract = self._lists[linked.list_id].abstract
            levels = self._abstract.get(abstract, {})
        return abstract, {**levels, **entry.levels}

    def _count(
        self, abstract: str, list_id: str, entry: _List, levels: dict[int, _Level], level: int
    ) -> dict[int, int]:
        counts = self._counts.setdefault(abstract, {})
        if level in entry.starts and (list_id, level) not in self._started:
            counts[level] = entry.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        self._started.add((list_id, level))
        for deeper in [known for known in counts if known > level]:
            restart = levels[deeper].restart if deeper in levels else -1
            # By default every level above restarts the count; 0 says that none does, n that only the first n do.
            if restart != 0 and (restart < 0 or level < restart):
                del counts[deeper]
        return counts


def _written(level: int, counts: dict[int, int], levels: dict[int, _Level], *, legal: bool) -> str:
    known = levels.get(level, _Level())
    number = counts.get(level, known.start)
    return written_number(number, "decimal" if legal and known.style != "none" else known.style)


def _children(element: Any, name: str) -> list[Any]:
    return [entry for entry in element if local(entry.tag) == name]


def _level(entry: Any) -> tuple[int, _Level]:
    restart = value_of(child(entry, "lvlRestart"))
    found = _Level(
        start=_number(value_of(child(entry, "start")), 1),
        style=_number_style(entry),
        text=value_of(child(entry, "lvlText")),
        restart=_number(restart, -1),
        legal=is_on(child(entry, "isLgl")),
        suffix=value_of(child(entry, "suff")) or "tab",
        paragraph_style=value_of(child(entry, "pStyle")),
    )
    return _number(value_of(entry, "ilvl"), 0), found


def _number_style(entry: Any) -> str:
    """The level's number format; newer ones stand as an alternative to an older program's."""
    stated = child(entry, "numFmt")
    if stated is None:
        choice = child(child(entry, "AlternateContent"), "Fallback")
        stated = child(choice, "numFmt")
    return value_of(stated) or "decimal"


def _list(entry: Any) -> _List:
    found = _List(value_of(child(entry, "abstractNumId")))
    for override in _children(entry, "lvlOverride"):
        level = _number(value_of(override, "ilvl"), 0)
        changed = child(override, "lvl")
        if changed is not None:
            found.levels[level] = _level(changed)[1]
        start = value_of(child(override, "startOverride"))
        if start:
            found.starts[level] = _number(start, 1)
    return found


def _number(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch(r"\d{1,6}", written) else otherwise
