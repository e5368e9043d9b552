"""One indicator given with different values: in two places of the text, in text and table, in two tables.

A mention is matched by the words of its indicator (without verbs, scope and filler), its unit, its year and its scope.
What is not certain to be the same indicator is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vectorstore.documents import Doubt
from vectorstore.numerals import years_in
from vectorstore.sanity.naming import WHOLE, area_of, plain_indicator, without_area
from vectorstore.sanity.reading import Amount, Reading, Sentence, amounts_in
from vectorstore.sanity.rows import TableRow, Value, tables_of
from vectorstore.scopes import scope_of_heading
from vectorstore.table_parts import names_sum

_BY_TIME = re.compile("每[月年]|[月年]人?均")
_GROWTH = re.compile(r"年均(?:增长|增速|递增|增幅)(?:率|速度)?(?:达到|不低于|为|保持在|达|在)?$")
# What an indicator ends with when its words alone make it one.
_INDICATOR = re.compile(r"(?:率|占比|比例|比重|覆盖面|标准|能力)$")
_AID = re.compile(r"(?:低保|特困供养|五保供养|孤儿)$")
_OF_ANYTHING = re.compile(
    r".?(?:覆盖|达标|合格|完成|使用|满意|知晓|参与|办结|落实|普及|利用|支付|占|人员|标准|比)(?:率|比|比例|标准)?"
)
# A column that holds the value itself, when it names no year.
_VALUE_COLUMN = re.compile(r"目标|任务|数值|指标值|实际|现状|完成|规划")
_STOCK = re.compile(
    r"(?:床位|机构|人才|组织|社区|志愿者|老人|人口|对象|中心|养老院|敬老院|工作者|护理员|公墓|登记机关|服务站)$"
)
_EVENT = re.compile(
    r"新增|新建|改建|改造|建设|建成(?!率)|完成|发放|投入|投资|培训|开展|办理|救助|安排|支出|资助|募集|增长|提高|减少|下降|较|比上年|同比|每(?!千|百户|万)|另|余|其他|示范|试点|首批|部分"
)
# What was done is told with a verb (办理结婚登记4406对) and tabulated without one (结婚登记); 新增 and the like say more.
_DOING = re.compile(
    r"^(?:全年|共|计划)*(?:办理|受理|登记|发放|募集|建设|完成|开展|安排|支出|拨付|实施|培训|救助)(?=.{3})"
)
_PLANNED = re.compile(r"目标|计划|任务|要求")
_FORMER = re.compile(r"[由从][^到至]{0,20}$")
# 比2020年提高170元: what follows is of no year that something was compared with.
_COMPARED = re.compile(r"[比较](?:19|20)\d{2}年")
_UNCOUNTED = ("年", "月", "日", "天", "岁", "倍", "小时", "分钟", "分")
_ABOUT = 0.06
_TELLING_NAME = 5
_LONGEST_REPORT = 2
# 其中公办敬老院22家,床位2940张,入住率38.1%: what follows the part is of the part.
_OF_PART = re.compile("其中[^,。;]*,[^。;]*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One value of one indicator, as stated at `start` … `end` of the document."""

    key: tuple[str, str, int, bool]
    value: float
    step: float
    relation: str
    start: int
    end: int
    shown: str
    row: int
    in_whole: bool
    is_planned: bool
    area: str = ""
    is_deed: bool = False

    @property
    def in_row(self) -> bool:
        """Whether a table states it; `row` is where its row begins, -1 for running text."""
        return self.row >= 0


def contradictory_mentions(reading: Reading) -> Iterator[Doubt]:
    """Pairs of mentions that disagree, told at both places."""
    found: dict[tuple[str, str, int, bool], list[Mention]] = {}
    for mention in (
        *_mentions_in_text(reading),
        *_mentions_in_tables(reading),
        *_mentions_in_cells(reading),
    ):
        known = found.setdefault(mention.key, [])
        # More than a few are instances of something that occurs often, not one indicator.
        if len(known) < 4:
            known.append(mention)
    for mentions in found.values():
        values = {mention.value for mention in mentions}
        if len(values) > 2:
            continue
        first = next((mention for mention in mentions if mention.in_row), mentions[0])
        for other in mentions:
            is_borne_out = any(m.row == first.row >= 0 and m.value == other.value for m in mentions)
            if not is_borne_out and _disagree(first, other):
                yield _doubt(first, other)
                yield _doubt(other, first)


