"""In which part of a paper something is said (适老化改造写在哪一章): the headings above the sentence, and the sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question, understand
from vectorstore.folding import folded

# 哪里 and 哪块 ask so only where something is written 在; 说了哪几条 asks for the items.
_ASKS_WHERE = re.compile(
    r"(?:的?(?:内容|部分))?是?(?:(?:写|放|列|排|讲|提|说)在了?|[写放列排]了?(?=[哪第]几?一?个?[章节]))(?:文件|规划|要点|总结)?(?:的|里)?"
    r"(?:哪|第几)(?:一|几)?个?大?(?:章节?|节|部分|块|板块|条|里|儿|处)(?:里|中)?(?:的|了|呢)?[?。]?$"
)


def told_where(asked: Question, solver: Solver) -> Solved | None:
    """The headings above what answers best, quoted with it; None for other questions, or where nothing says it."""
    text = folded(asked.text)
    if asked.is_english or asked.confirms or not _ASKS_WHERE.search(text):
        return None
    subject = understand(_ASKS_WHERE.sub("", text), solver.index.documents)
    solved = solver.solve(replace(subject, asks="text", unit=""))
    best = next((f for f in solved.answerable if f.passage.section), None)
    if best is None:
        return None
    title = solver.index.documents[best.passage.document].metadata.title
    path = " → ".join(best.passage.section)
    owner = f"{best.passage.region}《{title}》" if title else best.passage.region
    quoted = "" if best.passage.cells else best.text.strip()
    source = Source(best.passage, best.start, best.end)
    claims = (Claim(f"{owner}写在“{path}”：{quoted}", (source,)),)
    return replace(solved, asked=asked, draft=Draft(claims, is_settled=True))
