"""Questions for a sum, and for what is left of a whole."""

from __future__ import annotations

import re

from qa.arithmetic import wording
from qa.arithmetic.comparing import after_comma
from qa.arithmetic.task import Task

_MOST = 10
_TWO_YEARS = re.compile(r"(20\d\d年)(?:和|与|、|跟|加上?|到)(20\d\d年)(?:这|的)?(?:两年)?")

_WHOSE = re.compile(
    r"(?P<whose>[^,]*(?:[轻中重]度|失能|自理|护理型?的|[一二三四]级)[^,]*?(?:人员|老人|对象|儿童|残疾人|的)(?:20\d\d年)?)"
    r"(?:每个?月|每年|每人)?[ ,]?(?=[\u4e00-\u9fff]{2,3}费加)"
)
_GETS_BOTH = re.compile(
    r"(?:两|二|2)(?:项|种|个|样|笔)(?:[\u4e00-\u9fff]{0,4}(?:补贴|补助|津贴|待遇|钱))?(?P<both>(?:一年|全年|每年|一个月|每个?月)?(?:加起来|合起来|加一块儿?|合计|一共|总共)(?=[^,?]{0,8}(?:拿|领|得|发|给|补|享|多少))|(?:都|全都?|同时|一起|一块儿?)(?:能|可以?)?(?:享受|领取?|拿|符合|够条件|有|享)(?:到|的话|的|了|取)*)"
)
# 同时领生活补贴和护理补贴: both are named.
_PAID_NAME = "[\u4e00-\u9fff]{2,10}?(?:补贴|津贴|补助)"
_GETS_THE_TWO = re.compile(
    rf"(?:同时|一起|都)(?:能|可以?)?(?:享受|领取?|拿|符合|有|享)(?:了|着|到)?(?P<pair>{_PAID_NAME}(?:和|与|、|跟){_PAID_NAME})(?:的|,|$)"
)
_COUNTS_PEOPLE = re.compile("(?:多少|几)(?:万|千|百)?(?:人|名|位|户|对象)")
_IF = re.compile("要是|如果|假如|要|(?<=[\u4e00-\u9fff])若")
_THE_TWO = re.compile("(?:这|那)?(?:两|二|2)(?:项|种|个|样|笔)$")
# A whole without several of its parts.
_DONE = re.compile(
    r"(?P<whole>[^,]{4,40}?),(?P<parts>(?:20\d\d年?(?:和|、|与|跟|,)?){2,4})(?:这|的)?(?:[两三]年)?(?:都|分别|各)?(?:完成|做完|建成|改造)[^,]{0,6},?(?:一?共?还|剩|余下)[^,]{0,6}(?:多少|几)"
)
_LESS = re.compile(
    r"(?P<whole>[^,]{4,40}?),?(?:除去|除掉|除了|扣除|扣掉|扣去|刨去|刨掉|去掉|减去|去除)(?P<parts>[^,]{4,40}?)(?:的|以外|之外|外|后|之后)*,?(?:一?共?还|剩|余下)[^,]{0,6}(?:多少|几)"
)


_COUNTED_LAST = re.compile(
    rf"{wording.ASK}[个家张名户人元所处次条项对位件座亩]?+(?P<noun>[\u4e00-\u9fff]{{2,}})$"
)


def total(text: str) -> Task | None:
    """A和B合计多少; None when nothing is added up."""
    cues = list(wording.SUM.finditer(text))
    if not cues:
        return _added(text)
    # 加起来共: the first of cues that follow each other; one further in front is another sentence's.
    match = next(cue for cue in cues if not re.search("[,:]", text[cue.end() : cues[-1].start()]))
    left = re.sub(
        r"(?:两者|二者|两地|两个|各项|这?[两三四五](?:项|笔|样|块|地|处)|[两三四五](?:类|种|项)(?:新建|新增|改建)?(?:设施|项目|机构))$|(?:的|数量|金额|,)$",
        "",
        text[: match.start()],
    )
    common, members = after_comma(left)
    if not common:
        common, members = _whose(members)
    behind = wording.before_ask(text[match.end() :])[0]
    if len(wording.joined_parts(members)) < 2 and len(wording.joined_parts(behind)) > 1:
        common, members = left, wording.without_degree(behind)
    parts = wording.joined_parts(members)
    noun = _COUNTED_LAST.search(text)
    years = _TWO_YEARS.search(text[: match.start()])
    if years:
        # 公墓2024年和2025年合计: one thing of two years.
        subject = text[: years.start()] + wording.without_degree(text[years.end() : match.start()])
        return Task("sum", tuple(f"{year}{subject}" for year in years.groups()))
    if not 2 <= len(parts) <= _MOST:
        return None
    if noun and not noun["noun"].startswith("钱"):
        parts[-1] += noun["noun"]
    parts[-1] = wording.without_degree(parts[-1])
    return Task("sum", tuple(parts), context=common, is_weak=wording.is_weak_sum(match.group(0)))


def of_kinds(text: str) -> Task | None:
    """低保对象一共多少人: the sum of its kinds, where the paper gives no total."""
    cue = wording.SUM.search(text)
    subject = wording.without_degree(text[: cue.start()]) if cue else ""
    named = _COUNTED_LAST.search(text) if subject else None
    if named and named["noun"] not in subject and not named["noun"].startswith("钱"):
        # 检查一共查出多少处隐患: what is counted is named behind the interrogative.
        subject += named["noun"]
    return Task("sum", (subject,), is_weak=True) if len(subject) > 1 else None


