"""What calculation a question asks for, and which phrases describe its operands."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import wording
from qa.arithmetic.adding import both, of_kinds, rest, total
from qa.arithmetic.averages import average, yearly
from qa.arithmetic.canonical import in_plain_words
from qa.arithmetic.comparing import compared, difference, ends, gap_to_aim, net_growth
from qa.arithmetic.paying import payment, portion, product
from qa.arithmetic.shares import share
from qa.arithmetic.spreading import without_spread
from qa.arithmetic.task import Task
from qa.understanding.question import Question
from qa.understanding.unit_asked import asked_unit
from vectorstore.folding import folded
from vectorstore.numerals import numeral_value

# One character of any calculation's wording: what holds none of these asks for no calculation.
_CUES = re.compile(
    r"比|每[张个家户人名位]|差|差距|合计|加总|[加合]起来|加在?一起|共|总计|总和|之和|相加|占|倍|翻|均|摊|年|月|增|涨|提高|提升|上升|减少|下降|降|"
    r"非|外|超|掏|承担|负担|口|花|补|率|缺口|还[要需得有]|剩|其余|不是|除|至少|最少|最多|相当于|折合|算|调|不少|不低|起码|加|总[数量额]|拢共"
)
# 多多少人,是几倍: asked of the two that were named before.
_ALSO_MULTIPLE = re.compile(
    r"(?:(?<=多少)|(?<=几))[\u4e00-\u9fff%]{0,4}[,、;](?:又|也|还|大约|约|相当于|等于|合|就?是|为|翻了)*(?:它|其|前者|后者|原来|对方)?的?(?:几|多少)[倍番]$"
)
# 哪个多,多多少
_WHICH_AND_BY_HOW_MUCH = re.compile(
    "(?:哪个|哪项|谁)(?:新[建增]|改建|完成)?的?更?[多高大少低][,、 ]?(?:差|多|高|少|低|大)(?:了|出)?(?=多少|几)"
)
_ASKS = re.compile(
    r"多少|几|百分|比例|比重|占比|[增涨降升]幅|多大|差距|差额|缺口|合计|加总|之和|之差|相差|差值|总和|是什么|入住率|年均(?!增)[\u4e00-\u9fff]{1,6}$|[?]$"
)
# 结婚多还是离婚多, 社团和民非哪个多: the two are held against each other.
_EITHER_MORE = re.compile(
    "的?(?P<more>[多高大少低])还是(?P<other>[^,?]{2,16}?)的?(?P=more)(?:一?些|一点)?(?:[,、]?相?差(?:了|距|额)?(?:是|有)?(?=多少|几)|$)"
)
_WHICH_OF_TWO = re.compile(
    "(?<=[\u4e00-\u9fff])(?P<one>和|与|跟)(?P<other>[^,?和与跟、]{2,16}?)[,、]?(?:哪一?[个项种类样]|谁|哪边)(?:的?(?:数量|人数|标准|金额))?(?:是|会|更|(?P<spent>[投花])得)?[多高大少低快慢]$"
)
# What is counted in a unit that goes without saying (增加多少床位): money is none.
_NAMES_MONEY = re.compile("(?:资金|经费|金额)$")
_GAP = re.compile("(?<=[\u4e00-\u9fff\\d]) +(?=[\u4e00-\u9fff\\d])")
_PEOPLE_LAST = re.compile("(?:社工|护理员|志愿者|工作者|协理员|督导员|儿童主任)$")
_THING_COUNTED = re.compile(
    "(?:多少|几)[个名位]?万?(?:(?P<beds>床位)|(?P<times>人次)|(?:老年?人|儿童|孩子|护理员|社工|志愿者|残疾人)(?!口))"
)


def tasks_of(asked: Question) -> list[Task]:
    """The calculations that a question may ask for, the likeliest first; empty when its wording asks for none.

    More than one only where a reading is weak, so that the next one is tried when it leads to nothing.
    """
    if asked.is_english or asked.asks in ("list", "place") or asked.confirms:
        return []
    # A gap is typed for a comma.
    text = in_plain_words(_GAP.sub(",", wording.cleaned(folded(asked.text))))
    is_which = False
    if len(asked.regions) < 2:
        # Of two places the figures are put side by side.
        text, is_which = _of_two(_WHICH_AND_BY_HOW_MUCH.sub("差", text))
    if not _CUES.search(text) or not _ASKS.search(text):
        return []
    text, also = _without_multiple(text)
    text, years = without_spread(text)
    readers = (
        gap_to_aim,
        _multiple,
        share,
        yearly,
        average,
        net_growth,
        difference,
        total,
        rest,
        both,
        portion,
        payment,
        product,
        of_kinds,
    )
    tasks: list[Task] = []
    for read in readers:
        task = read(text)
        if task is None:
            continue
        timed = replace(task, by_year=years) if years else _timed(task, text)
        unit = task.unit or _unit_of(text, task)
        # What is paid by the month or year is money.
        is_paid = timed.period and task.operation in ("sum", "difference") and not unit
        timed = replace(timed, says_which=is_which, is_weak=timed.is_weak or is_which)
        tasks.append(replace(timed, unit="元" if is_paid else unit, wants_multiple=also))
        if not task.is_weak:
            break
    return tasks


def _of_two(text: str) -> tuple[str, bool]:
    """(A和B相差多少, True) of A多还是B多 and A和B哪个多: which of the two is more is told by what they are apart."""
    either = _EITHER_MORE.search(text)
    of_two = either or ("、" not in text and _WHICH_OF_TWO.search(text)) or None
    if of_two is None:
        return text, False
    # 哪个投得多: what was invested in each.
    spent = "总投资" if of_two.groupdict().get("spent") else ""
    return (
        f"{text[: of_two.start()]}{spent}和{of_two['other']}{spent}相差{text[of_two.end() :] or '多少'}",
        True,
    )


def _without_multiple(text: str) -> tuple[str, bool]:
    """(A比B多多少, True) of A比B多多少,是几倍: two calculations on the same two figures."""
    match = _ALSO_MULTIPLE.search(text)
    return (text[: match.start()], True) if match else (text, False)


def _unit_of(text: str, task: Task) -> str:
    if task.operation in ("share", "multiple"):
        return ""
    asked = asked_unit(text[text.rfind("多少") :] if "多少" in text else text)
    each = _EACH_COUNTED.search(text) if task.operation == "difference" and not asked else None
    asked = asked_unit(each[0]) if each else asked
    if re.search("百分点|个点", text):
        return "" if task.wants_rate else "%"
    is_of_money = len(task.phrases) > 1 and _NAMES_MONEY.search(task.phrases[-1])
    if is_of_money or re.search(r"(?:多少|几)(?:万|亿)?(?:钱|资金|经费|款|补助|补贴)", text):
        return "元"
    thing = _THING_COUNTED.search(text)
    is_of_people = asked == "个" and bool(task.phrases) and _PEOPLE_LAST.search(task.phrases[0])
    if thing or is_of_people:
        return "人" if not thing else "张" if thing["beds"] else thing["times"] or "人"
    # 多少块: pieces, unless money is paid by the month or the like.
    if asked == "块" and (_is_money(text) or re.search("[月年]", text)):
        asked = "元"
    if asked in ("元", "万元", "亿元", "万", "亿", "分", "成", "倍", "年", "天", "月"):
        return "元" if asked.endswith("元") or (asked in "万亿" and _is_money(text)) else ""
    return asked


_EACH_COUNTED = re.compile(r"(?:各自?|分别)(?:是|有|为)*(?:多少|几)(?:人次|[个家张户名人对处件座])")


def _is_money(text: str) -> bool:
    return re.search(r"钱|资金|投资|金额|销量|销售|[金费款]", text) is not None


def _timed(task: Task, text: str) -> Task:
    """With the length of time for which a payment is asked."""
    if task.period or task.operation in ("share", "multiple", "average"):
        return task
    lengths = list(wording.LASTING.finditer(text))
    if task.operation in ("difference", "rest"):
        # 五年增加多少: how long it takes, not what is paid for.
        lengths = [length for length in lengths if not re.match(r"[两二三四五六七八九十\d]", length[1])]
    if not lengths:
        return task
    match = lengths[-1]
    said = match[1]
    if task.operation == "difference" and re.search(
        r"每?个?月[^,?]*(?:多少|几)[^,?]*[,?;][^,?]*(?:年|全年)", text
    ):
        # 每月涨多少,全年多领多少
        return replace(task, period="月", also_yearly=True)
    number = re.match(r"[\d两二三四五六七八九十]+", said)
    if said == "半年":
        return replace(task, period="月", months=6)
    if number and not said.startswith("一"):
        count = numeral_value(number[0])
        return replace(task, period="月", months=count * (12 if "年" in said else 1))
    return replace(task, period="年" if "年" in said else "月")


# ── one reader for each operation ──


def _multiple(text: str) -> Task | None:
    match = wording.MULTIPLE.search(text)
    if match is None:
        return None
    pair = ends(text) or compared(text, match.start()) or _equated(text[: match.start()])
    if pair is None and "翻" in match.group(0):
        # 十三五期间翻了几番: one thing and its two values.
        return Task("multiple", (wording.without_degree(text[: match.start()]),), is_weak=True)
    return Task("multiple", pair) if pair else None


def _equated(text: str) -> tuple[str, str] | None:
    """A是B的(几倍) → (A, B)."""
    one, found, other = text.rstrip("的").rpartition("是")
    return (one, other) if found and one and other else None
