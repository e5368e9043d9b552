"""Differences and changes: the two things that 比, 从…到…, 相差 or two years hold against each other."""

from __future__ import annotations

import re

from qa.arithmetic import wording
from qa.arithmetic.task import Task
from qa.figures.changes import CHANGE

_FROM_TO = re.compile(
    r"从(?P<one>[^,]{1,30}?)(?:到|至|调整?[到至为]|提高[到至]|[增涨升降]\w?[到至])(?P<other>[^,]{1,30}?)(?=,|$|[^\d](?:累计|一共|总共)|(?:累计|一共|总共|期间|间)|(?:提高|增加|增长|上涨|涨|升|减少|下降|降|多|翻)了?(?:多|几|百))"
)
_TO_AIM = re.compile(
    r"^(?P<thing>[^,]{4,40}?),?(?:现在|目前|当前)?(?:距离?|离)(?:20\d\d年)?(?:末|底)?的?(?:规划|计划)?的?(?:(?:目标|要求|任务)值?(?:数|线)?(?:的?\d[\d.]*%)?|\d[\d.]*%(?:的?(?:目标|要求|任务|线))?),?"
    r"(?:还|尚|仍)?(?:相?差|缺|有|少)(?:了|着)?[^,]{0,4}?(?:多少|几|多大|多远)"
)
_ASKED = re.compile(rf"(?:是|有|为|达到?|共)*{wording.ASK}(?:万|亿)?[个家张户名人所处次条项对位件座元%]?")
# 城市标准一年算下来比: for how long something is paid tells neither side.
_BY_TIME = re.compile(
    r"(?:都|全)?折(?:算|合)?(?:成|到)[月年]$|(?:一年|全年|每年|每月|一个月|按[年月])?[算折]下来$|(?<=..)(?:一年|全年|每年|按年)$"
)
_NET = re.compile(
    "(?P<thing>[^,?]{4,30}?)(?:实际|一共|总共|共)?(?<![要将会需])净(?:增加?|增长)了?(?:多少|几)"
)
_DEED = re.compile("([^,]{2,}?的)(?:又|要|还)?(?:多|少|高|低|大|小|差)$")
_OF_ITS_LIKE, _IS_NOUN, _A_NOUN = (
    re.compile("[^的]的(?:多|少|高|低|大|小)$"),
    re.compile("[\u4e00-\u9fff]*[^的]"),
    2,
)
# 十二五卖了多少,十三五目标多少,要增加多少: what was asked one after the other is held against each other.
_ONE_THEN_OTHER = re.compile(
    rf"(?P<one>[^,]{{4,40}}?){wording.ASK}[^,]{{0,4}},(?P<other>[^,]{{2,40}}?)(?:是|有|为)?{wording.ASK}[^,]{{0,4}},"
    rf"(?:前后|两者|总共|一共|共|要|还要?|需要?|得)*(?:相?差|{CHANGE}|多|少)了?(?:多少|几)[^,]{{0,4}}$"
)
_EACH_ASKED = re.compile(rf"(?:各自?|分别)(?:是|有|为)*{wording.ASK}[\u4e00-\u9fff]{{0,2}}[,、]?$")
_WHICH = re.compile("哪一?[个项种类样]|谁")
_TOPIC = re.compile("(?P<of>[\u4e00-\u9fff]{2,12}):")
_COUNTED = re.compile(
    r"(?:多少|几)[个家张名户人所处次条项对位件座](?P<noun>(?!百分点)[\u4e00-\u9fff]{3,10})$"
)


def gap_to_aim(text: str) -> Task | None:
    """护理型床位占比离2024年的目标还差几个百分点: one thing, as it is and as it shall be."""
    match = _TO_AIM.search(text)
    if match is None:
        return None
    thing = re.sub(r"^(?:现在|目前|当前)|(?:现在|目前|当前)(?=的|$)", "", match["thing"]).rstrip("的,")
    return Task("difference", (thing,), is_weak=True)


def net_growth(text: str) -> Task | None:
    """社会组织净增多少家: those that are new without those that are gone; what is to be added is how far the aim is."""
    match = _NET.match(text)
    return Task("difference", (f"{match['thing']}新增", f"{match['thing']}注销")) if match else None


