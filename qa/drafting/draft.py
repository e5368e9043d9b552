"""The model's part: short exact evidence in, sentences out, each verified before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prompts import load
from qa.drafting.grounding import CLAIM_END, grounded
from qa.evidence.claims import Claim
from qa.evidence.findings import Finding
from qa.evidence.rows import owner_of
from qa.models.choice import ChatModel
from qa.models.tokens import count_tokens
from qa.understanding.question import Question
from vectorstore.index import PassageIndex

LONGEST_ANSWER_TOKENS = 320
_MOST_FINDINGS = 8
# Findings weaker than this share of the best one distract a small model more than they help it.
_WORTH_SHOWING = 0.6
# What a reasoning model writes for itself; a closing mark alone when its opening one stands in its template.
_THOUGHT = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_LONGEST_MARK = len("</thinking>")


def packed(findings: Sequence[Finding], *, tokens: int) -> list[Finding]:
    """The best findings that fit into a budget of tokens, in reading order; always at least one."""
    chosen: list[Finding] = []
    used = 0
    for finding in findings[:_MOST_FINDINGS]:
        cost = count_tokens(_line(finding))
        if chosen and (used + cost > tokens or finding.score < _WORTH_SHOWING * findings[0].score):
            continue
        chosen.append(finding)
        used += cost
    return sorted(chosen, key=lambda finding: (finding.passage.document, finding.start))


def _line(finding: Finding) -> str:
    section = " ".join(label for label in finding.passage.section[-2:])
    if finding.passage.cells:
        wording = ",".join(f"{column}:{value}" for column, value in finding.passage.cells)
        wording = f"{finding.passage.caption}:{wording}"
    else:
        wording = finding.text
    return f"【{owner_of(finding.passage)} {section}】{wording}"


def messages(question: Question, evidence: Sequence[Finding]) -> list[dict[str, str]]:
    """The chat messages that ask a model for an answer from this evidence."""
    system = load("answer_system", set()).substitute()
    user = load("answer_user", {"evidence", "question"}).substitute(
        evidence="\n".join(_line(finding) for finding in evidence), question=question.text
    )
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def drafted(
    question: Question, findings: Sequence[Finding], index: PassageIndex, model: ChatModel, *, tokens: int
) -> Iterator[Claim | None]:
    """Verified claims, one by one as the model completes them; None for each step in between.

    The steps let a caller stop a model that is still writing. Raises ModelUnavailable as the model does;
    claims given before stay valid.
    """
    evidence = packed(findings, tokens=tokens)
    texts = {finding.passage.document: index.documents[finding.passage.document].text for finding in evidence}
    pieces = model.stream(messages(question, evidence), max_tokens=LONGEST_ANSWER_TOKENS)
    for sentence in sentences(without_thoughts(pieces)):
        yield grounded(sentence, question, evidence, texts) if sentence else None


def without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces, one for one, without `<think>…</think>`; marks may be cut anywhere between pieces."""
    waiting, thinking = "", False
    for piece in pieces:
        waiting += piece
        spoken = ""
        while match := _THOUGHT.search(waiting):
            # A line of its own, so that nothing before a thought runs on behind it.
            spoken += "" if thinking else waiting[: match.start()] + "\n"
            thinking = not match[1]
            waiting = waiting[match.end() :]
        begun = waiting.rfind("<", -_LONGEST_MARK)
        end = begun if begun >= 0 else len(waiting)
        spoken += "" if thinking else waiting[:end]
        waiting = waiting[end:]
        yield spoken
    yield "" if thinking else waiting


def sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Each sentence when it is complete, and "" for each piece that completes none."""
    waiting, closed = "", False
    for piece in pieces:
        waiting += piece
        yield ""
        while match := CLAIM_END.search(waiting):
            closed = closed or match.group(0) != "\n"
            yield waiting[: match.end()]
            waiting = waiting[match.end() :]
    # A writer of full stops who leaves the last sentence open was cut off in it.
    if waiting.strip() and not closed:
        yield waiting