def _doubt(one: Mention, other: Mention) -> Doubt:
    where = "表格" if other.in_row else "正文"
    message = f"与{where}中的另一处不一致：此处为{one.shown}，另一处为{other.shown}"
    return Doubt("contradiction", one.start, one.end, message, (other.start, other.end))


def _disagree(one: Mention, other: Mention) -> bool:
    """Whether two mentions of one indicator cannot both be right."""
    if one.start == other.start or one.row == other.row >= 0:
        return False
    in_text = not one.in_row and not other.in_row
    is_other_area = one.area != other.area and (in_text or (one.area and other.area))
    if is_other_area or (in_text and (one.is_deed or other.is_deed)):
        return False
    if in_text and (not (one.in_whole and other.in_whole) or one.is_planned != other.is_planned):
        return False
    least, most = sorted((one, other), key=lambda mention: mention.value)
    gap = most.value - least.value
    if "~" in (one.relation, other.relation):
        return gap > _ABOUT * most.value
    if "<" in (one.relation, other.relation) or (least.relation, most.relation) == (">", "="):
        return False
    # 98亿 can stand for 98.3358亿, 98% not for 98.5%.
    return gap > 1e-9 * most.value and (one.step == other.step or gap >= 0.5 * max(one.step, other.step))


# --- in running text --------------------------------------------------------------------------------------


def _mentions_in_text(reading: Reading) -> Iterator[Mention]:
    previous: Amount | None = None
    block = -1
    for sentence in reading.sentences:
        if sentence.block.start != block:
            block, previous = sentence.block.start, None
        for amount in sentence.amounts:
            mention = _mention(reading, sentence, previous, amount)
            if mention is not None:
                yield mention
            previous = amount


def _mention(reading: Reading, sentence: Sentence, previous: Amount | None, amount: Amount) -> Mention | None:
    is_growth = _GROWTH.search(amount.lead) is not None
    period = _period_of(amount) if amount.unit == "元" else ""
    named = _name_in_text(previous, amount, period)
    name = without_area(named)
    stands_alone = _INDICATOR.search(name) is not None or is_growth
    is_deed = bool(name) and not stands_alone and _DOING.search(name) is not None
    if is_deed:
        name = _DOING.sub("", name)
    elif not name or (_EVENT.search(name) and not is_growth) or not (stands_alone or _STOCK.search(name)):
        return None
    before = sentence.text[: amount.start - sentence.start]
    is_situation = _is_situation(sentence.block.section)
    of_block = reading.years_of(sentence.block)
    # What a plan of several years finds wanting is so at its outset, not at its end.
    # 到2025年占比达到60%,其中2023年达到47%: its own year first.
    years = (
        years_in(_COMPARED.sub("", amount.clause))
        or years_in(_COMPARED.sub("", before[-160:]))
        or (() if is_situation and len(of_block) > _LONGEST_REPORT else of_block)
    )
    return Mention(
        # The value holds at the end of the last year that is named before it, or of the section's.
        key=(name, _unit(amount.common_unit, period), years[-1] if years else 0, is_growth),
        value=amount.value,
        step=amount.step,
        relation=amount.relation,
        start=amount.lead_start,
        end=amount.end,
        shown=amount.shown,
        row=-1,
        # What a paper finds wanting it says of the whole place.
        in_whole=not _OF_PART.search(before)
        and (
            WHOLE.search(before) is not None
            or (stands_alone and (len(name) >= _TELLING_NAME or is_situation))
        ),
        is_planned=_PLANNED.search(amount.clause) is not None,
        area=area_of(named),
        is_deed=is_deed,
    )


def _is_situation(section: tuple[str, ...]) -> bool:
    return any(scope_of_heading(heading) == "situation" for heading in section[-1:])


