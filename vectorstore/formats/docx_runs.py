"""The characters of a Word paragraph: runs with tracked changes applied, fields shown, hidden text left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vectorstore.formats.opc import child, is_on, local, value_of

# Around runs without being any: what they hold is read in order.
_WRAPPERS = frozenset(
    (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
        "oMath",
        "oMathPara",
    )
)
_MATH = frozenset(
    (
        "r",
        "e",
        "num",
        "den",
        "sub",
        "sup",
        "f",
        "sSub",
        "sSup",
        "sSubSup",
        "d",
        "rad",
        "nary",
        "func",
        "fName",
        "m",
        "mr",
    )
)
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# Of the fonts whose characters are pictures, those that forms use.
_SYMBOLS = {"F0A8": "□", "F06F": "□", "F0FE": "☑", "F052": "☑", "F0FC": "√", "F0D7": "·", "F0B7": "·"}
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200d\u2060\ufeff]")
_DEEPEST = 40


@dataclass
class Runs:
    """What a paragraph's runs say, and what they carry along."""

    pieces: list[str] = field(default_factory=list)
    text_boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0

    @property
    def text(self) -> str:
        """The paragraph's text; line breaks inside it are line ends, its own ends without white space."""
        written = _DROPPED.sub("", "".join(self.pieces))
        return "\n".join(
            line for line in (line.strip(" \t\u3000\xa0") for line in written.split("\n")) if line
        )


def read_runs(paragraph: Any, runs: Runs, depth: int = 0) -> None:
    """Add what stands in a paragraph (or in something inside it) to `runs`.

    Insertions are in, deletions out: the text as it would be with all changes accepted.
    """
    for element in paragraph:
        name = local(element.tag)
        if name == "r":
            _read_run(element, runs, depth)
        elif name == "AlternateContent":
            _read_alternative(element, runs, depth, read_runs)
        elif (name in _WRAPPERS or name in _MATH) and depth < _DEEPEST:
            read_runs(element, runs, depth + 1)
        elif name == "t":
            # Mathematics keeps its characters in runs of its own.
            runs.pieces.append((element.text or "").replace("\n", " "))


def _read_run(run: Any, runs: Runs, depth: int) -> None:
    for element in run:
        name = local(element.tag)
        if name == "t":
            runs.pieces.append((element.text or "").replace("\n", " "))
        elif name == "rPr":
            if is_on(child(element, "vanish")):
                return
        elif name in _SIGNS:
            if value_of(element, "type") not in ("page", "column"):
                runs.pieces.append(_SIGNS[name])
        elif name == "sym":
            runs.pieces.append(_SYMBOLS.get(value_of(element, "char").upper(), ""))
        elif name in ("footnoteReference", "endnoteReference"):
            runs.notes.append((name.removesuffix("Reference"), value_of(element, "id")))
        elif name in ("drawing", "pict", "object"):
            _read_drawing(element, runs)
        elif name == "AlternateContent":
            _read_alternative(element, runs, depth, _read_run)
        elif name == "ruby" and depth < _DEEPEST:
            read_runs(element, runs, depth + 1)


def _read_alternative(element: Any, runs: Runs, depth: int, read: Callable[[Any, Runs, int], None]) -> None:
    """The same content twice: for programs of today, and for older ones. Only one of them is to be read."""
    choice = child(element, "Choice")
    fallback = child(element, "Fallback")
    for option in (choice, fallback):
        if option is not None and depth < _DEEPEST:
            found = Runs()
            read(option, found, depth + 1)
            if found.pieces or found.text_boxes or found.pictures:
                runs.pieces += found.pieces
                runs.text_boxes += found.text_boxes
                runs.pictures += found.pictures
                return


def _read_drawing(drawing: Any, runs: Runs) -> None:
    boxes = []
    for element in drawing.iter():
        name = local(element.tag)
        if name == "Fallback":
            continue
        if name == "txbxContent" and not _is_within(element, ("txbxContent", "Fallback"), drawing):
            boxes.append(element)
        elif name in ("blip", "imagedata", "chart", "relIds"):
            runs.pictures += 1
    runs.text_boxes += boxes


def _is_within(element: Any, names: tuple[str, ...], outermost: Any) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is outermost:
            return False
        if local(ancestor.tag) in names:
            return True
    return False
