"""What a large model replies: the places that it quotes, what is to be calculated, and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.folding import folded

_QUOTE = re.compile(r"(?:\d{1,2}[.、)]\s*)?据\s*:?\s*[\[【(]?\s*(\d{1,3})\s*[\]】)]?\s*:?(.*)")
_SUM = re.compile(r"算\s*:(.+)")
_WORDS = re.compile(r"答案?\s*:(.*)")
_NOT_STATED = re.compile(
    r"\W*(?:据|答|答案)?\W*(?:(?:所给|给出的|以上)?(?:材料|原文|文件)(?:里|中)?)?(?:都|均|并)?(?:未|没有|没)(?:有)?(?:写明|提及|提到|说明|写)"
)
# What a writer of Markdown puts before a line or around words.
_MARKDOWN = re.compile(r"^[\s>#*+-]+|\*\*|__|`")


@dataclass(frozen=True)
class Reply:
    """`quotes`: numbers of lines with the words copied from each; `sums` as written; `words`.

    `denies`: it says that the material does not state what is asked.
    """

    quotes: tuple[tuple[int, str], ...] = ()
    sums: tuple[str, ...] = ()
    words: str = ""
    denies: bool = False


def reply_in(text: str) -> Reply:
    """The parts of a reply, whatever stands around them; one without the form is words alone."""
    quotes: list[tuple[int, str]] = []
    sums: list[str] = []
    tagged: list[str] = []
    loose: list[str] = []
    into = loose
    for written in text.splitlines():
        line = _MARKDOWN.sub("", written).strip()
        plain = folded(line)
        if quote := _QUOTE.match(plain):
            quotes.append((int(quote[1]), line[quote.start(2) :].strip().strip('“”"')))
        elif found := _SUM.match(plain):
            sums.append(found[1].strip())
        elif found := _WORDS.match(plain):
            into = tagged
            tagged.append(line[found.start(1) :].strip())
        elif line:
            into.append(line)
    words = "\n".join(tagged or loose).strip()
    denies = not quotes and _NOT_STATED.match(folded(words)) is not None
    return Reply(tuple(quotes), tuple(sums), words, denies)
