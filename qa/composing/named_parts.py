"""What a paper gives one of its parts to do: every sentence that names it (古丈县承担哪些任务)."""

from __future__ import annotations

from collections.abc import Iterator

from qa.composing.overview_wording import all_words
from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question

# More than a reader looks through, and fewer than make a list.
_MOST, _LEAST = 8, 2
_DOING = frozenset(["承担", "负责", "参与", "参加", "涉及", "牵头", "承接"])


def told_of_part(asked: Question, solver: Solver) -> Solved | None:
    """The sentences that name the place asked about; None when the question is about some matter, too, or one tells all."""
    is_open = asked.asks in ("text", "list") and not (asked.confirms or asked.is_english)
    if not is_open or not asked.named or set(all_words(asked)) - _DOING:
        return None
    sources = list(_naming(asked, solver))
    if not _LEAST <= len(sources) <= _MOST or len({source.passage.document for source in sources}) > 1:
        return None
    text = solver.index.documents[sources[0].passage.document].text
    owner, name = owner_of(sources[0].passage), "、".join(asked.named)
    lines = [Claim(f"- {text[source.start : source.end]}", (source,)) for source in sources]
    draft = Draft((Claim(f"{owner}：写到{name}的有以下各处："), *lines), is_settled=True)
    solved = Solved(asked, (), draft, ())
    return solver.with_evidence(solved, [source.passage for source in sources])


def _naming(asked: Question, solver: Solver) -> Iterator[Source]:
    """The sentences of running text that name all that the question names, in the documents it limits itself to."""
    index = solver.index
    for passage in index.passages:
        if passage.cells or (asked.documents and passage.document not in asked.documents):
            continue
        text = index.documents[passage.document].text
        for source in sentences_of(passage, text):
            if all(name in text[source.start : source.end] for name in asked.named):
                yield source
