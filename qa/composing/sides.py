"""The sides of a comparison: which places or years a question compares, and the question about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.composing.side_wants import AIMED_AT, OF_EACH, PRESENT, asks_of_side, measured, unit_of_side
from qa.evidence.retrieval import reciprocal_rank_fusion
from qa.evidence.solving import Solver
from qa.understanding.asking import WHEN_MADE
from qa.understanding.comparison_wording import (
    ADDRESSING,
    ALL_PLACES,
    ANY_PLACE,
    AROUND,
    CHOICE,
    COMPARING,
    HOW_MUCH_EACH,
    JOINING_WORDS,
    LEADING_YEAR,
    MENTIONING,
    MENTIONS,
    MOST,
    PAPER_ALONE,
    YEAR_BEFORE,
    asks_who_mentions,
)
from qa.understanding.question import Question, understand
from qa.understanding.words import generic_words, group_words, overview_words
from vectorstore.numerals import YEAR, is_span, years_in
from vectorstore.places import bare_name

_OF_KIND = frozenset(
    ("打算", "计划", "完成", "预计", "目标", "实际", "达到", "新增", "安排", "准备", "增加", "减少")
)
_FIGURES = re.compile(r"[\d.]+(?:万|亿)?(?:[个家张户名人元%对处]|百分点)?")
_EACH_YEAR = re.compile(r"(?<!平均)每一?年(?!度?(?:新增|增长|提高|增加)(?:率|速|幅))|逐年|各年|分年|历年")
# 下陆和荆门(2015年): the year of the place before it.
_YEAR_ASIDE = re.compile(rf"\(({YEAR}年)[^()]{{0,8}}\)")
_OWN_YEAR_WITHIN = 8
# 2015年荆门的床位是下陆现有床位的几倍: the year is that of the other place.
_AS_IT_IS = re.compile("[省市县区州]?的?(?:现有|目前|现在|当前)")
_MEASURE_FIRST = re.compile("(?:数[量额]?|率|占比|比例|标准|总量|总额|金额),$")
MOST_PLACES = 24
"""Of how many places at most one question asks that names none."""

_PASSAGES_OF_MANY = 400


@dataclass(frozen=True)
class Side:
    """One side of a comparison: how the table calls it, and the question that finds it; None without a file."""

    label: str
    asked: Question | None

    def at_any_time(self, text: str, places: Sequence[str]) -> Side | None:
        """The side without the year that the question `text` names beside another of its `places`; None where the year is its
        own, or stands before all of them."""
        if self.asked is None or not self.asked.regions or len(self.asked.years) != 1:
            return None
        year = str(self.asked.years[0])
        before, _, behind = text.partition(bare_name(self.asked.regions[0]))
        own = behind[:_OWN_YEAR_WITHIN].removeprefix(
            self.asked.regions[0].removeprefix(bare_name(self.asked.regions[0]))
        )
        first = next((text.find(bare_name(name)) for name in places if bare_name(name) in text), 0)
        is_of_all = year in text[: min(first, len(before))] and not _AS_IT_IS.match(behind)
        if own.startswith(year) or is_of_all:
            return None
        return Side(self.label, replace(self.asked, years=(), text=re.sub(rf"{year}年", "", self.asked.text)))


def compares_years(asked: Question) -> bool:
    """Whether the sides are years of one place rather than places."""
    return len(asked.regions) + len(asked.elsewhere) <= 1 and len(asked.years) > 1


def sides_of(asked: Question, text: str, solver: Solver) -> list[Side]:
    """The sides of a comparison in the order asked for; fewer than two when the question compares nothing."""
    documents = solver.index.documents
    if len(asked.regions) > 1 or (asked.regions and asked.elsewhere and CHOICE.search(text)):
        segments = _segments(
            asked, _YEAR_ASIDE.sub(r"\1", text), is_aside=_YEAR_ASIDE.search(text) is not None
        )
        # A year that stands with one of the places is that place's alone.
        shared = (
            asked.years if len(asked.years) == 1 and not any(years_in(said) for _, said in segments) else ()
        )
        own = [_of_place(asked, region, said, solver, shared) for region, said in segments]
        return [*own, *(Side(name, None) for name in asked.elsewhere)]
    everywhere = ALL_PLACES.search(text) or MENTIONS.search(text)
    if everywhere and not asked.regions and not asked.elsewhere:
        names = asked.documents or tuple(documents)
        regions = dict.fromkeys(documents[name].metadata.region for name in names)
        subject = COMPARING.sub("", AROUND.sub("", MENTIONING.sub("", ANY_PLACE.sub("", text))))
        if asks_who_mentions(text):
            asked = replace(asked, asks="text", unit="", likely_unit="", list_size=0)
        elif HOW_MUCH_EACH.search(text):
            asked = replace(asked, asks="number")
        asked_about = _likely([region for region in regions if region], subject, solver)
        subject = measured(subject, text)
        return [_of_place(asked, r, f"{r}{subject}", solver, asked.years) for r in asked_about]
    is_by_year = not is_span(asked.years) or _asks_of_each_year(text, asked.years)
    if len(asked.years) > 1 and is_by_year and not _asks_of_different_things(text):
        text = re.sub(
            r"(?:安排|计划|实际|目标|完成)(?:数|情况)|实绩|(?<=年)(?:实际)?完成|(?<=年)的?目标(?=各|分别|是)",
            "",
            text,
        )
        subject = re.sub(rf"(?:{YEAR}\s*年?(?:度|底|末)?[和与跟比、,到至]*)+", "", COMPARING.sub("", text))
        return [_of_year(asked, year, f"{year}年{subject}", solver) for year in asked.years]
    return []


def _asks_of_each_year(text: str, years: Sequence[int]) -> bool:
    """Whether what looks like a period is meant year by year: 2023—2025年每年, 2022年、2023年、2024年分别."""
    is_named = all(str(year) in text for year in years)
    return _EACH_YEAR.search(text) is not None or (is_named and OF_EACH.search(text) is not None)


def _asks_of_different_things(text: str) -> bool:
    """Whether each year is asked about something else (2021年报名多少人,2022年持证要到多少)."""
    clauses = [clause for clause in re.split("[,;?。]", text) if years_in(clause)]
    said = [re.sub(rf"{YEAR}年?", "", clause) for clause in clauses if re.search("多少|几", clause)]
    nouns = [_nouns_of(clause) for clause in said]
    return len(said) > 1 and len(said) == len(clauses) and all(nouns) and not set.intersection(*nouns)


def _nouns_of(text: str) -> set[str]:
    import rjieba  # noqa: PLC0415 - loads its dictionary

    return {
        word
        for word, tag in rjieba.tag(text)
        if tag.startswith(("n", "v", "l", "j")) and len(word) > 1 and word not in generic_words() | _OF_KIND
    }


def with_year_before(asked: Question, text: str, solver: Solver) -> tuple[Question, str]:
    """The question with the year before its own as a second one, where it holds the two against each other."""
    if not YEAR_BEFORE.search(text) or len(asked.regions) > 1 or len(asked.years) > 1:
        return asked, text
    years = asked.years
    if not years and len(asked.documents) == 1:
        years = solver.index.documents[asked.documents[0]].metadata.years
    if len(years) != 1:
        return asked, text
    return replace(asked, years=(years[0] - 1, years[0]), aspect=""), YEAR_BEFORE.sub("", text)


def _likely(regions: Sequence[str], subject: str, solver: Solver) -> Sequence[str]:
    """The regions; of very many those whose documents say most of the subject, for one question cannot ask of all."""
    if len(regions) <= MOST_PLACES:
        return regions
    index = solver.index
    rankings = [search(subject, limit=_PASSAGES_OF_MANY) for search in (index.by_words, index.by_bigrams)]
    ranked = reciprocal_rank_fusion([number for number, _ in ranking] for ranking in rankings)
    told = dict.fromkeys(index.passages[number].region for number, _ in ranked)
    wanted = set(regions)
    likely = set([region for region in told if region in wanted][:MOST_PLACES])
    return [region for region in regions if region in likely]


def _segments(asked: Question, text: str, *, is_aside: bool) -> list[tuple[str, str]]:
    """(region, question about it alone): what stands behind a place is its own, else what stands behind the last.

    `is_aside`: the year behind a place was written in brackets, so that it is of this place alone.
    """
    places = []
    for region in asked.regions:
        written = next((form for form in (region, bare_name(region)) if form in text), "")
        if not written:
            return [(region, region + "".join(asked.content)) for region in asked.regions]
        places.append((text.index(written), len(written), region))
    places.sort()
    ends = [*(start for start, _, _ in places[1:]), len(text)]
    before = ADDRESSING.sub("", text[: places[0][0]])
    own = [
        JOINING_WORDS.sub("", _without(asked.elsewhere, text[start + length : end]).strip(" ,、"))
        for (start, length, _), end in zip(places, ends, strict=True)
    ]
    shared = JOINING_WORDS.sub("", COMPARING.sub("", own[-1]).strip("的 ")).strip("的 ")
    if not names_something(LEADING_YEAR.sub("", shared)):
        # What is compared may be said with the first place alone.
        first = next((said for said in own[:-1] if names_something(LEADING_YEAR.sub("", said))), "")
        shared += _FIGURES.sub("", LEADING_YEAR.sub("", COMPARING.sub("", first)))
    segments = []
    for (_, _, region), said in zip(places, own, strict=True):
        years = LEADING_YEAR.match(said)
        own_years = years[0] if years else ""
        subject = JOINING_WORDS.sub("", COMPARING.sub("", said[len(own_years) :]).strip("的 ")).strip("的 ")
        if _tells_what(before, subject):
            # 社会组织总数:荆门2020年目标、嵊州2022年目标
            own_words = subject or PRESENT.sub("", LEADING_YEAR.sub("", shared))
            # 养老机构数量,荆门“十二五”末和嵊州2021年检查时: what the other one's own words name is its own.
            subject = f"{before}{own_words if subject or not names_something(own_words) else ''}"
        elif PAPER_ALONE.fullmatch(subject) and shared != subject:
            # 下陆“十四五”规划和荆门“十三五”规划,发布日期: whose paper it is, the place says.
            subject = f"{before}{PAPER_ALONE.sub('', LEADING_YEAR.sub('', shared), count=1)}"
        elif not subject:
            subject = LEADING_YEAR.sub("", shared) if own_years or is_aside else shared
            # What is said before the places is about all of them, where they have nothing of their own.
            subject = f"{before}{subject}"
        elif not names_something(subject):
            # 2025年目标和…2020年目标,护理型床位占比: what is compared is said at the end or before the places.
            common = LEADING_YEAR.sub("", shared)
            # 荆门2020年…目标比下陆现在: what the one aims at is not what the other has.
            common = AIMED_AT.sub("", common) if PRESENT.search(subject) else common
            said_of_all = common if names_something(common) else ""
            subject = f"{before}{said_of_all if subject in said_of_all else subject + said_of_all}"
        subject = measured(subject, text)
        segments.append((region, f"{region}{own_years}{subject}"))
    return segments


def _tells_what(before: str, subject: str) -> bool:
    """Whether what stands before the places says what is compared: behind a colon, as a measure (机构数量,), or alone."""
    is_alone = not names_something(subject) or _MEASURE_FIRST.search(before) is not None
    return names_something(before) and (before.endswith(":") or (before.endswith(",") and is_alone))


def names_something(text: str) -> bool:
    """Whether a piece of a question has a subject of its own (编规划时有多少人 has none)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    words = (
        word
        for word, tag in rjieba.tag(WHEN_MADE.sub("", text))
        if tag.startswith(("n", "vn", "l", "j")) or word in group_words()
    )
    return any(len(word) > 1 and word not in generic_words() | overview_words() for word in words)


