"""A model's draft against its evidence: every claim gets the span it comes from, or is dropped.

No marker that a model writes is believed. A claim stays when spans of the evidence hold every figure and
place in it and most of its wording; those spans, as small as carries the claim, become its citations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.claims import Claim, Source
from qa.evidence.findings import Finding
from qa.evidence.relevance import bigrams, plain
from qa.evidence.row_names import row_shown
from qa.figures.punctuation import JOINING
from qa.figures.values import Figure, figures_in, numeral_runs
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.numerals import years_in
from vectorstore.places import mentions
from vectorstore.sentences import shortest_run

# Share of a claim's wording that its sources (or the question) must hold.
_SUPPORTED = 0.6
_MOST_SOURCES = 3
_MARKER = re.compile(r"[\[【(]\s*(?:\d{1,2}|编号|(?:来源|材料|依据)\s*\d*)\s*[\]】)]")
_LINK = re.compile(r"https?:|www\.|://|\]\(|[<>]|javascript:", re.IGNORECASE)
# A denial with what it denies: the same two or three characters must stand in a source.
_DENIAL = re.compile(
    r"(?:不再|停止|取消|暂停|禁止|并非|没有|尚未|暂无)[\u4e00-\u9fff]?|[不未无非][\u4e00-\u9fff]"
    r"|减少|降低|下降|缩减|压减|削减|撤销|拆除|关停"
)
_RISES = re.compile(r"新增|增加|增长|提高|上升|上涨")
_RISING = re.compile(r"[增升涨扩]|提高")
# What makes another figure of the same digits: 200余张, 近200张.
_BEFORE_FIGURE = re.compile(
    r"(?P<over>超过|超|逾|突破|高于|至少|不少于|不低于)$|(?P<under>接近|将近|近|不足|不到|低于|至多|最多|不超过)$|(?P<about>大约|约)$"
)
_EACH = re.compile(r"每([年月日天人户])|[人户年月]均")
_BEHIND_FIGURE = re.compile(r"^(?:(?P<over>以上)|(?P<under>以下|以内)|(?P<about>左右|上下))")
# Where a streamed draft may be cut into claims.
CLAIM_END = re.compile(r"[\u3002!?\uff01\uff1f\n]|[;\uff1b](?=\s)")


def grounded(
    claim_text: str, question: Question, findings: Sequence[Finding], document_texts: dict[str, str]
) -> Claim | None:
    """The claim with its sources, or None when the evidence does not carry it."""
    text = _without_markers(claim_text).strip().lstrip("-•* ").strip()
    if not bigrams(text) or _LINK.search(text):
        return None
    chosen = _sources(text, findings)
    if not chosen or unsupported_figures(text, question, chosen):
        return None
    held = " ".join(_held(finding) for finding in chosen)
    if (
        _invented_names(text, f"{held} {question.text}")
        or _turned_round(text, held)
        or _requalified(text, held)
    ):
        return None
    if _overlap(text, f"{held} {question.text}") < _SUPPORTED:
        return None
    sources = (_smallest(text, finding, document_texts[finding.passage.document]) for finding in chosen)
    return Claim(text, tuple(sources))


def _without_markers(text: str) -> str:
    for match in reversed(list(_MARKER.finditer(folded(text)))):
        text = text[: match.start()] + text[match.end() :]
    return text


def _held(finding: Finding) -> str:
    """All that a finding says, with the names of its section, caption and place."""
    context = f"{finding.passage.region} {' '.join(finding.passage.section)} {finding.passage.caption}"
    return f"{finding.text} {row_shown(finding.passage)} {context}"


def _sources(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The finding with the largest overlap, then others for figures that it lacks."""
    by_overlap = sorted(findings, key=lambda finding: -_overlap(text, _held(finding)))
    chosen = by_overlap[:1]
    missing = _without_source(text, chosen)
    for finding in by_overlap[1:]:
        if not missing or len(chosen) == _MOST_SOURCES:
            break
        remaining = _without_source(text, [*chosen, finding])
        if len(remaining) < len(missing):
            chosen.append(finding)
            missing = remaining
    return chosen


