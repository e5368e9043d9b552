"""The words by which a text says that a figure rose or fell."""

from __future__ import annotations

_CHANGE = (
    "净增加", "净增", "增加", "增长", "提高", "提升", "上升", "上涨", "上调", "减少", "下降", "降低", "下调", "扩大", "多", "涨",
    "升了", "增了", "降了", "减了", "调高", "调了",
)  # fmt: skip
CHANGE = "|".join(sorted(_CHANGE, key=len, reverse=True))
