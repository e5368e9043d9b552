"""Calculations on a part of a whole: so many percent of it, and what share of it a part is."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import ratios
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.work import Work
from qa.evidence.claims import Source
from qa.evidence.solving import Solved
from qa.figures.quantities import quantities_in

# 314对,占当年结婚登记总数的13.4%: the figure is the part.
_IS_PART = re.compile(r"\s*[,，(（]?\s*占(?P<of>[\u4e00-\u9fff]{0,20}?)的?\s*$")


class PortionWork(Work):
    """A percentage of a whole, or a part as a percentage of it, both in one sentence."""

    def _portion(self, wanted: Wanted) -> Solved | None:
        solved = self._solve(wanted.question)
        shares = self._candidates(wanted, "%", solved)
        if not shares:
            # Who bears what share of a payment stands in a sentence that pays another figure.
            as_text = replace(wanted.question, asks="text", unit="", likely_unit="")
            shares = self._candidates(wanted, "%", self._solve(as_text))
        for percentage in shares:
            text = self._solver.index.documents[percentage.source.passage.document].text
            start = text.rfind("。", 0, percentage.start) + 1
            passage = percentage.source.passage
            start = max(start, passage.start)
            before = [
                s for s in quantities_in(text[start : percentage.start]) if s.quantity.unit == self._task.unit
            ]
            if before and re.search(
                r"占|其中|承担|负担|分担", text[start + before[-1].end : percentage.end + 1]
            ):
                spot = before[-1]
                is_part = _IS_PART.match(text[start + spot.end : percentage.start])
                first, last = start + spot.start, percentage.source.end
                shown = text[min(first, percentage.source.start) : last]
                source = Source(passage, min(first, percentage.source.start), last)
                whole = replace(
                    percentage,
                    quantity=spot.quantity,
                    start=first,
                    end=start + spot.end,
                    source=source,
                    shown=shown,
                )
                if is_part is not None:
                    # 314对,占登记总数的13.4%: the whole is asked about, and not a part of the part.
                    is_asked = any(piece in is_part["of"] for piece in wanted.question.content)
                    shown_whole = ratios.whole_of(whole, percentage) if is_asked else None
                    return self._shown((whole,), shown_whole, also=(percentage,)) if shown_whole else None
                return self._shown((whole,), ratios.portion(whole, percentage), also=(percentage,))
        return None

    def _share_of_whole(self, wanted: Wanted) -> Solved | None:
        """总数…(其中…): the part's own sentence states the whole."""
        pairs = map(self._with_whole, self._candidates(wanted, ""))
        pair = next((pair for pair in pairs if pair), None)
        return self._shown(pair, ratios.share(*pair)) if pair else None

    def _with_whole(self, part: Operand) -> tuple[Operand, Operand] | None:
        """A part that stands behind 其中, and the whole before it."""
        passage = part.source.passage
        text = self._solver.index.documents[passage.document].text
        start = max(text.rfind("。", 0, part.start) + 1, passage.start)
        for spot in reversed(quantities_in(text[start : part.start])):
            first = start + spot.start
            if spot.quantity.unit == part.quantity.unit and "其中" in text[first : part.start]:
                clause = max(text.rfind(mark, passage.start, first) for mark in "，,；;：:。") + 1
                first = min(max(clause, passage.start), part.source.start)
                shown = text[first : part.source.end]
                shared = replace(part, source=Source(passage, first, part.source.end), shown=shown)
                return shared, replace(
                    shared, quantity=spot.quantity, start=start + spot.start, end=start + spot.end
                )
        return None
