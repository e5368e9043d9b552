"""Words that point back at the conversation (那一年, 第二项, 它, 上面说的) put as what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.conversation.turns_before import each_before
from qa.understanding.antecedents import YEAR_WORDS, Antecedent, subject_of, without_particulars
from qa.understanding.kinds import TYPE
from qa.understanding.listed_items import items_of
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in

PLACE_POINTER = (
    r"(?:那里|那边|那儿|这里|这边|这儿|当地|本地|该[省市县区州地]|"
    r"(?:这|那)个?(?:区|市|县|州|省|地方)|他们(?:那里|那边|区|市|县|州)?|她们|咱们?那)"
)
SUBJECT_POINTER = (
    r"(?:上面|刚才|前面|上述)(?:说|提|讲|问)?(?:到|过)?的?(?:那|这)?(?:个|项|些)?(?:项目|指标|工作|工程|行动|机制|政策|标准|内容)?|"
    r"(?:这|那|该)(?:一?个|一?项|些)?(?:项目|指标|工作|工程|行动|机制|政策|标准|中心|机构|试点|补贴|设施|平台|活动|数(?:字|据|值)?(?=[是有呢多?。]|$))|(?:这|那)(?:一?个|一?项|些|(?=是|算|属于))|它们?|其(?=中|[\u4e00-\u9fff])"
)
_YEAR_POINTER = re.compile(
    r"(?:到|在)?(同一?年|那一?年|这一?年|当年|同期|同时期|第二年|次年|[后下]一年|明年|[前上]一?年|去年)(?!来|间)"
)
_LATER, _EARLIER = (
    ("第二年", "次年", "后一年", "下一年", "明年"),
    ("前一年", "上一年", "前年", "上年", "去年"),
)
_ORDINAL = re.compile(
    r"(?:其中)?(?:的)?第([一二两三四五六七八九十\d]{1,2})(?:个|项|条|点|类|种|家|大)?(?!年|季|期|届|批|次|步)|((?:前|后)(?:者|一[种类个项条家])(?!月))|(最后)一?[个项条]"
)
# What a thing asked about before has: 床位呢? after a question about one home means its beds.
_OF_A_THING = frozenset(
    (
        "占地",
        "占地面积",
        "用地",
        "用地面积",
        "建筑面积",
        "面积",
        "投资",
        "总投资",
        "造价",
        "床位",
        "房间",
        "功能",
        "员工",
        "工作人员",
        "设备",
        "建筑",
        "车位",
        "服务",
        "服务内容",
        "楼层",
    )
)
_HAS_SO_MUCH = re.compile(
    rf"^(?:一共|总共|能|可以?|会|将)*(?:有|提供|设有?)?(?:多少|几)(?P<part>{'|'.join(_OF_A_THING)})$"
)
_ASKS_ITEM = re.compile("(?:具体)?(?:是|叫|为)?(?:什么|啥|哪一?[个项条])?(?:呢)?[?。的]*")
# 每千名老人多少, after 养老床位多少张.
_OF_SO_MANY = re.compile(
    r"((?:平均)?每[百千万]?[名个户人][\u4e00-\u9fff]{0,4}?)(?:的|拥?有|是|合)*(?:呢|多少[\u4e00-\u9fff]?)(?:呢)?\??"
)
# 护理型呢, 公办多少: a type names nothing without what it is a type of.
_A_TYPE = re.compile(
    rf"(?:其中)?([\u4e00-\u9fff]{{0,2}}{TYPE}|公办|民办)(?:呢|(?:各自?|分别)?(?:有|是)?(?:多少|几)[\u4e00-\u9fff]?(?:呢)?)?\??"
)
# What was done (劝散了), before what it was done to.
_DONE = re.compile(r"[\u4e00-\u9fff]{2}[了过的](?=[\u4e00-\u9fff]{2})")
# One item of a list, each on a line of its own: 灵山县失能老年人照护中心:床位300张,….
_ITEM = re.compile(r"^[ \t　]*([^:：\n,，。;；]{4,24})[:：]", re.MULTILINE)
_ONE_LIST = 400
_SAME_TIME, _TWO = ("同期", "同时期"), 2
_ASKS_CHANGE = re.compile("变|涨|[提增升降减]")
# Of how many years a paper is that tells of one and plans the next.
_THIS_AND_LAST = 2
_DIGITS = "零一二三四五六七八九十"


def with_years(text: str, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """Words for a year in relation to the year before (那一年, 第二年) put as years; 今年, where 去年 was spoken of."""
    held = sorted({year for name in before.asked.documents for year in documents[name].metadata.years})
    if len(held) == _THIS_AND_LAST and any("去年" in earlier.text for earlier in each_before(before)):
        text = text.replace("今年", f"{held[-1]}年")
    known = before.years or before.answer_years
    year = re.fullmatch(rf"({YEAR})\s*年(?:度|底|末)?", known)
    match = _YEAR_POINTER.search(text)
    if match is None or not known or (match[1] in ("明年", "去年") and YEAR_WORDS.search(text)):
        return text
    words = _span_before(text, before) if match[1] in _SAME_TIME else known
    if match[1] in (*_LATER, *_EARLIER):
        if year is None:
            return text
        meant = int(year[1]) + (1 if match[1] in _LATER else -1)
        if match[1] in ("去年", "明年") and held and meant not in held:
            # The year before the one in which somebody asks, and not before the one spoken of.
            return text
        words = f"{meant}年"
    lead = match.group(0)[: match.start(1) - match.start()]
    return text[: match.start()] + lead + words + text[match.end() :]


def _span_before(text: str, before: Antecedent) -> str:
    """同期, where a change is asked for: from the year of the question before the last to that of the last."""
    earlier = before.previous
    years = [*(years_in(earlier.years) if earlier else ()), *years_in(before.years or before.answer_years)]
    is_span = len(years) == _TWO and years[0] < years[1] and _ASKS_CHANGE.search(text)
    return f"{years[0]}年到{years[1]}年" if is_span else before.years or before.answer_years


def with_items(text: str, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """第二项, 前者, 后者 put as what the question or answer before names there."""
    match = _ORDINAL.search(text)
    if match is None:
        return text
    listed = before.listed_by or before
    items = (
        list(before.sides)
        if before.sides and not match[1]
        else items_of(listed.answer, listed.subject, documents)
    )
    if match[1]:
        number = int(match[1]) if match[1].isdigit() else _DIGITS.find(match[1].replace("两", "二")[-1])
        position = number - 1
    else:
        position = 0 if (match[2] or "").startswith("前") else len(items) - 1
        items = items if match[3] or len(items) == 2 else []
    if not 0 <= position < len(items):
        return text
    rest = text[match.end() :]
    is_bare = not match[2] and _ASKS_ITEM.fullmatch(rest) is not None
    return text[: match.start()] + items[position] + ("具体是什么" if is_bare else rest)


def narrowed_subject(text: str, before: Antecedent) -> str:
    """The earlier subject with what a follow-up narrows it to (公办的呢? → 公办养老机构); "" when it does not."""
    modifier = re.fullmatch(
        r"(?:其中)?([\u4e00-\u9fff]{2,6}?)的(?:呢|(?:有|是)?(?:多少|几)[\u4e00-\u9fff]?)?\??", text
    )
    modifier = modifier or _OF_SO_MANY.fullmatch(text) or _A_TYPE.fullmatch(text)
    asks = modifier and re.search(r"[哪什几多怎谁]|开始", modifier[1])
    if not modifier or not before.subject or asks:
        return ""
    done = _DONE.match(before.root)
    if done and _is_deed(modifier[1]):
        # 注销的呢 after 劝散了非法社会组织: another deed, not one more.
        return f"{modifier[1]}的{before.root[done.end() :]}"
    asked, root = subject_of(before.text, before.asked), before.root
    if modifier.re is _A_TYPE and asked.startswith(root):
        # 护理型 after 养老机构床位: the beds, and not the home.
        return f"{root}{modifier[1]}{asked[len(root) :]}" if asked != root else f"{modifier[1]}{root}"
    if "的" in root[1:]:
        # 乡镇层面的呢 after 村社区的养老服务专员: other ones of them.
        return f"{modifier[1]}的{root.partition('的')[2]}"
    return f"{modifier[1]}{root}"


def _is_deed(word: str) -> bool:
    import rjieba  # noqa: PLC0415 - loads its dictionary

    return all(tag.startswith("v") for _, tag in rjieba.tag(word))


def of_the_thing(before: Antecedent, rest: str) -> str:
    """What is asked of the thing spoken of: 康养中心床位有多少, for 有多少床位."""
    return without_particulars(before.subject, "") + _HAS_SO_MUCH.sub(r"\g<part>有多少", rest)


def is_part_of_thing(words: Sequence[str]) -> bool:
    """Whether these are what a single thing has (床位, 投资), and no things of their own."""
    return bool(words) and all(word in _OF_A_THING for word in words)


def with_subject(text: str, own: Sequence[str], before: Antecedent) -> str:
    """A pronoun for the earlier subject put as that subject."""
    if before.is_thing and is_part_of_thing(own):
        rest = re.sub(rf"^(?:{SUBJECT_POINTER})的?", "", text)
        return of_the_thing(before, rest)
    again = _named_again(text, own, before)
    if again:
        # 一个中心里头…, after 村居综合照料中心.
        return text[: again.start()] + before.subject + text[again.end() :]
    return _with_pointer_resolved(text, own, before)


def _named_again(text: str, own: Sequence[str], before: Antecedent) -> re.Match[str] | None:
    """Where the last word of the earlier subject stands for the whole of it."""
    for word in own:
        again = re.search(rf"(?:^|(?<=[个家所项这那该每的,])){word}", text)
        if again and before.subject.endswith(word) and word != before.subject:
            return again
    return None


def _with_pointer_resolved(text: str, own: Sequence[str], before: Antecedent) -> str:
    pointer = re.search(SUBJECT_POINTER, text)
    if pointer is None or not before.subject:
        return text
    # 这些中心 is what points, and names nothing again.
    own = [word for word in own if word not in pointer.group(0)]
    says_again = re.match(r"上|前|刚", pointer.group(0)) and text[pointer.end() :].startswith(tuple(own))
    if says_again or any(word in before.subject for word in own):
        # 上面说的助餐点: the thing is named again.
        return text[: pointer.start()] + text[pointer.end() :]
    if pointer.group(0) in ("它", "它们", "其") and not before.is_thing:
        return text
    return text[: pointer.start()] + before.subject + text[pointer.end() :]


def with_item_beside(said: str, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """The earlier question about another item of the list that it was answered from (灵山那个呢, after 市社会福利院二期:…);
    "" where the follow-up names none of them alone."""
    name = re.sub(r"(?:的|那一?个|这一?个)*(?:呢|(?:是|有)?多少[\u4e00-\u9fff]?)?[?。]*$", "", said)
    for document, start, _ in before.near if len(name) > 1 else ():
        text = documents[document].text
        own = _ITEM.match(text, text.rfind("\n", 0, start) + 1)
        heads = {folded(match[1]).strip(): match.start() for match in _ITEM.finditer(text)}
        thing = folded(own[1]).strip() if own else ""
        others = [
            head
            for head, position in heads.items()
            if name in head and head != thing and abs(position - start) < _ONE_LIST
        ]
        if thing and thing in before.text and len(others) == 1:
            owner = before.text[: before.text.index(thing)]
            return before.text.replace(owner + thing, others[0])
    return ""
