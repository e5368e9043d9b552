"""Quantities: a figure with its unit, and for payments the time it is paid for (120元/月)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from qa.figures.values import Figure, figures_in
from vectorstore.folding import folded, simplified
from vectorstore.remembering import remembering_short_texts

Period = Literal["月", "年", ""]
MONTHS = Decimal(12)

SCALES = (("亿", Decimal(100_000_000)), ("万", Decimal(10_000)))
_TIME_UNITS = frozenset(
    {"年", "年度", "月", "个月", "日", "天", "小时", "分钟", "周", "岁", "分之", "级", "类", "种"}
)
# What stands behind a figure of a payment, and before it when it does not stand behind.
_PERIOD_BEHIND = re.compile(r"\s*(?:/|每|一)(?:人[·.]?)?(?:个)?([月年])|\s*/人[·./]([月年])")
_PERIOD_BEFORE = re.compile(
    r"每人?每?个?([月年])|([月年])(?:保障)?标准|按([月年])(?:发放|计)|\(折?合?([月年])$"
)
_PAID_IN_CELL = re.compile(r"每[人户]每?([月年])([\d,]+(?:\.\d+)?)元(?![/\d])")
_ROUGH_BEFORE = re.compile(r"(?:约|近|大约|约为)\s*$")
_FLOOR_BEFORE = re.compile(r"(?:不低于|不少于|至少|超过?|[>≥])\s*(?:每人)?(?:每月|每年)?\s*$")
_FLOOR_BEHIND = re.compile(r"\s*(?:以上|多)")
# Units that count the same kind of thing: their sum makes sense, and one may stand for the other.
_FAMILIES = ("家个所处座", "人名位", "张床", "件起宗例", "次场回", "项个条", "户家", "村社区")


@dataclass(frozen=True)
class Quantity:
    """An amount with its unit; `scale` (万, 亿, "") is how it is written, the value is in plain units.

    `is_rough`: the source says 约 or 余; `is_floor`: it says 以上 or 不低于.
    """

    value: Decimal
    unit: str
    period: Period = ""
    scale: str = ""
    is_rough: bool = False
    is_floor: bool = False

    @property
    def kind(self) -> tuple[str, Period]:
        """What must agree for two quantities to be subtracted."""
        return self.unit, self.period

    @property
    def named_unit(self) -> str:
        """The unit with its time: 元/月."""
        return f"{self.unit}/{self.period}" if self.period else self.unit

    @property
    def in_scale(self) -> Decimal:
        """The value in the scale in which it is written (1010 of 1010万元)."""
        return self.value / dict(SCALES).get(self.scale, Decimal(1))

    def __str__(self) -> str:
        return written(self.value, self.named_unit, scale=self.scale)

    def per(self, period: Period) -> Quantity:
        """The same payment for another length of time, exactly (rounded only when shown)."""
        if not period or not self.period or period == self.period:
            return self
        value = self.value * MONTHS if period == "年" else self.value / MONTHS
        return replace(self, value=value, period=period, scale="")


@dataclass(frozen=True)
class Spot:
    """A quantity where it stands: `text[start:end]` is its number with the unit written next to it."""

    quantity: Quantity
    start: int
    end: int


def quantities_in(text: str) -> list[Spot]:
    """The amounts of a sentence in order; no dates, durations, ages and no names of other documents."""
    return list(_quantities(text))


@remembering_short_texts
def _quantities(text: str) -> tuple[Spot, ...]:
    plain = re.sub(
        r"《[^》]*》|〔[^〕]*〕", lambda match: " " * len(match.group(0)), simplified(folded(text))
    )
    spots = []
    for figure in figures_in(plain):
        is_counted = figure.is_arabic or figure.unit in ("元", "%") or len(figure.unit) == 1
        is_of_words = plain[max(0, figure.start - 1) : figure.start] == "每" or (
            not figure.is_arabic and figure.value == 1
        )
        # 福利院二期 is a building, no count of two.
        is_stage = figure.unit == "期" and not figure.is_arabic and plain[figure.start] != "两"
        if is_stage or figure.unit in _TIME_UNITS or not is_counted or is_of_words or _is_date(plain, figure):
            continue
        # 两项补贴 are called so.
        if not figure.is_arabic and figure.unit == "项" and plain[figure.end :].startswith(("补贴", "待遇")):
            continue
        before, behind = plain[max(0, figure.start - 14) : figure.start], plain[figure.end : figure.end + 8]
        spots.append(Spot(_quantity(figure, plain, before, behind), figure.start, figure.end))
    return tuple(spots)


def _is_date(text: str, figure: Figure) -> bool:
    near = text[max(0, figure.start - 1) : figure.start] + text[figure.end : figure.end + 1]
    return not figure.unit and bool(re.search(r"[-—~.·:A-Za-z第]", near))


def _quantity(figure: Figure, text: str, before: str, behind: str) -> Quantity:
    digits = text[figure.start : figure.end]
    scale = next((name for name, _ in SCALES if name in digits and figure.is_arabic), "")
    period = ""
    unit = figure.unit
    if unit in ("元", ""):
        # The last before it, unless brackets or a stop stand between: 7644元(每人每月637元),比上年的7056元.
        named = list(_PERIOD_BEFORE.finditer(before)) if unit else []
        nearest = [m for m in named[-1:] if not re.search("[);。]|全年|累计|共计|支出", before[m.end() :])]
        found = _PERIOD_BEHIND.match(behind) or (nearest[0] if nearest else None)
        period = next((group for group in found.groups() if group), "") if found else ""
        unit = unit or ("元" if period and behind.lstrip().startswith("/") else "")
    return Quantity(
        value=figure.value,
        unit=unit,
        period="月" if period == "月" else "年" if period == "年" else "",
        scale=scale,
        is_rough=bool(_ROUGH_BEFORE.search(before)) or bool(re.search(r"[余多]", digits)),
        is_floor=bool(_FLOOR_BEFORE.search(before) or _FLOOR_BEHIND.match(behind)),
    )


def quantity_of_cell(value: str, unit: str, label: str) -> Quantity | None:
    """A table's cell as a quantity; the unit stands in another cell, the time in that or in the row's label."""
    match = re.fullmatch(r"[<>≥≤约]*([\d,]+(?:\.\d+)?)(%)?", folded(value).strip())
    paid = _PAID_IN_CELL.match(folded(value).strip())
    if paid:
        # 每人每年6200元,集中供养
        return Quantity(Decimal(paid[2].replace(",", "")), "元", "月" if paid[1] == "月" else "年")
    if match is None:
        return None
    unit = match[2] or simplified(folded(unit)).strip()
    named = re.fullmatch(r"(万|亿)?(元|[^/]+?)(?:/(?:人[·.]?)?([月年])|/[\u4e00-\u9fff]{1,2})?", unit)
    scale, bare, period = (named[1] or "", named[2], named[3] or "") if named else ("", unit, "")
    if bare == "元" and not period:
        stated = re.search(r"([月年])(?:保障)?标准|每([月年])", label)
        period = next((group for group in stated.groups() if group), "") if stated else ""
    factor = dict(SCALES).get(scale, Decimal(1))
    amount = Decimal(match[1].replace(",", "")) * factor
    return Quantity(amount, bare, "月" if period == "月" else "年" if period == "年" else "", scale)


def written(value: Decimal, unit: str, *, scale: str = "", places: int = 2) -> str:
    """Rounded to at most `places` decimals, in 万 or 亿 when a scale is given and that stays exact."""
    factor = dict(SCALES).get(scale, Decimal(1))
    return f"{_digits(value / factor, places if not scale else 4)}{scale}{unit}"


def is_exact(value: Decimal, places: int = 2) -> bool:
    """Whether rounding to so many decimals changes nothing."""
    return value == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _digits(value: Decimal, places: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    shown = f"{rounded:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def same_family(one: str, other: str) -> bool:
    """Whether two units count things of one kind (家 and 个)."""
    return one == other or any(one in family and other in family for family in _FAMILIES if one and other)