def _added(text: str) -> Task | None:
    """生活费加护理费一个月多少: 加 itself adds."""
    left = wording.LASTING.sub("", wording.without_degree(wording.before_ask(text)[0])).strip(", ")
    if not re.search(
        r"[\u4e00-\u9fff]{2}(?:加上|再加|加(?!强|快|大|入|工|班|床|装|急|盖|分|发|重|速|固|权))[\u4e00-\u9fff]{2}",
        left,
    ):
        return None
    # 完全不能自理的,生活费加护理费: what stands before the comma is said of both.
    common, mark, members = left.rpartition(",")
    common, members = (common + mark, members) if re.search("加", members) else ("", left)
    if not common:
        common, members = _whose(members)
    parts = [wording.without_degree(part) for part in re.split(r"加上|再加|加", members)]
    return (
        Task("sum", tuple(parts), context=common, is_weak=True)
        if 2 <= len(parts) <= _MOST and all(parts)
        else None
    )


def _whose(members: str) -> tuple[str, str]:
    """轻度失能的特困老人生活费加护理费: (who gets both, what he gets); how he is, is said of both."""
    match = _WHOSE.match(members)
    return (match["whose"], members[match.end() :]) if match else ("", members)


def both(text: str) -> Task | None:
    """What two payments make for somebody who gets both: 两项补贴都能领的一个月拿多少."""
    if _COUNTS_PEOPLE.search(text):
        return None
    match, named = _GETS_BOTH.search(text), _GETS_THE_TWO.search(text)
    if named and re.search("多少|几[百千]", text[named.end() :]):
        subject = text[: named.start()] + named["pair"]
    elif match is None or not re.search("多少|几[百千]", text[match.end() :] or text[match.start() :]):
        return None
    else:
        subject = text[: match.start("both")]
        if re.search(f"{_PAID_NAME}(?:和|与|、|跟)", subject):
            # 生活补贴和护理补贴两项都领: which two they are, is said.
            subject = _THE_TWO.sub("", _IF.sub("", subject))
    subject = re.sub(r"^.{0,8}?(?:一个|一名|一位|某个?)(?=[\u4e00-\u9fff]{2})", _place_alone, subject)
    return (
        Task("both", (wording.without_degree(subject),), unit="元", is_weak=True)
        if len(subject) > 3
        else None
    )


def _place_alone(match: re.Match[str]) -> str:
    """What stands before 一个残疾人, without 一个."""
    return re.sub(r"(?:一个|一名|一位|某个?)$", "", match.group(0))


def rest(text: str) -> Task | None:
    """What is left of a whole: 床位里不是护理型的有多少, 护理型以外的床位有多少, 除去2022年和2023年的还剩多少."""
    less = _LESS.match(text) or _DONE.match(text)
    if less and len(parts := wording.joined_parts(less["parts"])) > 1:
        return Task("rest", (less["whole"], *(part.rstrip("的") for part in parts[:4])))
    outside = re.search(
        r"^(?:除了?|除开|扣除|去掉|不算|不含)?(?P<part>[^,]+?)(?:以外|之外|除外)(?:的)?,?(?P<noun>[\u4e00-\u9fff]{0,10}?)"
        r"(?:其余|其他|别的|还剩下?|还有|还|剩下|剩余|总共|一共|共|有|是|的)*(?:多少|几)[个家张名户人所处条项位对]?(?P<tail>[\u4e00-\u9fff]{0,8})$",
        text,
    )
    if outside:
        noun = re.sub(r"^(?:其余|其他|别的|剩下|剩余|余下)的?", "", outside["noun"]) or outside["tail"]
        part, inside, kind = (
            outside["part"].rpartition("除了") if "除了" in outside["part"] else ("", "", outside["part"])
        )
        whole = part + noun if inside else noun
        if len(whole) > 1:
            return Task("rest", (f"全部{whole}", kind))
    match = re.search(
        r"(?P<whole>.+?)(?:当中|之中|里面|[里中内])?(?:,)?(?:不是|不属于|除了?|扣除|去掉|减去)(?P<part>[^,]+?)"
        r"(?:的|以外|之外|外|后|,)[^,?]{0,12}?(?:多少|几)",
        text,
    )
    if match is None:
        inside = re.search(
            r"^(?P<whole>.{4,30}?)(?:当中|之中|里面|[里中内])的?"
            r"非(?P<kind>[\u4e00-\u9fff]{1,4}型)的?(?:有|是|共|还)?(?:多少|几)",
            text,
        )
        if inside:
            return Task("rest", (inside["whole"], inside["kind"]))
        kind = re.search(
            r"非(?P<kind>[\u4e00-\u9fff]{1,4}型)的?(?P<noun>[\u4e00-\u9fff]{2,8}?)(?:有|是|共|还)?(?:多少|几)",
            text,
        )
        if kind is None:
            return None
        return Task("rest", (text[: kind.start()] + kind["noun"], kind["kind"] + kind["noun"]))
    return Task("rest", (match["whole"], match["part"].removesuffix("以").removesuffix("之")))
