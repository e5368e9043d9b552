"""What stands around an English question: who asks and why, corrections, asides, a subject far before it."""

from __future__ import annotations

import re

_ASKS = r"(?:how|what|which|who|when|where|why|is|are|was|were|does|do|did|has|have|will|can)\b"
# Who asks and what for: I'm writing on rural care: does Xiangxi plan visits?
_ABOUT_THE_ASKER = re.compile(
    r"^(?:(?:hi|hello|dear)\b[^.:;?]{0,40}[.:;,] )?"
    r"(?:i|we|my|our|i'm|we're|i've|we've|for (?:my|our|an?)|quick|one more|another|background|context|as an?)\b"
    r"[^.:;?]{2,160}(?:[.:;]| [-–—]) "
    rf"(?=(?:in|by|for) |{_ASKS})"
)
_THING = re.compile(
    r"^(?P<thing>[^:;?.]{3,90})(?::| [-–—]) (?P<asked>(?:how|what|which|who|when|where|why|does|did|is|are|was|were|will)\b.+)$"
)
_IT = re.compile(r"\b(?:it|they|this|these)\b(?! (?:is|was)? ?(?:true|right))")
# Is that correct? goes back to the sentence before.
_BACK = r"(?:is|are|was|were|does|do|did|has|have|will|can) (?:it|that|this|they|these|those)\b"
# Social organisations: how many are registered?
_COUNTS_IT = re.compile(r"how many (?=(?:are|were|is|was|have|has|will|did|do|can)\b)")
# A sentence that asks nothing, before the question or behind it: The text and the table seem to differ.
_SENTENCE_BEFORE = re.compile(
    rf"^(?P<aside>[^?]{{3,160}}[.!]) (?!{_BACK})(?P<asked>(?:in [^,?]+, )?{_ASKS}.+)$"
)
_SENTENCE_BEHIND = re.compile(rf"^(?P<asked>.+\?) (?!and\b|or\b|what|how|{_ASKS})(?P<aside>[^?]{{3,160}})$")
# For children in institutions, what is the standard?
_SUBJECT_BEFORE = re.compile(
    r"^(?:(?:and|so|but|then|now|well|ok|okay),? )?"
    r"(?P<preposition>in|for|at|by|during|among|of|as for|as to|regarding|concerning|with regard to|about|on) "
    rf"(?!(?:which|what|how|total)\b)(?P<subject>[^,?]{{2,80}}), "
    rf"(?P<asked>(?:{_ASKS}|(?:the )?(?:share|proportion|percentage|ratio) of\b).+)$"
)
_SECOND_QUESTION = re.compile(r",? and (?:how|what|when|where|which|who)\b|\? ")
_CORRECTED = re.compile(
    r"^(?P<said>.{6,}?)[\s,;:?–—-]+(?:(?:oh|ah|no|wait|actually)[\s,;:–—-]+)*"
    r"(?:sorry|oops|correction|i mean|i meant|make that|or rather|scratch that|no wait)[\s,;:–—-]+"
    r"(?:(?:i mean|i meant|make that|rather)(?: to (?:say|ask))?[\s,;:–—-]+)?(?P<meant>.{2,})$"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,12}(?<!年)")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")


def without_opening(question: str) -> str:
    """A question in plain words without what is said about the asker or taken back, its subject in it.

    The place that is named in what is left out is kept.
    """
    asker = _ABOUT_THE_ASKER.match(question)
    if asker:
        question = _with_place_of(asker[0], question[asker.end() :])
    for sentence in (_SENTENCE_BEFORE, _SENTENCE_BEHIND):
        aside = sentence.match(question)
        if aside:
            question = _with_place_of(aside["aside"], aside["asked"])
    question = _subject_behind(_as_meant(question))
    headed = _THING.match(question)
    if headed and _COUNTS_IT.match(headed["asked"]):
        return _COUNTS_IT.sub(f"how many {headed['thing']} ", headed["asked"], count=1)
    if headed is None or not _IT.search(headed["asked"]):
        return question
    return _IT.sub(headed["thing"], headed["asked"], count=1)


def _with_place_of(left_out: str, question: str) -> str:
    named = _PLACE.search(left_out)
    return f"{question.rstrip('?')} in {named[0]}" if named and not _PLACE.search(question) else question


def _as_meant(question: str) -> str:
    """A question corrected in mid-sentence as it was meant: a whole question, or the last words said otherwise."""
    corrected = _CORRECTED.match(question)
    if corrected is None:
        return question
    said, meant = corrected["said"], corrected["meant"]
    if re.match(_ASKS, meant):
        return _with_place_of(said, meant)
    other, rest = re.split(r"(?=,| (?:is|are|was|were|did|does|do|has|have|will)\b)|$", meant, maxsplit=1)
    for kind in (_PLACE, _YEAR):
        named, last = kind.search(other), list(kind.finditer(said))
        if named and last:
            return f"{said[: last[-1].start()]}{named[0]}{said[last[-1].end() :]}{rest.lstrip(',')}"
    words = said.split(" ")
    return " ".join([*words[: -len(other.split())], other]) + rest.lstrip(",")


def _subject_behind(question: str) -> str:
    """For Xialu's homes, what is the share of …? as What is the share of … for Xialu's homes?"""
    led = _SUBJECT_BEFORE.match(question)
    if led is None:
        return question
    preposition = led["preposition"] if " " not in led["preposition"] else "for"
    asked = led["asked"].rstrip("?")
    other = _SECOND_QUESTION.search(asked)
    end = other.start() if other else len(asked)
    return f"{asked[:end]} {preposition} {led['subject']}{asked[end:]}"
