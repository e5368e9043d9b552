"""Putting a file's text together line by line, with where each line stands and what the format marks it as."""

from __future__ import annotations

from dataclasses import dataclass, field

from vectorstore.formats.extracted import Anchor, Extracted, Heading, Span


@dataclass
class Writing:
    """The text so far; what is added becomes lines of their own."""

    _pieces: list[str] = field(default_factory=list)
    _position: int = 0
    _anchors: list[Anchor] = field(default_factory=list)
    _headings: list[Heading] = field(default_factory=list)
    _furniture: list[Span] = field(default_factory=list)

    def add(
        self,
        text: str,
        *,
        paragraph: int | None = None,
        sheet: str = "",
        row: int | None = None,
        level: int = 0,
        is_furniture: bool = False,
    ) -> None:
        """Add a line, or several that stand at one place; `level` 0 is no heading. Nothing is added for empty text."""
        if not text:
            return
        place = (paragraph, sheet, row)
        last = self._anchors[-1] if self._anchors else None
        before = (last.paragraph, last.sheet, last.row) if last else (None, "", None)
        if place != before:
            self._anchors.append(Anchor(self._position, paragraph=paragraph, sheet=sheet, row=row))
        end = self._position + len(text)
        if is_furniture:
            self._furniture.append(Span(self._position, end))
        elif level:
            self._headings.append(Heading(self._position, end, level))
        self._pieces.append(text)
        self._position = end + 1

    def add_gap(self) -> None:
        """Add an empty line, which keeps two tables apart that follow one another; none at the beginning."""
        if self._pieces and self._pieces[-1]:
            self._pieces.append("")
            self._position += 1

    def extracted(self, *, title: str = "", unread: tuple[str, ...] = ()) -> Extracted:
        """What was added, each line ended."""
        text = "\n".join(self._pieces)
        return Extracted(
            f"{text}\n" if text else "",
            anchors=tuple(self._anchors),
            title=title,
            furniture=tuple(self._furniture),
            headings=tuple(self._headings),
            unread=unread,
        )
