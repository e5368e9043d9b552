"""The parts of a question told beside each other: by one sentence, or near the sentence that tells another part."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from qa.evidence.amounts import has_amount
from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.measures import measures_right
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from qa.understanding.question import Question, understand
from qa.understanding.wording import synonyms_in
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name
from vectorstore.sentences import shortest_run

# What share of a part's own words a sentence must say to tell it; to tell it rather than another sentence does.
_SAYS, _SAYS_ALL = 0.7, 0.95
_SHORT, _A_WORD = 2, 3
# What only asks, and what the whole question says of every part.
_ASKING = re.compile(
    r"涉及|惠及|牵涉|(?:一共|总共|合计|各自?|分别|又|都|还|现在|目前)|(?:[是有为达到发给补花用投拨出掏拿了])*(?:多少|几)(?:[人个户名次家件张元钱对位所处项条块本支间册宗起类座]|人次|万元)*|(?:是|有)?(?:什么|啥|哪些)|呢$|[,、?。]"
)


# 床位数, 机构数量: sentences give the number without the word.
_COUNT = re.compile("(?<=..)数量?$")


@dataclass(frozen=True)
class Told:
    """What a part of a question wants of a sentence: its own words in all their forms, without those carried over from the
    part before; `alone`: the part as a question of those words only."""

    part: Question
    alone: Question
    words: tuple[tuple[str, ...], ...]
    terms: Sequence[Term]

    def says(self, text: str) -> float:
        """How much of the part's own words a text says (0 … 1); 1 for a part that only counts (多少钱)."""
        held = plain(text)
        if self.words and all(any(_is_held(form, held) for form in forms) for forms in self.words):
            return 1.0
        return coverage(self.terms, held) if self.terms else float(not self.words)

    def is_told_by(self, text: str, least: float = _SAYS) -> bool:
        """Whether a text says the part, with a figure in its unit where it asks for one."""
        return self.says(text) >= least and (self.part.asks != "number" or self._has_figure(text))

    def _has_figure(self, text: str) -> bool:
        # 核减了几个 may count people.
        unit = "" if self.part.unit == "个" else self.part.unit or self.part.likely_unit
        part = replace(self.part, unit=unit)
        return has_amount(part, text) and (not self.words or measures_right(part, text, context=text))


def _is_held(form: str, text: str) -> bool:
    """Whether a text says a word, or the characters of a short one with a few between them (街巷: 背街小巷)."""
    if form in text:
        return True
    return (
        len(form) == _SHORT
        and re.search(f"{re.escape(form[0])}.{{1,2}}{re.escape(form[1])}", text) is not None
    )


