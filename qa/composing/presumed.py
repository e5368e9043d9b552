"""A figure that a question takes for granted (新增床位630张,分布在哪) of which the paper gives another one."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evidence.claims import Claim, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.narrowing import narrowed
from qa.evidence.premise_owners import gives_owner_another, gives_owner_the_same
from qa.evidence.premises import contrary, stated_figures
from qa.evidence.prose import quoted
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question
from vectorstore.folding import folded

# Figures that are no statement: who is meant, what is reckoned with, what is compared.
_WORKS_WITH = re.compile(
    r"\d(?:[\d.]*(?:万|亿)?[\u4e00-\u9fff%]{0,2})?(?:以[上下内外]|之[上下内])|超过|不足|低于|高于|少于|多于|大于|小于|不到|[满够]\d|岁|如果|假如|假设|要是|按|除以|乘|加上|减去?|[和与跟比]|"
    r"还是|\d[\d.]*(?:万|亿)?[个家张元人名户%]?(?:到|至|涨|增|提高|降)|每\d|前\d|近\d|第\d|\d[\d.]*[个项条大件名家]?(?:的话|算)"
)
# A statement of the paper that contradicts the question says this much of it, and is among the first found.
_SAYS_IT, _FEW = 0.6, 6
# Characters of a sentence that is given whole.
_READABLE = 160


def works_with_figures(text: str) -> bool:
    """Whether a question (folded) reckons or compares with its figures, or says by one who is meant, and states none."""
    return _WORKS_WITH.search(text) is not None


def corrected_premise(solved: Solved, solver: Solver) -> Solved:
    """The solution with what the paper says of a figure that the question takes for granted, where that is another one.

    Where any sentence gives the question's own figure of the same thing, nothing is corrected.
    """
    asked = solved.asked
    text = folded(asked.text)
    if asked.confirms or asked.is_english or works_with_figures(text) or not stated_figures(asked):
        return solved
    if any(gives_owner_the_same(text, folded(finding.text), asked.regions) for finding in solved.findings):
        return solved
    if solved.draft.claims:
        return _with_claim_corrected(solved, solver)
    finding = next((f for f in solved.findings[:_FEW] if _contradicts(asked, f)), None)
    if finding is None:
        return solved
    document = solver.index.documents[finding.passage.document]
    claim = quoted([narrowed(asked, finding, solver.vocabulary.terms_of(asked), document.text)])
    return replace(solved, draft=Draft((contrary(claim),), is_settled=True))


def _with_claim_corrected(solved: Solved, solver: Solver) -> Solved:
    """The solution with its first claim told to be contrary, where the sentence that it quotes is."""
    asked, (first, *others) = solved.asked, solved.draft.claims
    source = next(iter(first.sources), None)
    if source is None or source.passage.cells:
        return solved
    document = solver.index.documents[source.passage.document].text
    text = folded(asked.text)
    if gives_owner_another(text, folded(solver.text_of(source)), asked.regions):
        return replace(solved, draft=replace(solved.draft, claims=(contrary(first), *others)))
    # 什么时候调到700元的: the figures stand beside the clause that tells when.
    whole = next((s for s in sentences_of(source.passage, document) if s.start <= source.start < s.end), None)
    if whole is None or whole.end - whole.start > _READABLE:
        return solved
    said = document[whole.start : whole.end]
    if not gives_owner_another(text, folded(said), asked.regions):
        return solved
    claim = Claim(f"{owner_of(whole.passage)}：{said}。", (whole,))
    return replace(solved, draft=replace(solved.draft, claims=(contrary(claim), *others)))


def _contradicts(asked: Question, finding: Finding) -> bool:
    is_about_it = finding.right_year and not finding.passage.cells and finding.coverage >= _SAYS_IT
    return is_about_it and gives_owner_another(folded(asked.text), folded(finding.text), asked.regions)
