"""Word lists that understanding a question rests on (words.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

# Characters that mostly stand as words of their own: at the beginning or the end of a word, that is.
_APART_BEFORE = re.compile("[户个来去按把被给将要会能得着过是有在到说用没不的了也都就还才那这每几]")
_APART_BEHIND = re.compile(
    "[来去按把被给将要会能得着过是有在到说用没不的了也都就还才管发办拿领花让叫收弄搞那这格]$"
)

_COMPLEMENT = re.compile("(?:起来|下来|出来|上来|回来|过来|下去|出去|回去|过去)$")


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    content = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in content.items()}


def function_words() -> frozenset[str]:
    """Words that are dropped from a question's content."""
    return _lists()["function"]


def generic_words() -> frozenset[str]:
    """Nouns that say little about a question's subject."""
    return _lists()["generic"]


def group_words() -> frozenset[str]:
    """Words for whom something is for that a segmenter takes for no nouns."""
    return _lists()["group"]


def attribute_words() -> frozenset[str]:
    """Nouns and verbs that say what is asked of a subject and need one to be understood (封顶线呢?)."""
    return _lists()["attribute"]


def overview_words() -> frozenset[str]:
    """Words in which an overview is asked for and headings are built, whatever the field of work."""
    return _lists()["overview"]


def talk_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that tell why or for whom somebody asks, and words that only go with these."""
    return _lists()["talk_about"], _lists()["talk_beside"]


def english_words() -> frozenset[str]:
    """English words that carry no subject."""
    return _lists()["english"]


# A segmenter's guess across words: 类有 of A类有多少人.
_ENDS_IN_VERB = re.compile("[\u4e00-\u9fff][有是能]")


def without_function_words(text: str) -> list[str]:
    """`text` in pieces, cut where words stand that say little."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    pieces = [""]
    for word in rjieba.cut(text):
        # 儿童之家 is a name.
        if word in function_words() and not (word == "家" and pieces[-1].endswith("之")):
            pieces.append("")
        elif _ENDS_IN_VERB.fullmatch(word) and not rjieba.has_word(word):
            pieces[-1] += word[0]
            pieces.append("")
        else:
            pieces[-1] += word
    return [piece for piece in pieces if piece]


@lru_cache(maxsize=4096)
def is_across_words(word: str) -> bool:
    """Whether a word names nothing: a segmenter's guess across words (县要, 人发, 户来划), or a deed (盖起来)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    is_made_of_words = _APART_BEFORE.match(word) or _APART_BEHIND.search(word)
    is_deed = _COMPLEMENT.search(word) is not None
    return is_deed or (is_made_of_words is not None and not rjieba.has_word(word))
