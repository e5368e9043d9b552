"""Questions for an average: of one of those among whom a total is shared, or of one year of several."""

from __future__ import annotations

import re

from qa.arithmetic import wording
from qa.arithmetic.task import Task

_SPENT = re.compile(
    r"(?:大约|大概)?(?:总?(?P<what>投资|投入|造价|经费|资金|费用|补助|补贴|救助金|(?:建筑|用地|占地|使用)?面积)|[要得]?花|用了|发[了放]|给了)"
)
_GETS = re.compile("(?<=..)(?:能|可以?)?(?:领|拿|得|获|分|享受|收)(?:到|得|取)?")
# 补助每人大概多少元: worked out, where 每人多少元 may be a standard.
_ROUGHLY = re.compile(
    "(?P<total>.{6,40}?)[,]?每一?(?P<unit>[人户名个家])(?:能|可以?)?(?:大概|大约|约摸|约|平摊|合|分到?|摊到?)(?:是|有|能|拿|领|合|到)*(?:多少|几)(?:[元钱块]|万)*$"
)
_WHEN = re.compile("[上下]半年|[全今去本当]年|一年|[一二三四]季度")
_WHO = re.compile("(?:人|民|员|者|生|童|儿|象|户|社工)$")
_SUM_BEFORE = re.compile(rf"(?:{wording.SUM.pattern})[^,;]{{0,6}}{wording.ASK}[^,;]{{0,4}}[,;]")
_NAMED_LAST = re.compile(
    rf"{wording.ASK}[个家张名户人元所处次条项对位件座亩]?+(?P<noun>(?!钱$|块钱$)[\u4e00-\u9fff]+)$"
)
# 人均救助资金: what each has of is called as a whole.
_PER_HEAD = re.compile("[人户]均$")
_MONEY_AT_END = re.compile("(?:投资|资金|经费|[发领花]了)$")
# Figures that the question repeats (194人发了190余万,平均每人多少).
_GIVEN = re.compile(r"(?:有|共|一共)?\d[\d.,]*[余多]?[万亿]?[人名位户个家张对元]?(?=$|[发,、花领用])")


# 平均每个月要完成多少户: of a task of one year; what is paid by the month is a standard.
_EACH_MONTH = re.compile(
    "平均(?:下来)?(?:到)?每个?月(?=[^,?元钱]{0,8}(?:多少|几)[个家张户人名处所次对场])|"
    "每个?月平均(?=[^,?元钱]{0,8}(?:多少|几)[个家张户人名处所次对场])"
)


def average(text: str) -> Task | None:
    """平均每户补了多少, 每张床位投资多少: the total, and among what it is shared."""
    match = wording.AVERAGE.search(text)
    roughly = None if match else _ROUGHLY.match(text)
    if roughly:
        return Task("average", (roughly["total"],), unit="元", counted=roughly["unit"], is_weak=True)
    if match is None or _SUM_BEFORE.search(text[: match.start()]):
        # 消防和食品隐患一起有多少处,平均一家几处: the average is of the sum, and none of its parts.
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
        named = _NAMED_LAST.search(text)
        total += counted + (named["noun"] if named else "")
    total = re.sub(r"床(?=$|的)", "床位", _GIVEN.sub("", total))
    is_money = _MONEY_AT_END.search(total) is not None
    total = re.sub("[发领花]了$", "", total)
    is_per_head = _PER_HEAD.search(match.group(0)) is not None and counted != "" and total != ""
    spent = None if is_per_head else _SPENT.search(counted)
    if spent:
        # 平均每张床位投资多少: what is counted stands before what was spent.
        total += spent["what"] or ""
        counted = counted[: spent.start()]
    # 每个支助的大学生: who they are, and not how they came by it.
    counted = counted.rpartition("的")[2] or counted
    unit = "人" if unit == "个" and _WHO.search(counted) else unit
    counted = _WHEN.sub("", counted)
    if unit in "人户" and match.group(0).endswith("均"):
        total, counted = total + counted, ""
    return (
        Task(
            "average",
            (total,),
            unit="元"
            if (spent and not (spent["what"] or "").endswith("面积"))
            or re.search("(?:多少|几)(?:万|亿)?[元钱块]", text)
            or is_money
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


def yearly(text: str) -> Task | None:
    """What a total over several years comes to in one: 十三五平均每年发多少."""
    monthly = _EACH_MONTH.search(text)
    match = monthly or re.search(
        r"平均(?:下来)?(?:到)?(?:每一?年|一年)|(?:每一?|一)年平均|年均(?=[^,?增涨升降]{0,8}(?:(?:多少|几)|$))",
        text,
    )
    if match is None or re.search(r"[增涨升降]", text):
        return None
    before = _GIVEN.sub("", wording.without_degree(text[: match.start()]).rstrip(","))
    subject = before + wording.before_ask(text[match.end() :])[0]
    if not _names_thing(subject):
        # 十二五平均每年卖多少福利彩票: what there is of it is named behind the interrogative.
        named = _NAMED_LAST.search(text)
        subject += named["noun"] if named else ""
    return Task("average", (wording.without_degree(subject),), counted="月" if monthly else "年")
