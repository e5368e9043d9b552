"""Those among whom a total is shared, where a sentence counts them kind by kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic.contrasts import CONTRASTS
from qa.arithmetic.operand import Operand
from qa.evidence.claims import Source
from qa.evidence.solving import Solver
from qa.figures.quantities import quantities_in
from vectorstore.folding import folded


def counts_of_kinds(whole: Operand, count: Operand, asked: str, solver: Solver) -> tuple[Operand, ...]:
    """Of 城市低保对象1893人,农村低保对象11674人,发放低保金6218.4万元 both counts, () where a kind is asked about, or none told.

    `count` is the one found beside the total `whole`; the other stands before it.
    """
    text = folded(solver.index.documents[whole.source.passage.document].text)
    start = max(text.rfind(mark, 0, count.start) for mark in "。;\n") + 1
    start = max(start, count.source.passage.start)
    pairs = [pair for pair in CONTRASTS if not any(kind in asked for kind in pair)]
    named = _kind_before(text[start : count.start], pairs)
    if count.start > whole.start or not named:
        return ()
    pair = next(pair for pair in pairs if named in pair)
    other = pair[1 - pair.index(named)]
    for spot in quantities_in(text[start : count.start]):
        first = start + spot.start
        if spot.quantity.unit != count.quantity.unit or _kind_before(text[start:first], [pair]) != other:
            continue
        called = len(re.split("[,、;。]", text[start:first])[-1])
        source = Source(count.source.passage, first - called, max(count.source.end, whole.source.end))
        also = replace(
            count,
            quantity=spot.quantity,
            start=first,
            end=start + spot.end,
            source=source,
            shown=solver.text_of(source),
        )
        return also, count
    return ()


def _kind_before(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The kind of one of some pairs that the last words before a figure name; "" for none."""
    clause = re.split("[,、;。]", text)[-1]
    return next((kind for pair in pairs for kind in pair if kind in clause), "")
