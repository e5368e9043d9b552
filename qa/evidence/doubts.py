"""What a reader of an answer must know about its sources: doubtful figures, and the places that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.evidence.claims import Claim, Source
from qa.figures.punctuation import ENDING, JOINING
from vectorstore.documents import Doubt, Passage
from vectorstore.index import PassageIndex
from vectorstore.sentences import clause_spans

# Said behind a figure that is doubted; the reason is told by the warning.
IS_DOUBTED = "这处数字存疑，原因见提醒，请向发文单位核实。"
# A phone screen is served: the rest can be read with `qa check`.
_MOST_PLACES = 2
_LONGEST_QUOTE = 60
_SAYS_SOMETHING = 4
_HAN = re.compile("[\u4e00-\u9fff]")


def doubted(sources: Iterable[Source], *, said: str = "") -> list[tuple[Source, Doubt]]:
    """Each doubt about text that `sources` cite, once, in their order; mere repetitions concern no reader.

    Of a row only the cells that an answer gives concern them, where its words are `said`.
    """
    found: dict[tuple[str, Doubt], Source] = {}
    for source in sources:
        for doubt in source.passage.doubts:
            overlaps = doubt.start < source.end and source.start < doubt.end
            is_shown = not (said and source.passage.cells) or _written(source, doubt) in said
            if overlaps and is_shown and doubt.kind != "repetition":
                found.setdefault((source.passage.document, doubt), source)
    return [(source, doubt) for (_, doubt), source in found.items()]


def _written(source: Source, doubt: Doubt) -> str:
    """The words of a doubt about one cell of a row; "" for one about more of it."""
    first = source.passage.start
    words = source.passage.text[max(0, doubt.start - first) : max(0, doubt.end - first)].strip()
    return words if any(words == value for _, value in source.passage.cells) else ""


def warnings_about(claims: Sequence[Claim], index: PassageIndex) -> list[str]:
    """One sentence for each reason to doubt what the claims cite, with the words that it is about."""
    quotes: dict[str, list[str]] = {}
    told: set[tuple[int, int]] = set()
    said = "".join(claim.text for claim in claims)
    for source, doubt in doubted((source for claim in claims for source in claim.sources), said=said):
        if doubt.counterpart in told:
            # Of two places that disagree and are both cited one sentence tells.
            continue
        told.add((doubt.start, doubt.end))
        quoted = quotes.setdefault(doubt.message, [])
        quote = _quote(source.passage, doubt.start, doubt.end, index)
        if quote not in quoted:
            quoted.append(quote)
    return [f"原文此处{''.join(map(_in_marks, quoted))}{message}。" for message, quoted in quotes.items()]


def other_places(claims: Sequence[Claim], index: PassageIndex) -> list[Claim]:
    """The places that disagree with what the claims cite and are not cited themselves, each as a claim."""
    cited = [source for claim in claims for source in claim.sources]
    added: list[Claim] = []
    for source, doubt in doubted(cited, said="".join(claim.text for claim in claims)):
        document = source.passage.document
        if doubt.counterpart is None or len(added) == _MOST_PLACES:
            continue
        start, end = doubt.counterpart
        known = [*cited, *(other for claim in added for other in claim.sources)]
        if any(s.passage.document == document and start < s.end and s.start < end for s in known):
            continue
        passage = passage_at(index, document, start)
        if passage is not None:
            quote = _quote(passage, start, end, index)
            span = (passage.start, passage.end) if passage.cells else (start, min(end, passage.end))
            place = Source(passage, *span)
            where = "表格中另作" if passage.cells else "正文另一处写作"
            added.append(Claim(f"注意：{where}{_in_marks(quote)}。", (place,)))
    return added


def place_of(passage: Passage, start: int, end: int, index: PassageIndex) -> tuple[str, Source]:
    """A doubted span as a reader can take it in, in quotation marks, and the clauses or the row that it stands in.

    Of a row its name and the cell; of a span that says nothing alone (995分) the clauses.
    """
    if passage.cells:
        source = Source(passage, passage.start, passage.end)
        return _in_marks(_quote(passage, start, end, index)), source
    text = index.documents[passage.document].text
    around = [
        clause
        for clause in clause_spans(text, passage.start, passage.end)
        if clause[0] < end and start < clause[1]
    ]
    first, last = min(around[0][0], start), max(around[-1][1], min(end, passage.end))
    last = first + len(text[first:last].rstrip(f"{JOINING}{ENDING}"))
    says_something = len(_HAN.findall(text[start:end])) >= _SAYS_SOMETHING
    words = text[start:end] if says_something else text[first:last]
    return _in_marks(_shortened(words)), Source(passage, first, last)


def passage_at(index: PassageIndex, document: str, position: int) -> Passage | None:
    """The passage that holds a character of a document; None between passages."""
    for passage in index.of_document(document):
        if passage.start <= position < passage.end:
            return passage
    return None


def _in_marks(quote: str) -> str:
    """In quotation marks that the quote itself does not use."""
    return f"「{quote}」" if "“" in quote or "”" in quote else f"“{quote}”"


def _quote(passage: Passage, start: int, end: int, index: PassageIndex) -> str:
    """The words of a doubt as a reader can take them in; of a row its name and the cell, not its characters."""
    text = index.documents[passage.document].text
    if passage.cells:
        return _cell(passage, start, end, text)
    return _shortened(text[start:end])


def _shortened(words: str) -> str:
    quote = words.strip()
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}……"


def _cell(passage: Passage, start: int, end: int, text: str) -> str:
    """指标：2020年目标值26 for the cell that stands at `start`; the row's name for a span of several cells."""
    name = passage.cells[0][1]
    position = passage.start
    for column, value in passage.cells:
        found = text.find(value, position, passage.end)
        if found < 0:
            continue
        if (found, found + len(value)) == (start, end) and value != name:
            shown = f"{column.removesuffix('%')}{value}{'%' if column.endswith('%') else ''}"
            return f"{name}：{shown}"
        position = found + len(value)
    return name
