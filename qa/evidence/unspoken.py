"""What a question asks about of which the papers asked never speak, in any wording: no sentence of theirs answers it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.relevance import plain
from qa.understanding.question import Question
from qa.understanding.wording import wordings_in
from qa.understanding.work_fields import words_of_field
from vectorstore.index import PassageIndex

# 殡葬改革 and 殡葬管理 are the field of 殡葬.
_ENDING = re.compile("(?<=..)(?:改革|管理|服务|事业|工作|体系)+$")


def never_spoken_of(question: Question, index: PassageIndex) -> str:
    """A field of work that a question for a text is about and of which the papers of its place never speak; "" without one.

    Only whole fields count: what is asked of them may stand in a paper in other words. Where no place is named, any paper
    may answer.
    """
    if question.asks == "number" or question.is_english or not (question.regions and question.documents):
        return ""
    for piece in question.content:
        for found in wordings_in(plain(piece)):
            of_field = words_of_field(_ENDING.sub("", found.written))
            written = (found.written, *found.official, *of_field)
            if of_field and not _is_spoken_of(written, question.documents, index):
                return found.written
    return ""


def _is_spoken_of(written: Sequence[str], documents: Sequence[str], index: PassageIndex) -> bool:
    passages = (passage for name in documents for passage in index.of_document(name))
    return any(word in text for text in (passage.searchable for passage in passages) for word in written)
