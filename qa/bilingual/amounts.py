"""Amounts of Chinese text in English: 439.99万元 → RMB 4,399,900, 每人每月850元 → RMB 850 per person per month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qa.figures.quantities import quantities_in
from qa.figures.values import figures_in
from vectorstore.folding import folded

_UNITS = {
    "张": ("bed", "beds"), "对": ("couple", "couples"), "户": ("household", "households"), "人": ("person", "people"),
    "名": ("person", "people"), "位": ("person", "people"), "人员": ("person", "people"),
    "人次": ("person-time", "person-times"), "件": ("item", "items"), "穴": ("grave", "graves"), "本": ("copy", "copies"),
    "次": ("time", "times"), "场": ("event", "events"), "场次": ("session", "sessions"), "期": ("session", "sessions"),
    "公里": ("km", "km"), "平方米": ("m²", "m²"), "平米": ("m²", "m²"), "亩": ("mu", "mu"), "倍": ("times", "times"),
    "岁": ("year old", "years old"), "天": ("day", "days"), "日": ("day", "days"), "个月": ("month", "months"),
    "月": ("month", "months"), "年": ("year", "years"), "小时": ("hour", "hours"), "分钟": ("minute", "minutes"),
    "项": ("item", "items"), "辆": ("vehicle", "vehicles"), "个百分点": ("percentage point", "percentage points"),
    "村": ("village", "villages"), "社区": ("community", "communities"), "街道": ("subdistrict", "subdistricts"),
    "乡镇": ("township", "townships"), "吨": ("ton", "tons"), "级": ("level", "levels"), "类": ("kind", "kinds"),
    "种": ("kind", "kinds"), "学时": ("class hour", "class hours"),
}  # fmt: skip
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "": Decimal(1)}
_PERIODS = {"月": " per month", "年": " per year", "人": " per person", "": ""}
# An amount in a calculation, as code writes it: 约1.2万元/月.
WRITTEN = re.compile(
    r"(?P<about>约)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>[万亿])?(?P<unit>个百分点|个月|人次|平方米|学时|"
    r"[元家张名户人元所处件座条项岁倍对例只台部份篇支位场期批间次天日年月穴亩套个种类级辆册本宗起块株层吨%])?"
    r"(?:/(?:(?P<each>人)[·.]?)?(?P<period>[月年人])|(?P<over>以上))?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
# The two ends of a range: 300—500户.
_TO_BEFORE = re.compile(r"(?<![\d.,])(\d[\d.]*)\s*[-—–~至到]{1,2}\s*$")
_TO_BEHIND = re.compile(r"\s*[-—–~至到]{1,2}\s*\d")
_OF_TIME = ("年", "月", "日", "岁")
_AT_MOST = re.compile(r"(?:不超过|不高于|最多|至多|最高|不得超过)(?:[^\d,，。;；]{0,4})$")
_AT_LEAST = re.compile(r"(?:不低于|不少于|至少|高于|超过|突破|达到?以上|[>≥])(?:[^\d,，。;；]{0,6})$")
_EACH = re.compile(r"每(?:人|具|床|张床位|户|名)")
_EACH_OF = {"具": " per body", "床": " per bed", "张床位": " per bed", "户": " per household"}


@dataclass(frozen=True)
class Amount:
    """An amount of a Chinese text, `text[start:end]`, and how an English reader reads it; `unit` is the Chinese one."""

    english: str
    unit: str
    value: Decimal
    start: int
    end: int


def number(value: Decimal) -> str:
    """1234567.5 → 1,234,567.5."""
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def english_unit(value: Decimal, unit: str, noun: str = "") -> str:
    """`value` with its unit in English; `noun` is what the asker counts, for units that say little (家, 个)."""
    if unit == "元":
        return f"RMB {number(value)}"
    if unit == "%":
        return f"{number(value)}%"
    known = _UNITS.get(unit)
    word = known[value != 1] if known else noun.removesuffix("s") if value == 1 else noun
    return f"{number(value)} {word}".strip()


def in_calculation(text: str) -> str:
    """A line of a calculation with its amounts in English: 850元/月×12 = 10200元/年."""

    def english(match: re.Match[str]) -> str:
        if _YEAR.fullmatch(match.group(0)):
            return match["number"]
        value = Decimal(match["number"].replace(",", "")) * _SCALES[match["scale"] or ""]
        each = " per person" if match["each"] else ""
        over = " or more" if match["over"] else ""
        about = "about " if match["about"] else ""
        return (
            f"{about}{english_unit(value, match['unit'] or '')}{each}{_PERIODS[match['period'] or '']}{over}"
        )

    return WRITTEN.sub(english, text)


def amounts_in(text: str, noun: str = "") -> list[Amount]:
    """The amounts of a Chinese sentence, in order."""
    plain = folded(text)
    found = []
    for spot in quantities_in(text):
        quantity, before = spot.quantity, plain[max(0, spot.start - 12) : spot.start]
        if not plain[spot.start].isdigit():
            continue  # 分两批, 三个平台: words rather than figures
        if not quantity.unit and re.match("[\u4e00-\u9fff.]", plain[spot.end : spot.end + 1]):
            continue  # “99公益日”, 社区云2.0: part of a name
        if not quantity.unit and _TO_BEHIND.match(plain, spot.end):
            continue  # 300—500户: told with the upper end
        behind = plain[spot.end : spot.end + 3]
        english = english_unit(quantity.value, quantity.unit, noun)
        low = _TO_BEFORE.search(before)
        if low and quantity.unit and quantity.unit not in _OF_TIME:
            money = "RMB " if english.startswith("RMB ") else ""
            english = f"{money}{low[1]}–{english.removeprefix('RMB ')}"
        each = _EACH.search(before) if quantity.unit == "元" else None
        english += _EACH_OF.get(each.group(0)[1:], " per person") if each else ""
        english += _PERIODS[quantity.period]
        if re.search("[余多]", plain[spot.start : spot.end]):
            english = f"more than {english}"
        elif _AT_MOST.search(before) or behind.startswith("以内"):
            english = f"at most {english}"
        elif _AT_LEAST.search(before):
            english = f"at least {english}"
        elif behind.startswith("以上"):
            english = f"{english} or more"
        elif quantity.is_rough:
            english = f"about {english}"
        found.append(Amount(english, quantity.unit, quantity.value, spot.start, spot.end))
    return found


def unlocked(english: str, *held: str) -> list[str]:
    """Numbers of an English text that no Chinese text in `held` has; empty for what may be shown."""
    values = {figure.value for text in held for figure in figures_in(text)}
    values |= {
        Decimal(run.replace(",", ""))
        for text in held
        for run in re.findall(r"\d[\d,]*(?:\.\d+)?", folded(text))
    }
    return [
        run
        for run in re.findall(r"\d[\d,]*(?:\.\d+)?", english)
        if Decimal(run.rstrip(",").replace(",", "")) not in values
    ]
