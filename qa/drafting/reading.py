"""A large model reads the passages around a question and names the places that answer it; what is shown stays the papers' words.

It is asked once, whether code has found an answer or not. What it quotes has to stand there, of the place, year and unit asked
about; what it calculates, code calculates; its own words are shown only where code can hold them against what is quoted.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from qa.answer import TextChunk
from qa.bilingual.warnings import READ_BY_MODEL, READ_NOT_STATED, READ_OTHERWISE
from qa.drafting.draft import sentences, without_thoughts
from qa.drafting.grounding import grounded
from qa.drafting.guarding import gives_its_figures, owned
from qa.drafting.material import material_for, messages
from qa.drafting.paraphrasing import SecondLook
from qa.drafting.picking import has_unit, places_in
from qa.drafting.reply import Reply, reply_in
from qa.drafting.sums import calculated
from qa.errors import ModelUnavailable
from qa.evidence.claims import CALCULATION, Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.prose import quoted
from qa.evidence.row_names import row_shown
from qa.evidence.rows import row_claim
from qa.evidence.solving import Solved, Solver
from qa.figures.values import Figure, figures_in
from qa.models.choice import ChatModel
from qa.understanding.attributes import asks_opinion
from qa.understanding.units import same_kind

# Room for a model that thinks before it speaks; one that does not needs a tenth.
_LONGEST_REPLY_TOKENS = 2000
_FEW = 2
_BY_CODE = "程序按字面查到的是："
_TOLERANCE = 0.01


@dataclass(frozen=True)
class Reading:
    """What stands of a reply: the `quotes`, the calculation as the last of them, and the model's `words` (() where not)."""

    quotes: tuple[Claim, ...] = ()
    words: tuple[Claim, ...] = ()

    @property
    def sources(self) -> list[Source]:
        """All spans that it rests on."""
        return _sources(self.quotes)


def may_be_read(solved: Solved) -> bool:
    """Whether a model may find more than code did: a question about a place that is there, and no overview."""
    asked, draft = solved.asked, solved.draft
    is_elsewhere = asked.is_outside or (bool(asked.elsewhere) and not asked.regions)
    # Lists out of a document's structure are complete as they are.
    is_list = asked.asks in ("list", "text") and draft.is_settled and len(draft.claims) > _FEW
    return not is_elsewhere and not asks_opinion(asked.text) and not is_list


def read(
    question: str, solved: Solved, model: ChatModel, solver: Solver, *, tokens: int, in_words: bool
) -> Generator[TextChunk, None, SecondLook]:
    """The answer with what the model has read; what code found stays where the model is of no help, or fails.

    `question` as it was asked, `in_words`: whether the model's own words may be shown. The empty chunks between let a caller
    stop it.
    """
    if not may_be_read(solved):
        return SecondLook(solved)
    material = material_for(solved, solver, tokens=tokens)
    if not material:
        return SecondLook(solved)
    text = ""
    try:
        asking = messages(question, solved.asked.text, material)
        for piece in without_thoughts(model.stream(asking, max_tokens=_LONGEST_REPLY_TOKENS)):
            text += piece
            yield TextChunk("")
    except ModelUnavailable as error:
        return SecondLook(solved, f"模型没有完成回答，以下由程序按字面查找。原因：{error.message}")
    reply = reply_in(text)
    if reply.denies:
        return _denied(solved)
    found = _read_from(reply, solved, material, solver, in_words=in_words)
    return _joined(solved, found, solver, model.name, in_words=in_words)


def _denied(solved: Solved) -> SecondLook:
    """What code found though the model holds that nothing states it: given, for checking."""
    if not solved.draft.claims:
        return SecondLook(solved)
    doubted = replace(solved, draft=replace(solved.draft, is_partial=True))
    return SecondLook(doubted, READ_NOT_STATED, is_other=True)


def _read_from(
    reply: Reply, solved: Solved, material: Sequence[Finding], solver: Solver, *, in_words: bool
) -> Reading:
    """What stands of a reply."""
    asked = solved.asked
    texts = {name: document.text for name, document in solver.index.documents.items()}
    places = places_in(reply, asked, material, texts)
    if reply.quotes and not places:
        return Reading()
    if not reply.quotes and solved.draft.claims:
        # A model that names no place may word what code has found, and not put something else before it.
        places = [one for one in places if _rests_on([_source(one)], _sources(solved.draft.claims))]
    held = [f"{one.text} {row_shown(one.passage)} {one.passage.caption}" for one in places]
    said = asked.text.replace("块", "元")
    sums = [calculated(one, [*held, said], unit=asked.unit) for one in reply.sums]
    sources = tuple(map(_source, places))
    results = [Claim(f"{CALCULATION}{line}。", sources) for line in sums if line] if places else []
    if asked.asks == "number" and not has_unit(asked.unit, [*held, *(claim.text for claim in results)]):
        places = []
    quotes = [*_quotes(solved, places, solver), *results] if places else []
    words = _words(reply, solved, places or material, texts) if in_words else ()
    return Reading(tuple(quotes), words)