def unsupported_figures(text: str, question: Question, chosen: Sequence[Finding]) -> list[str]:
    """Figures and numerals of a claim that stand neither in its sources nor in the question, as written.

    Years of the sources' own period are theirs too.
    """
    asked = figures_in(question.text)
    years = {year for finding in chosen for year in (*finding.passage.years, *years_in(finding.text))}
    found = [
        text[figure.start : figure.end]
        for figure in _without_source(text, chosen)
        if not any(figure.agrees_with(other) for other in asked)
        and not (figure.unit in ("年", "") and figure.value in years)
    ]
    held = " ".join([*(_held(finding) for finding in chosen), question.text])
    values = {other.value for other in figures_in(held)}
    written = {text[figure.start : figure.end] for figure in figures_in(text) if figure.value in values}
    loose = numeral_runs(text) - numeral_runs(held)
    return found + [run for run in sorted(loose) if not any(run in figure for figure in written)]


def _without_source(text: str, chosen: Sequence[Finding]) -> list[Figure]:
    """Figures that no chosen finding gives: value and unit, the unit of a table's cell standing elsewhere."""
    sources = [(figures_in(_held(finding)), bool(finding.passage.cells)) for finding in chosen]
    return [
        figure
        for figure in figures_in(text)
        if not any(
            figure.value == other.value
            and (figure.unit == other.unit or not figure.unit or (is_row and not other.unit))
            for others, is_row in sources
            for other in others
        )
    ]


def _invented_names(text: str, held: str) -> list[str]:
    """Places and titles in a claim that no source (and not the question) names."""
    places = [mention.written for mention in mentions(text)]
    titles = re.findall(r"《([^》]+)》", text)
    return [name for name in (*places, *titles) if name not in held]


def _turned_round(text: str, held: str) -> bool:
    """Whether the claim denies, stops, lowers or raises something that its sources do not."""
    if _RISES.search(text) and not _RISING.search(held):
        return True
    return any(match.group(0) not in held for match in _DENIAL.finditer(text))


def _requalified(text: str, held: str) -> bool:
    """Whether a figure of the claim is more, less, about or each (每年200张) otherwise than its sources give it."""
    for each in _EACH.finditer(text):
        # 元/人·月 is what a table writes for 每月.
        if each[0] not in held and not (each[1] and re.search(f"[/·]{each[1]}", held)):
            return True
    sources = [(figure.value, _qualifiers(held, figure)) for figure in figures_in(held)]
    for figure in figures_in(text):
        said = _qualifiers(text, figure)
        given = [qualifiers for value, qualifiers in sources if value == figure.value]
        # 36万余元 is not 36万元: what a source says of its figure may no more be left out than added.
        if said not in given and (given or said):
            return True
    return False


def _qualifiers(text: str, figure: Figure) -> set[str]:
    before = _BEFORE_FIGURE.search(folded(text[max(0, figure.start - 8) : figure.start]).rstrip())
    behind = _BEHIND_FIGURE.search(text[figure.end : figure.end + 2])
    found = {match.lastgroup for match in (before, behind) if match}
    is_more = re.search("[余多]", text[figure.start : figure.end])
    return {name for name in found if name} | ({"over"} if is_more else set())


def _overlap(text: str, held: str) -> float:
    wanted = bigrams(text)
    if not wanted:
        return 0.0
    compared = plain(held)
    return sum(1 for bigram in wanted if bigram in compared) / len(wanted)


def _smallest(text: str, finding: Finding, document_text: str) -> Source:
    """The shortest run of the finding's clauses that carries what the finding carries of the claim."""
    whole = Source(finding.passage, finding.start, finding.end)
    if finding.passage.cells:
        return whole
    carried = [f for f in figures_in(text) if any(f.agrees_with(o) for o in figures_in(finding.text))]
    needed = 0.95 * _overlap(text, finding.text)

    def suits(piece: str) -> bool:
        found = figures_in(piece)
        return all(any(f.agrees_with(o) for o in found) for f in carried) and _overlap(text, piece) >= needed

    start, end = shortest_run(document_text, finding.start, finding.end, suits)
    trimmed = document_text[start:end].rstrip(JOINING)
    return Source(finding.passage, start, start + len(trimmed))