def told(part: Question, piece: str, solver: Solver) -> Told:
    """A part as it stands in the question."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    own = understand(piece, solver.index.documents)
    bare = re.sub(rf"{YEAR}年?[底末度]?", "", folded(piece))
    for region in part.regions:
        bare = bare.replace(region, "").replace(bare_name(region), "")
    cut = (_COUNT.sub("", word) for word in rjieba.cut(_ASKING.sub(" ", bare)))
    words = tuple(_forms_of(word) for word in cut if len(word.strip()) > 1)
    # 劝和 is no word of the dictionary.
    unknown = re.sub(r"[^\u4e00-\u9fff]|[了的是有个]", "", _ASKING.sub(" ", bare))
    # 全护理 is told of by the whole word.
    if len(unknown) > 1 and (not words or len(unknown) <= _A_WORD):
        words = (_forms_of(_COUNT.sub("", unknown)),)
    content = tuple(_COUNT.sub("", piece) for piece in own.content)
    alone = replace(part, text="".join(part.regions) + folded(piece), content=own.content)
    return Told(part, alone, words, tuple(solver.vocabulary.terms_of(replace(own, content=content))))


def _forms_of(word: str) -> tuple[str, ...]:
    """A word and what papers call it, in plain characters."""
    official = (
        other for synonym in synonyms_in(word) if synonym.written == word for other in synonym.official
    )
    # 州里, 市里 of those who pay are called 州级, 市级.
    level = (f"{word[0]}级",) if re.fullmatch("[省市州县区旗镇]里", word) else ()
    return tuple(dict.fromkeys(map(plain, (word, *official, *level))))


def told_by_one(
    asked: Question, wanted: Sequence[Told], solutions: Sequence[Solved], solver: Solver
) -> Solved | None:
    """The one sentence that gives a figure for each part; None where there is none, or the parts are of several times."""
    if not _are_alike(wanted) or any(one.part.asks != "number" for one in wanted):
        return None
    for source in _sentences_around(solutions, solver):
        text = solver.text_of(source)
        # What the whole is about may be named by the heading (专栏二:下陆康养中心建设项目).
        named = f"{source.passage.caption} {' '.join(source.passage.section[-1:])} "
        if _all_told(wanted, named, text) and _is_in_time(wanted[0], source):
            claim = _claim(source, partial(_all_told, wanted, named), solver)
            return replace(solver.solve(asked), draft=Draft((claim,), is_settled=True))
    return None


def with_neighbours(
    wanted: Sequence[Told], solutions: Sequence[Solved], solver: Solver, *, settled: Collection[int] = ()
) -> list[Solved]:
    """The solutions of the parts; what has none, or one from elsewhere, is told beside another where a sentence says it.

    `settled` are the numbers of parts that were worked out and stay as they are.
    """
    filled = list(solutions)
    for number, one in enumerate(wanted):
        others = [
            solution
            for at, solution in enumerate(filled)
            if at != number and solution.draft.claims and _are_alike([one, wanted[at]])
        ]
        if one.part.asks != "number" or not others or number in settled:
            continue
        claims = [claim for claim in filled[number].draft.claims if one.says(claim.text) >= _SAYS]
        own = {source.passage.id for claim in claims for source in claim.sources}
        if own and len(one.words) > 1:
            # Only what is of anything, as 床位数 is, may be meant of what stands beside it.
            continue
        least = _SAYS_ALL if own else _SAYS
        for source in _sentences_around(others, solver, beside=bool(one.words)):
            if source.passage.id in own:
                break
            if one.is_told_by(solver.text_of(source), least) and _is_in_time(one, source):
                claim = _claim(source, partial(one.is_told_by, least=least), solver)
                filled[number] = replace(solutions[number], draft=Draft((claim,), is_settled=True))
                break
    return filled


def _all_told(wanted: Sequence[Told], named: str, text: str) -> bool:
    """Whether a text tells every part, each with a figure; with the heading's words (`named`) for the first."""
    first, *others = wanted
    if sum(figure.is_amount for figure in figures_in(text)) < len(wanted):
        return False
    is_first = first.is_told_by(text) or (first.is_told_by(text, 0.0) and first.says(named + text) >= _SAYS)
    return is_first and all(one.is_told_by(text) for one in others)


def _are_alike(wanted: Sequence[Told]) -> bool:
    """Whether the parts are of one place, time and kind: what is planned stands beside what there is, and is none of it."""
    return len({(one.part.regions, one.part.years, one.part.aspect) for one in wanted}) == 1


def _is_in_time(one: Told, source: Source) -> bool:
    years = one.part.years
    return not years or not source.passage.years or bool(set(years) & set(source.passage.years))


def _sentences_around(
    solutions: Sequence[Solved], solver: Solver, *, beside: bool = True
) -> Iterator[Source]:
    """The sentences that the solutions quote from, each whole, then (`beside`) the others of the same passages."""
    quoted = [source for solution in solutions for claim in solution.draft.claims for source in claim.sources]
    passages: dict[str, Passage] = {s.passage.id: s.passage for s in quoted if not s.passage.cells}
    around = [
        sentence
        for passage in passages.values()
        for sentence in sentences_of(passage, solver.index.documents[passage.document].text)
    ]
    own = [s for s in around if any(_overlap(s, source) for source in quoted)]
    yield from own
    yield from (sentence for sentence in around if beside and sentence not in own)


def _overlap(one: Source, other: Source) -> bool:
    return one.passage.id == other.passage.id and one.start < other.end and other.start < one.end


def _claim(source: Source, suits: Callable[[str], bool], solver: Solver) -> Claim:
    """The shortest run of a sentence's clauses that suits, behind its place and years."""
    document = solver.index.documents[source.passage.document].text
    start, end = shortest_run(document, source.start, source.end, suits)
    said = document[start:end].rstrip(JOINING + ENDING)
    quoted = Source(source.passage, start, start + len(said))
    owner = owner_of(source.passage, (start, start + len(said)))
    return Claim(f"{owner}：{said}。" if owner else f"{said}。", (quoted,))
