"""Table rows as sentences: whose, of which year, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.claims import Claim, Source
from qa.evidence.dating import years_of_quote
from qa.evidence.findings import Finding
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.row_names import is_subtotal, is_total
from qa.evidence.units_noted import unit_noted, without_unit
from qa.understanding.kinds import is_the_other
from qa.understanding.question import Question
from vectorstore.documents import Metadata, Passage, Statement
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years, years_in
from vectorstore.statements import statement_of_column

_KIND_COLUMNS = ("属性", "指标属性", "指标性质", "性质", "类型")
_UNITS = ("单位", "计价单位", "计量单位")
_REMARKS = ("备注", "说明")
_SILENT_COLUMNS = (*_UNITS, *_REMARKS, *_KIND_COLUMNS)
_ACCOUNTS = ((re.compile("预算"), "预算"), (re.compile("决算|实际"), "决算"))
# So many cells make a row's name at most, none of them a figure.
_MOST_NAMING = 3
# What a column is called within its group has so many characters.
_LEAST_OWN = 4
# Of so many rows that suit alike one is given.
_OF_A_GROUP, _MOST_OF_GROUP = 2, 12
_MOST_ALIKE, _ROUNDING, _NEARLY = 4, 1e-6, 0.95
_IS_NAME = re.compile(r"(?![\d<>≥≤约—-])[^。;；]{2,40}")
_UNIT_IN_NAME = re.compile(r"[(（]([^()（）\d]{1,6})[)）]$|([%％])$")
# 惠及人数 under 单位:元 are people.
_TOTAL_COLUMN = re.compile("合计|总计|小计|共计")
# Whether a target was reached is told by the target, the result and what the table says of both.
_REACHED = re.compile(
    "(?:达到|完成|实现|超过|达成)了?[^,?]{0,6}(?:目标|任务|指标)|(?:目标|任务|指标)[^,?]{0,6}(?:达到|完成|实现|达成)|达标|滞后"
)
_COUNT = re.compile("(?:总?[人户]数|人次数?|总数|数量|数)$")
_YEAR_BEFORE = re.compile(
    r"^(?:19|20)\d\d年(?!底?(?:目标|实际|完成|规划|计划|预期|现状))(?=[\u4e00-\u9fff]{2})"
)
_COUNTED = re.compile(r"(人次|人|户)数$")
_NOT_GIVEN = ("—", "-", "——", "/", "")


def owner_of(passage: Passage, quoted: tuple[int, int] | None = None) -> str:
    """Place and years of a passage, or of the span quoted from it, as a reader needs them: 下陆区(2021—2025年)."""
    years = describe_years(years_of_quote(passage, *quoted) if quoted else passage.years)
    place = passage.region
    return f"{place}（{years}）" if place and years else place or years


def without_owner(claim: Claim) -> str:
    """A claim's words without the place and years that stand before them."""
    source = claim.sources[0]
    for owner in (owner_of(source.passage, (source.start, source.end)), owner_of(source.passage)):
        if owner and claim.text.startswith(f"{owner}："):
            return claim.text.removeprefix(f"{owner}：")
    return claim.text


def row_claim(question: Question, finding: Finding, index: PassageIndex) -> Claim:
    """A row as a sentence with the columns that were asked for: 指标:2025年目标值100%(约束性)。"""
    passage = finding.passage
    named = _naming(passage, index)
    unit = _unit_of_row(passage)
    said = "，".join(
        _cell_words(column, value, unit) for column, value in _asked_cells(question, passage, named)
    )
    kind = next((value for column, value in passage.cells if column in _KIND_COLUMNS), "")
    name = without_unit(passage.cells[0][1])
    if named > 1:
        name += f"（{'，'.join(value for _, value in passage.cells[1:named] if value)}）"
    text = f"{name}：{said}{f'（{kind}）' if kind else ''}。"
    owner = owner_of(passage)
    return Claim(f"{owner}：{text}" if owner else text, (_source(passage),))


def rows_alike(question: Question, group: Sequence[Finding], index: PassageIndex) -> list[Finding]:
    """The first of some findings, a row, with those that only a cell tells from it of which the question says nothing
    (遗体火化: 普通炉, 拣灰炉), in the table's order; itself where there are too many."""
    best = group[0]
    cells = best.passage.cells
    shared = _naming(best.passage, index) - 1
    alike = [
        found
        for found in group
        if (
            shared
            and found.passage.cells[: shared + 1] != cells[: shared + 1]
            and found.passage.cells[:shared] == cells[:shared]
            and found.coverage >= best.coverage - _ROUNDING
        )
        or _is_other_kind(best, found, question)
        or _is_of_other_year(best, found, question)
    ]
    return sorted([best, *alike], key=lambda found: found.start) if len(alike) < _MOST_ALIKE else [best]


