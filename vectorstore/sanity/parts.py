"""Parts and their total in one sentence: no part is larger, kinds that are all there add up, shares fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from vectorstore.documents import Doubt
from vectorstore.sanity.reading import Amount, Reading, Sentence

# A new statement, not another part of the total before it.
_NEW_STATEMENT = re.compile(
    r"累计|共(?:有|计|发放|投入|建成)|全[市区县州省旗年]|达到|每|平均|人均|"
    r"新增|新建|建成|发放|完成|培训|举办|开展|投入|投资|实现|改造"
)
# 募集653.2万元,其中…期间募集128.7万元,支出572.4万元: what was done with it is no part of it.
_OTHER_DEED = re.compile("[,;](?:全年|共|累计)*(?:支出|用于|使用|拨付|资助|惠及|受益|救助)")
_SHARE_WORDS = re.compile(
    r"^[^。;\d]{0,3}[,(]?(?:约)?占(?:比|总数|全部|总量|其|([^,。;\d]{2,12}?))?(?:的)?(?:比例|比重)?(?:达到|达|为|约)?$"
)
# 整改61个,整改率96.8%: the rate is named after what the part is.
_RATE_OF_PART = re.compile(r"^[^。;\d]{0,3}[,(]([\u4e00-\u9fff]{2,6})率(?:达到|达|为|约)?$")
# Kinds into which a total falls completely and without overlap.
_PARTITIONS = tuple(
    tuple(re.compile(kind) for kind in group.split())
    for group in (
        "城市|城镇 农村|牧区|乡村",
        "男 女",
        "公办|国办|公建公营 民办|社会办|公建民营",
        "集中 分散|散居",
        "民办非企业|民非|社会服务机构 社团|社会团体 基金会",
        "高级 中级|社工师 初级|助理",
        "结婚 离婚",
        "本[市县区州省旗] 外[市县区州省地]",
    )
)
_OTHERS = re.compile(r"其他|其它|其余|另外")
# Groups of people that overlap each other: an old man can be disabled, too.
_OVERLAPPING = re.compile(
    r"女|男|党员|老年|老人|残疾|儿童|未成年|少数民族|低保|特困|重度|失能|困难|贫困|大学|本科|持证|中共"
)
_UNCOUNTED = ("%", "岁", "天", "月", "年", "倍", "分", "日")
_SHARE_TOLERANCE = 0.6
# 38家,比上年增加2家,其中公办21家: parts of what there is, not of what came to it.
_CHANGE = re.compile(r"[比较](?:上一?年|去年|前一?年|上?年?同期|往年|(?:19|20)\d\d年)[^,。;\d]{0,6}$")
# 整合为9家 is what is left of more; parts of what there was do not go into it.
_NO_TOTAL = re.compile("(?:整合|合并|压减|精简|撤并|调整|减少|优化)(?:为|成|到|至)$")
_OF_EACH, _OF_EACH_ONE = re.compile("均|每|最|第"), re.compile("[人户平]均|每")
# 支出2486.3万元,人均1140元,其中…: what each received is no total; the one before it is.
_PER_HEAD = re.compile("[人户]均")
_MOST_TOTALS = 8
_NEAR = 60


def contradictory_parts(reading: Reading) -> Iterator[Doubt]:
    """Parts that do not go into their total, and shares that the two figures do not give."""
    for sentence in reading.sentences:
        if len(sentence.amounts) >= 2:
            yield from _parts(sentence)
            yield from _bracketed_parts(sentence)
            yield from _shares(sentence)


def in_scale_of(amount: Amount, value: float) -> str:
    """`value` in the scale and unit in which `amount` is written."""
    return f"{round(value / amount.scale, 6):g}{amount.shown[len(amount.digits.replace(',', '')) :]}"


# --- parts of a total -------------------------------------------------------------------------------------


def _parts(sentence: Sentence) -> Iterator[Doubt]:
    """共63个(其中民非30个、社团33个)."""
    for match in islice(re.finditer("其中", sentence.text), _MOST_TOTALS):
        position = sentence.start + match.start()
        before = [
            amount
            for amount in sentence.amounts
            if amount.end <= position
            and not _CHANGE.search(amount.lead)
            # 超过500人的乡镇 counts towns.
            and not (amount.relation == ">" and sentence.text.startswith("的", amount.end - sentence.start))
        ]
        behind = _listed_parts(sentence, position)
        for unit in dict.fromkeys(part.common_unit for part in behind):
            parts = [part for part in behind if part.common_unit == unit]
            total = _total(before, parts[0], position)
            if total is not None and unit not in _UNCOUNTED:
                yield from _against_total(sentence, total, parts)


def _bracketed_parts(sentence: Sentence) -> Iterator[Doubt]:
    """养老机构22家(公办7家,社会办6家,公建民营9家)."""
    for number, total in enumerate(sentence.amounts):
        position = total.end - sentence.start
        if sentence.text[position : position + 1] != "(" or total.unit in _UNCOUNTED:
            continue
        closing = sentence.text.find(")", position)
        inside = sentence.text[position : closing if closing > 0 else position]
        parts = [a for a in sentence.amounts[number + 1 :] if a.end <= sentence.start + closing]
        is_plain = all(part.common_unit == total.common_unit for part in parts)
        if len(parts) >= 2 and is_plain and not re.search("其中|含|包括", inside):
            yield from _against_total(sentence, total, parts)


def _total(before: Sequence[Amount], part: Amount, position: int | None = None) -> Amount | None:
    """The figure before in the same unit that the part belongs to: the one just before the 其中 at `position`,
    that of the same thing, or the nearest."""
    near = [
        amount
        for amount in before
        if amount.common_unit == part.common_unit
        and amount.per == part.per
        and part.start - amount.end <= _NEAR
        and not amount.is_range
        and not _NO_TOTAL.search(amount.lead)
    ]
    while near and _PER_HEAD.search(near[-1].lead):
        near.pop()
    if not near or _OF_EACH.search(near[-1].lead):
        return None
    if position is not None and position - near[-1].end <= 3:
        return near[-1]
    same = [amount for amount in near if len(amount.lead) >= 2 and amount.lead[-2:] in part.lead]
    return (same or near)[-1]


def _listed_parts(sentence: Sentence, position: int) -> list[Amount]:
    """The figures that belong to the 其中 at `position`: until a bracket closes or another statement begins."""
    text, offset = sentence.text, sentence.start
    closing = text.find(")", position - offset)
    in_bracket = text.rfind("(", 0, position - offset) > text.rfind(")", 0, position - offset)
    last = offset + closing if in_bracket and closing > 0 else sentence.end
    parts: list[Amount] = []
    for amount in sentence.amounts:
        if not position < amount.start < last:
            continue
        between = text[(parts[-1].end if parts else position) - offset : amount.start - offset]
        if not in_bracket and text.rfind("(", 0, amount.start - offset) > max(
            position - offset, text.rfind(")", 0, amount.start - offset)
        ):
            # 公办34家(福利院1家、敬老院33家)、民办13家: parts of a part.
            continue
        is_other = _OTHER_DEED.search(between) or _OF_EACH_ONE.search(amount.lead)
        is_new = is_other or (parts and (_NEW_STATEMENT.search(between) or "其中" in between))
        if amount.is_range or len(between) > 40 or is_new:
            break
        parts.append(amount)
    return parts


def _against_total(sentence: Sentence, total: Amount, parts: Sequence[Amount]) -> Iterator[Doubt]:
    slack = max(total.step, *(part.step for part in parts)) * 0.51 if total.scale > 1 else 0.0
    if total.relation in (">", "~"):
        slack += 0.1 * total.value
    for part in parts:
        if part.value > total.value + slack and part.relation != "<":
            message = f"部分大于总数：总数为{total.shown}，疑有误"
            yield Doubt("damaged", part.lead_start, part.end, message)
            return
    parts, is_joined = _first_list(sentence, parts)
    if len(parts) < 2 or any(part.relation != "=" for part in parts):
        return
    # When some of them are all kinds or make up the total, what follows the comma is something new.
    lengths = range(len(parts), len(parts) - 1 if is_joined else 1, -1)
    complete = next((length for length in lengths if _is_partition(parts[:length])), 0)
    parts = parts[:complete] if complete else parts
    sums = list(accumulate(part.value for part in parts))
    if not (is_joined or complete) and any(abs(value - total.value) <= slack + 1e-6 for value in sums[1:]):
        return
    added, is_complete = sums[-1], complete > 0
    overlap = not is_complete and any(_OVERLAPPING.search(part.lead) for part in parts)
    slack = max(slack, len(parts) * 0.51 * max(part.step for part in parts) if total.scale > 1 else 0.0)
    is_short = is_complete and added < total.value - slack and total.relation == "="
    if (added > total.value + slack and not overlap) or is_short:
        message = f"各部分之和与总数不符：相加为{in_scale_of(total, added)}，总数为{total.shown}"
        yield Doubt("damaged", total.lead_start, parts[-1].end, message)


def _first_list(sentence: Sentence, parts: Sequence[Amount]) -> tuple[Sequence[Amount], bool]:
    """The parts up to the first comma and True, where 、 joins several before it; else all of them and False."""
    length = 1
    while length < len(parts):
        between = sentence.text[parts[length - 1].end - sentence.start : parts[length].start - sentence.start]
        if "、" not in between[:2]:
            break
        length += 1
    return (parts[:length], True) if length > 1 else (parts, False)


def _is_partition(parts: Sequence[Amount]) -> bool:
    """Whether the parts are all the kinds of one division (城市 and 农村), or end in the others."""
    if _OTHERS.search(parts[-1].lead):
        return True
    for kinds in _PARTITIONS:
        matched = [[kind for kind, words in enumerate(kinds) if words.search(part.lead)] for part in parts]
        if all(len(kind) == 1 for kind in matched) and len({kind[0] for kind in matched}) == len(kinds):
            return True
    return False


# --- shares -----------------------------------------------------------------------------------------------


def _shares(sentence: Sentence) -> Iterator[Doubt]:
    """共210个,其中达标的47个,占22%: the share against the two figures."""
    amounts = sentence.amounts
    for number in range(2, len(amounts)):
        part, share = amounts[number - 1], amounts[number]
        if share.unit != "%" or share.relation != "=" or part.unit in _UNCOUNTED:
            continue
        between = sentence.text[part.end - sentence.start : share.start - sentence.start]
        total = _whole_of(sentence, amounts[: number - 1], part, between)
        if total is None or not total.value or {part.relation, total.relation} != {"="}:
            continue
        computed = 100 * part.value / total.value
        named = _SHARE_WORDS.match(between)
        # 老年人口562万人,占常住人口的17%, of 330万人: of what is said, so that the part cannot be the greater one.
        is_of_it = part.value <= total.value or bool(named and named[1])
        if _is_of_same_whole(sentence, total, part.value, share):
            continue
        # 已整改14个,正在整改3个,整改率82.4%: the share of the first in both.
        of_both = 100 * total.value / (total.value + part.value) if "率" in between else computed
        tolerance = max(_SHARE_TOLERANCE, share.step)
        if is_of_it and abs(computed - share.value) > tolerance < abs(of_both - share.value):
            message = f"占比与前面的数不符：{part.shown}占{total.shown}的{computed:.1f}%，文中作{share.shown}"
            yield Doubt("contradiction", part.lead_start, share.end, message)


def _is_of_same_whole(sentence: Sentence, total: Amount, part: float, share: Amount) -> bool:
    """Whether a share fits what the total is itself a share of: 91.6万人,占户籍人口的25.8%,其中65岁以上74.3万人,占20.9%."""
    behind = next((amount for amount in sentence.amounts if amount.start >= total.end), None)
    if behind is None or behind.unit != "%" or not behind.value:
        return False
    between = sentence.text[total.end - sentence.start : behind.start - sentence.start]
    whole = 100 * total.value / behind.value
    is_named = _SHARE_WORDS.match(between) is not None
    return is_named and abs(100 * part / whole - share.value) <= max(_SHARE_TOLERANCE, share.step)


def _whole_of(sentence: Sentence, before: Sequence[Amount], part: Amount, between: str) -> Amount | None:
    """What the share behind `part` is a share of, where the wording leaves no doubt."""
    rate = _RATE_OF_PART.match(between)
    if rate and rate[1] in part.lead:
        return _total(before, part)
    share = _SHARE_WORDS.match(between)
    if not share:
        return None
    if share[1]:
        # 占市本级低保对象27.2%: of what, is said.
        # 建档立卡人口中纳入低保11.27万人 is a part of what is named itself.
        named = [
            amount
            for amount in before
            if share[1][:3] in amount.lead
            and not re.search(f"{re.escape(share[1][:3])}[^,]*[中里内]", amount.lead)
        ]
        return _total(named, part)
    led = sentence.text[: part.start - sentence.start].rfind("其中")
    total = _total([amount for amount in before if amount.end <= sentence.start + led], part)
    if total is not None:
        return total
    # 床位2860张,护理型床位1573张,占55%: the part's name holds the name of the whole just before it.
    nearest = before[-1:]
    is_named = nearest and len(nearest[0].lead) >= 2 and nearest[0].lead[-2:] in part.lead
    return _total(nearest, part) if is_named else None
