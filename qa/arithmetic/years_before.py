"""上年 and 去年 in a calculation, as the years that they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.arithmetic import wording
from qa.understanding.question import Question
from vectorstore.documents import Document

# A report is of a year, or of one and the next.
_LONGEST_REPORT = 2


def with_named_years(
    phrases: Sequence[str], asked: Question, documents: Mapping[str, Document]
) -> tuple[str, ...]:
    """去年 and 上年 as the year before the one that the question names, else of the report asked about; empty without one."""
    of_paper = documents[asked.documents[0]].metadata.years if len(asked.documents) == 1 else ()
    is_report = 0 < len(of_paper) <= _LONGEST_REPORT
    years = asked.years or (of_paper[:1] if is_report else ())
    is_relative = any(wording.RELATIVE.fullmatch(phrase) for phrase in phrases)
    if not is_relative:
        return tuple(phrases)
    if len(years) != 1:
        return ()
    of_year = "" if asked.years else f"{years[0]}年"
    return tuple(
        f"{years[0] - 1}年" if wording.RELATIVE.fullmatch(phrase) else f"{of_year}{phrase}"
        for phrase in phrases
    )
