"""The general line of a paper (总体要求, 总体思路) where no heading names it: what its opening says before the first chapter."""

from __future__ import annotations

import re

from qa.composing.fields import is_frame, passages_of, time_of
from qa.composing.leads import beginning
from qa.composing.overview_wording import all_words
from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question
from vectorstore.folding import folded

_ASKED = re.compile(
    r"(?:总体|总的|整体|全局|年度|工作)的?(?:目标)?(?:要求|思路|基调|主线|方针)|指导思想|(?:以|按照?)什么(?:为|思想)(?:指导|主线)"
)
# What such a question says besides, and how an opening states its line.
_IDLE = re.compile(r"总体|总的?|整体|目标|要求|思路|基调|主线|方针|指导思想|指导|思想|要点|工作|年度|怎么|说")
_STATES = re.compile("指导|坚持|围绕|贯彻|聚焦|主线|引擎")
_LONGEST = 320


def told_by_opening(asked: Question, solver: Solver) -> Solved | None:
    """The sentence of the opening that states the line; None for other questions, and where a heading names it."""
    text = folded(asked.text)
    is_open = asked.asks in ("text", "list") and not (asked.confirms or asked.is_english)
    if not is_open or len(asked.documents) != 1 or not _ASKED.search(text):
        return None
    if any(len(_IDLE.sub("", word)) > 1 for word in all_words(asked)):
        return None
    name = asked.documents[0]
    if any(is_frame(section[-1]) and _IDLE.search(section[-1]) for section in solver.index.sections_of(name)):
        return None
    passages = passages_of([name], solver)[name]
    years = asked.years or time_of(asked, passages)
    whole = solver.index.documents[name].text
    for passage in passages:
        if (
            passage.section
            or passage.cells
            or (years and passage.years and not set(passage.years) & set(years))
        ):
            continue
        for source in sentences_of(passage, whole):
            if len(_STATES.findall(folded(whole[source.start : source.end]))) > 1:
                begin, stop = beginning(whole, source.start, source.end, _LONGEST)
                said = whole[begin:stop].rstrip(JOINING + ENDING)
                claim = Claim(f"{owner_of(passage)}：{said}。", (Source(passage, begin, begin + len(said)),))
                draft = Draft((claim,), is_settled=True)
                return solver.with_evidence(Solved(asked, (), draft, ()), [passage])
    return None
