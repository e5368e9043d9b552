"""The answer to a question about a table: the finding first, then the rows that it rests on, each cited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from qa.evidence.claims import Claim
from qa.evidence.rows import owner_of
from qa.tables.ranking import Ranked, Ranking, change_of, ranked
from qa.tables.reading import Reading
from qa.tables.sums import spread, summed
from qa.tables.view import SILENT_COLUMNS, TableRow, TableView, is_total

# A whole row is read at a glance up to so many figures.
_FEW_COLUMNS = 3

Answer = tuple[list[Claim], list[TableRow]]


def answer_of(reading: Reading) -> Answer:
    """(claims, rows that they rest on); no claims when the question's rows cannot be told for certain."""
    if reading.wants == "order":
        return _by_number(reading)
    every = list(reading.table.rows)
    if reading.wants in ("caption", "columns"):
        return [_about_form(reading)], every[:1]
    if reading.wants == "count" and not reading.conditions:
        return [whole_count(reading)], [every[-1], *every[:-1]]
    rows = selected(reading)
    if not rows:
        return ([_none(reading)], every) if reading.certain else ([], [])
    return _of_selected(reading, rows)


def _of_selected(reading: Reading, rows: list[TableRow]) -> Answer:
    if reading.wants == "sum":
        column = next(column for column in reading.shown if column in reading.table.numeric)
        return summed(reading.table, column, rows, _label(reading))
    if reading.wants == "spread" and reading.ranking:
        return spread(reading.table, rows, reading.ranking)
    if reading.ranking:
        return _superlative(reading, rows, reading.ranking)
    return _of_rows(reading, rows), rows


def _of_rows(reading: Reading, rows: list[TableRow]) -> list[Claim]:
    if reading.wants == "share":
        return [_share(reading, rows)]
    if reading.wants == "count" and reading.alternatives:
        return [_group_counts(reading)]
    return (_named_rows if reading.wants == "row" else _listed)(reading, rows)


def selected(reading: Reading) -> list[TableRow]:
    """The rows that meet every condition, of one group any; of the named ones when some are named."""
    # 合计 is compared with nothing and counted as nothing, unless it is asked for by name.
    kept = list(reading.named or [row for row in reading.table.rows if not is_total(row)])
    for group in dict.fromkeys(condition.group for condition in reading.conditions):
        among = [condition for condition in reading.conditions if condition.group == group]
        test: Callable[..., bool] = any if group else all
        kept = [row for row in kept if test(condition.holds(row) for condition in among)]
    return kept


# --- how things are called ------------------------------------------------------------------------------


def _lead(table: TableView) -> str:
    owner = owner_of(table.passage)
    return f"{owner}：" if owner else ""


def _label(reading: Reading) -> str:
    groups: dict[str, list[str]] = {}
    for condition in reading.conditions:
        groups.setdefault(condition.group or condition.label, []).append(condition.label)
    return "、".join("或".join(labels) for labels in groups.values())


def _noun(table: TableView) -> str:
    return "指标" if "指标" in table.columns[0] else "项目"


def _cells(table: TableView, row: TableRow, columns: Sequence[str]) -> str:
    return "，".join(table.words(row, column) for column in columns)


def _columns_shown(reading: Reading) -> list[str]:
    """The columns that a list of rows shows besides the names: those spoken of, or the figures if values are asked."""
    table = reading.table
    hidden = {*SILENT_COLUMNS, *table.name_columns}
    spoken_of = [column for column in table.columns if column in reading.shown and column not in hidden]
    if not spoken_of and reading.gives_values:
        spoken_of = list(table.targets or table.numeric)
    return spoken_of


def _columns_asked(reading: Reading) -> list[str]:
    """The columns that are asked of certain rows, those of the unit and kind among them."""
    table = reading.table
    return [
        column for column in table.columns if column in reading.shown and column not in table.name_columns
    ]


def _bullets(rows: Sequence[TableRow], said: Sequence[str]) -> list[Claim]:
    return [
        Claim(f"- {row.name}：{text}" if text else f"- {row.name}", (row.source,))
        for row, text in zip(rows, said, strict=True)
    ]


def _correction(reading: Reading, count: int) -> str:
    return "与原文不符。" if reading.stated and reading.stated != count else ""


# --- which rows, how many -------------------------------------------------------------------------------


def _listed(reading: Reading, rows: Sequence[TableRow]) -> list[Claim]:
    """The rows under a heading that counts them only when their number is asked for."""
    table, label = reading.table, _label(reading)
    if reading.wants == "count":
        said = f"{_correction(reading, len(rows))}{_lead(table)}{label}的共{len(rows)}项："
    else:
        said = f"{_lead(table)}{f'{label}的' if label else ''}{_noun(table)}有："
    columns = _columns_shown(reading)
    return [Claim(said), *_bullets(rows, [_cells(table, row, columns) for row in rows])]


def _named_rows(reading: Reading, rows: Sequence[TableRow]) -> list[Claim]:
    """Rows asked for by name, with the columns asked for, else all of them."""
    table = reading.table
    asked = _columns_asked(reading)
    columns = asked or [c for c in table.columns if c and c not in (*SILENT_COLUMNS, *table.name_columns)]
    kind = "" if table.kind_column in columns else table.kind_column
    said = [f"{_cells(table, row, columns)}{f'（{row.cell(kind)}）' if kind else ''}" for row in rows]
    if len(rows) == 1:
        return [Claim(f"{_lead(table)}{rows[0].name}：{said[0]}。", (rows[0].source,))]
    lead = _lead(table)
    return [*([Claim(lead)] if lead else []), *_bullets(rows, said)]


