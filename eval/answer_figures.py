"""Whether the figures of an answer have a source, and whether it is of the place, year and kind that was asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from eval.derivation import worked_out
from eval.gold import CONCLUDED, Question
from eval.metrics import cited_text, judge
from eval.wording import figures, numbers, plain, years
from qa.answer import Answer, Citation

# Whose an English answer's figures are, and of which years: Xialu District (2016–2020).
_OWNER = re.compile(r"(?<=[a-z] )\(((?:19|20)\d{2}(?:–(?:19|20)\d{2})?)\)")


def unsupported_figures(question: Question, answer: Answer, texts: Mapping[str, str]) -> list[str]:
    """Figures of the answer, as decimals, that stand neither in a cited span nor in what was asked before.

    Compared by value (`eval.wording`). A year may stand anywhere in a cited document, since
    answers name the period that a plan speaks of. What is worked out from supported figures in the answer is
    supported when it is right (`eval.derivation`), and so is what the reference concludes, in the kinds that ask for
    conclusions. Totals leave out refusals (已查找5份文件).
    """
    asked = [question.question, *(part for turn in question.history for part in (turn.question, turn.answer))]
    if question.kind in CONCLUDED:
        asked.append(question.reference)
    supported: set[Decimal] = set()
    for source in (*asked, *(cited_text(citation, texts) for citation in answer.citations)):
        supported |= numbers(source)
    cited = {citation.document for citation in answer.citations}
    headed = {
        Decimal(year) for period in _OWNER.findall(answer.text) for year in re.findall(r"\d{4}", period)
    }
    supported |= (years(answer.text) | headed) & {
        year for name in cited for year in years(texts.get(name, ""))
    }
    supported |= worked_out(answer.text, supported)
    return [f"{value.normalize():f}" for value in sorted(figures(answer.text)) if value not in supported]


def wrong_owner_figures(question: Question, answer: Answer, texts: Mapping[str, str]) -> list[str]:
    """Figures of the answer, as decimals, that belong to another place, year or kind than asked.

    Three ways to know: only documents that the question is not about say them (`question.documents`); they are in a
    statement that the question forbids, which are the known figures of other owners; or they answer, be it in part, a question
    that the documents do not answer, where any figure is something else's. Years, and what stands in the question, are none.
    Empty for refusals.
    """
    if answer.status == "not_found":
        return []
    forbidden = {value for statement in judge(question, answer).forbidden for value in figures(statement)}
    given = figures(plain(answer.text)) - years(answer.text) - numbers(question.question)
    if question.answerable:
        own, others = (
            _numbers_cited(
                [one for one in answer.citations if (one.document in question.documents) is own], texts
            )
            for own in (True, False)
        )
        given &= (others - own) | forbidden
    return [f"{value.normalize():f}" for value in sorted(given | (forbidden - years(answer.text)))]


def _numbers_cited(citations: Sequence[Citation], texts: Mapping[str, str]) -> set[Decimal]:
    return {value for citation in citations for value in numbers(cited_text(citation, texts))}
