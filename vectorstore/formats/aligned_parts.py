"""What the readers of tables without a grid share: figures, captions, where columns stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vectorstore.formats.page_rows import Segment
from vectorstore.formats.page_tables import CellText
from vectorstore.formats.reading_order import Line

FIGURE = re.compile(
    r"[<>≥≤＜＞+-]?[\d.,]+(?:[%‰％]|[万亿元个张家人户名所处次]{1,2})?(?:以上|以下|左右)?|[-—–/]{1,2}"
)
MOST_COLUMNS = 20
# The white between two columns is so many ems wide at least.
WHITE = 0.6
_FILLED = 0.6
# A caption, whose number may stand apart from its words, is no row.
_CAPTION = re.compile(r"(?:附?表|图|Table)\s*[\d一二三四五六七八九十]")


Column = tuple[float, float]


def is_caption(text: str) -> bool:
    """Whether a line is the caption of a table or figure (表1 主要指标)."""
    return _CAPTION.match(text) is not None


def columns_of(lines: Sequence[Line], white: float = WHITE) -> list[Column]:
    """(left, right) of the columns: where the parts of the fullest lines stand, taken together, so many ems apart."""
    most = max(len(line.segments) for line in lines)
    spans = sorted(
        (segment.left, segment.right)
        for line in lines
        if len(line.segments) >= max(2, most - 1)
        for segment in line.segments
    )
    white *= lines[0].main.size
    columns: list[Column] = []
    for left, right in spans:
        if columns and left <= columns[-1][1] + white:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def holds_figures(rows: Sequence[Sequence[CellText]]) -> bool:
    """Whether below the names there is a column of nothing but figures, mostly filled."""
    header, body = rows[0], rows[1:]
    if FIGURE.fullmatch(header[0].text) or sum(bool(cell.text) for cell in header) < 2:
        return False
    for column in range(1, len(header)):
        texts = [row[column].text for row in body if row[column].text]
        is_named = header[column].text and not FIGURE.fullmatch(header[column].text)
        if is_named and len(texts) >= max(2, _FILLED * len(body)) and all(map(FIGURE.fullmatch, texts)):
            return True
    return False


def column_of(segment: Segment, columns: Sequence[Column]) -> int | None:
    """The one column that the segment stands in; None if it touches none or several."""
    touched = [
        number
        for number, (left, right) in enumerate(columns)
        if segment.left < right and left < segment.right
    ]
    return touched[0] if len(touched) == 1 else None
