"""The text of a paged document, written piece by piece, with the page of every piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vectorstore.formats.extracted import Anchor, Heading, Span
from vectorstore.formats.joining import is_broken_word, separator
from vectorstore.formats.page_tables import CellText
from vectorstore.formats.paragraphs import PlacedLine

_FIGURE_CELL = "0123456789.,%％‰-—–/+＋＜＞<>≥≤"


@dataclass
class PagedText:
    """Collects the text; `finished` gives it with its anchors."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    anchors: list[Anchor] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    headings: list[tuple[int, int, float]] = field(default_factory=list)

    def paragraph(self, lines: Sequence[PlacedLine]) -> tuple[int, int]:
        """Write lines as one paragraph; returns where it stands."""
        start = self.length
        before = ""
        for line in lines:
            text = line.text.strip()
            if not text:
                continue
            if before and is_broken_word(before, text):
                self._take_back_hyphen()
            elif before:
                self._add(separator(before, text))
            self._turn_to(line.page)
            self._add(text)
            before = text
        end = self.length
        self._add("\n")
        return start, end

    def running_head(self, text: str, page: int) -> None:
        """Write a line that belongs to the page and not to the document."""
        self._turn_to(page)
        self.furniture.append(Span(self.length, self.length + len(text)))
        self._add(f"{text}\n")

    def table(self, title: str, rows: Sequence[tuple[int, Sequence[CellText]]]) -> None:
        """Write (page, cells) rows as a pipe table, with a ruler below the names of its columns."""
        columns = [
            column
            for column in range(max(len(cells) for _, cells in rows))
            if any(column < len(cells) and cells[column].text for _, cells in rows)
        ]
        if title:
            self._turn_to(rows[0][0])
            self._add(f"{title}\n")
        for number, (page, cells) in enumerate(rows):
            texts = [
                cells[column].text.replace("|", "\\|") if column < len(cells) else "" for column in columns
            ]
            self._turn_to(page)
            self._add(f"| {' | '.join(texts)} |\n")
            if number == 0 and not any(_is_figure(text) for text in texts):
                self._add(f"|{' --- |' * len(columns)}\n")

    def _take_back_hyphen(self) -> None:
        self.parts[-1] = self.parts[-1][:-1]
        self.length -= 1

    def _turn_to(self, page: int) -> None:
        if not self.anchors or self.anchors[-1].page != page:
            self.anchors.append(Anchor(self.length, page=page))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def leveled_headings(self) -> tuple[Heading, ...]:
        """The headings with levels by the size of their type, the largest being 1."""
        sizes = sorted({size for _, _, size in self.headings}, reverse=True)
        level = {size: number for number, size in enumerate(sizes, start=1)}
        return tuple(Heading(start, end, level[size]) for start, end, size in self.headings)


def _is_figure(text: str) -> bool:
    return bool(text) and any(map(str.isdigit, text)) and all(sign in _FIGURE_CELL for sign in text)
