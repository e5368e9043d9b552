"""The points of an outline: what a section says, part by part, each as short as it can be read at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.composing.fitting import Told, fit
from qa.composing.leads import POINT, Span, beginning, is_counted, leads_of, leads_up, spans_of
from qa.composing.telling import shared_out, tells, without_hopes
from qa.evidence.claims import Source
from qa.evidence.lists import headings_below
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.sentences import sentence_spans

MOST_POINTS = 12
FEWEST_POINTS = 2
# Characters of a whole outline, which its points share: of headings with a word or two each, and of whole sentences.
_OUTLINE, _SENTENCES = 180, 360
# Characters of all sentences of a brief outline, and how many it keeps in any case.
_BRIEF, _FEWEST_BRIEF = 230, 4
# Characters of a point at most.
_LONGEST_POINT = 100
# Characters of a sentence that stands for itself, at most.
_LONGEST_SENTENCE = 160
# With more headings than this, the headings alone are the outline.
_MOST_EXPLAINED = 6
_MOST_BESIDE = 2
# The sentence that leads a paragraph, and the share of a section's paragraphs that have one.
_SHORT_LEAD, _MOSTLY = 24, 0.6
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[章节条、.]|第[一二三四五六七八九十]+部分|[(\uff08][一二三四五六七八九十\d]+[)\uff09]|\d+(?:\.\d+)*[.、]|[—-]+|[①-⑳])\s*"
)
# A box that belongs to the headings beside it.
_BOX = re.compile(r"^(?:专栏|表|附表|附件|图)\s*[一二三四五六七八九十\d]*\s*[:：]?\S")
_OF_THE_YEAR = re.compile(r"\d{4}年是")

Point = tuple[str, tuple[Source, ...]]


def without_number(label: str) -> str:
    """A heading without its numbering and without what marks it as one."""
    return re.sub(r"[*#]+", "", _NUMBERING.sub("", re.sub(r"^[*#\s]+", "", label))).strip(
        JOINING + ENDING + " \u3000"
    )


def heading_points(below: Sequence[tuple[str, Source]]) -> list[Point]:
    """Headings as points."""
    return [(without_number(label), (source,)) for label, source in below]


def parts_of(section: tuple[str, ...], document: str, index: PassageIndex) -> list[tuple[str, Source]]:
    """The headings right below a section, without the boxes that belong to them."""
    below = headings_below(section, document, index)
    plain = [(label, source) for label, source in below if not _BOX.match(label)]
    return plain if len(plain) >= FEWEST_POINTS else below


def points_of(
    section: tuple[str, ...],
    document: str,
    index: PassageIndex,
    *,
    is_brief: bool = False,
    among: Sequence[str] = (),
) -> list[Point]:
    """The parts of a section with what each is about, or its sentences where it has no parts; `among` only these parts.

    A brief outline tells beside its headings only what a screen has room for, even of figures.
    """
    below = [part for part in parts_of(section, document, index) if not among or part[0] in among]
    if len(below) >= FEWEST_POINTS:
        return _headed_points(section, below, document, index, is_brief=is_brief)
    text = index.documents[document].text
    led = _led_points(section, document, index, is_brief=is_brief)
    return led or _as_points(spans_of(_texts(section, document, index), text), text, is_brief=is_brief)


def sentences_about(
    words: Sequence[str],
    sections: Sequence[tuple[str, ...]],
    document: str,
    index: PassageIndex,
    *,
    is_brief: bool,
) -> list[Point]:
    """The sentences of some sections that say one of the words, each as a point."""
    text = index.documents[document].text
    passages = [passage for section in sections for passage in _texts(section, document, index)]
    spans = spans_of(passages, text)
    return _as_points(
        [span for span in spans if any(word in folded(text[span[1] : span[2]]) for word in words)],
        text,
        is_brief=is_brief,
    )


def speaking_of(
    words: Sequence[str], section: tuple[str, ...], heading: Source, document: str, index: PassageIndex
) -> Point | None:
    """What a section says of something that its heading does not name: the sentences that begin with it."""
    text = index.documents[document].text
    leads = []
    for passage in _texts(section, document, index):
        for start, end in sentence_spans(text, passage.start, passage.end):
            begin, stop = beginning(text, start, end)
            if all(_is_subject(word, folded(text[begin:stop])) for word in words):
                leads.append(Source(passage, begin, stop))
    if not leads:
        return None
    return _explained(text[heading.start : heading.end], heading, leads[:_MOST_BESIDE], text)


def _is_subject(word: str, clause: str) -> bool:
    """Whether a clause is about something, and does not only name it among others (社会救助、婚户育、殡葬等领域)."""
    return re.search(rf"(?<![、和与及]){re.escape(word)}(?!等|、|和|与|及)", clause) is not None


def _room(count: int, label: str) -> int:
    """Characters that one of so many points has beside its heading; none beside what is counted (一是…), which says it."""
    if is_counted(label):
        return 0
    return min(_OUTLINE // count, _LONGEST_POINT) - len(label)


def _texts(section: tuple[str, ...], document: str, index: PassageIndex) -> list[Passage]:
    return [
        passage
        for passage in index.of_document(document)
        if passage.section[: len(section)] == section and passage.kind == "text"
    ]


def _headed_points(
    section: tuple[str, ...],
    below: Sequence[tuple[str, Source]],
    document: str,
    index: PassageIndex,
    *,
    is_brief: bool,
) -> list[Point]:
    if len(below) > _MOST_EXPLAINED:
        return heading_points(below)
    text = index.documents[document].text
    inner = [parts_of((*section, label), document, index) for label, _ in below]
    told: list[Told] = []
    for (label, source), parts in zip(below, inner, strict=True):
        passages = _texts((*section, label), document, index)
        has_parts = len(parts) >= FEWEST_POINTS
        told.append((label, source, [] if has_parts else leads_of(passages, text, _room(len(below), label))))
    fit(told, text, section, is_brief=is_brief)
    return [
        _with_parts(label, source, parts)
        if len(parts) >= FEWEST_POINTS
        else _explained(label, source, leads, text)
        for (label, source, leads), parts in zip(told, inner, strict=True)
    ]


def _with_parts(label: str, source: Source, inner: Sequence[tuple[str, Source]]) -> Point:
    """A heading with the headings below it."""
    names = [without_number(name) for name, _ in inner]
    return f"**{without_number(label)}**：{'；'.join(names)}", (source, *(held for _, held in inner))


def _explained(label: str, source: Source, leads: Sequence[Source], text: str) -> Point:
    """A heading and what is said below it, cited as one span where nothing stands between them."""
    if not leads:
        return without_number(label), (source,)
    said = f"**{without_number(label)}**：{'；'.join(text[lead.start : lead.end] for lead in leads)}"
    first, *others = leads
    if not text[source.end : first.start].strip(JOINING + ENDING + "* \r\n\t\u3000\u00a0"):
        return said, (Source(source.passage, source.start, first.end), *others)
    return said, (source, *leads)


def _led_points(
    section: tuple[str, ...], document: str, index: PassageIndex, *, is_brief: bool
) -> list[Point]:
    text = index.documents[document].text
    led = _led(section, document, index)
    told: list[Told] = []
    for paragraph, lead in led:
        label = text[lead.start : lead.end]
        told.append((label, lead, leads_of(paragraph, text, _room(len(led), label), after=lead.end)))
    fit(told, text, section, is_brief=is_brief)
    return [_explained(label, lead, leads, text) for label, lead, leads in told]


def led_paragraphs_of(
    section: tuple[str, ...], document: str, index: PassageIndex
) -> list[tuple[str, Source]]:
    """The short sentences that lead the paragraphs of a section, like headings; empty where most have none."""
    text = index.documents[document].text
    return [(text[lead.start : lead.end], lead) for _, lead in _led(section, document, index)]


def paragraph_points(
    document: str, index: PassageIndex, is_about: Callable[[str], bool]
) -> tuple[str, list[Point]]:
    """Of a paper without headings: the lead of the paragraph that is about something, and its sentences."""
    text = index.documents[document].text
    for paragraph, lead in _led((), document, index):
        if is_about(text[lead.start : lead.end]):
            spans = spans_of(paragraph, text, after=lead.end)
            points = [
                sentence_point(passage, start, end, text, _LONGEST_POINT) for passage, start, end in spans
            ]
            return without_number(text[lead.start : lead.end]), points
    return "", []


def _led(section: tuple[str, ...], document: str, index: PassageIndex) -> list[tuple[list[Passage], Source]]:
    """The paragraphs of a section's own, each with the short sentence that leads it (养老服务加快发展。截至…)."""
    text = index.documents[document].text
    paragraphs = _paragraphs([p for p in _texts(section, document, index) if p.section == section], text)
    led = [
        (paragraph, lead)
        for paragraph in paragraphs
        if (lead := _lead_of(paragraph, text)) and not _OF_THE_YEAR.match(text[lead.start : lead.end])
    ]
    return led if len(led) >= max(FEWEST_POINTS, _MOSTLY * len(paragraphs)) else []