def _without(names: Sequence[str], text: str) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def _of_place(
    asked: Question, region: str, text: str, solver: Solver, years_of_all: tuple[int, ...] = ()
) -> Side:
    documents = solver.index.documents
    of_region = [name for name, document in documents.items() if document.metadata.region == region]
    allowed = tuple(name for name in of_region if not asked.documents or name in asked.documents)
    part = _part(asked, text, solver)
    years = part.years or years_of_all
    own = replace(part, regions=(region,), documents=allowed, years=years, is_outside=not allowed)
    return Side(region, own)


def _of_year(asked: Question, year: int, text: str, solver: Solver) -> Side:
    return Side(f"{year}年", replace(_part(asked, text, solver), years=(year,)))


def _part(asked: Question, text: str, solver: Solver) -> Question:
    """The question about one side, which asks for the same kind of answer."""
    understood = understand(text, solver.index.documents)
    # 哪个地方的占比最高 is a question for shares, though its own words ask for a place.
    is_figure = understood.asks == "number" and MOST.search(asked.text) is not None
    return replace(
        asked,
        text=text,
        content=understood.content or asked.content,
        elsewhere=(),
        years=understood.years,
        plan_years=understood.plan_years,
        asks="number" if is_figure else asks_of_side(asked),
        # The unit of a whole question may count the places (几个地方).
        unit=understood.unit or unit_of_side(asked, text) or ("" if understood.likely_unit else asked.unit),
        likely_unit=understood.likely_unit or asked.likely_unit,
        aspect=understood.aspect or asked.aspect,
        wants_several=False,
        confirms=False,
        is_side=True,
    )
