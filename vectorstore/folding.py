"""Full-width and half-width forms made one, character by character, so that offsets stay what they are."""

from __future__ import annotations

# U+FF01…U+FF5E are the full-width forms of ! … ~; both kinds of space and dash variants of a range follow.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {0x3000: 0x20, 0x00A0: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0xFE52: 0x2E, 0xFF61: 0x3002}


def folded(text: str) -> str:
    """`text` with full-width forms as their ASCII twins; same length, so offsets hold in both.

    Rules about punctuation and digits are written once, for the ASCII form; the Chinese full stop and
    quotation marks have no ASCII twin and stay.
    """
    return text.translate(_FOLD)
