"""Questions that a document itself gives rise to: for a row, for a clause with one figure, for a section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.figures.values import figures_in
from qa.tables.view import TableRow, TableView
from vectorstore.documents import Document, Passage
from vectorstore.folding import folded
from vectorstore.numerals import describe_years, years_in
from vectorstore.places import bare_name
from vectorstore.sentences import clause_spans

# A clause shorter than this says too little to be asked about alone, a longer one is no question of one line.
_SHORTEST, _LONGEST = 7, 26
# What begins or runs through a clause and would sound odd in a question.
_LEADING = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]+[)）、.]\s*|[一二三四五六七八九十]是|"
    r"其中|同时|并|力争|确保|预计|全年|今年|当年|年内|目前|现在|全[省市县区州]|累计|已|共计?|总计|将|要)+"
)
_UNFIT = re.compile(r"基础上|情况下|[()（）“”\"《》〔〕<>|/*%％\d\s]|以[上下内]|[该此其本]")
# A share is asked for where the words say that something reaches it; 规定的50%的任务 is no such thing.
_REACHES = re.compile(r"(?:达到?|提高到|提升至|提高至|升到|降到|为|是|不低于|不少于|超过|占比?|[率比])$")
# Money is asked for where the words say what is paid: 四元联动 is none, 完全丧失自理能力1656元 leaves it to its heading.
_PAID = re.compile(
    r"标准|补[贴助]|津贴|奖励|资金|[费金额款价]|收入|工资|投[入资]|募|捐|销售|发放|下拨|争取|拨付"
)
_LISTED = re.compile(r"等$|、[^、]{1,4}$")
# What follows a count and is no thing that can be counted.
_LOOSE_END = re.compile(r"^(?:的|以|及|和|、|左右|多|余|后|前|内|年|个|任务|目标|事项)")
_LONGEST_END = 12
_TIMES = ("年", "年度", "月", "日", "天", "周", "小时", "分钟", "岁")
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[章节条、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]?|[—-]+)\s*"
)
# Headings of what is no work: aims, how things stand, principles.
_NO_WORK = re.compile(r"目标|指标|回顾|形势|机遇|挑战|问题|短板|背景|基础|意义|思想|思路|原则|要求$")
_NAME_UNFIT = re.compile(r"基础上|情况下|[()（）\d]")
_LONGEST_NAME = 24


@dataclass(frozen=True)
class Posed:
    """A question and the span of the document, `text[start:end]`, that its answer must rest on.

    `units`: its answer gives a figure in one of these; empty where any answer will do.
    """

    text: str
    document: str
    start: int
    end: int
    units: frozenset[str] = frozenset()


def about_row(table: TableView, row: TableRow) -> Posed | None:
    """The figure of a row that matters most: its target, else its latest result."""
    columns = table.targets or table.results or table.numeric
    column = next((c for c in reversed(columns) if table.amount(row, c)), "")
    if not column or len(row.name) > _LONGEST_NAME or _NAME_UNFIT.search(row.name):
        return None
    passage = row.passage
    name = "".join(row.name.split())
    years = years_in(column) or passage.years
    asked = "的目标" if column in table.targets else ""
    owner = _owner(passage.region, years, name)
    return Posed(f"{owner}{name}{asked}是多少？", passage.document, passage.start, passage.end)


def about_clauses(passage: Passage, document: Document) -> Iterator[Posed]:
    """One question for each clause that gives exactly one figure: 建设智慧养老院3家 → …建设智慧养老院多少家？"""
    if passage.kind != "text" or passage.cells:
        return
    for start, end in clause_spans(document.text, passage.start, passage.end):
        said = folded(document.text[start:end]).strip(" 。;；,，:：")
        amounts = [figure for figure in figures_in(said) if figure.unit != "年" or figure.value < 1900]
        if len(amounts) != 1 or not amounts[0].is_amount or amounts[0].unit in _TIMES:
            continue
        figure = amounts[0]
        before, after = _LEADING.sub("", said[: figure.start]), said[figure.end :]
        whole = before + after
        if not _SHORTEST <= len(whole) <= _LONGEST or _UNFIT.search(whole) or len(before) < 2:
            continue
        is_share = figure.unit == "%"
        if (
            not figure.unit
            or _LOOSE_END.match(after)
            or len(after) > _LONGEST_END
            or (is_share and not _REACHES.search(before))
            or (figure.unit.endswith("元") and not _PAID.search(whole))
            # 甲、乙、丙等3个: who can list them does not ask how many there are.
            or _LISTED.search(before)
        ):
            continue
        unit = "百分之多少" if is_share else f"多少{figure.unit}"
        owner = _owner(passage.region, passage.years, whole)
        yield Posed(f"{owner}{before}{unit}{after}？", passage.document, start, end)


def about_section(passage: Passage) -> Posed | None:
    """How the innermost section around a passage is arranged."""
    if not passage.section:
        return None
    name = _NUMBERING.sub("", re.split(r"[。，,：:]", passage.section[-1])[0]).strip()
    if not 4 <= len(name) <= _LONGEST_NAME or _NO_WORK.search(name):
        return None
    owner = _owner(passage.region, passage.years, name)
    quoted = name if "“" in name else f"“{name}”"
    asked = "做了哪些工作" if passage.statement == "result" else "有哪些安排"
    return Posed(f"{owner}在{quoted}方面{asked}？", passage.document, passage.start, passage.end)


def _owner(region: str, years: tuple[int, ...], said: str) -> str:
    """Whose and of which year, where the words do not say so themselves; a span of years is left to the plan."""
    place = "" if not region or bare_name(region) in said else region
    year = describe_years(years) if len(years) == 1 and not years_in(said) else ""
    return f"{place}{year}"
