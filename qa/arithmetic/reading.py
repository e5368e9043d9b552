"""What calculation a question asks for, and which phrases describe its operands."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import wording
from qa.arithmetic.adding import both, of_kinds, rest, total
from qa.arithmetic.canonical import in_plain_words
from qa.arithmetic.comparing import compared, difference, ends, gap_to_aim
from qa.arithmetic.paying import payment, portion, product
from qa.arithmetic.task import Task
from qa.figures.changes import CHANGE
from qa.understanding.asking import asked_unit
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.numerals import from_chinese

# One character of any calculation's wording: what holds none of these asks for no calculation.
_CUES = re.compile(
    r"比|差|差距|合计|加总|[加合]起来|加在?一起|共|总计|总和|之和|相加|占|倍|翻|均|摊|年|月|增|涨|提高|提升|上升|减少|下降|降|"
    r"非|外|超|掏|承担|负担|口|花|补|率|缺口|还[要需得]|剩|其余|不是|除|至少|最少|最多|相当于|折合|算|调|不少|不低|起码|加|总[数量额]|拢共"
)
# 多多少人,是几倍: asked of the two that were named before.
_ALSO_MULTIPLE = re.compile(
    r"(?:(?<=多少)|(?<=几))[\u4e00-\u9fff%]{0,4}[,、;](?:又|也|还|大约|约|相当于|等于|合|就?是|为|翻了)*(?:它|其|前者|后者|原来|对方)?的?(?:几|多少)[倍番]$"
)
# 哪个多,多多少
_WHICH_AND_BY_HOW_MUCH = re.compile(
    "(?:哪个|哪项|谁)更?[多高大少低][,、]?(?:差|多|高|少|低|大)(?:了|出)?(?=多少|几)"
)
_ASKS = re.compile(
    r"多少|几|百分|比例|比重|占比|[增涨降升]幅|多大|差距|差额|缺口|合计|加总|之和|之差|相差|差值|总和|是什么|入住率|[?]$"
)
_SUMMED = re.compile(r"(?:的)?(?:总数|总和|总量|总额|之和|合计|加起来|一共|总计)(?:的|之)?$")
_MOST_ADDED = 5
# Kinds, each of which is a part of a whole that is called the same without it.
_ASKS_SHARE = re.compile(
    r"(?:了|到)?(?:大约|大概)?(?:的)?(?:几成|多少|百分之|多大|多高|比[例重](?:是|有|为)?(?:多少|$))"
)
_SPENT = re.compile(
    r"(?:大约|大概)?(?:总?(?P<what>投资|投入|造价|经费|资金|费用|补助|补贴|救助金)|[要得]?花|用了|发[了放]|给了)"
)
_GETS = re.compile("(?<=..)(?:能|可以?)?(?:领|拿|得|获|分|享受|收)(?:到|得|取)?")
_WHO = re.compile("(?:人|民|员|者|生|童|儿|象|户|社工)$")
_MONEY_AT_END = re.compile("(?:投资|资金|经费)$")
# What is counted in a unit that goes without saying (增加多少床位): money is none.
_THING_COUNTED = re.compile(
    "(?:多少|几)万?(?:(?P<beds>床位)|(?P<times>人次)|(?:老年?人|儿童|孩子|护理员|社工|志愿者|残疾人)(?!口))"
)
_KIND = re.compile(
    r"公办|民办|公建民营|护理型|集中供养|分散供养|城市|农村|城镇|约束性|预期性|中级|初级|高级|男性?|女性?|失能|半失能|持证|"
    r"在建|新建|改建|省级|市级|县级|区级"
)


def tasks_of(asked: Question) -> list[Task]:
    """The calculations that a question may ask for, the likeliest first; empty when its wording asks for none.

    More than one only where a reading is weak, so that the next one is tried when it leads to nothing.
    """
    if asked.is_english or asked.asks in ("list", "place") or asked.confirms:
        return []
    text = in_plain_words(wording.cleaned(folded(asked.text)))
    if len(asked.regions) < 2:
        # Of two places the figures are put side by side.
        text = _WHICH_AND_BY_HOW_MUCH.sub("差", text)
    if not _CUES.search(text) or not _ASKS.search(text):
        return []
    text, also = _without_multiple(text)
    readers = (
        gap_to_aim,
        _multiple,
        _share,
        _yearly,
        _average,
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
        timed = _timed(task, text)
        unit = task.unit or _unit_of(text, task)
        # What is paid by the month or year is money.
        is_paid = timed.period and task.operation in ("sum", "difference") and not unit
        tasks.append(replace(timed, unit="元" if is_paid else unit, wants_multiple=also))
        if not task.is_weak:
            break
    return tasks


def _without_multiple(text: str) -> tuple[str, bool]:
    """(A比B多多少, True) of A比B多多少,是几倍: two calculations on the same two figures."""
    match = _ALSO_MULTIPLE.search(text)
    return (text[: match.start()], True) if match else (text, False)


def _unit_of(text: str, task: Task) -> str:
    if task.operation in ("share", "multiple"):
        return ""
    asked = asked_unit(text[text.rfind("多少") :] if "多少" in text else text)
    if re.search("百分点|个点", text):
        return "" if task.wants_rate else "%"
    if re.search(r"(?:多少|几)(?:万|亿)?(?:钱|资金|经费|款|补助|补贴)", text):
        return "元"
    thing = _THING_COUNTED.search(text)
    if thing:
        return "张" if thing["beds"] else thing["times"] or "人"
    # 多少块: pieces, unless money is paid by the month or the like.
    if asked == "块" and (_is_money(text) or re.search("[月年]", text)):
        asked = "元"
    if asked in ("元", "万元", "亿元", "万", "亿", "分", "成", "倍", "年", "天", "月"):
        return "元" if asked.endswith("元") or (asked in "万亿" and _is_money(text)) else ""
    return asked


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
        count = int(number[0]) if number[0].isdigit() else from_chinese(number[0]) or 0
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


def _share(text: str) -> Task | None:
    """A占B的比例 → A, B; B里A占多少 → A, B."""
    # 里头残疾的占几个 asks for a part's number, which no two other figures tell.
    match = re.search(r"占(?!地|用|道|了?(?:几|多少)[个名人户家张])(?:到|了|全部)?", text)
    if match is None or re.match(r"比", text[match.end() :]):
        match = re.search(r"(?:的)?占比|所占(?:的)?比[例重]", text)
        if match is None:
            return None
        text = text[: match.end()]
    left, right = text[: match.start()].rstrip("的所"), text[match.end() :]
    is_changing = re.search(rf"比[例重率][^,]{{0,8}}(?:{CHANGE})(?:了)?(?:多少|几)", right)
    if is_changing or wording.SUM.search(left):
        # 占居民人口比例要提高几个百分点: how the share itself changes.
        # What several come to as a share of a whole is two calculations.
        return None
    whole = re.split(rf"的(?:比[例重率]|百分|份额)|比[例重]|百分之|{wording.ASK}|%", right)[0]
    whole = re.sub(
        r"^(?:全部|总(?!投资|量|额|数|人口|资金|投入)|所有)(?=[\u4e00-\u9fff])|[的中里内]$|^了|大概|大约",
        "",
        whole,
    ).strip(", ")
    if len(whole) < 2:
        # 集中供养 and 初中级 hold a 中 that parts nothing.
        inside = re.match(
            r"(?P<whole>.+?)(?:当中|之中|里面|中间|[里内]|(?<![集初高])中(?![级心小央]))(?:的|,)?(?P<part>.+)$",
            left,
        )
        outside = re.match(r"(?P<part>.+?)在(?P<whole>.+?)(?:当中|之中|里面|中间|[里中内])$", left)
        found = outside or inside
        if found is None:
            kind = _KIND.search(left)
            if kind and kind.end() < len(left) - 1 and _ASKS_SHARE.match(right):
                # 民办养老机构占几成: of all of its like.
                return Task("share", (left, f"全部{left[: kind.start()]}{left[kind.end() :]}"))
            is_present = re.search(r"现有|目前|现在|当前", left)
            return Task("share", (left,), is_weak=True) if is_present else None
        return Task("share", (found["part"].strip("的,"), found["whole"].strip("的,")))
    return Task("share", (left.strip(","), *_added_up(whole)))


def _added_up(whole: str) -> list[str]:
    """The parts of a whole that is made of several (消防和食品隐患总数 → 消防, 食品隐患), or the whole as it is."""
    summed = _SUMMED.sub("", whole)
    parts = wording.joined_parts(summed) if summed != whole else []
    return parts if 1 < len(parts) < _MOST_ADDED else [whole]


def _average(text: str) -> Task | None:
    match = wording.AVERAGE.search(text)
    if match is None:
        return None
    unit = next(group for group in match.groups() if group)
    behind = wording.before_ask(text[match.end() :])[0]
    noun = re.match(r"[\u4e00-\u9fff]{0,8}?(?=平均)|[\u4e00-\u9fff]{0,8}", behind)
    counted = wording.without_degree(noun.group(0)) if noun else ""
    gets = _GETS.search(counted)
    got = ""
    if gets:
        # 每个移民领到直补资金多少: who gets it, and what.
        counted, got = counted[: gets.start()], counted[gets.end() :]
        unit = "人" if unit == "个" and _WHO.search(counted) else unit
    total = wording.without_degree(text[: match.start()]).strip(",") + got
    if match.group(0).startswith("每"):
        total += wording.without_degree(behind.partition("平均")[2])
        if not _names_thing(total):
            total += counted
    if "平均" in match.group(0) and not _names_thing(total):
        # 平均一家机构有几张床: the total is named behind the interrogative.
        named = re.search(
            rf"{wording.ASK}[个家张名户人元所处次条项对位件座亩]?+(?P<noun>[\u4e00-\u9fff]+)$", text
        )
        total += counted + (named["noun"] if named else "")
    total = re.sub(r"床(?=$|的)", "床位", total)
    spent = _SPENT.search(counted)
    if spent:
        # 平均每张床位投资多少: what is counted stands before what was spent.
        total += spent["what"] or ""
        counted = counted[: spent.start()]
    if unit in "人户" and match.group(0).endswith("均"):
        total, counted = total + counted, ""
    return (
        Task(
            "average",
            (total,),
            unit="元"
            if spent or re.search("多少(?:万|亿)?[元钱块]", text) or _MONEY_AT_END.search(total)
            else "",
            counted=unit + (counted if unit not in "人户" or len(counted) > 1 else ""),
        )
        if total
        else None
    )


def _names_thing(text: str) -> bool:
    """Whether a wording names more than a place and a time (荆门“十二五”末)."""
    return (
        re.search(r"[\u4e00-\u9fff]{4}", re.sub(r"[“\"]?十[一二三四]?五[”\"]?(?:末|期间|时期)?", ",", text))
        is not None
    )


def _yearly(text: str) -> Task | None:
    """What a total over several years comes to in one: 十三五平均每年发多少."""
    match = re.search(
        r"平均(?:下来)?(?:到)?(?:每一?年|一年)|(?:每一?|一)年平均|年均(?=[^,?增涨升降]{0,8}(?:多少|几))", text
    )
    if match is None or re.search(r"[增涨升降]", text):
        return None
    subject = wording.without_degree(text[: match.start()]) + wording.before_ask(text[match.end() :])[0]
    return Task("average", (wording.without_degree(subject),), counted="年")
