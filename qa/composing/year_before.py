"""A figure held against that of the year before, of which a paper gives no figure but says itself how it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from qa.arithmetic.operand import trimmed
from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.changes import CHANGE
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.quantities import quantities_in
from qa.understanding.comparison_wording import ASKS_CHANGE, COMPARING, MORE_OR_LESS, YEAR_BEFORE
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans, sentence_spans

# 竹溪2024年离婚登记比2023年多了还是少了: the year before, by its number.
_YEAR_NAMED = re.compile(rf"(?:比|较|和|与|跟|同)({YEAR})年(?:底|末)?(?:相比|比)?")
_AGAINST = rf"(?:同比|环比|(?:比|较|与)(?:上一?年|去年|前一?年|上年度|{YEAR}年)(?:同期)?(?:[末底])?(?:相比)?)"
_STATED = re.compile(rf"{_AGAINST}[^,;。]{{0,14}}?(?:{CHANGE}|翻|持平)|(?:{CHANGE})了?[^,;。]{{0,4}}\d")
_NO_NAME_OF_ITS_OWN = re.compile(rf",?(?:{_AGAINST}|(?:净)?(?:{CHANGE}))")
_HAS_AMOUNT, _SAYS_AGAINST = re.compile(r"\d|持平"), re.compile(_AGAINST)
_NAMED, _FINDINGS = 0.9, 4
_GOES_ON = re.compile(rf",?(?:{CHANGE})了?约?\d")
_ASKED = re.compile("(?:一共|总共|各)?(?:是|有|为)?(?:多少|几)[个家张户名人元对处钱件]*")


def told_against_year_before(asked: Question, text: str, solver: Solver) -> Solved | None:
    """What a paper says of something and of how it changed on the year before; None for other questions, or where it does not."""
    about = _of_the_thing(asked, text, solver)
    for question in (about, replace(about, aspect="result")) if about else ():
        solved = solver.solve(question)
        for source in _told(solved, question, solver):
            stated = _with_its_change(source, question, solver)
            if stated:
                owner, said = owner_of(source.passage), solver.text_of(stated)
                claim = Claim(f"{owner}：{said}。" if owner else f"{said}。", (stated,))
                return replace(solved, asked=asked, draft=Draft((claim,), is_settled=True))
    return None


def _told(solved: Solved, about: Question, solver: Solver) -> Iterator[Source]:
    """What is quoted of a thing, then where a sentence names it with its figure: a row of a table says of no change."""
    quoted = [source for claim in solved.draft.claims for source in claim.sources[:1]]
    yield from (source for source in quoted[:1] if not source.passage.cells)
    if not quoted or not quoted[0].passage.cells:
        return
    for finding in solved.answerable[:_FINDINGS]:
        passage = finding.passage
        text = solver.index.documents[passage.document].text
        for start, end in () if passage.cells else clause_spans(text, finding.start, finding.end):
            said = text[start:end]
            if _names(about, folded(said), solver) and quantities_in(said):
                yield trimmed(passage, text, start, end)


def _of_the_thing(asked: Question, text: str, solver: Solver) -> Question | None:
    """The question for the thing itself, where one asks whether it became more or less; else None."""
    named = _YEAR_NAMED.search(text)
    is_next = named is not None and asked.years == (int(named[1]), int(named[1]) + 1)
    if not ASKS_CHANGE.search(text) or not (is_next or YEAR_BEFORE.search(text)) or len(asked.regions) > 1:
        return None
    bare = _YEAR_NAMED.sub(",", text) if is_next else YEAR_BEFORE.sub(",", text)
    said = re.sub(rf"(?:[是又都]|[变更])*{MORE_OR_LESS}了?", "", bare)
    subject = _ASKED.sub("", COMPARING.sub("", said)).strip(",?的是 ")
    about = understand(f"{subject}多少", solver.index.documents)
    if not about.content:
        return None
    years = asked.years[-1:] if is_next else about.years
    return replace(
        about, asks="number", documents=asked.documents or about.documents, years=years, confirms=False
    )


def _with_its_change(source: Source, about: Question, solver: Solver) -> Source | None:
    """What is quoted, up to the clause of its sentence that says how it changed; None without one."""
    text = solver.index.documents[source.passage.document].text
    passage = source.passage
    sentence = next(
        ((a, b) for a, b in sentence_spans(text, passage.start, passage.end) if a <= source.start < b),
        (source.start, source.end),
    )
    clauses = list(clause_spans(text, *sentence))
    own = [span for span in clauses if span[0] < source.end and span[1] > source.start]
    behind = [span for span in clauses if span[0] >= source.end]
    if not own:
        return None
    is_of_one = not _counts_several(text[own[0][0] : own[-1][1]])
    for number, (start, end) in enumerate([*own, *behind]):
        said = folded(text[start:end])
        is_next = number <= len(own) and (number < len(own) or _NO_NAME_OF_ITS_OWN.match(said) is not None)
        if _says_change(said) and ((is_of_one and is_next) or _names(about, said, solver)):
            # 比上年增加5200万元,增长21.5%
            further = takewhile(
                lambda c: _GOES_ON.match(folded(text[c[0] : c[1]])), [*own, *behind][number + 1 :]
            )
            last = max([source.end, end, *(span[1] for span in further)])
            shown = text[source.start : last].rstrip(JOINING + ENDING)
            return Source(passage, source.start, source.start + len(shown))
    return None


def _counts_several(said: str) -> bool:
    """Whether one clause gives several figures in one unit (结婚3542对、离婚1287对,同比…), so that the change may be either's."""
    units = [spot.quantity.unit for spot in quantities_in(said)]
    return len(units) != len(set(units))


def _says_change(clause: str) -> bool:
    return all(pattern.search(clause) for pattern in (_STATED, _HAS_AMOUNT, _SAYS_AGAINST))


def _names(about: Question, clause: str, solver: Solver) -> bool:
    """Whether a clause is of the same thing (结婚登记数量比上年减少318对)."""
    return coverage(solver.vocabulary.terms_of(about), plain(clause)) >= _NAMED