def _name_in_text(previous: Amount | None, amount: Amount, period: str) -> str:
    """The indicator whose value `amount` is, in its plainest form; "" when that is not certain."""
    lead = amount.lead
    if amount.is_range or not lead.strip() or amount.unit in _UNCOUNTED:
        return ""
    # 分别达到5000元、3500元: which is whose takes more than the words before it; 由45%提高到60%: not the state now.
    is_second = previous is not None and previous.lead_start == amount.lead_start
    if is_second or "分别" in amount.clause or _FORMER.search(amount.clause):
        return ""
    name = plain_indicator(_GROWTH.sub("", lead))
    if not name and previous is not None and previous.end <= amount.lead_start:
        # 城市低保标准年均增长10%,到2020年达到770元/月: of what, was said before.
        name = plain_indicator(_GROWTH.sub("", previous.lead))
    if period and _AID.search(name):
        name += "标准"
    # 占总人口的18.3%: of whom, was said before.
    return "" if len(name) < 3 or name.startswith("占") or _OF_ANYTHING.fullmatch(name) else name


def _unit(unit: str, period: str) -> str:
    """The unit of comparison: 元/月; words of counting (个, 张, 人) are left to the indicator's name."""
    return "" if unit in ("个", "张", "人") else f"{unit}/{period}" if period else unit


def _period_of(amount: Amount) -> str:
    if amount.per in ("月", "年"):
        return amount.per
    stated = _BY_TIME.findall(amount.clause)
    return stated[-1].strip("每均人") if stated else ""


# --- in tables --------------------------------------------------------------------------------------------


def _mentions_in_tables(reading: Reading) -> Iterator[Mention]:
    for rows in tables_of(reading):
        for row in rows:
            is_total = names_sum(row.name)
            for value in row.values:
                # 合计 under 家庭养老床位 is the figure of the whole place.
                name = plain_indicator(value.column if is_total else row.indicator)
                is_value = value.year or value.is_growth or _VALUE_COLUMN.search(value.column) or is_total
                if len(name) >= 3 and is_value:
                    yield _row_mention(reading, row, name, value)


def _mentions_in_cells(reading: Reading) -> Iterator[Mention]:
    """Indicators with their values within one cell of a list of tasks (康养联合体建成率不低于85%)."""
    for block in reading.rows:
        if block.row is None:
            continue
        named = years_in(reading.text[block.start : block.end])
        for cell in block.row.cells:
            amounts = tuple(amounts_in(reading.text[cell.start : cell.end], cell.start))
            sentence = Sentence(cell.start, reading.text[cell.start : cell.end], block, amounts)
            for amount in amounts[:1]:
                mention = _mention(reading, sentence, None, amount)
                if mention is not None and _INDICATOR.search(mention.key[0]):
                    year = named[-1] if named else mention.key[2]
                    key = (mention.key[0], mention.key[1], year, mention.key[3])
                    yield replace(mention, key=key, row=block.start, in_whole=True)


def _row_mention(reading: Reading, row: TableRow, name: str, value: Value) -> Mention:
    years = reading.years_of(row.block)
    last = row.by_year[-1].year if row.by_year else 0
    year = (last if value.is_growth else value.year) or (years[-1] if years else 0)
    is_growth = value.is_growth and value.is_yearly
    unit = "%" if value.is_growth else row_unit(value.unit)
    return Mention(
        key=(without_area(name), _unit(unit, "" if value.is_growth else row.period), year, is_growth),
        value=value.value,
        step=value.step,
        relation=value.relation,
        start=value.cell.start,
        end=value.cell.end,
        shown=f"{value.number:g}{'%' if unit == '%' else ''}",
        row=row.block.start,
        in_whole=True,
        is_planned=False,
        area=area_of(name),
    )


def row_unit(unit: str) -> str:
    """A table's unit as one of running text (名 → 人)."""
    return {"名": "人", "位": "人", "家": "个", "所": "个", "处": "个", "平米": "平方米"}.get(unit, unit)
