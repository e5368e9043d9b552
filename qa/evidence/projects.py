"""Figures of a single project, which are none of the whole place: 建成后将提供500张床位."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.understanding.question import Question

ONCE_BUILT = re.compile(r"(?:建成|竣工|完工|投用|投入使用)[之以]?后")
_PROJECT = re.compile(r"([\u4e00-\u9fff]{2,8}?(?:中心|基地|园区?|大楼|福利院|敬老院|养老院|公寓))")


def is_of_a_project(question: Question, section: Sequence[str], text: str) -> bool:
    """Whether a text tells what one project will have once it is built, and a question for a figure names no project."""
    heading = "".join(section[-1:])
    if question.asks != "number" or not ONCE_BUILT.search(text):
        return False
    named = _PROJECT.search(heading) or _PROJECT.search(text)
    return named is not None and not any(named[1][-n:] in question.text for n in (2, 3))
