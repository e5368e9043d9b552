"""The wording of a question about a table: what has been understood is crossed out, what is left must be little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.tables.view import PLACE_KIND, TableView, plain_name, stem_of
from qa.understanding.question import Question
from qa.understanding.script import to_simplified
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in
from vectorstore.places import bare_name, superiors

_CROSSED = "\0"
NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,3}"
_PLAN = re.compile(
    r"[“\"][一二三四五六七八九十]{1,2}五[”\"](?:时期|期间|规划|末)?|"
    r"(?<![一二三四五六七八九第])十[一二三四]五(?!项)(?:时期|期间|规划|末)?"
)
_PLAN_PAPER = re.compile(
    r"[一-龥]{0,4}?民政(?:事业|工作|局)?(?:发展)?(?:规划|计划|要点)?|(?:规划|文件|计划|要点)(?:里|中|上)?面?"
)
# 表2, 指标表里, 完成情况那张表; not 表示, 代表, 发表.
TABLE_WORD = re.compile(
    rf"(?:(?:指标|完成情况|任务|统计|汇总|分解|数据|目标|主要|附|专栏|那|这|整|哪|一)?[张个]?)(?<![代发])表"
    rf"(?![示彰扬明现述达决率态])(?:格)?(?:第?\s*(?P<number>{NUMERAL}))?(?:里|中|内|上)?面?"
)
_YEAR = re.compile(rf"{YEAR}年?[底末度]?")
INDICATOR = re.compile(r"指标(?!体系|性)")
_FILLER = re.compile(
    r"附件[一二三四五六七八九十\d]*|请问|麻烦|帮我?|看一?下|查一?下|列一?下|列出来?|列举|数一?下|数数|说一?下|告诉我?|一下|想问|想知道|知道|老师|你好|您好|谢谢|"
    r"有?哪[些几一两二三四五六七八九十]?[个项条行种类样]?|什么|重点(?=\0|项目|任务|指标|$)|多少(?:[项个条行种类张人家户处所名对件]|[万亿]元?|元|钱)?|几[个项条行种类]|有几|有没有|有无|没有|序号|编号|而且|并且|同时|必须|\d{1,3}[项个条](?!%)|[一二三四五六七八九十]{1,3}[项个条]|期间|时期|之间|以内|总共|一共|全部|所有|总计|合计|共计|总的|加起来|加在一起|合起来|之和|总和|加总|相加|拢共|总[数额量]|"
    r"分别|各自?(?:是|有|为)?|都[有是]?|到底|究竟|具体|怎么?|如何|写的?|填的?|列的?|标的?|定的?|是多少|多少|百分之几|几|"
    r"主要|民政|事业|发展|属于|算作|作为|设定|规定|提出|要求|明确|确定|涉及|包括|包含|里面|其中|当中|之中|目前|的话|叫|名字|名称|内容|情况|"
    r"[两三四五]年(?=合计|总计|共|总|\0|$)|数值|数字|数据|数量|数据|值|数|栏|这一?[项行个条栏]|那一?[项行个条栏]|该[项行]|[一两二三四五六七八九十]?[项个条行类种样](?!目)|"
    r"占比?|比例|比重|达到了?|完成|达成|年度?|末|底|到|就|由|已经?|会|可以|能|设|排名|排序|排|名|[的了是在把对将和与及以或被让使呢吗吧啊呀么嘛哦这那此该其它里中上下去来说讲请问个张按照从给为成作出得过着有要还也又再只才共]"
)
_PUNCTUATION = re.compile(r"[\s,.;:!?，。；：！？、“”\"'‘’()《》\[\]/·—-]+")
_GROWTH = re.compile(r"(?:年均)?(?:增长(?:率|速度|幅度)?|增速|增幅)|每年(?:涨|增长?)了?")
_TARGET = re.compile(r"目标(?:值|数)?(?!表)|规划值|要(?:求)?达到|要到|力争|定(?=成|在|为|到|得|的|了)")
_RESULT = re.compile(r"实际(?:完成)?(?:值|数)?|完成值|已经?(?:达到|完成)")
_BASE = re.compile(r"基[数期](?:值|年)?|原来|起点|现状值?|起始值?")
# Whose task it is, and until when: by what people ask it, and what its column is called.
_IN_CHARGE = re.compile(
    r"(?:由|归)?(?:(?:哪[个些家]|什么)(?:单位|部门|处室|科室)?|谁)?来?(?:牵头|负责|主办|主管|承办)(?:的?(?:单位|部门|处室|科室))?|"
    r"哪[个些](?:单位|部门|处室|科室)"
)
_ROLE = re.compile(r"(配合|协助|协同|参与|审核|监督)(?:单位|部门|处室|科室)")
_IN_CHARGE_COLUMN = re.compile("责任|牵头|负责|承办|主管")
_DUE = re.compile(
    r"(?:什么时[候间]|啥时候?|何时|几月份?|哪一?[年月天])之?前?(?:要|应|得)?(?:完成|建成|发布|落实|办[完结]|到位)?|"
    r"(?:完成|办结)(?:时限|期限|时间)"
)
_DUE_COLUMN = re.compile("时限|期限|(?:完成|办结)时间|时间要求")


@dataclass(frozen=True)
class Mention:
    """Where a question speaks of columns: text[start:end] may mean any of `columns`."""

    start: int
    end: int
    columns: tuple[str, ...]


class Wording:
    """The words of a question, Simplified and folded, from which what is understood is crossed out."""

    def __init__(self, asked: Question) -> None:
        self.text = plain_text(asked.text)
        self.left = self.text
        for region in asked.regions:
            for name in (region, *superiors(region), bare_name(region)):
                # 邵阳市级示范性养老院: the level of something is no place.
                self.cross(re.compile(rf"{re.escape(plain_name(name))}(?![级辖])"))

    def cross(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Cross out every match; returns the first one."""
        matches = [match for match in pattern.finditer(self.left) if match.group(0)]
        for match in matches:
            self.cross_span(match.start(), match.end())
        return matches[0] if matches else None

    def cross_text(self, text: str) -> bool:
        """Cross out these words wherever they stand; tells whether they did."""
        is_said = text in self.left
        self.left = self.left.replace(text, _CROSSED * len(text))
        return is_said

    def cross_span(self, start: int, end: int) -> None:
        """Cross out these characters."""
        self.left = self.left[:start] + _CROSSED * (end - start) + self.left[end:]

    def cross_caption(self, table: TableView) -> int:
        """Cross out what the table's caption says too; returns how many characters that were."""
        return sum(len(piece) for piece in table.caption_pieces if self.cross_text(piece))

    def cross_columns(self, table: TableView, mentions: Sequence[Mention]) -> None:
        """Cross out the columns that are spoken of, also a part of their names (牵头 of 牵头处室), and what the rows are."""
        if table.is_of_places:
            self.cross(_OF_PLACES)
        for mention in mentions:
            self.cross_span(mention.start, mention.end)
        for column in table.columns:
            for start in range(len(column) - 1):
                self.cross_text(column[start : start + 2])

    def rest(self) -> list[str]:
        """What is not understood, without words that ask or connect."""
        text = _PLAN_PAPER.sub(_CROSSED, _PLAN.sub(_CROSSED, self.left))
        text = _YEAR.sub(_CROSSED, text)
        pieces = re.split(_CROSSED + "+", _PUNCTUATION.sub(_CROSSED, text))
        kept = (_FILLER.sub(_CROSSED, piece) for piece in pieces)
        return [part for piece in kept for part in piece.split(_CROSSED) if part]


