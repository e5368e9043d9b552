"""Statements that a question wants confirmed, held against what was found: told when the document says something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.evidence.claims import Claim
from qa.evidence.directions import direction_of, direction_of_row
from qa.evidence.findings import Finding
from qa.evidence.frequencies import is_done_otherwise
from qa.evidence.premise_owners import agrees, gives_owner_another
from qa.evidence.ranks import ranks_otherwise
from qa.evidence.stated_places import is_elsewhere
from qa.figures.quantities import quantities_in
from qa.figures.spots import former_figures
from qa.figures.values import Figure, figures_in
from qa.understanding.question import Question
from qa.understanding.units import same_kind
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans

# Words of which a statement has one and the document may have the other; the shorter ones are looked for alone.
_CONTRASTS = (
    (re.compile(r"提高|上调|增加|增长|上升|升到|涨"), re.compile(r"降低|下调|减少|下降|降到|降至|降为|调低")),
    (re.compile(r"约束性"), re.compile(r"预期性")),
    (re.compile(r"不低于|不少于|至少"), re.compile(r"不高于|不超过|不多于|至多")),
    (re.compile(r"城市|城镇|城里"), re.compile(r"农村|乡下|村里")),
    (re.compile(r"结婚"), re.compile(r"离婚")),
    (re.compile(r"集中"), re.compile(r"分散|散居")),
    (re.compile(r"公办"), re.compile(r"民办")),
)
# The first three are the document's own word; of the others a sentence often names both, each with its figure.
_TELLING = _CONTRASTS[:3]
# A statement that something was given up, and what is said of what goes on.
_GIVEN_UP = re.compile("取消|停止|停办|停掉|撤销|叫停|不再|终止|暂停|废止|取缔|关停")
_GOES_ON = re.compile(
    "持续|继续|开展|推进|深化|实施|建设|推行|启动|完善|加强|深入|优化|新增|新建|改建|发放|提高"
)
_SINGLE_YEAR = re.compile(rf"(?<![\d\-—~至到])({YEAR})年(?![以之]?来|[以之]?[前后]|起)")
_DENIES = re.compile(r"没有(?!错|问题|完成|达到|建成|实现|落实|超过|低于)([\u4e00-\u9fff]{2,})")
_DEED = re.compile("^(?:新[建增开设]|建设|建立|成立|增设|改建|开展|实施|安排|发放|设立)[了过]?")
_DAY = re.compile(r"(\d{1,2})月(?:(\d{1,2})日)?")
_SHORT_OF = re.compile(r"(?:还没有?|尚未|没有?|未)(?:能)?(?:达?到|超过|突破)[了过]?[^,。]{0,4}\d")
# How far something is the first or best, and how many there are of what is called so.
_STANDING = re.compile(r"(全[国省市州区县旗])(首[家个创批次]|第一[家个名]?|唯一|率先|前列)")
_NUMERALS = "一二三四五六七八九十两"
_COUNTED_NAME = re.compile(rf"[“\"]([{_NUMERALS}])([\u4e00-\u9fff]{{2,4}})[”\"]")
_COUNTED = re.compile(
    r"([一二三四五六七八九十两])(大[\u4e00-\u9fff]{2}|[项类种][\u4e00-\u9fff]{2}|年(?:行动|计划))"
)
# That all of something is so, and what a text says of those that are not (其中一项未达到目标, 除…外).
OF_ALL = re.compile("全部|全都|统统|无一|一[个项家]不[落漏差]|(?<![每首])都(?!市|区|是(?:谁|哪|什么))")
_NOT_ALL = re.compile(
    "除[^,。;]{2,30}[之以]?外|其余|尚未|还未|未(?:完成|达到|达|实现|建成|覆盖|上线|开工)|仍有|仅有?\\d|只有\\d|滞后"
)
_SO_MANY_OF = re.compile(
    r"(?P<all>\d+)(?P<unit>[项个家所处条])[^,。;\d]{0,10}(?:完成|达到|达标|建成|实现|落实|开工)了?(?P<done>\d+)(?P=unit)"
)
_NEGATIVE = re.compile(r"没有|尚未|未能|不再|取消|暂无|无[\u4e00-\u9fff]")
# What asks for a figure or a list as well is no statement alone (有几个是100%,都是约束性的吗).
_ASKS_TOO = re.compile("(?<!好)几[个家项张人名户]|多少|哪[些几个]")
# From one amount to another; years are left out before.
_DATED = re.compile(rf"{YEAR}年[末底]?的?")
_WAY = r"(?:提高|增加|上调|调整|压缩|缩短|下降|降低|减少|增长|扩大|[提涨调升加降减])了?[到至为]"
_STEP = re.compile(rf"(\d[\d.]*)[^,。;、\d]{{0,10}}{_WAY}[^,。;、\d]{{0,8}}(\d[\d.]*)")
_CHANGE = re.compile(rf"[由从][^,。;\d]{{0,12}}{_STEP.pattern}")
_MONTH = re.compile(rf"{YEAR}年\d{{1,2}}月")
_FORMER, _FORMER_CELL = re.compile("原|以前|之前|过去|调整前"), re.compile(r"(?:原|调整前|提高前)[^，。]*")
_STATUS = re.compile("(?:完成|进展|实现|达标)(?:情况|状态|程度|评价)|评估(?:结果|结论)")
_OF_REACHING = re.compile("达到|完成|实现|达成|达标|滞后")
_NOT_REACHED = re.compile("[没未](?:有|能|曾)?(?:按时|如期)?(?:达到|完成|实现|达成|达标)|滞后")
_DONE, _BEHIND = re.compile("完成|达到|达标|实现"), re.compile("滞后|未|不|尚|难以|序时")
_MONEY = re.compile("投资|资金|经费|造价|花费?|投入|募集|补助|补贴|发放|[金费款]")
_TEN_THOUSAND = 10_000
CONTRARY = "与原文不符。"


def corrected(question: Question, claim: Claim, finding: Finding) -> Claim:
    """The claim, told to be what the document says instead where it says something else than the question states.

    That one figure of several agrees proves nothing, so nothing is ever confirmed in words of our own.
    """
    text = finding.text
    if finding.passage.cells:
        text = claim.text.partition("：")[2]
        # What a row gives as it was before is not what it is.
        text = text if _FORMER.search(question.text) else _FORMER_CELL.sub("", text)
    if gives_all_figures(question, finding):
        return claim
    is_statement = question.confirms and _ASKS_TOO.search(folded(question.text)) is None
    if not is_statement or not _is_contrary(question, text, finding):
        return claim
    return contrary(claim)


def contrary(claim: Claim) -> Claim:
    """The claim, told to be something else than what was stated."""
    return replace(claim, text=f"{CONTRARY}{claim.text}")


def gives_all_figures(question: Question, finding: Finding) -> bool:
    """Whether a row gives every one of several figures that a statement puts together (从240到480,年均增长20%)."""
    stated = {figure.value for figure in figures_in(question.text) if figure.is_amount}
    given = {figure.value for _, value in finding.passage.cells for figure in figures_in(f"{value}个")}
    return len(stated) > 1 and stated <= given


def stated_figures(question: Question) -> list[Figure]:
    """The amounts with a unit that a question states; of money also those without one (投资6200万)."""
    is_money = _MONEY.search(folded(question.text)) is not None
    stated = [figure for figure in figures_in(question.text) if figure.is_amount]
    return [
        figure if figure.unit else replace(figure, unit="元")
        for figure in stated
        if figure.unit or (is_money and figure.value >= _TEN_THOUSAND)
    ]


def _is_contrary(question: Question, text: str, finding: Finding) -> bool:
    asked, text = folded(question.text), folded(text)
    return (
        _gives_other_figures(question, asked, text)
        or gives_owner_another(asked, text, question.regions)
        or _gives_place_another(question, text)
        or ranks_otherwise(asked, text)
        or is_elsewhere(asked, text, question.regions)
        or is_done_otherwise(asked, text)
        or _changes_otherwise(asked, text)
        or _is_of_other_years(question, finding)
        or any(_says_the_other(asked, text, one, other) for one, other in _both_ways(_TELLING))
        or _says_the_other(asked, text, _GIVEN_UP, _GOES_ON)
        or _has_what_is_denied(asked, text)
        or _is_of_other_standing(asked, text)
        or _counts_otherwise(asked, text)
        or is_not_all(question, text)
        or _is_paid_otherwise(asked, text)
        or _stands_otherwise(asked, finding)
        or direction_of_row(finding.passage.cells) * direction_of(asked) < 0
        or _is_of_other_day(question, asked, text)
    )


def _gives_other_figures(question: Question, asked: str, text: str) -> bool:
    """Whether the figures that can be compared, those of the question's side of a contrast, are all others."""
    found = [figure for figure in figures_in(_on_the_side_of(asked, text)) if figure.is_amount]
    # 涨到380了: a lone number without a unit is in that of what it is said of.
    stated = stated_figures(question) or [f for f in figures_in(asked) if f.is_amount]
    comparable = [f for f in stated if any(not f.unit or same_kind(f.unit, other.unit) for other in found)]
    return bool(comparable) and not any(agrees(f, other) for f in comparable for other in found)


