"""Which way the paper says that a figure goes, where a question takes the other way for granted (为什么要减少到2000个)."""

from __future__ import annotations

import re

from qa.evidence.claims import Claim, Source
from qa.evidence.directions import (
    FALLS,
    asks_other_way,
    direction_of,
    direction_of_row,
    goes_other_way,
    without_direction,
)
from qa.evidence.premise_owners import agrees
from qa.evidence.premises import contrary
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import row_claim
from qa.evidence.solving import Solver
from qa.figures.values import figures_in
from qa.understanding.question import understand
from vectorstore.folding import folded

# What a figure is aimed to reach.
_REACHES = re.compile("达到|超过|突破|不低于|不少于|至少|以上")
_SAYS_IT = 0.7
# 社会组织数 is the 社会组织总数 of a statement; a row of it is among the first found.
_NUMBER_OF, _FEW = re.compile("(?:总数|总量|数量?)$"), 6


def told_the_other_way(stated: str, solver: Solver) -> tuple[Claim, ...]:
    """What the paper says of a figure that a statement says to rise or fall, where that is the other way; else ()."""
    return (
        row_going_otherwise(stated, solver)
        or going_otherwise(stated, solver)
        or _reached_instead(stated, solver)
    )


def going_otherwise(stated: str, solver: Solver, *, with_added: bool = True) -> tuple[Claim, ...]:
    """The sentence by which a thing rose where a statement says that it fell, or the other way round.

    Where any that was found says the same as the statement, none.
    """
    direction = direction_of(stated)
    if not direction:
        return ()
    thing = without_direction(stated)
    of_thing = solver.vocabulary.terms_of(understand(thing, solver.index.documents))
    for asks in asks_other_way(direction):
        of_it = understand(f"{thing}{asks}", solver.index.documents)
        for claim in solver.solve(of_it).draft.claims[:1]:
            said = folded(claim.text.partition("：")[2])
            around = "".join(_paragraph_of(source, solver) for source in claim.sources)
            is_about_it = coverage(of_thing, plain(said)) >= _SAYS_IT and bool(figures_in(said))
            if is_about_it and goes_other_way(direction, said, around, with_added=with_added):
                return (contrary(claim),)
    return ()


def _reached_instead(stated: str, solver: Solver) -> tuple[Claim, ...]:
    """The sentence that aims to reach the very figure to which a statement says that something falls (达到4500万元)."""
    figures = [figure for figure in figures_in(stated) if figure.is_amount]
    if direction_of(stated) >= 0 or not FALLS.search(stated) or len(figures) != 1:
        return ()
    thing = without_direction(stated[: figures[0].start]).rstrip("到至为")
    solved = solver.solve(understand(f"{thing}达到多少", solver.index.documents))
    for claim in solved.draft.claims[:1]:
        said = folded(claim.text.partition("：")[2])
        reaches = _REACHES.search(said) and not FALLS.search(said)
        if reaches and any(agrees(figures[0], other) for other in figures_in(said)):
            return (contrary(claim),)
    return ()


def _paragraph_of(source: Source, solver: Solver) -> str:
    text = solver.index.documents[source.passage.document].text
    end = text.find("\n", source.end)
    return folded(text[text.rfind("\n", 0, source.start) + 1 : end if end >= 0 else len(text)])


def row_going_otherwise(stated: str, solver: Solver) -> tuple[Claim, ...]:
    """The row whose figures rise over the years where a statement says that they fall, or the other way round."""
    direction = direction_of(stated)
    if not direction:
        return ()
    thing = without_direction(stated)
    of_it = understand(f"{thing}是多少", solver.index.documents)
    solved = solver.solve(of_it)
    for finding in solved.findings[:_FEW]:
        cells = finding.passage.cells
        name = _NUMBER_OF.sub("", next((value for _, value in cells if not value.isdigit()), ""))
        is_about_it = (len(name) > 1 and name in thing) or finding in solved.answerable[:1]
        if is_about_it and direction_of_row(cells) == -direction:
            return (contrary(row_claim(of_it, finding, solver.index)),)
    return ()