def rows_of_group(best: Finding, terms: Sequence[Term], index: PassageIndex) -> list[Claim]:
    """Every row of the group that a question for a list names (福彩项目里给老人办的有哪些 → 老年人福利类), by its name and
    first figure; empty where it names none."""
    passage = best.passage
    group = passage.cells[0]
    if _naming(passage, index) < _OF_A_GROUP or not coverage(terms, plain(group[1])):
        return []
    columns = [column for column, _ in passage.cells]
    rows = [
        row
        for row in index.of_document(passage.document)
        if row.cells and row.cells[0] == group and [column for column, _ in row.cells] == columns
        if not is_subtotal(row)
    ]
    if not _OF_A_GROUP <= len(rows) <= _MOST_OF_GROUP:
        return []
    claims = []
    for row in rows:
        said = next(((c, v) for c, v in row.cells[_OF_A_GROUP:] if re.match(r"\d", v)), None)
        figure = f"：{_cell_words(*said, _unit_of_row(row))}" if said else ""
        claims.append(Claim(f"- {row.cells[1][1]}{figure}", (_source(row),)))
    owner = owner_of(passage)
    return [Claim(f"{owner}：{group[1]}" if owner else group[1]), *claims]


def _is_other_kind(best: Finding, found: Finding, question: Question) -> bool:
    """Whether a row of the same table is that of the other kind (社会散居孤儿 beside 集中养育孤儿), and neither is asked for."""
    one, other = best.passage, found.passage
    is_of_table = bool(other.cells) and [c for c, _ in one.cells] == [c for c, _ in other.cells]
    return (
        question.asks == "number"
        and is_of_table
        and (one.document, one.caption) == (other.document, other.caption)
        and found.coverage >= _NEARLY * best.coverage
        and is_the_other(one.cells[0][1], other.cells[0][1], question.text)
    )


def _is_of_other_year(best: Finding, found: Finding, question: Question) -> bool:
    """Whether the same row stands in the table of another year as well, and the question names no time."""
    one, other = best.passage, found.passage
    names_time = bool(question.years or question.plan_years or question.stated_years)
    return (
        question.asks == "number"
        and not (names_time or question.is_side or question.confirms)
        and bool(other.cells)
        and one.document == other.document
        and one.cells[0] == other.cells[0]
        and bool(one.years and other.years)
        and not set(one.years) & set(other.years)
        and found.coverage >= best.coverage - _ROUNDING
    )


def _naming(passage: Passage, index: PassageIndex) -> int:
    """How many of a row's first cells it is called by: as many as tell it from the rows that share the first (基本服务,
    遗体火化, 普通炉), of words alone."""
    cells = passage.cells
    columns = [column for column, _ in cells]
    alike = [
        other.cells
        for other in index.of_document(passage.document)
        if other.cells and other.start != passage.start and [column for column, _ in other.cells] == columns
    ]
    named = 1
    while (
        named < min(_MOST_NAMING, len(cells) - 1)
        and _IS_NAME.fullmatch(cells[named][1])
        and columns[named] not in _SILENT_COLUMNS
        and any(other[:named] == cells[:named] for other in alike)
    ):
        named += 1
    return named


# 现在和将来各多少
_NOW_AND_LATER = re.compile(
    "(?:现在|目前|现状|现有|起点|基数)[^?]{0,8}(?:将来|以后|今后|未来|终点|目标|到20)"
)


