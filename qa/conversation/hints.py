"""A hint at which of several things is meant, beside the question itself (…花了多少钱,就那个圆梦的)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.evidence.relevance import plain
from qa.understanding.spoken import in_official_words
from qa.understanding.wording import synonyms_in
from vectorstore.folding import folded

_THAT = "那(?:个|次|回|块|家|批|种|件|项|场|码)?(?:事儿?|项目|活动)?"
_HINT = re.compile(
    rf"[,;。?!:、]+\s*(?:(?:我说的)?(?:也?就是?|是)(?:说|指)?(?:{_THAT})?(?P<before>[^,;。?!多几哪什啥\d]{{2,14}}?)(?:的)?(?:{_THAT})?|"
    rf"(?P<behind>[^,;。?!多几哪什啥\d]{{2,14}}?)(?:的)?{_THAT}(?:里|上|的)*)[呀啊吧哈嘛]?[,;。?!]*$"
)
_OF_NO_THING = re.compile("[的了着过是个那这次回就在里上]")
# Of its characters so many have to be found, and two at least.
_BORNE_OUT, _FEWEST = 0.6, 2


def without_hint(text: str) -> tuple[str, str]:
    """(question, hint) of a text (folded) that ends in a hint; ("", "") of any other."""
    found = _HINT.search(text)
    if found is None or not text[: found.start()]:
        return "", ""
    return text[: found.start()], found["before"] or found["behind"]


def bears_out(hint: str, texts: Iterable[str]) -> bool:
    """Whether what was found may be what is hinted at: it shares most characters with the hint, however that is worded.

    圆梦 is borne out by 慈善圆你大学梦, which shares no word with it.
    """
    said = plain(in_official_words(folded(hint)))
    wordings = [plain(hint), said, *(word for synonym in synonyms_in(said) for word in synonym.official)]
    held = set(plain("".join(texts)))
    for wording in wordings:
        characters = set(_OF_NO_THING.sub("", wording))
        shared = len(characters & held)
        if shared >= max(_FEWEST, _BORNE_OUT * len(characters)):
            return True
    return False
