"""Forms of a text in which rules are written once: same length as the text, so that offsets hold in all."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from vectorstore.remembering import remembering_short_texts

# U+FF01…U+FF5E are the full-width forms of ! … ~; small and half-width forms of Chinese punctuation follow.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {0xFE50: 0x2C, 0xFE51: 0x3001, 0xFE52: 0x2E, 0xFF61: 0x3002, 0xFF64: 0x3001}
# Spaces of every width, those without any (which editors leave behind), and the byte order mark.
_FOLD |= dict.fromkeys((0x3000, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x2060, 0xFEFF), 0x20)


@remembering_short_texts
def folded(text: str) -> str:
    """`text` with full-width forms as their ASCII twins; same length, so offsets hold in both.

    Rules about punctuation and digits are written once, for the ASCII form; the Chinese full stop and
    quotation marks have no ASCII twin and stay.
    """
    return text.translate(_FOLD)


def simplified(text: str) -> str:
    """`text` in Simplified characters, each by itself: same length, good for rules, not for reading."""
    try:
        # Every character of everyday Simplified Chinese, and none that only Traditional Chinese has.
        text.encode("gb2312")
    except UnicodeEncodeError:
        pass
    else:
        return text
    return text.translate({ord(character): _simplified(character) for character in set(text)})


@cache
def _simplified(character: str) -> str:
    if not "\u3400" <= character <= "\u9fff":
        return character
    converted = _converter()(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - its tables are needed for Traditional texts only

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