def _gives_place_another(question: Question, text: str) -> bool:
    """Whether the first figure behind the one place named (京山县、沙洋县…达到400元) is another one than the statement's."""
    places = [name for name in question.named if name not in question.regions and name in text]
    stated = stated_figures(question)
    if len(places) != 1 or len(stated) != 1 or question.asks != "number":
        return False
    behind = text.index(places[0]) + len(places[0])
    # 由733元提高到770元: the former one only where the statement is of that.
    former = set() if _FORMER.search(question.text) else former_figures(text)
    own = next(
        (f for f in figures_in(text) if f.is_amount and f.start >= behind and f.start not in former), None
    )
    is_like = own is not None and bool(own.unit) and same_kind(stated[0].unit, own.unit)
    return is_like and own is not None and not agrees(stated[0], own)


def _changes_otherwise(asked: str, text: str) -> bool:
    """Whether a text tells one change (由930元提高到960元) and the statement another one (从900元提高到960元).

    Of several steps a statement may tell what the first began with and the last came to; a step has its own date.
    """
    stated = _CHANGE.search(_DATED.sub("", asked))
    steps = [step.groups() for step in _STEP.finditer(_DATED.sub("", text))]
    if stated is None or not _CHANGE.search(_DATED.sub("", text)) or not steps:
        return False
    dates = _MONTH.findall(text)
    named = [date for date in dates if date in asked]
    if stated.groups() in steps and len(dates) == len(steps) and len(named) == 1:
        return dates.index(named[0]) != steps.index(stated.groups())
    first, last = stated.groups()
    return first not in {before for before, _ in steps} or last not in {behind for _, behind in steps}


