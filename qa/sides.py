"""The sides of a comparison: which places or years a question compares, and the question about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.asking import WHEN_MADE, Asks
from qa.question import Question, understand
from qa.solving import Solver
from qa.words import generic_words
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in
from vectorstore.places import bare_name

_JOINED = r"vs|VS|Vs|和|与|跟|同|比|、|,|还有|以及|对比|相比|较"
_JOINING_WORDS = re.compile(rf"^(?:{_JOINED})+|(?:{_JOINED})+$")
_ADDRESSING = re.compile(r"(?:请问|帮我|请|把|对比|比较|一下|看看|查查|查一下)+")
_LEADING_YEAR = re.compile(rf"^{YEAR}\s*年?(?:度|底|末)?的?")
_PLACE_WORD = r"(?:地方|家民政局?|家单位|家|地区|地市|区县|县区|县市|市县|兄弟县区|民政局|[省市县区州])"
_PAPER_WORD = r"(?:文件|规划|计划|要点|总结|材料)"
# Every place of the library is meant: 哪个地方…最高, 各地…, 五个地区….
_ANY_PLACE = re.compile(
    rf"(?:这|那|我们|库里)?(?:的)?(?:哪|各|[两三四五六七八九十几])(?:一|些|几|[两三四五六七八九])?[个份家]?(?:{_PLACE_WORD}|{_PAPER_WORD})"
    rf"(?:的?{_PAPER_WORD})?(?:[里中])?|各地|[三四五六七八九十几]地|谁家?(?=的|[^,。?]*最)"
)
_ALL_PLACES = re.compile(
    rf"(?:哪(?:一|几)?个?{_PLACE_WORD}|谁)[^,。?]{{0,24}}最|各(?:个)?{_PLACE_WORD}|各地(?!块)|"
    rf"[三四五六七八九十几]个{_PLACE_WORD}|排(?:个|一?下)?(?:名|序)"
)
# Which papers or places speak of something.
MENTIONING = re.compile(
    r"(?:都|有|也)*(?:提到|提及|提(?=了|过)|讲到?|写到?|写进|说到?|涉及|谈到|包含|出现|用到?(?=了|过|$))(?:了|过)?"
)
# What stands around the subject of such a question and says nothing of it.
_AROUND = re.compile(
    r"(?:这|那)(?:个|种)(?:说法|提法|字样|表述|词|概念)|[,、]?各(?:自|是)?(?:用|写|讲|说)[^,。?]*|(?:这|那)?[几两三四五]个(?:地方|地区)?(?:里|中)?|"
    r"有?谁(?:家)?|(?:说|讲)(?:要|了要)|(?:原文|分别)?(?:怎么|如何)(?:写|说|讲)的?"
)
MENTIONS = re.compile(
    rf"哪(?:些|几|一|两)?(?:个|份)?(?:{_PLACE_WORD}|{_PAPER_WORD})(?![块分别])|(?:谁|哪里|哪儿|哪边)[^,。?]{{0,6}}(?:提到|提及|讲到|写到|说到|涉及|谈到)"
)
# Which of two: the words by which a question asks, and their opposites.
OPPOSITES = {"多": "少", "高": "低", "大": "小", "快": "慢", "早": "晚", "长": "短"}
_DEGREE = re.compile(
    rf"([{''.join(OPPOSITES)}{''.join(OPPOSITES.values())}])(?:还是|一?些|一点|得多|呢|些|$|\?|,|、|的)"
)
_RANKING = re.compile(r"排(?:个|一?下)?(?:名|序)")
_CHOICE = re.compile(r"哪|谁|更|最|还是|排名|排序|比")
# What a question says about comparing, and not about what is compared.
_SIZES = "[多少高低大小快慢早晚长短]"
_COMPARING = re.compile(
    rf"[,、;]?(?:(?:相?差|[多少高低大]|涨|增加|减少|提高)(?:了|出)?(?:多少|几)(?:个百分点|[个家张户元人%])?|(?:哪|谁)(?:个|边|家|里|儿|一?个|一方|者|年)?(?:的?(?:数字?|标准|任务|金额|人数))?(?:[\u4e00-\u9fff]{{1,3}}得)?(?:的?(?:更|要|最|比较))?(?:{_SIZES}(?:些|一些|一点)?)?|"
    r"(?:有什么|有何|有啥|有哪些)?(?:不同|区别|差别|差异|异同)(?:之处|点)?|对比一?下?|比较一?下?|比一比|相比|怎么样|"
    rf"(?:更|要)?{_SIZES}还是{_SIZES}|[\u4e00-\u9fff]得最{_SIZES}|最{_SIZES}|更{_SIZES}|"
    r"(?:这|那)?[两三四五六七八九十几](?:家|地|处|者|方|(?:个|份)(?:地方|区县|县区|地区|规划|文件|要点|总结|计划)?)(?:之间)?|"
    r"(?:的)?(?:各有)?(?:什么|哪些)?侧重(?:点)?|排(?:个|一?下)?(?:名|序)|各(?:自|是|有|为)?(?:多少|几)[\u4e00-\u9fff]?)"
)


@dataclass(frozen=True)
class Side:
    """One side of a comparison: how the table calls it, and the question that finds it; None without a file."""

    label: str
    asked: Question | None


def compares_years(asked: Question) -> bool:
    """Whether the sides are years of one place rather than places."""
    return len(asked.regions) + len(asked.elsewhere) <= 1 and len(asked.years) > 1


def sides_of(asked: Question, text: str, solver: Solver) -> list[Side]:
    """The sides of a comparison in the order asked for; fewer than two when the question compares nothing."""
    documents = solver.index.documents
    if len(asked.regions) > 1 or (asked.regions and asked.elsewhere and _CHOICE.search(text)):
        segments = _segments(asked, text)
        # A year that stands with one of the places is that place's alone.
        shared = (
            asked.years if len(asked.years) == 1 and not any(years_in(said) for _, said in segments) else ()
        )
        own = [_of_place(asked, region, said, solver, shared) for region, said in segments]
        return [*own, *(Side(name, None) for name in asked.elsewhere)]
    everywhere = _ALL_PLACES.search(text) or MENTIONS.search(text)
    if everywhere and not asked.regions and not asked.elsewhere:
        names = asked.documents or tuple(documents)
        regions = dict.fromkeys(documents[name].metadata.region for name in names)
        subject = _COMPARING.sub("", _AROUND.sub("", MENTIONING.sub("", _ANY_PLACE.sub("", text))))
        if MENTIONS.search(text):
            asked = replace(asked, asks="text", unit="", likely_unit="", list_size=0)
        everywhere_asked = (_of_place(asked, r, f"{r}{subject}", solver, asked.years) for r in regions if r)
        return list(everywhere_asked)
    if len(asked.years) > 1 and not _is_span(asked):
        text = re.sub(r"(?:安排|计划|实际|目标|完成)(?:数|情况)", "", text)
        subject = re.sub(rf"(?:{YEAR}\s*年?(?:度|底|末)?[和与跟比、,到至]*)+", "", _COMPARING.sub("", text))
        return [_of_year(asked, year, f"{year}年{subject}", solver) for year in asked.years]
    return []


def _is_span(asked: Question) -> bool:
    years = asked.years
    return len(years) > 2 and years[-1] - years[0] + 1 == len(years)


def _segments(asked: Question, text: str) -> list[tuple[str, str]]:
    """(region, question about it alone): what stands behind a place is its own, else what stands behind the last."""
    places = []
    for region in asked.regions:
        written = next((form for form in (region, bare_name(region)) if form in text), "")
        if not written:
            return [(region, region + "".join(asked.content)) for region in asked.regions]
        places.append((text.index(written), len(written), region))
    places.sort()
    ends = [*(start for start, _, _ in places[1:]), len(text)]
    before = _ADDRESSING.sub("", text[: places[0][0]])
    own = [
        _JOINING_WORDS.sub("", _without(asked.elsewhere, text[start + length : end]).strip(" ,、"))
        for (start, length, _), end in zip(places, ends, strict=True)
    ]
    shared = _COMPARING.sub("", own[-1])
    segments = []
    for (_, _, region), said in zip(places, own, strict=True):
        years = _LEADING_YEAR.match(said)
        own_years = years[0] if years else ""
        subject = _COMPARING.sub("", said[len(own_years) :]).strip("的 ")
        if not subject:
            subject = _LEADING_YEAR.sub("", shared) if own_years else shared
            # What is said before the places is about all of them, where they have nothing of their own.
            subject = f"{before}{subject}"
        elif not names_something(subject):
            subject = f"{before}{subject}"
        segments.append((region, f"{region}{own_years}{subject}"))
    return segments


def names_something(text: str) -> bool:
    """Whether a piece of a question has a subject of its own (编规划时有多少人 has none)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    words = (
        word for word, tag in rjieba.tag(WHEN_MADE.sub("", text)) if tag.startswith(("n", "vn", "l", "j"))
    )
    return any(len(word) > 1 and word not in generic_words() for word in words)


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
    return replace(
        asked,
        text=text,
        content=understood.content or asked.content,
        elsewhere=(),
        years=understood.years,
        plan_years=understood.plan_years,
        asks=_asks(asked),
        unit=understood.unit or asked.unit,
        likely_unit=understood.likely_unit or asked.likely_unit,
        aspect=understood.aspect or asked.aspect,
        wants_several=False,
        confirms=False,
    )


def _asks(asked: Question) -> Asks:
    """Which of two is more is a question for two figures."""
    text = folded(asked.text)
    return (
        "number"
        if asked.asks in ("text", "list", "place", "date") and degree(text) and not MENTIONS.search(text)
        else asked.asks
    )


def degree(text: str) -> str:
    """The greater one of the pair of words (高 of 高/低) by which a question compares, "" when by none."""
    text = re.sub("多少", "  ", text)
    if _RANKING.search(text):
        return "多"
    found = _DEGREE.search(text) if _CHOICE.search(text) else None
    if not found:
        return ""
    return next(more for more, less in OPPOSITES.items() if found[1] in (more, less))