_OF_PLACES = re.compile(rf"哪一?个(?:地区|{PLACE_KIND})|(?:地区|{PLACE_KIND})(?=[\0是有的,。?]|哪|$)")
_OF_EACH_PLACE = re.compile(
    r"各个?(?P<kind>县市区|县区|区县|县市|市县|[县区市镇乡])(?:中|里面?|当中|之中)?的?(?P<rest>[^,。?]{2,16}最[高低多少大小快慢]的?)"
    r"(?:是|在|为)?(?:哪里|哪儿|哪一?个(?:地方|县区|区县|[县区市镇乡])?|谁)"
)


def plain_text(text: str) -> str:
    """A question's text as rules read it: Simplified, folded."""
    return _OF_EACH_PLACE.sub(_asking_which, folded(to_simplified(text)))


def _asking_which(match: re.Match[str]) -> str:
    """各县区火化率最高的是哪里 as 哪个县区火化率最高的."""
    return f"哪个{match['kind']}{match['rest']}"


def years_named(text: str) -> tuple[int, ...]:
    """Single years named as such (2015年), none of those that stand in a five-year plan's name."""
    return tuple(
        sorted({int(match) for match in re.findall(rf"(?<!\d)({YEAR})(?!\d)", _PLAN.sub(" ", text))})
    )


def plans_named(text: str) -> list[tuple[int, ...]]:
    """The years of each five-year plan that is named."""
    names = (re.sub(r"[^一二三四五六七八九十]", "", match.group(0)) for match in _PLAN.finditer(text))
    return [years for name in names if (years := years_in(f"“{name}”"))]


_IN_ALL = re.compile("一共|总共|拢共|合计|加起来")


