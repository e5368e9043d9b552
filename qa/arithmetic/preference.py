"""What makes one figure of a sentence the likelier operand: its time, its name, its base, beside the words around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa.arithmetic.fitting import OTHER_BASE, OTHER_DATE, exactness, is_of_another_base, is_of_opposite_kind
from qa.arithmetic.phrases import Wanted
from qa.evidence.findings import Finding
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.solving import Solver
from qa.figures.rises import steps_of
from qa.figures.spots import Near
from vectorstore.folding import folded

_OTHER_ROLE = 0.5
_YEAR_BEFORE = re.compile("上年(?!度?同期)|去年|上一年")
_BESIDE, _BY_NAME = 0.1, 1.06
# What is added is no number of what there is (新建2家养老机构 to 养老机构数量).
_STOCK = re.compile("数量|总数|总量|[家个]数|现有")
_ADDED = re.compile("新[建增设办]|改[建造]|增加|净增")


@dataclass(frozen=True)
class Preference:
    """What makes one figure of a sentence more likely than another that as many words of the operand stand around.

    `name` is what the operand is called, `beside` what the whole question says of each operand, `on_the_way` where the
    figures stand from which something was raised.
    """

    wanted: Wanted
    finding: Finding
    name: str
    beside: Sequence[Term]
    on_the_way: Collection[int]

    @classmethod
    def of(cls, wanted: Wanted, finding: Finding, terms: Sequence[Term], solver: Solver) -> Preference:
        """Of an operand, whose own words are `terms`, in a sentence."""
        own = {term.wordings for term in terms}
        return cls(
            wanted,
            finding,
            plain("".join(wanted.own.content)).rstrip("是为有"),
            # 完全丧失自理能力的特困人员,生活费加护理费: said of both, it tells figures alike apart.
            [term for term in solver.vocabulary.terms_of(wanted.question) if term.wordings not in own],
            # Raised step by step it is now what the last step made of it.
            {high.start for _, high in steps_of(folded(finding.text))[:-1]} if not wanted.dates else set(),
        )

    def for_figure(self, near: Near) -> float:
        """The factor for one of its figures."""
        wanted, asked = self.wanted, self.wanted.question.text
        factor = _fit_of_time(wanted, near)
        factor *= exactness(set(wanted.question.years), set(self.finding.years))
        factor *= _BY_NAME if self._is_called(near.before) else 1
        factor *= 1 + _BESIDE * coverage(self.beside, plain(near.before)) if self.beside else 1
        if near.spot.start in self.on_the_way or _is_before_its_year(wanted, near, self.finding.text):
            factor *= OTHER_DATE
        if is_of_another_base(near.before, asked) or is_of_opposite_kind(near.before, asked):
            factor *= OTHER_BASE
        if _STOCK.search(asked) and _ADDED.search(near.before) and not _ADDED.search(asked):
            factor *= OTHER_BASE
        return factor

    def _is_called(self, words: str) -> bool:
        """Whether the words before a figure are the very name that is asked about (社会工作师, not 助理社会工作师)."""
        named = rf"(?:其中|有|共有|和|及|、)*{re.escape(self.name)}"
        return bool(self.name) and re.fullmatch(named, plain(words)) is not None


def _is_before_its_year(wanted: Wanted, near: Near, sentence: str) -> bool:
    """Whether a sentence names the year asked about only behind another figure (改造4500户,其中2022年800户)."""
    years = wanted.question.years
    if len(years) != 1:
        return False
    whole, of_which, parts = folded(sentence).partition("其中")
    year = f"{years[0]}年"
    return bool(of_which) and year in parts and year not in whole and near.spot.start < len(whole)


def _fit_of_time(wanted: Wanted, near: Near) -> float:
    factor = 1.0
    own_years = re.findall(r"(?:19|20)\d{2}年(?:\d{1,2}月)?", near.before)
    if (
        own_years
        and wanted.dates
        and not any(
            year.startswith(date) or date.startswith(year.rstrip("年"))
            for year in own_years
            for date in wanted.dates
        )
    ):
        factor *= OTHER_DATE
    if _YEAR_BEFORE.search(near.before) and not _YEAR_BEFORE.search(wanted.question.text):
        # 巩固上年改造120户成果 tells of no other year than that before.
        factor *= OTHER_DATE
    if near.role and (near.role == "before") != wanted.is_before:
        factor *= _OTHER_ROLE
    return factor