def difference(text: str) -> Task | None:
    """A比B多多少, A和B差多少, A从…到…涨了多少; None when nothing is held against anything."""
    rate = bool(wording.RATE_ASKED.search(text))
    amount = bool(
        re.search(
            r"(?:多|少|增|涨|升|降|提|差|高|低|减)[^,?]{0,6}?(?:多少|几)(?!百分)|差距|差额|之差",
            re.sub(r"百分之多少|百分之几", "", text),
        )
    )
    both = _ONE_THEN_OTHER.match(text)
    pair = (
        (both["other"], wording.without_degree(both["one"]))
        if both
        else compared(text, len(text)) or (ends(text) if rate or amount or re.search(CHANGE, text) else None)
    )
    gap = wording.GAP.search(text)
    context = ""
    if pair is None and gap and not re.match(r"还|尚|仍", gap.group(0)):
        left = text[: gap.start()]
        left = re.sub(r"(?:之间)?(?:的)?$|(?:各是|分别是|是)多少,?$", "", wording.without_degree(left))
        # A和B各多少人,差多少: what each is was asked before.
        left = _EACH_ASKED.sub("", left)
        common, joined = after_comma(left)
        parts = wording.joined_parts(joined)
        against = re.fullmatch("([^和与跟同]{2,})[和与跟同]([^和与跟同]{2,})", joined)
        if len(parts) > 2 and against and "、" in against[2] and "、" not in against[1]:
            # 中心城区与京山、沙洋等地: one against several that have the same.
            parts = [against[1], re.sub("等(?:地|县市?|市县?|区)?$", "", against[2])]
        if len(parts) == 1 and "城乡" in left:
            pair = (left.replace("城乡", "城市"), left.replace("城乡", "农村"))
        if len(parts) == 2:
            context = common
            pair = (parts[0], parts[1])
    if pair and not context and (topic := _TOPIC.match(pair[0])):
        # 移民资金:嵊州2021年拨付的比投入的多多少: what is said before the colon is said of both.
        context, pair = topic["of"], (pair[0][topic.end() :], pair[1])
    if pair and _WHICH.search("".join(pair)):
        # A和B2010到2015年哪个增长幅度大: neither end of the time is one of the two.
        return None
    if pair:
        noun = _COUNTED.search(text)
        if noun and noun["noun"] not in "".join(pair):
            # A镇比B镇多几个养老服务站: what is counted is said last.
            pair = pair[0], pair[1] + noun["noun"]
        return Task(
            "difference",
            pair,
            context=context,
            wants_amount=amount or not rate,
            wants_rate=rate or bool(re.search(r"增长多少|增长了多少", text)),
        )
    years = list(re.finditer(r"20\d\d年", text))
    joint = re.search("[到至和与跟,]", text[years[0].end() : years[1].start()]) if len(years) == 2 else None
    if joint and (gap or re.search(rf"(?:{CHANGE}|少)(?:了)?(?:多少|几|百分之)", text)):
        cut = years[0].end() + joint.start()
        pair = (wording.without_degree(wording.before_ask(text[cut + 1 :])[0]), text[:cut])
        return Task("difference", pair, wants_amount=amount or not rate, wants_rate=rate)
    return _change(text, amount=amount, rate=rate, is_gap=gap is not None)


# 低保标准调了三次,每次分别涨多少: in how many steps it rose says nothing of the thing.
_TIMES = re.compile(
    r",?(?:(?:一共|总共|共|先后|[连接]?[续连])*(?:调整?|提高|上调|涨|提标|加)了?(?:[两二三四五六七\d])次|[两二三四五六七\d]次(?:调整|提高|上调|提标))?"
    r"(?:标准)?,?(?:每一?次|各次|历次|逐次)?(?:分别|各自?|依次)?$"
)
_HELD_AGAINST = re.compile("[提调涨新原]|以前|之前|过去|去年|上年|标准|[比跟和]|20[0-9]{2}年")


def _change(text: str, *, amount: bool, rate: bool, is_gap: bool) -> Task | None:
    """One thing and how much it changes: its two values stand in one row or sentence."""
    if "年均" in text or re.search(rf"(?:{CHANGE})(?:了)?[到至为]", text):
        return None
    verb = re.search(
        rf"(?:要|将|会|总共|一共|共|累计|需要?|还)?(?:再)?(?:{CHANGE})(?:了|出)?(?=多少|几|百分之)", text
    )
    if verb is None and rate:
        verb = re.search(r"(?:的)?(?:[增涨降升]幅|增长率)", text)
    if verb is None and is_gap:
        verb = re.search(r"(?:距离?|离)?(?:[^,]{0,8}目标)?(?:,)?(?:还|尚|仍)(?:差|缺|要|需|得)", text)
    if verb is None:
        verb = re.search(
            r"(?:提标|调标|调整|提高|上调)?前后,?(?:相|的)?(?:差距?|变化)(?:了|是|有)?(?=多少|几)", text
        )
    if verb is None:
        verb = re.search(r"(?:超额|超过任务|超出任务)(?:完成)?(?:了)?(?=多少|几)", text)
    if verb is None:
        more = re.search(r"(?:每个?月|每年|一年)?多(?:拿|领|发|得|给)(?:到|了)?(?=多少|几)", text)
        # More than before, if anything says so: 干满十年的每月多拿多少 is what they get.
        verb = more if _HELD_AGAINST.search(text) else None
    if verb is None or verb.start() < 2 or verb.group(0) in ("多", "少"):
        return None
    subject = wording.without_degree(re.sub(r"(?:从|到|至)$", "", text[: verb.start()]))
    subject = re.sub(r"[,]?(?:一个人|每个?人|人均|一人|个人)$", "", subject)
    # 持证社工到2025年还差几个: from what there is now.
    subject = re.sub("(?<=..)到20\\d\\d年[底末]?(?:的?目标)?$", "", _TIMES.sub("", subject))
    subject = re.sub(r"(?:提标|调标|(?<=标准)(?:调整|提高|上调|涨))(?:了)?(?:以后|之后|后)$", "", subject)
    subject = re.sub(r"(?:这|近|过去|未来)?[两二三四五六七八九十\d]+年(?:间|内|来|里|期间)?$", "", subject)
    return Task("difference", (subject,), wants_amount=amount or not rate, wants_rate=rate, is_weak=True)


