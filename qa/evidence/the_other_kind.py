"""The figure of the other kind in the same sentence, where a question names neither: 散居 and 集中, 备案的 and 注册的."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evidence.findings import Finding
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from qa.understanding.kinds import is_the_other
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.sentences import clause_spans

_ASKS_THERE_ARE = re.compile("有(?:多少|几)|(?:总共|一共|现有)")


def _counts_another_kind(question: Question, text: str, clause: str) -> bool:
    """Whether a text counts one kind of what is asked about, and a clause another (备案的社会组织171家,注册的社会组织63个)."""
    if len(question.content) != 1 or not _ASKS_THERE_ARE.search(question.text):
        return False
    counted = re.compile(rf"([\u4e00-\u9fff]{{2,12}}){re.escape(question.content[0])}\d+[个家所处名人]")
    one, other = counted.search(folded(text)), counted.match(folded(clause))
    return one is not None and other is not None and one[1] != other[1]


def with_the_other(question: Question, found: Finding, index: PassageIndex) -> Finding:
    """The figure of the other kind as well, where the question names neither (散居…1100元,集中…1500元 to 孤儿领多少)."""
    if question.asks != "number" or found.passage.cells:
        return found
    text = index.documents[found.passage.document].text
    units = {figure.unit for figure in figures_in(found.text) if figure.is_amount}
    rest = text[found.end : found.passage.end]
    behind = found.end + len(rest) - len(rest.lstrip(JOINING + ENDING))
    for start, end in clause_spans(text, behind, found.passage.end)[:1]:
        clause = text[start:end]
        amounts = {figure.unit for figure in figures_in(clause) if figure.is_amount}
        is_other = amounts <= units and is_the_other(found.text, clause, question.text)
        if amounts and (is_other or _counts_another_kind(question, found.text, clause)):
            # (其中民非30个,社团33个) is told to its end.
            closing = text.find(")", end, found.passage.end) if clause.count("(") > clause.count(")") else -1
            shown = text[found.start : max(end, closing + 1)].rstrip(JOINING)
            return replace(found, end=found.start + len(shown), text=shown)
    return found
