"""How often something is done (每季度开一次, 一月一次的制度): a statement may give it otherwise than the document."""

from __future__ import annotations

from qa.understanding.stated import HOW_OFTEN


def is_done_otherwise(asked: str, text: str) -> bool:
    """Whether a text says how often something is done, and a statement says it otherwise; both are folded."""
    stated, told = _periods(asked), _periods(text)
    return bool(stated) and bool(told) and not stated & told


def _periods(text: str) -> set[str]:
    found = (match["each"] or match["once"] or match["called"] for match in HOW_OFTEN.finditer(text))
    return {
        "天" if period == "日" else "周" if period == "星期" else period.removesuffix("度")
        for period in found
    }
