"""Figures of several kinds that one sentence gives in place of their sum: 消防安全隐患215处,食品安全隐患148处."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.arithmetic.operand import Operand
from qa.evidence.relevance import bigrams
from qa.evidence.solving import Solver
from qa.figures.quantities import quantities_in

_PART = re.compile("[,，、;；。:：]")
# What is done to all of them tells no kind; behind these stands a part, or the same at another time.
_DEED = re.compile("新增|新建|培育|培训|查出|发现|检查|查|要|共|有|是|的")
_NO_KINDS = re.compile("每|其中|比|占|提高|增加到|减少到|由|从|分别|20\\d\\d年")
_LEAST, _MOST = 2, 5


def kinds_of_one_head(
    found: Sequence[Operand], subject: Sequence[str], solver: Solver
) -> tuple[Operand, ...]:
    """The figures that stand beside the very noun asked about, each with words of its own, in the sentence of the best one.

    () where the question's own words tell one of them from the others, or fewer than two stand so.
    """
    asked = _DEED.sub(" ", "".join(subject)).split()
    if not found or not asked or len(asked[-1]) < _LEAST:
        return ()
    noun, best = asked[-1][-2:], found[0]
    text = solver.index.documents[best.source.passage.document].text
    alike = sorted(
        (
            operand
            for operand in found
            if operand.source.passage.id == best.source.passage.id
            and operand.quantity.unit == best.quantity.unit
            and not operand.source.passage.cells
        ),
        key=lambda operand: operand.start,
    )
    named = [operand for operand in alike if noun in _beside(operand, text)]
    if not _LEAST <= len(named) <= _MOST or best not in named:
        return ()
    between = text[named[0].start : named[-1].end]
    if sum(spot.quantity.unit == best.quantity.unit for spot in quantities_in(between)) != len(named):
        # One of a longer list that is called otherwise.
        return ()
    about = {pair for piece in asked for pair in bigrams(piece)}
    told = [about & set(bigrams(_DEED.sub(" ", _beside(operand, text)))) for operand in named]
    is_one_meant = any(said != told[0] for said in told)
    # 养老人才 of 养老管理人才 and 养老护理人才: each says as much of what is asked.
    return () if is_one_meant or _NO_KINDS.search(between) or "。" in between else tuple(named)


def _beside(operand: Operand, text: str) -> str:
    """The words around a figure up to the stops on both sides."""
    before = _PART.split(text[max(0, operand.start - 16) : operand.start])[-1]
    behind = _PART.split(text[operand.end : operand.end + 16])[0]
    return before + behind
