"""The highest of a sentence's amounts held against the lowest: 护理费最高一档比最低一档每月多多少."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import calculation, ratios
from qa.arithmetic.operand import Operand
from qa.arithmetic.single import SingleWork
from qa.evidence.claims import Source
from qa.evidence.solving import Solved
from qa.figures.punctuation import JOINING
from qa.figures.spots import paid_for, spots_of
from qa.understanding.question import understand
from vectorstore.folding import folded

_TIER = r"(?:的?一?(?:[档级类个项种等]次?|标准))?的?"
_MOST, _LEAST = rf"最[高多大]{_TIER}", rf"最[低少小]{_TIER}"
_AGAINST = r"(?:比|较|和|与|跟|同|到|、|还是)"
_EXTREMES = re.compile(rf"(?:{_MOST}{_AGAINST}?{_LEAST}|{_LEAST}{_AGAINST}?{_MOST})")


class ExtremesWork(SingleWork):
    """The difference or multiple of the highest and the lowest of what one sentence gives."""

    def between_extremes(self) -> Solved | None:
        """The calculation; None where the question names no extremes, or no sentence gives several such amounts."""
        text = folded(self._asked.text)
        extremes = _EXTREMES.search(text)
        if extremes is None or self._task.operation not in ("difference", "multiple"):
            return None
        question = understand(
            f"{text[: extremes.start()].rstrip(',的')}各是多少{self._task.unit}", self._solver.index.documents
        )
        solved = self._solve(replace(question, documents=question.documents or self._asked.documents))
        sources = [source for claim in solved.draft.claims for source in claim.sources]
        if len(sources) != 1 or sources[0].passage.cells:
            return None
        given = self._given(sources[0])
        if len(given) < 2:
            return None
        high = max(given, key=lambda operand: operand.quantity.value)
        low = min(given, key=lambda operand: operand.quantity.value)
        if self._task.operation == "multiple":
            return self._shown((high, low), ratios.multiple(high, low))
        shown = calculation.difference(
            high, low, period=self._task.period, amount=self._task.wants_amount, rate=self._task.wants_rate
        )
        return self._shown((high, low), shown)

    def _given(self, source: Source) -> list[Operand]:
        """The amounts of a quotation in the unit asked for, or in that of the first."""
        passage = source.passage
        document = self._solver.index.documents[passage.document].text
        text = document[source.start : source.end]
        spots = [near.spot for near in spots_of(text)]
        unit = self._task.unit or next((spot.quantity.unit for spot in spots), "")
        return [
            Operand(
                "",
                paid_for(document, spot, source.start),
                source,
                source.start + spot.start,
                source.start + spot.end,
                text.rstrip(JOINING),
                passage.years,
                1.0,
            )
            for spot in spots
            if spot.quantity.unit == unit
        ]