def _said_in_short(text: str, stem: str, column: str, table: TableView) -> list[Mention]:
    """Where a sum or the most is asked of a column by the noun that ends its name (床位一共多少 of 核定床位), which no other has.

    Not of a part: 其中护理型床位.
    """
    if (
        column.startswith("其中")
        or column not in table.numeric
        or stem in text
        or not ("最" in text or _IN_ALL.search(text))
    ):
        return []
    noun = stem[-2:]
    others = [stem_of(other) for other in table.numeric if other != column and not other.startswith("其中")]
    if len(stem) <= len(noun) or noun not in text or any(other.endswith(noun) for other in others):
        return []
    return [Mention(text.index(noun), text.index(noun) + len(noun), (column,))]


def mentions_of(text: str, table: TableView) -> list[Mention]:
    """The columns that a question speaks of, in its order; 2020年目标值 is one mention of one column."""
    found = []
    for column in table.columns[1:]:
        stem = stem_of(column)
        if "占" not in text:
            # 护理型 speaks of the column 其中护理型, where no share of another column is asked for.
            stem = stem.removeprefix("其中").lstrip(":")
        start = text.find(stem) if stem else -1
        while start >= 0:
            end = start + len(stem)
            found.append(Mention(start, end + _noun_behind(text, end, stem, table), (column,)))
            start = text.find(stem, start + len(stem))
        short = stem[:2] + stem[-2:]
        if "最" in text and len(stem) > len(short) and stem not in text and short in text:
            # 新增床位最多 speaks of the column 新增养老床位.
            found.append(Mention(text.index(short), text.index(short) + len(short), (column,)))
        found += _said_in_short(text, stem, column, table)
        role = _ROLE.fullmatch(stem)
        if role and stem not in text:
            # 县民政局配合的任务 speaks of the column 配合单位.
            found += [Mention(m.start(), m.end(), (column,)) for m in re.finditer(role[1], text)]
        counted = re.fullmatch(r"([\u4e00-\u9fff]{2,})([人户家次])数", stem)
        # 惠及多少人 speaks of the column 惠及人数.
        asked = re.search(rf"{counted[1]}了?(?:多少|几)个?{counted[2]}", text) if counted else None
        if asked:
            found.append(Mention(asked.start(), asked.end(), (column,)))
    for match in _YEAR.finditer(text):
        columns = tuple(c for c in table.dated if int(match.group(0)[:4]) in years_in(c))
        found.append(Mention(match.start(), match.end(), columns))
    for pattern, columns in (
        (_GROWTH, table.growth),
        (_TARGET, table.targets),
        (_RESULT, table.results),
        (_BASE, table.dated[:1]),
        (_IN_CHARGE, tuple(c for c in table.columns if _IN_CHARGE_COLUMN.search(c))),
        (_DUE, tuple(c for c in table.columns if _DUE_COLUMN.search(c))),
    ):
        found += [Mention(m.start(), m.end(), columns) for m in pattern.finditer(text)]
    return _merged([mention for mention in found if mention.columns])


def _noun_behind(text: str, end: int, stem: str, table: TableView) -> int:
    """How many characters behind a type (护理型) name what it is a type of, as another column does (新增养老床位)."""
    if not stem.endswith("型"):
        return 0
    nouns = (other[start:] for other in map(stem_of, table.columns) for start in range(len(other) - 1))
    return max((len(noun) for noun in nouns if text.startswith(noun, end)), default=0)


def _merged(found: Sequence[Mention]) -> list[Mention]:
    """Without mentions inside others; those that stand side by side and share a column as one of what they share."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        last = kept[-1] if kept else None
        if last and mention.start < last.end:
            continue
        shared = tuple(c for c in last.columns if c in mention.columns) if last else ()
        if last and shared and mention.start - last.end <= 1:
            kept[-1] = Mention(last.start, mention.end, shared)
        else:
            kept.append(mention)
    return kept


def column_near(
    mentions: Sequence[Mention], start: int, end: int, *, prefer_behind: bool = False
) -> tuple[str, ...]:
    """The columns of the mention that stands nearest before text[start:end], or else behind it.

    `prefer_behind`: one right behind wins (没给出2015年的数).
    """
    behind = next((mention for mention in mentions if mention.start >= end), None)
    before = next((mention for mention in reversed(mentions) if mention.end <= start), None)
    if prefer_behind and behind and behind.start - end <= 2:
        return behind.columns
    chosen = before or behind
    return chosen.columns if chosen else ()


def single_name(columns: Sequence[str]) -> str:
    """How a condition on one column calls it, "" for several."""
    return stem_of(columns[0]) if len(columns) == 1 else ""
