"""Two things that a title names together (养老服务补贴和护理补贴实施办法): what is said of the one is not of the other."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.evidence.relevance import plain

_KIND = "补贴|津贴|补助|奖励|救助|供养|待遇|服务|管理"
_TOGETHER = re.compile(rf"([\u4e00-\u9fff]{{2,14}}({_KIND}))[和与及、]([\u4e00-\u9fff]{{2,10}}?(?:\2))")
# The first of the two is told from what stands before it in the title by at least so many characters of its own.
_LEAST_OWN = 2


@lru_cache(maxsize=1024)
def _pair(title: str) -> tuple[str, str, int]:
    found = _TOGETHER.search(plain(title))
    return (found[1], found[3], len(found[2])) if found else ("", "", 0)


def is_of_the_other_titled(title: str, asked: str, said: str) -> bool:
    """Whether a title names two things, a question one of them, and a text (`said`, with what leads it) only the other."""
    first, second, kind = _pair(title)
    if not first:
        return False
    asked, said = plain(asked), plain(said)
    own = next((first[at:] for at in range(len(first) - kind - _LEAST_OWN + 1) if first[at:] in asked), "")
    shortest = first[-kind - _LEAST_OWN :]
    if bool(own) == (second in asked):
        return False
    return (second in said and shortest not in said) if own else (shortest in said and second not in said)
