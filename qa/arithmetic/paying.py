"""Questions for what somebody is paid, for a part of it, and for so many times a rate."""

from __future__ import annotations

import re

from qa.arithmetic import wording
from qa.arithmetic.task import Task
from qa.figures.changes import CHANGE
from vectorstore.numerals import numeral_value

_NUMERAL = r"[\d两二三四五六七八九十百]+"
_PEOPLE = re.compile(
    rf"(?P<count>{_NUMERAL})(?:个|名|位)(?P<who>\w{{0,8}}?(?:人|老人|儿童|孤儿|孩子|对象))|"
    rf"(?:一家)?(?P<mouths>{_NUMERAL})口(?:之家|人的?(?:家庭|人家)|人家|人)?|(?P<couple>夫妻(?:俩|二人|两人|双方)|老两口|小两口|两口子)"
)
_DONE_IN_YEARS = re.compile(r"(?:里|来|间|内|中)?(?:一共|总共|累计|共)?[\u4e00-\u9fff]{2,4}了(?:多少|几)")
_MONEY = re.compile(r"多少(?:钱|资金|经费|补助|补贴|万?元|亿元|块)|几[万百千]?[块元]")
_SUM_OF_MONEY = re.compile(r"(?:金|费|款|补助|补贴|津贴)[^,?]{0,6}多少$")
_OVERALL = re.compile(
    r"总共|一共|合计|总计|全部|总的|共(?!同|有)|[要得](?:花|补|投|用|准备|安排|发|付|掏|出)|需要|最多|至多|最少|至少|封顶"
)
_BEARS = re.compile(r"(?:掏|承担|负担|分担|分摊|自付|出|拿|补)(?:的)?(?:是)?(?=多少(?:钱|元|块|资金|万))")
_IN_TOTAL = re.compile("总共|一共|合计|总计|全部")
_PAYERS = r"个人|自己|本人|财政|县级|市级|区级|省级|单位|企业|家庭|公益金|政府|老人(?=自)|集体"
_PAID = re.compile(
    rf"^{wording.ASK}(?:万?元|块钱?|钱)?的?(?P<what>[\u4e00-\u9fff]{{0,8}}(?:补贴|津贴|护理费|低保金?|供养金|抚恤金))$"
)
# What was spent in a year is told for all together; no standard makes it.
_SPENT = re.compile("(?:支出|拨付|花费|用掉)了?(?:资金|金额)?(?:多少|几)")
_GETS = re.compile(
    r"(?:总共|一共|合计|大概|大约|能|可以?|要|应该?|得|会|都)?(?:领取?|拿|吃|享受|发|给|花|付|补|有|是|到手|支出|发放)?(?:到|了|取)?$"
)


def portion(text: str) -> Task | None:
    """So many percent of an amount: 至少多少张护理型床位, 个人要掏多少钱."""
    bears = _BEARS.search(text)
    if bears and not _IN_TOTAL.search(text) and re.search(_PAYERS, text):
        subject = wording.LASTING.sub("", wording.without_degree(text[: bears.start()]))
        return Task("portion", (wording.without_degree(subject),), unit="元", is_weak=True)
    if not wording.PORTION.search(text) or not re.search(r"(?:多少|几)[个家张名户人所处对位座]", text):
        return None
    if re.search(r"每[年月]|一年|一个月|每个月|每[百千万]名", text):
        return None
    subject = re.sub(wording.PORTION, "", wording.before_ask(text)[0])
    return Task("portion", (wording.without_degree(subject),), is_weak=True)


def payment(text: str) -> Task | None:
    """A payment for another length of time than its source states it for, or for several people."""
    match = wording.LASTING.search(text)
    people = _PEOPLE.search(text)
    if match is None and not (people and _MONEY.search(text)):
        return None
    if match and _DONE_IN_YEARS.match(text, match.end()) and re.match(r"[\d两二三四五六七八九十]", match[1]):
        # 五年救助了多少人: how long it took, not for how long it is paid.
        return None
    if not re.search(r"多少(?!年|天|个月)|几[块元百千]|标准|折合", text) or _SPENT.search(text):
        return None
    if people is None and re.search(rf"(?:{CHANGE})(?:了|出)?(?:多少|几|百分之)", text):
        # By how much it rises each year is another question than what a year of it makes.
        return None
    count, paid = _counted(text, people) if people else (0, text)
    subject = wording.LASTING.sub("", paid)
    before, behind = wording.before_ask(subject)
    # 一年能领多少高龄津贴: what is paid stands behind the interrogative.
    named = _PAID.search(behind)
    subject = _GETS.sub("", wording.without_degree(before)) + (named["what"] if named else "")
    subject = re.sub(
        r"都?(?:吃|享受|领取?|拿)(?:着|的)?(?=低保|特困|救助|补贴|津贴)|(?<=低保)家庭|,?(?:一个?人|每个?人|个人)?,?$",
        "",
        subject,
    )
    return Task("payment", (subject,), unit="元", people=count, is_weak=True) if len(subject) > 1 else None


def _counted(text: str, people: re.Match[str]) -> tuple[int, str]:
    """How many are paid, and the question about one of them."""
    if people["couple"]:
        return 2, text.replace(people[0], "", 1)
    digits = people["count"] or people["mouths"]
    count = numeral_value(digits)
    return count, text.replace(people[0], people["who"] or "", 1)


def product(text: str) -> Task | None:
    """What so many come to at so much each: 1200户、户均3500元一共多少钱."""
    if not _OVERALL.search(text) or not (
        _MONEY.search(text) or _SUM_OF_MONEY.search(text) or re.search(r"(?:多少|几)[名人张个位]", text)
    ):
        return None
    subject = re.sub(_OVERALL, "", wording.before_ask(text)[0])
    subject = wording.without_degree(re.sub(r"\d[\d,.]*[万亿]?[个家张名户人所处床]", "", subject))
    return Task("product", (subject,), is_weak=True) if len(subject) > 1 else None