def compared(text: str, until: int) -> tuple[str, str] | None:
    """The two sides of 比: (A, B) of A比B多多少."""
    match = re.search(
        r"(?<![占对同环百])(?:比起|相比于?|相较于?|(?<!\d)比|比(?!\d)|较)(?![例重率值如较赛对照方为])", text
    )
    if match is None or match.start() >= until:
        return None
    if match.group(0).startswith("相"):
        joined = re.match(r"(?P<one>.*?)(?:与|和|跟|同)(?P<other>[^,]+?)$", text[: match.start()])
        if joined is None:
            return None
        rest = wording.before_ask(text[match.end() :])[0]
        one = joined["one"] + wording.without_degree(rest.strip(", "))
        return (one, joined["other"]) if one else None
    # 结婚和离婚各多少对,离婚比结婚少多少: what was asked before is a question of its own.
    asked_before = re.match(rf".*{wording.ASK}[^,;?]*[,;?]", text[: match.start()])
    one = text[asked_before.end() if asked_before else 0 : match.start()].strip(", ")
    if asked_before and not one:
        # 湘西改造多少户家庭,比杨浦多几户: what was asked before is the one side.
        one = _ASKED.sub("", asked_before[0]).rstrip(",;")
    one = _BY_TIME.sub("", re.sub("(?<=.)[要将会]$", "", one))
    if not re.search(rf"{wording.ASK}|[增涨降]幅|百分", text[match.end() :]):
        return None
    behind = wording.before_ask(text[match.end() :])[0]
    # 拨付的比安排投入的多多少: 投入 is what was done, and no degree.
    deed = _DEED.match(behind) if one.endswith("的") else None
    other = deed[1] if deed else wording.without_degree(behind)
    tail = one[-_A_NOUN:]
    if not deed and _OF_ITS_LIKE.search(behind) and _IS_NOUN.fullmatch(tail) and tail not in other:
        # 散居孤儿比集中养育的少: those of the same kind are meant.
        other += tail
    joined = re.match(r"(?P<one>.+)(?:与|和|跟|同)(?P<other>[^,]+)$", one)
    if joined and not other.strip(", "):
        # A和B比,差多少
        return joined["one"], _BY_TIME.sub("", joined["other"])
    if one and other and "," in other and len(one) < 5:
        other, _, own = other.partition(",")
        one += own
    return (one, other) if one and other else None


def ends(text: str) -> tuple[str, str] | None:
    """The two ends of 从…到…: (later, earlier)."""
    match = _FROM_TO.search(text)
    if match is not None and re.search(wording.ASK, match.group(0)):
        return None
    if match is None:
        years = re.search(r"(?P<one>20\d\d年?)(?:到|至|—|-)(?P<other>20\d\d年)(?:间|期间)?", text)
        if years is None or not re.search(
            rf"(?:{CHANGE})(?:了)?(?:多少|几|百分之)|[增涨降]幅|几倍|几番", text
        ):
            return None
        match = years
    subject = text[: match.start()].strip(",")
    after = wording.without_degree(
        re.sub(r"^(?:间|期间)", "", wording.before_ask(text[match.end() :])[0]).strip(", ")
    )
    return f"{subject}{wording.without_degree(match['other'])}{after}", f"{subject}{match['one']}{after}"


def after_comma(text: str) -> tuple[str, str]:
    """(what is common to a coordination, the coordination)."""
    inside = re.match(r"(.+?(?:里面|当中|之中|其中|里))的?,?(?=[^,]+$)", text)
    if inside and any(word in text[inside.end() :] for word in wording.JOIN):
        return inside.group(0), text[inside.end() :]
    common, found, last = text.rpartition(",")
    return (common + found, last) if found and any(word in last for word in wording.JOIN) else ("", text)
