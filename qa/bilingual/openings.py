"""What stands before an English question: who asks and why, or the thing that the question calls it."""

from __future__ import annotations

import re

# Who asks and what for: I'm writing on rural care: does Xiangxi plan visits?
_ABOUT_THE_ASKER = re.compile(
    r"^(?:(?:hi|hello|dear)\b[^.:;?]{0,40}[.:;,] )?"
    r"(?:i|we|my|our|i'm|we're|i've|we've|for (?:my|our|an?)|quick|one more|another|background|context|as an?)\b"
    r"[^.:;?]{2,160}(?:[.:;]| [-–—]) "
    r"(?=(?:in|by|for|how|what|which|who|when|where|why|does|do|did|is|are|was|were|has|have|will|can)\b)"
)
_THING = re.compile(
    r"^(?P<thing>[^:;?.]{3,90})(?::| [-–—]) (?P<asked>(?:how|what|which|who|when|where|why|does|did|is|are|was|were|will)\b.+)$"
)
_IT = re.compile(r"\b(?:it|they|this|these)\b(?! (?:is|was)? ?(?:true|right))")


def without_opening(question: str) -> str:
    """A question in plain words without what is said about the asker, and with the thing named before a colon in it."""
    question = _ABOUT_THE_ASKER.sub("", question)
    headed = _THING.match(question)
    if headed is None or not _IT.search(headed["asked"]):
        return question
    return _IT.sub(headed["thing"], headed["asked"], count=1)
