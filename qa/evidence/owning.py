"""Whose a sentence's figures are: how much of a question the words at each figure say.

A sentence may hold every word of a question and yet give the figure of something else: 离婚登记1001对,补发结婚证1032对 says
结婚 and 登记, and no figure of 结婚登记.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.evidence.amounts import is_in_unit_asked
from qa.evidence.belonging import is_of_class
from qa.evidence.relevance import Term, bigrams, coverage, plain
from qa.figures.degrees import is_of_other_degree
from qa.figures.spots import spots_of
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_OF_SEVERAL = re.compile("[和及、].*(?:合计|共计?)$")
_REACHED = re.compile(r"[^\u4e00-\u9fff]*(?:达到?|增至|提高到|调整[到为]|为)(?:每[人户位名]?)?(?:每?[月年])?")
_RISEN = re.compile(
    r"([^,，;；。]{2,30}?)(?:同比|比上年|较上年|再|又)?(?:提高|增长|上调|增加|上涨|下降|降低)了?(?:约|近)?\d[\d.]*(?:%|％|个百分点|元)?[,，、]?[达增提调为][^,，;；。]*$"
)
# What a term counts for where it stands: before its figure 1, right behind it, in its clause, elsewhere in the sentence.
# A whole says this much of what its part says; a part has so many pairs of characters to itself.
_AS_MUCH, _OF_ITS_OWN = 0.6, 2
_BEHIND, _IN_CLAUSE, _IN_SENTENCE = 0.9, 0.5, 0.25


@dataclass(frozen=True)
class OwnFigure:
    """A figure at text[start:end] of a sentence, and the share of a question's terms that its own words say (0 … 1).

    `words`: those right before it, folded.
    """

    start: int
    end: int
    unit: str
    said: float
    words: str = ""


def own_figures(text: str, terms: Sequence[Term]) -> list[OwnFigure]:
    """The amounts of a sentence in their order, each with what is said of it."""
    clauses = clause_spans(text, 0, len(text))
    found: list[OwnFigure] = []
    for near in spots_of(text):
        spot, before = near.spot, near.before
        if _REACHED.fullmatch(folded(before)) and (risen := _RISEN.search(text[: spot.start])):
            # 城市低保标准提高7%,达到每人每月846元: of what, is said where it rises.
            before = risen[1]
        clause = next((text[a:b] for a, b in clauses if a <= spot.start < b), text)
        around = [
            (plain(near.behind), _BEHIND),
            (plain(clause), _IN_CLAUSE),
            (plain(text), _IN_SENTENCE),
        ]
        said = coverage(terms, plain(before), around)
        found.append(OwnFigure(spot.start, spot.end, spot.quantity.unit, said, folded(before)))
    return found


def best_owned(question: Question, text: str, terms: Sequence[Term]) -> OwnFigure | None:
    """Of the figures in the unit asked for the one whose own words say most of the question, the first of several."""
    fitting = [figure for figure in own_figures(text, terms) if is_in_unit_asked(question, figure.unit)]
    asked = folded(question.text)
    of_degree = [
        figure
        for figure in fitting
        if not is_of_other_degree(asked, figure.words) and is_of_class(asked, figure.words)
    ]
    fitting = of_degree or fitting
    # Of two that say as much the one of the thing alone: 运营补贴和就餐补贴合计268万元,其中就餐补贴196万元.
    best = max(
        fitting,
        key=lambda figure: (round(figure.said, 3), not _OF_SEVERAL.search(figure.words)),
        default=None,
    )
    return _whole_of(best, fitting, question.text, text) or best if best else None


def _whole_of(part: OwnFigure, fitting: Sequence[OwnFigure], asked: str, text: str) -> OwnFigure | None:
    """The whole before 其中 where the part behind it is told from it by words that nobody asked about.

    离婚手续3125对,其中民政部门登记离婚2468对: to 离婚多少对 the answer is the first.
    """
    within = folded(text).rfind("其中", 0, part.start)
    wholes = [figure for figure in fitting if figure.end <= within and figure.unit == part.unit]
    if within < 0 or not wholes or wholes[-1].said < _AS_MUCH * part.said:
        return None
    # With what stands in brackets (社工师(中级)7名), which is no word of a figure's owner elsewhere.
    own = set(bigrams(plain(re.split("[,，;；、]", text[within + len("其中") : part.start])[-1])))
    unasked = own - set(bigrams(plain(asked))) - set(bigrams(plain(text[:within])))
    return wholes[-1] if len(unasked) >= _OF_ITS_OWN else None