def whole_count(reading: Reading) -> Claim:
    """How many rows the table has, told with the span of all of them."""
    table = reading.table
    count = len({row.number for row in table.rows})
    shared = [row for row in table.rows if sum(other.number == row.number for other in table.rows) > 1]
    note = f"（其中{'、'.join(row.name for row in shared)}合为一项）" if shared else ""
    name = f"表{table.number}" if table.number else f"{_noun(table)}表"
    said = f"{_lead(table)}{name}共{count}项{_noun(table)}{note}。"
    return Claim(f"{_correction(reading, count)}{said}", (table.whole,))


def _group_counts(reading: Reading) -> Claim:
    """约束性4项，预期性8项 for a question that names several values of one column."""
    table = reading.table
    counts = (
        f"{condition.label}{sum(condition.holds(row) for row in table.rows)}项"
        for condition in reading.conditions
    )
    return Claim(f"{_lead(table)}{'，'.join(counts)}。", (table.whole,))


def _none(reading: Reading) -> Claim:
    table = reading.table
    return Claim(f"{_lead(table)}表中没有{_label(reading)}的{_noun(table)}。", (table.whole,))


def _share(reading: Reading, rows: Sequence[TableRow]) -> Claim:
    table, part, whole = reading.table, len(rows), len(reading.table.rows)
    percent = Decimal(part) * 100 / Decimal(whole)
    shown = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    written = f"{'' if shown == percent else '约'}{shown.normalize():f}%"
    said = f"{_label(reading)}的{part}项，全部{whole}项；{part}项 ÷ {whole}项 = {written}"
    return Claim(f"{_lead(table)}{said}。", (table.whole,))


# --- rows by number, caption and columns ----------------------------------------------------------------


def _by_number(reading: Reading) -> Answer:
    table = reading.table
    rows = [row for row in table.rows if row.number in reading.numbers]
    if not rows:
        wanted, count = "、".join(map(str, reading.numbers)), table.rows[-1].number
        return [Claim(f"{_lead(table)}表中没有第{wanted}项，共{count}项。", (table.whole,))], list(table.rows)
    columns = _columns_asked(reading) or list(table.numeric[:_FEW_COLUMNS])
    said = [f"第{row.number}项是{row.name}（{_cells(table, row, columns)}）" for row in rows]
    if len(rows) == 1:
        return [Claim(f"{_lead(table)}{said[0]}。", (rows[0].source,))], rows
    claims = [Claim(f"- {text}", (row.source,)) for row, text in zip(rows, said, strict=True)]
    return [*([Claim(_lead(table))] if _lead(table) else []), *claims], rows


def _about_form(reading: Reading) -> Claim:
    """The caption or the names of the columns."""
    table = reading.table
    names = [column for column in table.columns if column]
    said = f"表中有{len(names)}列：{'、'.join(names)}（序号不计）。"
    if reading.wants == "caption":
        caption, name = table.passage.caption, f"表{table.number or ''}"
        said = f"{name}的标题是《{caption}》。" if caption else f"{name}没有标题。"
    return Claim(f"{_lead(table)}{said}", (table.whole,))


# --- superlatives ---------------------------------------------------------------------------------------


def _superlative(reading: Reading, rows: Sequence[TableRow], ranking: Ranking) -> Answer:
    table = reading.table
    found = ranked(table, rows, ranking)
    best = [row for group in found for row in group.rows]
    among = f"{_label(reading)}的{_noun(table)}中，" if reading.conditions else ""
    title = f"{_lead(table)}{among}{ranking.title}"
    if len(found) > 1:
        lead = Claim(f"{title}，单位不同的不能相比，分开看：")
        said = [f"{_measured(reading, row, ranking)}" for row in best]
        return [lead, *_bullets(best, said)], best
    if not best:
        return [], []
    note = "（其余各项单位不同或没有数字，未比较）" if len(rows) > found[0].compared else ""
    return _one_unit(reading, title, note, found[0], ranking), best


def _one_unit(reading: Reading, title: str, note: str, group: Ranked, ranking: Ranking) -> list[Claim]:
    rows = group.rows
    if len(rows) == 1:
        said = f"{title}的是{rows[0].name}，{_measured(reading, rows[0], ranking)}{note}。"
        return [Claim(said, (rows[0].source,))]
    tied = "并列的有" if ranking.top == 1 else "依次是"
    lead = Claim(f"{title}{tied}{note}：")
    return [lead, *_bullets(rows, [_measured(reading, row, ranking) for row in rows])]


def _measured(reading: Reading, row: TableRow, ranking: Ranking) -> str:
    """The figures by which a row was ranked, then those of other columns that were asked for."""
    table = reading.table
    others = [column for column in _columns_shown(reading) if column not in ranking.columns]
    more = f"，{_cells(table, row, others)}" if others and reading.gives_values else ""
    if ranking.by_change:
        return f"{_cells(table, row, ranking.columns)}，{change_of(table, row, ranking)}{more}"
    return f"{table.figure(row, ranking.columns[0])}{more}"
