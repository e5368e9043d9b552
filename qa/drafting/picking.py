"""Where a model's reply stands in the papers: what it copied, of the place, the time and the unit that are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.drafting.draft import sentences
from qa.drafting.grounding import grounded
from qa.drafting.reply import Reply
from qa.evidence.findings import Finding
from qa.evidence.relevance import bigrams, plain
from qa.evidence.row_names import row_shown
from qa.evidence.superior import is_of_superior
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from qa.understanding.question import Question
from qa.understanding.units import same_kind
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_MOST_QUOTES = 8
# Up to so many characters a sentence is quoted whole; what is copied from a row says so much of it in its words.
_WHOLE, _MOSTLY = 80, 0.6


def places_in(
    reply: Reply, asked: Question, material: Sequence[Finding], texts: dict[str, str]
) -> list[Finding]:
    """The places that a reply names, in the order of the papers; of one without the form, those that carry its sentences."""
    if reply.quotes:
        is_figure = asked.asks in ("number", "date")
        copied = reply.quotes[:_MOST_QUOTES]
        named = [_picked(number, words, material, texts, is_figure=is_figure) for number, words in copied]
    else:
        claims = [
            grounded(one, asked, material, texts) for one in sentences(iter([reply.words])) if one.strip()
        ]
        sources = [source for claim in claims if claim for source in claim.sources]
        named = [
            next(
                (one for one in material if one.passage == s.passage and one.start <= s.start < one.end), None
            )
            for s in sources
        ]
    places = {
        (one.passage.document, one.start): one
        for one in named
        if one is not None and _is_of_asked(one, asked)
    }
    return [places[key] for key in sorted(places)]


def _picked(
    number: int, words: str, material: Sequence[Finding], texts: dict[str, str], *, is_figure: bool
) -> Finding | None:
    """The sentence that holds the words which were copied from a line, of a long one with a figure its clauses; None where
    no line holds them."""
    named = material[number - 1 : number] if number else []
    for finding in [*named, *material]:
        if finding.passage.cells:
            if finding in named and _is_said_by_row(words, finding):
                return finding
            continue
        span = _span_of(words, finding.text)
        if span is None:
            continue
        if not is_figure or len(finding.text) <= _WHOLE:
            return finding
        first, last = finding.start + span[0], finding.start + span[1]
        text = texts[finding.passage.document]
        clauses = [c for c in clause_spans(text, finding.start, finding.end) if c[0] < last and first < c[1]]
        start, end = clauses[0][0], clauses[-1][1]
        shown = text[start:end].rstrip(JOINING)
        return replace(finding, start=start, end=start + len(shown), text=shown)
    return None


def _is_said_by_row(words: str, row: Finding) -> bool:
    """Whether a row holds the figures of what was copied from it, and most of the words."""
    shown = f"{row_shown(row.passage)} {row.passage.caption}"
    held, copied = figures_in(shown), bigrams(words)
    has_figures = all(any(one.value == other.value for other in held) for one in figures_in(words))
    said = sum(pair in plain(shown) for pair in copied)
    return has_figures and bool(copied) and said >= _MOSTLY * len(copied)


def _span_of(words: str, text: str) -> tuple[int, int] | None:
    """Where words stand in a text, white space, full-width forms and what is left out by … aside."""
    positions = [index for index, character in enumerate(text) if not character.isspace()]
    held = folded("".join(text[index] for index in positions))
    found: list[int] = []
    for piece in re.split(r"…+|\.{3,}", re.sub(r"\s+", "", folded(words))):
        wanted = piece.strip(f'{JOINING}{ENDING}"“”')
        start = held.find(wanted)
        if start < 0:
            return None
        found += [start, start + len(wanted)] if wanted else []
    return (positions[min(found)], positions[max(found) - 1] + 1) if found else None


def _is_of_asked(finding: Finding, asked: Question) -> bool:
    """Whether a place in the papers is of the place and years that are asked about."""
    passage = finding.passage
    is_own = not asked.regions or not passage.region or passage.region in asked.regions
    # What was is compared with what a plan aims at.
    is_of_plan = bool(asked.years) and bool(set(finding.years) & set(asked.plan_years))
    is_of_time = finding.right_year or is_of_plan
    return is_own and is_of_time and not is_of_superior(asked, finding.text, passage.region)


def has_unit(unit: str, texts: Sequence[str]) -> bool:
    """Whether some amount is in a unit like the one asked for."""
    amounts = [figure for text in texts for figure in figures_in(text) if figure.is_amount]
    return any(not unit or not figure.unit or _is_alike(unit, figure.unit) for figure in amounts)


def _is_alike(asked: str, given: str) -> bool:
    """Whether a figure's unit is like the one asked for; 块 are 元 to whoever talks of money."""
    return same_kind(asked, given) or (asked == "块" and given == "元")
