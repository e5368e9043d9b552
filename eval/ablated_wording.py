"""What a model writes when nobody checks it: without the number lock, and with the citations that it gives itself."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import count

from qa.answer import TextChunk
from qa.drafting.answering import Answering
from qa.drafting.draft import LONGEST_ANSWER_TOKENS, messages, packed
from qa.drafting.grounding import CLAIM_END
from qa.errors import ModelUnavailable
from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.relevance import bigrams, plain
from qa.models.choice import ChatModel, Message

_MARKER = re.compile(r"\s*\[(\d+)\]")
_ASKS_FOR_MARKERS = "每句话后面写出所依据的材料的编号,例如[1]。"


class Unlocked(Answering):
    """Gives every sentence of the model to the reader, cited by the evidence that shares most of its wording."""

    def _worded_by(self, model: ChatModel, draft: Draft) -> Generator[TextChunk, None, str]:
        evidence = packed(self._solved.answerable, tokens=self._evidence_tokens)
        try:
            written = "".join(model.stream(self._messages(draft, evidence), max_tokens=LONGEST_ANSWER_TOKENS))
        except ModelUnavailable as error:
            self._warnings.append(f"模型没有完成回答，以下为原文摘录。原因：{error.message}")
            return "extractive"
        claims = list(self._claims_in(written, evidence))
        for claim in claims:
            yield self._claim_chunk(claim)
        return model.name if claims else "extractive"

    def _messages(self, _draft: Draft, evidence: Sequence[Finding]) -> list[Message]:
        return messages(self._asked, evidence)

    def _claims_in(self, written: str, evidence: Sequence[Finding]) -> Iterator[Claim]:
        for sentence in _sentences(written):
            nearest = max(evidence, key=lambda finding: _shared(sentence, finding))
            yield Claim(sentence, (_source(nearest),))


class CitingItself(Unlocked):
    """Numbers the evidence, and believes the numbers that the model puts behind its sentences."""

    def _messages(self, draft: Draft, evidence: Sequence[Finding]) -> list[Message]:
        system, user = super()._messages(draft, evidence)
        numbers = count(1)
        numbered = re.sub(r"^(?=【)", lambda _: f"[{next(numbers)}]", user["content"], flags=re.MULTILINE)
        return [system | {"content": system["content"] + _ASKS_FOR_MARKERS}, user | {"content": numbered}]

    def _claims_in(self, written: str, evidence: Sequence[Finding]) -> Iterator[Claim]:
        for sentence in _sentences(written):
            numbers = dict.fromkeys(int(number) for number in _MARKER.findall(sentence))
            text = _MARKER.sub("", sentence).strip()
            if text:
                cited = (evidence[number - 1] for number in numbers if 1 <= number <= len(evidence))
                yield Claim(text, tuple(_source(finding) for finding in cited))


def _sentences(written: str) -> Iterator[str]:
    """The sentences of a text, their stops left out; markers behind a stop belong to the sentence before it."""
    moved = re.sub(rf"({CLAIM_END.pattern})((?:\s*\[\d+\])+)", r"\2\1", written)
    return (sentence.strip() for sentence in CLAIM_END.split(moved) if _MARKER.sub("", sentence).strip())


def _shared(sentence: str, finding: Finding) -> int:
    held = plain(f"{finding.text} {finding.passage.cells}")
    return sum(bigram in held for bigram in bigrams(sentence))


def _source(finding: Finding) -> Source:
    return Source(finding.passage, finding.start, finding.end)