def _asked_cells(question: Question, passage: Passage, naming: int) -> list[tuple[str, str]]:
    values = [
        (column, value)
        for column, value in passage.cells[naming:]
        if column not in _SILENT_COLUMNS or (column in _REMARKS and _says_more(question, passage, value))
    ]
    if re.search(r"增长|增速|增幅|每年涨", question.text):
        growth = [(column, value) for column, value in values if "增" in column]
        beside = [pair for pair in values if any(f"{year}年" in question.text for year in years_in(pair[0]))]
        if growth:
            # 2010年、2015年实际值及年均增长各是多少 asks for all three.
            return [pair for pair in values if pair in growth or (question.wants_several and pair in beside)]
    asked = [
        (column, value)
        for column, value in values
        if set(years_in(column)) & {*question.years, *question.stated_years}
    ]
    named = [
        pair
        for pair in values
        if len(_measure(pair[0])) > 1 and _measure(pair[0]).removeprefix("其中") in question.text
    ]
    named = named or [pair for pair in values if _own_part(pair[0], values) in question.text]
    named = named or [pair for pair in values if _is_named_in_words(_measure(pair[0]), question.text)]
    # 三年合计 asks for the sum, whatever year is named beside it.
    total = [pair for pair in named if _TOTAL_COLUMN.fullmatch(pair[0])]
    both = [pair for pair in asked if pair in named]
    asked = total or both or asked or _of_accounts(question, values) or named
    if not asked and _REACHED.search(question.text):
        return values
    if not asked and question.aspect and not _NOW_AND_LATER.search(question.text):
        asked = [pair for pair in values if _stated_in(pair[0], passage) == question.aspect]
    # What a row of sums leaves empty (the town, the name) is nothing that it lacks.
    told = [pair for pair in values if pair[1] not in _NOT_GIVEN] if is_total(passage) else []
    return asked or told or values


def _own_part(column: str, values: Sequence[tuple[str, str]]) -> str:
    """A column's name without that of its group (低保金农村低保 beside 低保金城市低保); the whole where it has none."""
    measure = _measure(column)
    others = [_measure(other) for other, _ in values if other != column]
    shared = max((_alike(measure, other) for other in others), default=0)
    return measure[shared:] if shared > 1 and len(measure) - shared >= _LEAST_OWN else measure


def _alike(one: str, other: str) -> int:
    """With how many of the same characters two names begin."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _of_accounts(question: Question, values: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of a year's accounts the columns of what was planned (预算), or of what became of it (决算, 实际), in the last year."""
    kinds = [column for pattern, column in _ACCOUNTS if pattern.search(question.text)]
    told = [pair for pair in values if any(kind in pair[0] for kind in kinds)]
    last = max((year for column, _ in told for year in years_in(column)), default=None)
    return [pair for pair in told if last is None or last in years_in(pair[0])]


def _is_named_in_words(column: str, asked: str) -> bool:
    """Whether a question says the words of a column's name in another order (养老床位新增几张 → 新增养老床位), or all but
    that it counts (农村低保多少人 → 农村低保人数)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    counted = _COUNT.sub("", column)
    words = rjieba.cut(counted)
    is_said = len(counted) > 1 and counted != column and counted in asked
    return is_said or (len(words) > 1 and all(len(word) > 1 and word in asked for word in words))


def _says_more(question: Question, passage: Passage, remark: str) -> bool:
    """Whether a remark says what a question asks about and no other cell does (首年免费)."""
    others = "".join(value for column, value in passage.cells if column not in _REMARKS)
    pieces = [piece[at : at + 2] for piece in question.content for at in range(len(piece) - 1)]
    return any(piece in remark and piece not in others for piece in pieces)


def _stated_in(column: str, passage: Passage) -> Statement:
    """Whether a column holds results or targets; a year before those of the table is its base."""
    return statement_of_column(column, caption=passage.caption, metadata=Metadata(years=passage.years))


def _cell_words(column: str, value: str, unit: str) -> str:
    named, own = _stem(column), _UNIT_IN_NAME.search(column)
    if value in _NOT_GIVEN:
        return f"{named}未给出"
    is_figure = re.fullmatch(r"[<>≥≤约]*[\d.,]+", value) is not None
    counted = _COUNTED.search(column)
    shown_unit = (own[1] or own[2]) if own else counted[1] if counted else unit
    if own and shown_unit.endswith("元") and unit and "元" not in unit:
        # 收费标准(元) beside 计价单位: what one of them costs.
        shown_unit = f"{shown_unit}/{unit}"
    return f"{named}{value}{shown_unit if is_figure else ''}"


def _unit_of_row(passage: Passage) -> str:
    """The unit of a row's figures: its unit cell, or what the caption notes for all (单位:元/人·月)."""
    own = next((value for column, value in passage.cells if column in _UNITS), "")
    return own or unit_noted(passage)


def _stem(column: str) -> str:
    return _UNIT_IN_NAME.sub("", column)


def _measure(column: str) -> str:
    """A column's name without its unit and the year that stands before it (2021年床位数(张) → 床位数)."""
    return _YEAR_BEFORE.sub("", _stem(column))


def _source(passage: Passage) -> Source:
    return Source(passage, passage.start, passage.end)
