"""What a large model reads: whole passages around the question, numbered line by line, within a budget of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from prompts import load
from qa.evidence.claims import unmarked
from qa.evidence.findings import Finding
from qa.evidence.orders import gives_orders
from qa.evidence.row_names import row_shown
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.tiers import holds_no_more
from qa.models.choice import Message
from qa.models.tokens import count_tokens
from qa.understanding.question import Question

# So many passages are looked through for what fits into the budget.
_PASSAGES = 40


def material_for(solved: Solved, solver: Solver, *, tokens: int) -> list[Finding]:
    """The sentences and rows to read, in the order of their documents; at least those that the draft quotes.

    The passages come with all of their sentences, the best first, as long as there is room; sentences that speak to whoever
    answers (`gives_orders`), and what is void or untrue by its own words, are left out.
    """
    around = solver.findings_around(solved.asked, passages=_PASSAGES)
    told = _quoted_by_draft(solved, around)
    chosen: dict[tuple[str, int], Finding] = {}
    used = 0
    for passage in _by_passage(solved.asked, [*told, *solved.findings, *around], around):
        lines = [finding for finding in passage if _key(finding) not in chosen]
        cost = sum(count_tokens(_words(finding)) + 4 for finding in lines)
        if chosen and used + cost > tokens:
            continue
        chosen.update((_key(finding), finding) for finding in lines)
        used += cost
    return sorted(chosen.values(), key=_key)


def messages(question: str, meant: str, material: Sequence[Finding]) -> list[Message]:
    """The chat messages that ask for an answer from this material.

    `question` as it was asked, `meant` as it was understood.
    """
    filled = {
        "material": "\n".join(_lines(material)),
        "question": question if question == meant else f"{question}\n(指:{meant})",
    }
    return [
        {"role": "system", "content": load("read_system", set()).substitute()},
        {"role": "user", "content": load("read_user", set(filled)).substitute(filled)},
    ]


def _lines(material: Sequence[Finding]) -> Iterable[str]:
    """The numbered lines, those of a section below whose it is."""
    above = ""
    for number, finding in enumerate(material, start=1):
        section = " ".join(finding.passage.section[-2:])
        header = f"【{_in_one_line(f'{owner_of(finding.passage)} {section}')}】"
        if header != above:
            yield header
        above = header
        yield f"[{number}] {_words(finding)}"


def _words(finding: Finding) -> str:
    """A finding in one line, in which nothing looks like the number of another one."""
    row = row_shown(finding.passage)
    return unmarked(_in_one_line(f"{finding.passage.caption}:{row}" if row else finding.text))


def _in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _by_passage(
    asked: Question, findings: Sequence[Finding], around: Sequence[Finding]
) -> list[list[Finding]]:
    """The findings passage by passage, in the order of the best of each, with all that was found there."""
    held: dict[int, list[Finding]] = {}
    for finding in findings:
        held.setdefault(finding.number, [])
    for finding in [*around, *findings]:
        own = held[finding.number]
        is_new = all(not (one.start <= finding.start < one.end) for one in own)
        if is_new and not gives_orders(finding.text) and not holds_no_more(asked.text, finding.text):
            own.append(finding)
    return [found for found in held.values() if found]


def _quoted_by_draft(solved: Solved, around: Sequence[Finding]) -> list[Finding]:
    """What was found where the draft quotes."""
    quoted = [source for claim in solved.draft.claims for source in claim.sources]
    return [
        finding
        for finding in [*solved.findings, *around]
        if any(
            source.passage.document == finding.passage.document
            and source.start < finding.end
            and finding.start < source.end
            for source in quoted
        )
    ]


def _key(finding: Finding) -> tuple[str, int]:
    return finding.passage.document, finding.start