def _on_the_side_of(asked: str, text: str) -> str:
    """Of a text that names both sides of a contrast (城市…650元,农村…5000元) the clauses of the side that is asked about."""
    for one, other in _both_ways(_CONTRASTS[3:]):
        if one.search(asked) and not other.search(asked) and one.search(text) and other.search(text):
            clauses = [text[start:end] for start, end in clause_spans(text, 0, len(text))]
            own = [c for c in clauses if one.search(c) and not other.search(c) and figures_in(c)]
            return ",".join(own) or text
    return text


def _is_of_other_years(question: Question, finding: Finding) -> bool:
    years = finding.years
    if not question.stated_years or not years:
        return False
    # A text that dates several things (2016年3月、2017年5月) speaks of no year between them.
    written = {int(year) for year in _SINGLE_YEAR.findall(folded(finding.text))}
    dates = written if len(written) > 1 else range(years[0], years[-1] + 1)
    return not any(year in dates for year in question.stated_years)


def _says_the_other(asked: str, text: str, one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    return bool(one.search(asked) and not other.search(asked) and other.search(text) and not one.search(text))


def _has_what_is_denied(asked: str, text: str) -> bool:
    """Whether a text has, with a figure, what a statement says there is none of (没有智慧养老院)."""
    if _SHORT_OF.search(asked) and not _NEGATIVE.search(text):
        stated = [f for f in figures_in(asked) if f.is_amount]
        return any(f.agrees_with(other) for f in stated for other in figures_in(text))
    denied = _DENIES.search(asked)
    if denied is None or _NEGATIVE.search(text) or not any(f.is_amount for f in figures_in(text)):
        return False
    told = [denied[1], _DEED.sub("", denied[1])]
    return any(words[:length] in text for words in told for length in range(len(words), 3, -1))


def _is_of_other_standing(asked: str, text: str) -> bool:
    """Whether a text tells of the first of the city what a statement calls the first of the province (全省首家)."""
    stated, told = ({what: said for said, what in _STANDING.findall(each)} for each in (asked, text))
    shared = stated.keys() & told.keys()
    return bool(shared) and all(stated[what] != told[what] for what in shared)


def _counts_otherwise(asked: str, text: str) -> bool:
    """Whether a text counts what it names by another numeral than a statement does (三大行动: 五大行动)."""
    stated, told = ({what: said for said, what in _COUNTED.findall(each)} for each in (asked, text))
    names = {what: said for said, what in _COUNTED_NAME.findall(text)}
    # 五同步 of a paper that has “六同步”.
    named = {what: said for what in names for said in re.findall(rf"([{_NUMERALS}]){what}", asked)}
    stated, told = {**stated, **named}, {**told, **names}
    shared = stated.keys() & told.keys()
    return bool(shared) and all(stated[what] != told[what] for what in shared)


def is_not_all(question: Question, text: str) -> bool:
    """Whether a text says that some are not so, where a statement says that all are (16项指标都完成了: 16项指标完成15项)."""
    text = folded(text)
    if not question.confirms or OF_ALL.search(folded(question.text)) is None:
        return False
    of_so_many = _SO_MANY_OF.search(text)
    is_less = of_so_many is not None and Decimal(of_so_many["done"]) < Decimal(of_so_many["all"])
    return is_less or _NOT_ALL.search(text) is not None


def _is_paid_otherwise(asked: str, text: str) -> bool:
    """Whether a text gives by the year the very amount that a statement gives by the month, or the other way round."""
    stated = [spot.quantity for spot in quantities_in(asked) if spot.quantity.unit == "元"]
    if len(stated) != 1 or not stated[0].period:
        return False
    told = [
        spot.quantity.period
        for spot in quantities_in(_on_the_side_of(asked, text))
        if spot.quantity.unit == "元" and spot.quantity.value == stated[0].value
    ]
    return bool(told) and all(told) and stated[0].period not in told


def _stands_otherwise(asked: str, finding: Finding) -> bool:
    """Whether a row says that its target was reached (提前完成) and the statement that it was not, or the other way round."""
    status = next((value for column, value in finding.passage.cells if _STATUS.search(column)), "")
    if not _OF_REACHING.search(asked) or not status:
        return False
    is_behind = _BEHIND.search(status) is not None
    is_done = not is_behind and _DONE.search(status) is not None
    denies = _NOT_REACHED.search(asked) is not None
    return is_done if denies else is_behind


def _is_of_other_day(question: Question, asked: str, text: str) -> bool:
    """Whether a text gives days or months, and none of them is the one of a statement (从1月1日起: 从7月1日起)."""
    stated, told = (set(_DAY.findall(each)) for each in (asked, text))
    if question.asks != "date" or not stated or not told:
        return False
    return not any(
        month == other and (not day or not another or day == another)
        for month, day in stated
        for other, another in told
    )


def _both_ways(
    pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]],
) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [ordered for one, other in pairs for ordered in ((one, other), (other, one))]
