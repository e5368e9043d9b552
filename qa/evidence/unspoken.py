"""What a question asks about of which the papers asked never speak, in any wording: no sentence of theirs answers it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evidence.relevance import plain
from qa.evidence.vocabulary import NOUN_TAGS
from qa.understanding.question import Question
from qa.understanding.wording import wordings_in
from qa.understanding.words import generic_words
from qa.understanding.work_fields import words_of_field


def never_spoken_of(question: Question, texts: Sequence[str]) -> str:
    """A term of the field that a question for a text is about and that none of the `texts` (searchable) holds; "" without one.

    Only terms of the glossary count: what people call by words of their own may stand in a paper in other ones.
    """
    if question.asks == "number" or question.is_english or not texts:
        return ""
    for piece in question.content:
        for found in wordings_in(plain(piece)):
            term = found.written
            of_field = words_of_field(term)
            written = (term, *found.official, *of_field)
            is_name = of_field or (_ends_in_noun(term) and term not in generic_words())
            if is_name and not any(word in text for word in written for text in texts):
                return term
    return ""


def _ends_in_noun(term: str) -> bool:
    import rjieba  # noqa: PLC0415 - loads its dictionary

    return rjieba.tag(term)[-1][1].startswith(NOUN_TAGS)
