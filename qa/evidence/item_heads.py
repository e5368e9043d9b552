"""Items that are named on their own line before a colon (1.辰州大道:东起…): one that only mentions another is not that one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.findings import Finding
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.index import PassageIndex

_NUMBER = re.compile(
    r"^(?:第?[\d一二三四五六七八九十]{1,3}[、.条)]|\([\d一二三四五六七八九十]{1,3}\)|[①-⑳])\s*"
)
_LEAST_NAME = 3


def without_mentions(
    question: Question, findings: Sequence[Finding], index: PassageIndex
) -> tuple[Finding, ...]:
    """The findings, where an item that the question names answers without those of its fellows that mention it in
    passing (2.龙舟路:南起辰州大道)."""
    asked = folded(question.text)
    own: dict[tuple[str, ...], str] = {}
    for finding in findings:
        section = finding.passage.section
        if section in own or not (finding.right_year and finding.right_kind and finding.right_subject):
            continue
        name = _NUMBER.sub("", folded(section[-1])) if section else ""
        if len(name) >= _LEAST_NAME and name in asked and _is_headed_inline(finding, index):
            own[section] = name
    if not own:
        return tuple(findings)
    return tuple(finding for finding in findings if not _only_mentions(finding, own))


def _only_mentions(finding: Finding, own: dict[tuple[str, ...], str]) -> bool:
    section = finding.passage.section
    return section not in own and any(
        section[:-1] == other[:-1] and name in folded(finding.text) for other, name in own.items()
    )


def _is_headed_inline(finding: Finding, index: PassageIndex) -> bool:
    """Whether the item's name and its text share a line."""
    text = index.documents[finding.passage.document].text
    line = text[text.rfind("\n", 0, finding.passage.start) + 1 : finding.passage.start]
    return finding.passage.section[-1] in line
