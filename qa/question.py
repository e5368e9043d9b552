"""A question understood: about which place and years, asking for what, and in which words of content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.errors import QuestionUnusable
from qa.figures import figures_in
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in
from vectorstore.places import bare_name, mentions, same_place, superiors

LONGEST_QUESTION = 2_000

Asks = Literal["number", "date", "place", "list", "text"]
_LIST_SIZES = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
Aspect = Literal["target", "result", ""]

_NUMBER_UNITS = "个家张名户人元所处次条项天月年对件座支位场期批间岁倍成分万千百例只台部份篇起套平亩米吨种类"
_MONEY = "元|万元|亿元|块钱?|钱"
_ASKS_NUMBER = re.compile(
    rf"多少|几(?=[{_NUMBER_UNITS}])|第几|多大|多高|多长|多久|几成|百分之几|(?:比例|占比|覆盖率|标准|金额|总量|总额|数量|面积|人数|率)"
    r"(?:目标)?(?:是|为|有|要?达到?|定)?(?:什么|怎么定)?[??]?$|how (?:many|much|large|high)|what (?:percentage|proportion|is the (?:number|rate))",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"(?:多少|几)\s*(万元|亿元|平方米|[{_NUMBER_UNITS}]|块钱?|钱)?")
_ASKS_DATE = re.compile(
    r"什么时[候间]|何时|哪一?年|哪[天月]|几[月号日]|(?:时间|日期)(?:是|为)|\bwhen\b", re.IGNORECASE
)
_ASKS_PLACE = re.compile(r"哪里|哪儿|(?:什么|啥|哪个)(?:地方|地点|位置)|地址|选址|\bwhere\b", re.IGNORECASE)
_ASKS_LIST = re.compile(
    r"哪些|哪几|哪[两三四五六七八九]|包括什么|有什么(?!要求)|分别是|列[出举]|几大|\bwhat are\b|\bwhich\b|\blist\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"目标|计划|规划(?!完成)|力争|预计|打算|拟|将(?:要|新)|要(?:达到|建|新|完成|做|提高)|到20\d\d年|target|plan",
    re.IGNORECASE,
)
_RESULT = re.compile(r"已经?|实际|目前|现有|现在|完成了|发放了|建成了|去年|取得|成效|做了|办了|了多少|过多少")
# What says nothing about the subject: politeness, interrogatives, and words for the asking itself.
_EMPTY = re.compile(
    r"请问|请你?|麻烦|想(?:问|知道|了解)(?:一下)?|我想|告诉我|帮我?|查一?下|一下|到底|究竟|具体|大概|一共|总共|合计|"
    r"是不是|有没有|能不能|是否|什么时[候间]|何时|为什么|是?什么样?|怎么样|怎么|怎样|如何|百分之[多几]少?|多少|几(?=["
    + _NUMBER_UNITS
    + r"])|"
    r"哪[些个几里年天边样家两三四五六七八九]|多久|多[大高长]|几成|"
    r"(?:文件|规划|要点|文中|材料|原文|文里)(?:里|中|上)?(?:是?怎么|如何)?(?:写|说|讲|规定|提到|提出|要求)?(?:的|了)?(?=[,,??]|怎|是|写|$)|"
    r"目标值?|提出|分别|各自|达到|今年|去年|明年|当年|各是|(?:到|那|这)?一年|年(?:度|底|末|初)|五年[里间内来]|时候|[^\w\s]"
)
# Function words, dropped only where they are words of their own (会 in 联席会议 is not).
_FUNCTION_WORDS = frozenset(
    "的 了 是 有 在 把 对 将 和 与 及 以 或 被 让 使 呢 吗 吧 啊 呀 么 这 那 此 该 其 它 他们 我 你 我们 你们 要 会 能 可 到 于 从 由 给 为 跟 还 也 都 就 "
    "才 又 再 等 各 按 里 中 上 下 次 那次 这次 多 少 得 过 去 来 说 讲 写 问 做 搞 算 叫 以及 还是 或者 关于 对于 进行 开展 "
    "主要 需要 应该 必须 可以 什么样 样 百分之 每 个 张 家 元 户 名 人 所 处 对 条 项 次 岁 万 亿 几 现在 现 目前 大概 差 比 相比 哪边 哪个 更 高 低 合计 听说 真的 钱 一样 还有 分 准备 啥 那个 这个 地方 叫 名称".split()
)
_CONFIRMS = re.compile(r"(?:是真的|真的|对|是|没错)吗[??]?$|吧[??]?$|是不是|是否属实|对不对")
_LIST_SIZE = re.compile(
    r"哪([两三四五六七八九十])|([二两三四五六七八九十])(?:大|项|个|类|种|条|方面|支)(?!\d)"
)
_PLAN_NAME = re.compile(r"[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?")
_SCOPE = re.compile(r"(?:全|我们?|本|咱们?)([省市县区州旗])")


@dataclass(frozen=True)
class Question:
    """One question, understood against a library.

    `regions` are regions of library documents that it names, `documents` what it thereby limits itself to
    (empty: everything), `elsewhere` the places or documents it names that the library does not hold,
    `named` further proper names that an answer's source must contain. `content` is the wording with all
    that removed, in pieces. `corrected` tells how a misspelt place was read.
    `years` are named as such; `plan_years` are those of a five-year plan that the question mentions, which may
    be the plan's name rather than the time asked about. `confirms` marks a statement to be confirmed or
    corrected (…是真的吗?); `list_size` is how many items are expected (哪六个), 0 when not said.
    """

    text: str
    content: tuple[str, ...]
    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    asks: Asks = "text"
    unit: str = ""
    aspect: Aspect = ""
    corrected: str = ""
    plan_years: tuple[int, ...] = ()
    confirms: bool = False
    list_size: int = 0


def checked(text: str) -> str:
    """The question as usable text. Raises QuestionUnusable when it is empty, too long or unreadable."""
    cleaned = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)
    cleaned = re.sub(r"\s+", " ", cleaned).strip()
    if not cleaned:
        raise QuestionUnusable(
            "问题是空的。", "请输入想问的内容,例如:下陆区2025年护理型床位占比的目标是多少?"
        )
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionUnusable(
            f"问题太长({len(cleaned)}个字,上限{LONGEST_QUESTION}个字)。", "请把问题缩短,或分成几个问题来问。"
        )
    if not any(unicodedata.category(c)[0] in "LN" for c in cleaned):
        raise QuestionUnusable("问题里没有可以识别的文字。", "请用文字写出想问的内容。")
    return cleaned


def understand(text: str, documents: Mapping[str, Document]) -> Question:
    """Understand one complete question (see `completed` for follow-ups) against the library's documents."""
    written, text = text, folded(text)
    regions, elsewhere, named, spans, corrected = _places(text, documents)
    unknown_titles = [t for t in re.findall(r"《([^》]{2,60})》", text) if not _title_known(t, documents)]
    confirms = _CONFIRMS.search(text) is not None
    named_years = years_in(_PLAN_NAME.sub(" ", text))
    size = _LIST_SIZE.search(text)
    unit = next((m[1] or "" for m in _UNIT.finditer(text)), "")
    return Question(
        text=written,
        content=_content(text, spans),
        regions=tuple(dict.fromkeys(regions)),
        documents=_documents(text, regions, documents),
        elsewhere=tuple(dict.fromkeys([*elsewhere, *(f"《{title}》" for title in unknown_titles)])),
        named=tuple(dict.fromkeys(named)),
        # The year in a statement to be confirmed may be what is wrong about it.
        years=() if confirms else named_years,
        plan_years=() if confirms else tuple(sorted(set(years_in(text)) - set(named_years))),
        asks="number" if confirms and figures_in(_PLAN_NAME.sub(" ", text)) else _asks(text),
        unit={"钱": "元", "块": "元", "块钱": "元"}.get(unit, unit),
        aspect="target" if _TARGET.search(text) else "result" if _RESULT.search(text) else "",
        corrected=corrected,
        confirms=confirms,
        list_size=_LIST_SIZES.get(next(filter(None, size.groups())), 0) if size else 0,
    )


