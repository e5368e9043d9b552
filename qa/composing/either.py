"""Which of two figures a paper gives for what is asked about: 到底是10%还是20%, 98亿和98.3358亿哪个对."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.arithmetic.operand import Operand
from qa.evidence.claims import Claim, Source
from qa.evidence.doubts import doubted
from qa.evidence.premise_owners import share_of_words, words_beside
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solver
from qa.figures.quantities import quantities_in
from qa.figures.values import figures_in
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.numerals import describe_years
from vectorstore.sentences import sentence_spans

# 到底是10%还是20%, 98亿和98.3358亿哪个对
_EITHER = re.compile(r"[\d.]+[^,?\d]{0,6}(?:还是|[和与跟、])[\d.]+[^,?\d]{0,6}")
# Of the words of such a question the sentence with the figure says at least this share.
_SAYS_SOME = 0.2
# How much more of a question the words beside a figure say than those beside the other, when it is the one that is meant.
_CLEARLY = 0.25
# Figures with so few words in common are of different things (全市42家养老机构, 已完成整治的18家).
_ALIKE = 0.5


def told_of_both(asked: Question, own: Question, solver: Solver) -> tuple[Claim, ...]:
    """Where each of the two figures stands, and whether they are of one thing; empty where one stands nowhere.

    `own` is what they are said of. Figures of different years or things do not contradict each other.
    """
    stated = _stating_each(asked, own, solver)
    if len(stated) < 2:
        return ()
    claims = [operand.claim() for operand in stated]
    return (*claims, _told_apart(own, stated) or verdict_on(stated))


def _told_apart(own: Question, stated: Sequence[Operand]) -> Claim | None:
    """What keeps two figures from being two readings of one; None where nothing does, or there are more than two."""
    if len(stated) != 2:
        return None
    one, other = stated
    sources = (one.source, other.source)
    if doubted(sources):
        # That another place of the paper disagrees with one of them is told by its warning.
        return None
    if one.years and other.years and not set(one.years) & set(other.years):
        each = "、".join(f"{describe_years(o.years)}是{o.quantity}" for o in stated)
        return Claim(f"两个数说的不是同一个时间：{each}。", sources)
    beside = [words_beside(o.shown, o.start - o.source.start) for o in stated]
    wanted = words_beside(own.text, len(own.text))
    shares = [share_of_words(wanted, words) for words in beside]
    if abs(shares[0] - shares[1]) >= _CLEARLY:
        meant, rest = (one, other) if shares[0] > shares[1] else (other, one)
        return Claim(f"与所问说法一致的是{meant.quantity}；{rest.quantity}说的是另一项。", sources)
    if max(share_of_words(*beside), share_of_words(*reversed(beside))) < _ALIKE:
        return Claim(f"{one.quantity}和{other.quantity}不是同一口径的数，各见上面的原文。", sources)
    return None


def _stating_each(asked: Question, own: Question, solver: Solver) -> list[Operand]:
    """For each of 98亿还是98.3358亿 the sentence that gives it and says most of the rest; empty where one has none."""
    either = _EITHER.search(folded(asked.text))
    if len(asked.documents) != 1 or either is None:
        return []
    terms = solver.vocabulary.terms_of(own)
    text = solver.index.documents[asked.documents[0]].text
    found: list[Operand] = []
    for figure in (f for f in figures_in(either[0]) if f.is_amount):
        giving = [
            (coverage(terms, plain(text[start:end])), passage, start, end, spot)
            for passage in solver.index.of_document(asked.documents[0])
            if not passage.cells
            for start, end in sentence_spans(text, passage.start, passage.end)
            for spot in quantities_in(text[start:end])
            if spot.quantity.value == figure.value and figure.unit in ("", spot.quantity.unit)
        ]
        best = max(giving, key=lambda item: item[0], default=None)
        if best is None or best[0] < _SAYS_SOME:
            return []
        _, passage, start, end, spot = best
        source = Source(passage, start, end)
        found.append(
            Operand(
                "",
                spot.quantity,
                source,
                start + spot.start,
                start + spot.end,
                text[start:end],
                passage.years,
                best[0],
            )
        )
    return found


def verdict_on(stated: Sequence[Operand]) -> Claim:
    """Whether the places that state a figure agree."""
    sources = tuple(dict.fromkeys(operand.source for operand in stated))
    written = list(dict.fromkeys(str(operand.quantity) for operand in stated))
    values = {operand.quantity.value for operand in stated}
    if len(values) == 1:
        return Claim(f"文中{len(stated)}处的数字一致，都是{written[0]}。", sources)
    return Claim(f"文中各处的数字不一致：{'、'.join(written)}，请向发文单位核实。", sources)
