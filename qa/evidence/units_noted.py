"""The unit that a table notes for its figures: in the name of a row, or in its caption."""

from __future__ import annotations

import re

from vectorstore.documents import Passage
from vectorstore.folding import folded

# 单位:元/人·月 anywhere, a unit in brackets at the end: 资金安排(万元).
_UNIT_IN_CAPTION = re.compile(
    r"(?:单位|單位):(?P<noted>[^()\s、,;]{1,6})(?![、,;])|\((?P<ending>[百千万亿]{0,2}(?:元|人次?|户|张|个|家|名|处|所|件|平方米|亩))\)$"
)
# 结婚登记(对), 农村低保标准(元/月): the row's own name says what its figures count.
_UNIT_OF_ROW = re.compile(
    r"\(([百千万亿]{0,2}(?:元(?:/[人月年·]{1,4})?|人次?|户|张|个|家|名|位|处|所|件|对|例|具|座|间|条|平方米|亩|公里|小时)|%)\)$"
)


def unit_noted(passage: Passage) -> str:
    """The unit that the name of a row notes for its figures, else the caption for those of the table; "" where none does."""
    of_row = _UNIT_OF_ROW.search(folded(passage.cells[0][1]).strip()) if passage.cells else None
    return of_row[1] if of_row else unit_in_caption(passage.caption)


def without_unit(name: str) -> str:
    """The name of a row without the unit noted behind it (结婚登记(对)), as written."""
    of_row = _UNIT_OF_ROW.search(folded(name))
    return name[: of_row.start()] if of_row else name


def unit_in_caption(caption: str) -> str:
    """The unit that a caption notes for all figures of its table, "" when it notes none."""
    noted = _UNIT_IN_CAPTION.search(folded(caption).strip())
    return (noted["noted"] or noted["ending"]) if noted else ""
