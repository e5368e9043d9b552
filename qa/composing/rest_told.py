"""What is asked behind a statement that the paper says otherwise (80%的乡镇…,农村社区是多少): the sentence told up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source
from qa.evidence.premises import CONTRARY
from qa.evidence.relevance import plain
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import understand
from qa.understanding.words import attribute_words, generic_words
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans, sentence_spans

_ASKED_BEHIND = re.compile(
    "^[^?]{4,60}?[,。;](?P<asks>[^,。;?]{2,40}(?:多少|几|什么|哪|谁|呢)[^,。;?]*)[?。]*$"
)


def with_rest_told(solved: Solved, solver: Solver) -> Solved:
    """The solution, its first claim told on to the clause that says what is asked behind the statement."""
    asks = _ASKED_BEHIND.match(folded(solved.asked.text))
    first = next(iter(solved.draft.claims), None)
    if asks is None or first is None or not first.text.startswith(CONTRARY) or len(solved.draft.claims) > 1:
        return solved
    source = first.sources[0]
    own = _words_of(understand(asks["asks"], solver.index.documents).content)
    if source.passage.cells or len(first.sources) != 1 or not own:
        return solved
    wider = _up_to(own, source, solver)
    if wider is None:
        return solved
    text = solver.index.documents[source.passage.document].text
    owner = first.text.removeprefix(CONTRARY).partition("：")[0]
    said = Claim(f"{CONTRARY}{owner}：{text[wider.start : wider.end]}。", (wider,))
    return replace(solved, draft=replace(solved.draft, claims=(said,)))


def _words_of(content: Sequence[str]) -> list[str]:
    """The words that say what is asked about, without what any thing has or does (提高, 标准)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    idle = attribute_words() | generic_words()
    words = (word for piece in content for word in rjieba.cut(piece))
    return [plain(word) for word in words if len(word) > 1 and word not in idle]


def _up_to(own: Sequence[str], source: Source, solver: Solver) -> Source | None:
    """The quotation with the clauses behind it up to one that names what is asked; None where it has it, or none does."""
    text = solver.index.documents[source.passage.document].text
    if all(word in plain(text[source.start : source.end]) for word in own):
        return None
    for start, end in sentence_spans(text, source.passage.start, source.passage.end):
        if not start <= source.start < end:
            continue
        for _, stop in clause_spans(text, source.end, end):
            if all(word in plain(text[source.end : stop]) for word in own):
                return replace(
                    source, end=source.start + len(text[source.start : stop].rstrip(JOINING + ENDING))
                )
    return None
