"""From findings to the text and the Answer of one question: by code where that is exact, else by a model."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator

from qa.answer import Answer, Compared, Status, TextChunk
from qa.bilingual.framing import Framing
from qa.drafting.draft import drafted
from qa.drafting.guarding import guarded, owned
from qa.errors import ModelUnavailable
from qa.evidence.claims import CitationList, Claim, unmarked
from qa.evidence.doubts import other_places, warnings_about
from qa.evidence.extractive import Draft
from qa.evidence.solving import Solved
from qa.models.choice import ChatModel
from qa.understanding.question import Question
from vectorstore.index import PassageIndex

# Characters of a draft that are read at a glance.
_AT_A_GLANCE = 60


class Clock:
    """Seconds per stage, in `laps`, and since the beginning as `total`."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.laps[stage] = round(now - self._last, 4)
        self._last = now
        self.laps["total"] = round(now - self._start, 4)


class Answering:
    """Writes the answer to one question, claim by claim, and keeps what it has written."""

    def __init__(
        self,
        solved: Solved,
        index: PassageIndex,
        *,
        model: ChatModel | None,
        evidence_tokens: int,
        clock: Clock,
        framing: Framing | None = None,
        note: str = "",
        by: str = "extractive",
    ) -> None:
        """`by`: whose words the draft is in, where that is not code's own."""
        self._solved = solved
        self._framing = framing or Framing()
        self._asked = solved.asked
        self._index = index
        self._model = model
        self._evidence_tokens = evidence_tokens
        self._clock = clock
        self._citations = CitationList(index.documents)
        self._by = by
        self._text = ""
        self._claims: list[Claim] = []
        self._warnings: list[str] = [note] if note else []

    def events(self) -> Iterator[TextChunk | Answer]:
        """The answer's text in verified pieces, then the Answer."""
        if self._asked.corrected:
            written, meant = self._asked.corrected.split("→")
            self._warnings.append(f"问题中的“{written}”按“{meant}”理解。")
        draft = self._solved.draft
        if not draft.claims:
            yield self._chunk(unmarked(self._framing.not_found(self._asked, draft, self._index)))
            yield self._answer("not_found", "extractive")
            return
        answered_by = self._by
        if (
            self._model is not None
            and self._framing.is_chinese
            and _is_worth_wording(self._asked, draft, self._model)
        ):
            answered_by = yield from self._worded_by(self._model, draft)
        if answered_by == self._by:
            for claim in draft.claims:
                yield self._claim_chunk(claim)
        yield from self._doubts()
        for name in draft.missing:
            yield self._chunk(unmarked(f"\n{self._framing.missing(name)}"))
        for name in draft.elsewhere:
            yield self._chunk(unmarked(f"\n{self._framing.elsewhere(name)}"))
        is_partial = bool(draft.missing or draft.elsewhere or draft.is_partial)
        yield self._answer("partial" if is_partial else "answered", answered_by)

    def _worded_by(self, model: ChatModel, draft: Draft) -> Generator[TextChunk, None, str]:
        """The model's verified claims; returns who answered: "extractive" when none of them stood."""
        claims = drafted(
            self._asked, self._solved.answerable, self._index, model, tokens=self._evidence_tokens
        )
        answered_by = "extractive"
        try:
            for claim in guarded(claims, self._asked, draft, is_small=model.where != "remote"):
                if claim is None:
                    yield TextChunk("")
                    continue
                answered_by = model.name
                yield self._claim_chunk(claim if self._text else owned(claim))
        except ModelUnavailable as error:
            self._warnings.append(f"模型没有完成回答，以下为原文摘录。原因：{error.message}")
            return "extractive"
        return answered_by

    def _doubts(self) -> Iterator[TextChunk]:
        """Places that disagree with what was cited, as claims of their own; the reasons become warnings."""
        self._warnings.extend(warnings_about(self._claims, self._index))
        for claim in other_places(self._claims, self._index):
            yield self._claim_chunk(claim)

    def _claim_chunk(self, claim: Claim) -> TextChunk:
        self._claims.append(claim)
        return self._chunk(
            ("\n" if self._text else "") + self._citations.rendered(self._framing.claim(claim))
        )

    def _chunk(self, text: str) -> TextChunk:
        self._text += text
        return TextChunk(text)

    def _answer(self, status: Status, answered_by: str) -> Answer:
        self._clock.lap("answer")
        return Answer(
            text=self._text,
            status=status,
            citations=tuple(self._citations.citations),
            warnings=tuple(map(self._framing.warning, self._warnings)),
            answered_by=answered_by,
            timings=self._clock.laps,
            question=self._asked.text,
            evidence=self._solved.evidence,
            compared=self._compared() if answered_by == "extractive" else (),
        )

    def _compared(self) -> tuple[Compared, ...]:
        return tuple(
            Compared(side.label, side.value, side.unit, self._citations.number_of(side.source))
            for side in self._solved.draft.figures
        )


def _is_worth_wording(asked: Question, draft: Draft, model: ChatModel) -> bool:
    """Whether a model can better the draft.

    Measured (eval/LOG.md): the small local model's figures are bare (120), its lists lose items, and it says 是 to
    a false premise; of texts that are too long to read at a glance it makes a good sentence. A larger one words
    figures and lists well, too. Nobody's 是 or 不是 can be checked against a source.
    """
    if draft.is_settled or asked.confirms:
        return False
    length = sum(len(claim.text) for claim in draft.claims)
    return model.where == "remote" or (asked.asks in ("text", "place") and length > _AT_A_GLANCE)
