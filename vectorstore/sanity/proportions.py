"""Amounts out of proportion to what stands beside them: money per head, area per bed, counts for a small place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median

from vectorstore.documents import Doubt
from vectorstore.numerals import years_in
from vectorstore.sanity.reading import Amount, Reading, Sentence

# Least and most that a head can receive a month, in yuan: wide enough for the poorest and the richest counties.
_MONTHLY = (
    (re.compile(r"高龄[^,。;]{0,6}(?:津贴|补贴)"), 5, 400),
    (re.compile(r"残疾人[^,。;]{0,8}补|[“\"]两补|两项补贴"), 15, 700),
    (re.compile(r"低保|最低生活保障"), 40, 2500),
    (re.compile(r"(?:特困|五保)[^,。;]{0,10}(?:金|费)"), 100, 6000),
    (re.compile(r"(?:孤儿|事实无人抚养|困境儿童)[^,。;]{0,14}(?:金|费)"), 100, 5000),
)
# Least and most for one case, in yuan.
_ONCE = (
    (re.compile(r"临时救助"), 50, 40_000),
    (re.compile(r"适老化"), 150, 60_000),
    (re.compile(r"(?:殡葬|丧葬)[^,。;]{0,8}(?:补助|补贴|资金)"), 50, 30_000),
    (re.compile(r"(?:大学生|助学|圆梦|慈善圆)"), 100, 60_000),
    (re.compile(r"救助"), 5, 60_000),
)
# Behind these words stands what one receives.
_SINGLE = re.compile(r"[。;]|[每均]|标准|水平")
# A standard is what one receives (补贴标准为每人每月70元): no sum to be shared among its receivers.
_RATE = re.compile(r"每[人户名位月年天日床张]|标准[^,。;]{0,8}$")
_BENEFIT = re.compile(r"[\u4e00-\u9fff]{2}(?:补贴|津贴)")
_REACHING = re.compile(r",?(?:共|已)?(?:惠及|受益|涉及|覆盖|救助|保障)")
_HEADS = ("人", "名", "位", "户", "人次")
_BUILDING = re.compile(r"(?:建筑|使用|改造|室内)[^,。;]{0,4}面积")
_LAND = re.compile(r"占地|用地")
# Square metres a bed, yuan a bed: no home for the aged is outside.
_BUILDING_A_BED, _LAND_A_BED, _MONEY_A_BED = (4, 200), (4, 1200), (300, 3_000_000)
# A county writes so much money in 亿, or with a decimal point.
_TOO_MUCH_IN_TENTHOUSANDS = 100_000 * 10_000
_OUTLYING = 15
_LEAST_DIGITS = 4
_BEFORE_SUBJECT = re.compile(
    r"以上|以下|左右|[“\"]?[一二三四五六七八九十]{1,2}五[”\"]?(?:时期|期间)?,?(?:共|累计)?"
)


def disproportionate(reading: Reading) -> Iterator[Doubt]:
    """Amounts that lost (or gained) a digit or a decimal point by what stands beside them."""
    proved: list[tuple[Sentence, Amount]] = []
    for sentence in reading.sentences:
        if len(sentence.amounts) < 2:
            continue
        for amount, message in (*_per_head(reading, sentence), *_per_bed(sentence)):
            proved.append((sentence, amount))
            yield _damaged(reading, amount, message)
    money = [
        (sentence, amount)
        for sentence in reading.sentences
        for amount in sentence.amounts
        if amount.unit == "元" and amount.scale == 10_000
    ]
    known = {amount.start for _, amount in proved}
    for sentence, amount, message in (*_of_the_paragraph(reading), *_outliers(reading, money)):
        if amount.start not in known:
            proved.append((sentence, amount))
            yield _damaged(reading, amount, message)
    yield from _alike(reading, money, proved)


def _damaged(reading: Reading, amount: Amount, message: str) -> Doubt:
    told = _BEFORE_SUBJECT.match(reading.text, amount.lead_start, amount.start)
    return Doubt("damaged", told.end() if told else amount.lead_start, amount.end, message)


def _per_head(reading: Reading, sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """Money behind the number of its receivers: 3828名老人发放高龄津贴10396万元."""
    for heads, money in pairwise(sentence.amounts):
        joined = reading.text[heads.end : money.start]
        if money.unit != "元" or money.per or money.is_range or len(joined) > 30 or _SINGLE.search(joined):
            continue
        # 3828名80岁以上老人: the number stands before the age.
        receivers = _heads_before(sentence, money) if heads.unit == "岁" else heads
        if receivers is not None and receivers.unit in _HEADS and receivers.value:
            message = _out_of_proportion(reading, sentence, receivers, money)
            if message:
                yield money, message
    for number, money in enumerate(sentence.amounts):
        # 发放低保金2316.8万元,惠及3012户4876人; of 城市612户894人,农村14306户21577人 the many.
        following = takewhile(lambda amount: amount.unit in _HEADS, sentence.amounts[number + 1 :])
        behind = sorted(following, key=lambda amount: amount.value)
        if (
            money.unit != "元"
            or money.per
            or _RATE.search(reading.text[max(sentence.start, money.start - 12) : money.start])
        ):
            continue
        if behind and _REACHING.match(money.after):
            message = _out_of_proportion(reading, sentence, behind[-1], money)
            if message:
                yield money, message


def _out_of_proportion(reading: Reading, sentence: Sentence, heads: Amount, money: Amount) -> str:
    """Why `money` cannot have gone to so many `heads`; "" when it can."""
    each = money.value / heads.value
    clause = reading.text[max(sentence.start, money.start - 60) : money.start]
    between = reading.text[heads.end : money.start] if heads.end <= money.start else clause
    for kind, least, most in _MONTHLY:
        if kind.search(clause) and heads.unit != "人次":
            if any(other != kind and other.search(f"{heads.lead}金") for other, _, _ in _MONTHLY):
                return ""
            # 享受护理补贴的1108人,发放高龄津贴…: paid to others.
            if any(benefit not in between for benefit in _BENEFIT.findall(heads.lead)):
                return ""
            years = _length_in_years(reading, sentence, money)
            is_enough = least / 2 <= each / 12 or "累计" in heads.lead
            if is_enough and each / years / 12 <= most:
                return ""
            over = f"、{years}年" if years > 1 else ""
            return f"{_point(money)}：按{heads.shown}{over}计，平均每月约{each / years / 12:.0f}元，不合常理"
    for kind, least, most in _ONCE:
        if kind.search(clause):
            shown = f"{round(each, 1):g}"
            reason = f"{_point(money)}：按{heads.shown}计，平均每{heads.unit}约{shown}元，不合常理"
            return "" if least <= each <= most else reason
    return ""


def _of_the_paragraph(reading: Reading) -> Iterator[tuple[Sentence, Amount, str]]:
    """Money behind the number of its receivers that stands farther before it in the paragraph."""
    block, heads = -1, dict[re.Pattern[str], Amount]()
    for sentence in reading.sentences:
        if sentence.block.start != block:
            block, heads = sentence.block.start, {}
        for amount in sentence.amounts:
            for kind, _, most in _MONTHLY:
                if not kind.search(amount.lead):
                    continue
                if amount.common_unit == "人" and amount.relation == "=":
                    heads[kind] = max(amount, heads.get(kind, amount), key=lambda known: known.value)
                elif kind in heads and amount.unit == "元" and amount.scale > 1 and not amount.per:
                    months = 12 * _length_in_years(reading, sentence, amount)
                    each = amount.value / max(1.0, heads[kind].value) / months
                    if each > most:
                        shown = heads[kind].shown
                        yield (
                            sentence,
                            amount,
                            f"{_point(amount)}：按{shown}计，平均每月约{each:.0f}元，不合常理",
                        )


def _heads_before(sentence: Sentence, money: Amount) -> Amount | None:
    near = [a for a in sentence.amounts if a.start < money.start and a.unit in _HEADS]
    return near[-1] if near and money.start - near[-1].end <= 40 else None


def _point(amount: Amount) -> str:
    return "疑似缺小数点" if amount.is_bare else "疑似小数点有误"


def _length_in_years(reading: Reading, sentence: Sentence, amount: Amount) -> int:
    """For how many years the money was given: those named nearest, at most the years of the block."""
    named = years_in(amount.clause)
    if len(named) == 1 or "全年" in sentence.text or "年度" in sentence.text:
        return 1
    return max(1, len(named or reading.years_of(sentence.block) or (0,) * 5))


def _per_bed(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """Land, floor space and money of one project for its beds."""
    beds = [a for a in sentence.amounts if a.unit == "张" and a.value >= 20]
    if len({a.value for a in beds if "护理" not in a.lead}) != 1:
        return
    count = beds[0].value
    for amount in sentence.amounts:
        if amount.start > beds[0].start or amount.is_range:
            continue
        if amount.common_unit == "平方米":
            is_land, is_building = _LAND.search(amount.lead), _BUILDING.search(amount.lead)
            if not (is_land or is_building):
                continue
            least, most = _LAND_A_BED if is_land else _BUILDING_A_BED
            each, unit = amount.value / count, "平方米"
        elif amount.unit == "元" and re.search(r"投资|投入", amount.lead):
            (least, most), each, unit = _MONEY_A_BED, amount.value / count, "元"
        else:
            continue
        if not least <= each <= most:
            yield amount, f"{_point(amount)}：按{beds[0].shown}床位计，每张床位约{each:.0f}{unit}，不合常理"


def _outliers(
    reading: Reading, money: Sequence[tuple[Sentence, Amount]]
) -> Iterator[tuple[Sentence, Amount, str]]:
    """Sums of six digits in 万元 among much smaller ones."""
    values = [amount.value for _, amount in money]
    if len(values) < 4:
        return
    usual = median(values)
    for sentence, amount in money:
        is_huge = amount.value >= _TOO_MUCH_IN_TENTHOUSANDS and amount.is_bare
        if is_huge and reading.is_county and amount.value >= _OUTLYING * usual:
            times = amount.value / usual
            shown = f"{amount.value / 10**8:.2f}".rstrip("0").rstrip(".")
            message = f"疑似缺小数点：合{shown}亿元，约为文中其他金额的{times:.0f}倍"
            yield sentence, amount, message


def _alike(
    reading: Reading,
    money: Sequence[tuple[Sentence, Amount]],
    proved: Sequence[tuple[Sentence, Amount]],
) -> Iterator[Doubt]:
    """Where two sums of a section lost their point and none has one, the other long ones lost theirs as well."""
    known = {amount.start for _, amount in proved}
    damaged = {amount.start for _, amount in money if amount.start in known}
    sections: dict[tuple[str, ...], list[Amount]] = {}
    for sentence, amount in money:
        sections.setdefault(sentence.block.section[:2], []).append(amount)
    for amounts in sections.values():
        proofs = sum(amount.start in damaged for amount in amounts)
        if proofs < 2 or not all(amount.is_bare for amount in amounts):
            continue
        for amount in amounts:
            if amount.start not in damaged and len(amount.digits) >= _LEAST_DIGITS:
                yield _damaged(
                    reading,
                    amount,
                    f"疑似缺小数点：同一部分已有{proofs}处金额明显缺小数点，且所有金额都没有小数",
                )
