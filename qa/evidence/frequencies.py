"""How often something is done (每季度开一次, 三次调整): a statement may give it otherwise than the document."""

from __future__ import annotations

import re

from qa.understanding.stated import HOW_OFTEN
from vectorstore.numerals import numeral_value

_NUMERAL = r"[一二三四五六七八九十两]|\d{1,2}"
# 调整了四次, 三次调整: the deed stands behind the number or before it.
_TIMES = re.compile(
    rf"(?P<before>[\u4e00-\u9fff]{{2}})[了过]?(?P<n>{_NUMERAL})次(?!会议|性|全会)|(?P<m>{_NUMERAL})次(?P<behind>[\u4e00-\u9fff]{{2}})"
)


def is_done_otherwise(asked: str, text: str) -> bool:
    """Whether a text says how often something is done, and a statement says it otherwise; both are folded."""
    stated, told = _periods(asked), _periods(text)
    if stated and told and not stated & told:
        return True
    times, others = _times(asked), _times(text)
    shared = times.keys() & others.keys()
    return bool(shared) and all(times[deed] != others[deed] for deed in shared)


def _times(text: str) -> dict[str, int]:
    """Deed → how many times it was done."""
    return {
        deed: numeral_value(times["n"] or times["m"])
        for times in _TIMES.finditer(text)
        for deed in (times["before"], times["behind"])
        if deed
    }


def _periods(text: str) -> set[str]:
    found = (match["each"] or match["once"] or match["called"] for match in HOW_OFTEN.finditer(text))
    return {
        "天" if period == "日" else "周" if period == "星期" else period.removesuffix("度")
        for period in found
    }