def _paragraphs(passages: Sequence[Passage], text: str) -> list[list[Passage]]:
    """Passages by the paragraph that they stand in, without what is no running text or only leads to the rest."""
    paragraphs: list[list[Passage]] = []
    for passage in passages:
        if paragraphs and not re.search(r"[\r\n]", text[paragraphs[-1][-1].end - 1 : passage.start]):
            paragraphs[-1].append(passage)
        else:
            paragraphs.append([passage])
    return [
        held
        for held in paragraphs
        if re.search(f"[{ENDING}]", text[held[0].start : held[-1].end])
        and not leads_up(text[held[0].start : held[-1].end])
    ]


def _lead_of(paragraph: Sequence[Passage], text: str) -> Source | None:
    """The short sentence that leads a paragraph of more than one."""
    spans = sentence_spans(text, paragraph[0].start, paragraph[-1].end)
    start, end = spans[0]
    is_lead = len(spans) > 1 and end - start <= _SHORT_LEAD and text[end - 1] in ENDING
    return Source(paragraph[0], start, end) if is_lead else None


def _as_points(spans: list[Span], text: str, *, is_brief: bool) -> list[Point]:
    """Sentences as points; of too many, and in brief of those that are too long together, the telling ones."""
    while len(spans) > MOST_POINTS and (
        dull := [span for span in spans if not _tells(text[span[1] : span[2]])]
    ):
        spans.remove(dull[-1])
    longest = min(shared_out([end - start for _, start, end in spans], _SENTENCES, POINT), _LONGEST_SENTENCE)
    points = [sentence_point(passage, start, end, text, longest) for passage, start, end in spans]
    while is_brief and len(points) > _FEWEST_BRIEF and sum(len(said) for said, _ in points) > _BRIEF:
        points.remove(min(reversed(points), key=lambda point: tells(point[0])))
    return points


def _tells(sentence: str) -> bool:
    """Whether a sentence says how much or names something."""
    return bool(re.search('[“"《]', sentence)) or any(figure.is_amount for figure in figures_in(sentence))


def sentence_point(passage: Passage, start: int, end: int, text: str, longest: int = POINT) -> Point:
    """The first clauses of a sentence as a point, without its number."""
    begin, stop = beginning(text, start, end, longest)
    stop = begin + len(text[begin : without_hopes(text, begin, stop)].rstrip(JOINING + ENDING))
    numbered = _NUMBERING.match(text[begin:stop])
    begin += numbered.end() if numbered and numbered.end() < stop - begin else 0
    return text[begin:stop], (Source(passage, begin, stop),)
