"""What a user says of a document, as it is kept: checked, in the form of a catalogue's entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from qa.errors import CorrectionInvalid
from vectorstore.genres import GENRES
from vectorstore.numerals import years_in


def checked_fields(stated: Mapping[str, str | None]) -> dict[str, Any]:
    """The fields to correct, without those that are None; `period` becomes `years`,
    `genre` (总结、计划) `genres`. Raises CorrectionInvalid."""
    given: dict[str, Any] = {
        field: " ".join(value.split()) for field, value in stated.items() if value is not None
    }
    if "period" in given:
        given["years"] = list(_years(given.pop("period")))
    if "genre" in given:
        given["genres"] = list(_genres(given.pop("genre")))
    return given


def _years(period: str) -> tuple[int, ...]:
    years = years_in(period)
    if period and not years:
        raise CorrectionInvalid(f"看不懂年份“{period}”。", "请写成“2021—2025年”或“2023年”这样。")
    return years


def _genres(written: str) -> tuple[str, ...]:
    """The kinds of paper in 总结、计划 or 总结和计划."""
    named = [part for part in re.split(r"[\s、,，和与及]+", written) if part]
    unknown = [part for part in named if part not in GENRES]
    if unknown:
        raise CorrectionInvalid(f"没有“{'、'.join(unknown)}”这种文种。", f"可用的文种：{'、'.join(GENRES)}。")
    return tuple(genre for genre in GENRES if genre in named)
