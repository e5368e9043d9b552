"""What an English question asks about a paper itself: when it was released, by whom, under which number."""

from __future__ import annotations

import re

_PAPER = re.compile(
    r"\b(?:plan|document|notice|circular|summary|paper|report|(?:work|key) points|programme|program|outline)\b"
)
_BODY = r"(?:body|bodies|agency|authority|department|office|bureau|organi[sz]ation|unit|institution)"
_DEED = r"(?:issue|release|publish|promulgate)(?:s|es|d|ed)"
_DEED_OR_NOT_YET = f"{_DEED}?"
# In the order in which a paper's own page gives them.
_PARTICULARS = (
    ("发文字号", re.compile(r"\b(?:document|reference|file|official|issue|serial) (?:number|no\b\.?)")),
    (
        "发布日期",
        re.compile(
            rf"\b(?:when|what (?:date|day)|which (?:date|day)|dates?)\b(?:(?!\bwho\b|\bwhich {_BODY}).)*\b{_DEED_OR_NOT_YET}\b|"
            r"\b(?:release|publication|issue|issuing) date\b"
        ),
    ),
    (
        "发布机构",
        re.compile(
            rf"\bwho (?:was it that )?{_DEED}\b|\b(?:which|what) {_BODY} {_DEED}\b|\bby (?:which|what) {_BODY}\b|"
            rf"\bby whom\b|\b(?:issuing|publishing) {_BODY}\b"
        ),
    ),
)
_PLACE = re.compile("[\u4e00-\u9fff]{2,14}(?<!年)")


def about_the_paper(question: str) -> str:
    """The Chinese question for a paper's particulars, of a question in plain words with its place in Chinese; else ""."""
    asked = [name for name, pattern in _PARTICULARS if pattern.search(question)]
    places = dict.fromkeys(_PLACE.findall(question))
    if not asked or len(places) > 1 or not (_PAPER.search(question) or "发文字号" in asked):
        return ""
    return f"{''.join(places)}文件的{'、'.join(asked)}是什么？"
