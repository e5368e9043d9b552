"""The walk of one question, forward only: put in Chinese → solved → looked at by a model → drafted, verified, answered."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.answer import EvidenceFound, StreamEvent, TextChunk, Turn
from qa.bilingual.framing import framing
from qa.bilingual.local_places import placed_in_chinese
from qa.bilingual.other_wordings import other_wordings
from qa.bilingual.question import asked_in_chinese
from qa.conversation.conversing import Conversing
from qa.drafting.answering import Answering, Clock
from qa.drafting.likely_answer import likely_answer
from qa.drafting.nearest_across import nearest_across
from qa.drafting.paraphrasing import SecondLook
from qa.drafting.reading import read
from qa.drafting.second_look import second_look
from qa.evidence.limits import Searched
from qa.evidence.solving import Solved
from qa.models.choice import ChatModel
from qa.settings import Settings
from qa.understanding.english import with_chinese_places
from qa.understanding.known_places import known_places
from qa.understanding.plainly import question_itself
from qa.understanding.question import LONGEST_QUESTION, checked, readable
from qa.understanding.script import Language, language_of, to_simplified
from vectorstore.documents import Document


@dataclass(frozen=True)
class Walk:
    """Takes questions to their answers: extractive ones without a `model`."""

    settings: Settings
    conversing: Conversing
    model: ChatModel | None = None

    def events(
        self, question: str, history: Sequence[Turn], searched: Searched, clock: Clock
    ) -> Iterator[StreamEvent]:
        """EvidenceFound, TextChunks and the Answer, as `Assistant.stream` has them. Raises QuestionUnusable."""
        solver, language = searched.part, language_of(readable(question))
        said, earlier = in_chinese(question, history, searched.whole.index.documents)
        clock.lap("understand")
        solved = solver.cited_first(self._solved(said, earlier, searched, language))
        clock.lap("find")
        yield EvidenceFound(solved.asked.text, solved.evidence)
        found = yield from self._looked_at(question, solved, searched, language, clock)
        if found.is_other:
            solved = solver.cited_first(found.solved)
            yield EvidenceFound(solved.asked.text, solved.evidence)
        answering = Answering(
            solved,
            solver.index,
            # What a model has read or found is worded already.
            model=None if found.is_other or self._reads else self.model,
            evidence_tokens=self.settings.evidence_tokens,
            clock=clock,
            framing=framing(language, readable(question), solved.asked, solver.index),
            note=found.note,
            by=found.by,
        )
        yield from answering.events()

    def _solved(self, said: str, earlier: Sequence[Turn], searched: Searched, language: Language) -> Solved:
        """The solution in the conversation; of an English question for a figure also of what else it may stand for
        (allowance: 补贴, 补助): a text that is near in words is found for anything."""
        solved = self.conversing.solved(said, earlier, searched.part, searched.documents)
        is_open = not (solved.draft.claims or solved.asked.elsewhere or solved.asked.is_outside)
        if language != "en" or not is_open or solved.asked.asks != "number":
            return solved
        for other in other_wordings(said):
            found = self.conversing.solved(other, earlier, searched.part, searched.documents)
            if found.draft.claims:
                return found
        return solved

    @property
    def _reads(self) -> bool:
        """Whether the model is large enough to read the papers itself."""
        return self.model is not None and self.model.where == "remote" and self.settings.reading_tokens > 0

    def _looked_at(
        self, question: str, solved: Solved, searched: Searched, language: Language, clock: Clock
    ) -> Generator[TextChunk, None, SecondLook]:
        """What a second look at a refused question makes of what was found: the likeliest sentence, then a model's."""
        solver = searched.part
        if self.model is not None and self._reads:
            tokens = self.settings.reading_tokens
            found = yield from read(
                readable(question), solved, self.model, solver, tokens=tokens, in_words=language != "en"
            )
            clock.lap("read")
            return found
        likely = (
            nearest_across(readable(question), solved, solver) if language == "en" else SecondLook(solved)
        )
        if not likely.is_other:
            likely = likely_answer(solved, solver)
        clock.lap("likeliest")
        if self.model is None or likely.is_other:
            return likely
        return (
            yield from second_look(
                readable(question),
                solved,
                self.model,
                solver,
                lambda text: self.conversing.solved(text, (), solver, searched.documents),
                clock,
            )
        )


def in_chinese(
    question: str, history: Sequence[Turn], documents: Mapping[str, Document]
) -> tuple[str, list[Turn]]:
    """The question and the turns before it in Simplified characters, English ones as the Chinese ones they stand for.

    Raises QuestionUnusable.
    """
    regions = known_places(documents).regions

    def chinese(text: str) -> str:
        simplified = to_simplified(text)
        if language_of(simplified) != "en":
            return with_chinese_places(simplified, regions)
        return asked_in_chinese(placed_in_chinese(simplified, documents), documents)

    earlier = [
        Turn(
            question_itself(chinese(readable(turn.question)[:LONGEST_QUESTION]), regions),
            to_simplified(turn.answer),
        )
        for turn in history
    ]
    return question_itself(chinese(checked(question)), regions), [turn for turn in earlier if turn.question]