def _quotes(solved: Solved, places: Sequence[Finding], solver: Solver) -> list[Claim]:
    """The places in the papers' words, those of one section together."""
    claims: list[Claim] = []
    run: list[Finding] = []
    for place in [*places, None]:
        goes_on = (
            run and place and not place.passage.cells and place.passage.section == run[0].passage.section
        )
        if run and not (goes_on and place and place.passage.document == run[0].passage.document):
            claims.append(quoted(run))
            run = []
        if place is not None and place.passage.cells:
            claims.append(row_claim(solved.asked, place, solver.index))
        elif place is not None:
            run.append(place)
    return claims


def _words(
    reply: Reply, solved: Solved, places: Sequence[Finding], texts: dict[str, str]
) -> tuple[Claim, ...]:
    """The model's sentences, if all of them stand on what it quotes; () else, and where nobody could check them.

    An amount is said in its words only where code's own answer gives it: which of a sentence's figures is meant, no rule tells.
    """
    asked, claims = solved.asked, []
    if asked.confirms:
        return ()
    for sentence in sentences(iter([reply.words])):
        if not sentence.strip():
            continue
        claim = grounded(sentence, asked, places, texts)
        if claim is None:
            return ()
        claims.append(claim)
    has_amounts = any(figure.is_amount for claim in claims for figure in figures_in(claim.text))
    if (has_amounts or asked.asks == "number") and not gives_its_figures(claims, solved.draft):
        return ()
    return tuple(claims[:1] and [owned(claims[0]), *claims[1:]])


def _joined(solved: Solved, found: Reading, solver: Solver, name: str, *, in_words: bool) -> SecondLook:
    """The answer of code and model together.

    Where both say the same, code's stands (in the model's words, if it is not exact as it is); else the model's comes first and
    what code found behind it, as a partial answer with a note.
    """
    draft = solved.draft
    if not found.quotes or (draft.claims and _agree(solved, found)):
        if found.words and draft.claims and not draft.is_settled:
            worded = replace(solved, draft=replace(draft, claims=found.words, is_settled=True))
            return SecondLook(worded, is_other=True, by=name)
        return SecondLook(solved)
    said = found.quotes if _results(found.quotes) else found.words or found.quotes
    own = _sources(draft.claims)
    # Of what code put together, the model may need a part alone.
    others = [] if _rests_on(found.sources, own) else _not_within(draft.claims, found.sources)
    # In the frame of another language the note alone tells which is which.
    claims = (*said, *([Claim(_BY_CODE)] if others and in_words else ()), *others)
    note = (READ_OTHERWISE if others else READ_BY_MODEL).format(name=name)
    joined = replace(solved, draft=Draft(claims, elsewhere=draft.elsewhere, is_settled=True, is_partial=True))
    return SecondLook(
        solver.with_evidence(joined, [s.passage for s in found.sources]), note, is_other=True, by=name
    )


def _not_within(claims: Sequence[Claim], sources: Sequence[Source]) -> list[Claim]:
    return [claim for claim in claims if not _rests_on(claim.sources, sources)]


def _agree(solved: Solved, found: Reading) -> bool:
    """Whether the model names what code has found: the same result or figures, or, of other questions, the same place."""
    own, read_out = _results(solved.draft.claims), _results(found.quotes)
    if own or read_out:
        amounts = _amounts(found.quotes if own else solved.draft.claims)
        return all(any(_is_same(one, other) for other in amounts) for one in own or read_out)
    return _rests_on(found.sources, _sources(solved.draft.claims))


def _source(place: Finding) -> Source:
    return Source(place.passage, place.start, place.end)


def _sources(claims: Sequence[Claim]) -> list[Source]:
    return [source for claim in claims for source in claim.sources]


def _results(claims: Sequence[Claim]) -> list[Figure]:
    """What calculations come to."""
    lines = [claim.text for claim in claims if claim.text.startswith(CALCULATION)]
    return [figure for line in lines for figure in figures_in(line.rpartition("=")[2])[:1]]


def _amounts(claims: Sequence[Claim]) -> list[Figure]:
    return [figure for claim in claims for figure in figures_in(claim.text) if figure.is_amount]


def _is_same(one: Figure, other: Figure) -> bool:
    near = abs(one.value - other.value) <= abs(float(other.value)) * _TOLERANCE
    return near and (
        one.unit == other.unit or not one.unit or not other.unit or same_kind(one.unit, other.unit)
    )


def _rests_on(sources: Sequence[Source], others: Sequence[Source]) -> bool:
    """Whether each of some spans shares text with one of the others."""
    return all(
        any(
            one.passage.document == other.passage.document and one.start < other.end and other.start < one.end
            for other in others
        )
        for one in sources
    )