def _asks(text: str) -> Asks:
    if _ASKS_DATE.search(text):
        return "date"
    if _ASKS_PLACE.search(text):
        return "place"
    if _ASKS_LIST.search(text):
        return "list"
    return "number" if _ASKS_NUMBER.search(text) else "text"


def _content(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    blanked = list(text)
    for start, end in spans:
        blanked[start:end] = " " * (end - start)
    remaining = "".join(blanked)
    if _CONFIRMS.search(text):
        remaining = _CONFIRMS.sub(" ", remaining)
        for figure in reversed(figures_in(remaining)):
            remaining = remaining[: figure.start] + " " + remaining[figure.end :]
    remaining = re.sub(
        rf"[“\"]?[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间)?|{YEAR}\s*(?:[-—–~～至]+\s*{YEAR})?\s*年?",
        " ",
        remaining,
    )
    return tuple(
        piece for chunk in _EMPTY.sub(" ", remaining).split() for piece in _without_function_words(chunk)
    )


def _without_function_words(text: str) -> list[str]:
    import rjieba  # noqa: PLC0415 - loads its dictionary

    pieces = [""]
    for word in rjieba.cut(text):
        if word in _FUNCTION_WORDS:
            pieces.append("")
        else:
            pieces[-1] += word
    return [piece for piece in pieces if piece]


def _title_known(title: str, documents: Mapping[str, Document]) -> bool:
    return any(title in document.text or title in document.metadata.title for document in documents.values())


def _documents(text: str, regions: Sequence[str], documents: Mapping[str, Document]) -> tuple[str, ...]:
    named = [name for name, d in documents.items() if d.metadata.title and d.metadata.title in text]
    if regions:
        of_regions = [name for name, d in documents.items() if d.metadata.region in regions]
        both = [name for name in of_regions if name in named]
        return tuple(both or of_regions)
    if named:
        return tuple(named)
    scope = _SCOPE.search(text)
    if scope:
        return tuple(name for name, d in documents.items() if d.metadata.region.endswith(scope[1]))
    return ()


# --- places ------------------------------------------------------------------------------------------


def _places(
    text: str, documents: Mapping[str, Document]
) -> tuple[list[str], list[str], list[str], list[tuple[int, int]], str]:
    """(library regions, places elsewhere, names the source must hold, spans of all these, correction)."""
    library = list(dict.fromkeys(d.metadata.region for d in documents.values() if d.metadata.region))
    regions, elsewhere, named, spans = [], [], [], []
    for region, start, end in _library_regions(text, library):
        regions.append((start, region))
        spans.append((start, end))
    for mention in mentions(text):
        if any(start < mention.end and mention.start < end for start, end in spans):
            continue
        in_library = [region for region in library if same_place(mention.written, region)]
        if in_library:
            regions.append((mention.start, in_library[0]))
            spans.append((mention.start, mention.end))
            continue
        is_known_word = any(mention.written in document.text for document in documents.values())
        is_superior = any(mention.places[0].name in superiors(region) for region in library)
        if mention.is_full or is_superior:
            (named if is_known_word else elsewhere).append(mention.written)
            spans.append((mention.start, mention.end))
        elif not is_known_word and _stands_as_place(text, mention.start, mention.end, mention.places[0].code):
            elsewhere.append(mention.written)
    corrected = ""
    if not regions and not elsewhere:
        corrected = _misspelt(text, library)
        for written, region in [corrected.split("→")] if corrected else []:
            position = text.index(written)
            regions.append((position, region))
            spans.append((position, position + len(written)))
        unknown = "" if corrected or named else _unknown_place(text)
        if unknown:
            is_known_word = any(unknown in document.text for document in documents.values())
            (named if is_known_word else elsewhere).append(unknown)
            spans.append((text.index(unknown), text.index(unknown) + len(unknown)))
    return [region for _, region in sorted(regions)], elsewhere, named, spans, corrected


def _library_regions(text: str, library: Sequence[str]) -> list[tuple[str, int, int]]:
    """Regions of the library as written in the question, full or without suffix; the longest name wins."""
    forms = {form: region for region in library for form in (bare_name(region), region)}
    found: list[tuple[str, int, int]] = []
    for form in sorted(forms, key=len, reverse=True):
        for match in re.finditer(re.escape(form), text):
            following = text[match.end() : match.end() + 1]
            # 荆门 must not be found in a longer name of another place (沙洋县 is not 沙洋), 杨浦 not in 杨浦大桥.
            is_other = form != forms[form] and following in "省市县区州" and following != forms[form][-1]
            if not is_other and not any(s < match.end() and match.start() < e for _, s, e in found):
                found.append((forms[form], match.start(), match.end()))
    return found


def _stands_as_place(text: str, start: int, end: int, code: str) -> bool:
    """A bare name (武汉) is a place when it is a province or prefecture, or stands where a place stands."""
    is_county = len(code) >= 6 and not code.endswith("00")
    before, after = text[:start], text[end:]
    opens = start == 0 or bool(re.search(r"(?:和|与|跟|比|同|、|,|,|那么?|请问|在)$", before))
    return opens and (not is_county or bool(re.match(rf"的|{YEAR}|民政|今年|去年|呢|和|与|有|低保|“", after)))


_UNKNOWN_PLACE = re.compile(
    r"(?:^|[和与跟比、,,那]|请问)([\u4e00-\u9fff]{2,3}(?:省|市|县|区|州|旗))(?![一-龥]{0,1}[长委局])"
)
_NO_PLACE = re.compile(
    r"^[全我本各该每两几]|(?:社|城|园|地|景|校|郊|辖|片|小|老|新|市|州|牧|林|特|中心)[区县]$|民政|公共|行政|管理|开发|示范"
)


def _unknown_place(text: str) -> str:
    match = _UNKNOWN_PLACE.search(text)
    return "" if match is None or _NO_PLACE.search(match[1]) else match[1]


def _misspelt(text: str, library: Sequence[str]) -> str:
    """ "written→region" when the question names a place one character away from one of the library."""
    match = _UNKNOWN_PLACE.search(text)
    if match is None or mentions(match[1]):
        return ""
    for region in library:
        same_length = len(match[1]) == len(region)
        if (
            same_length
            and match[1][-1] == region[-1]
            and sum(a != b for a, b in zip(match[1], region, strict=True)) == 1
        ):
            return f"{match[1]}→{region}"
    return ""
