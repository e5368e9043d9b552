"""The answer to a question about a table: the finding first, then the rows that it rests on, each cited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from qa.claims import Claim
from qa.rows import owner_of
from qa.table_reading import Ranking, Reading, kind_column
from qa.table_view import SILENT_COLUMNS, TableRow, TableView

# A whole row is read at a glance up to so many figures.
_FEW_COLUMNS = 3


def answer_of(reading: Reading) -> tuple[list[Claim], list[TableRow]]:
    """(claims, rows that they rest on); no claims when the question's rows cannot be told for certain."""
    rows = selected(reading)
    if reading.wants in ("caption", "columns"):
        return [_about_form(reading)], list(reading.table.rows[:1])
    if reading.wants == "order":
        return _by_number(reading)
    if reading.wants == "share":
        return [_share(reading, rows)], rows
    if reading.ranking:
        return _ranked(reading, rows, reading.ranking)
    if reading.wants == "count" and not reading.conditions:
        return [_whole_count(reading)], [reading.table.rows[-1], *reading.table.rows[:-1]]
    if not rows:
        return ([_none(reading)], list(reading.table.rows)) if reading.certain else ([], [])
    if reading.wants == "count" and len({condition.group for condition in reading.conditions}) == 1:
        groups = _group_counts(reading)
        if groups:
            return [groups], rows
    return _listed(reading, rows), rows


def selected(reading: Reading) -> list[TableRow]:
    """The rows that meet every condition, of one group any; of the named ones when some are named."""
    kept = list(reading.named or reading.table.rows)
    for group in dict.fromkeys(condition.group for condition in reading.conditions):
        among = [condition for condition in reading.conditions if condition.group == group]
        test: Callable[..., bool] = any if group else all
        kept = [row for row in kept if test(condition.holds(row) for condition in among)]
    return kept


def has_result(reading: Reading) -> bool:
    """Whether any row meets the conditions."""
    return bool(selected(reading))


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
    return "指标" if "指标" in table.columns[0] else "行" if table.columns[0] in table.textual else "项目"


def _cells(reading: Reading, row: TableRow, columns: Sequence[str]) -> str:
    return "，".join(reading.table.words(row, column) for column in columns)


def _columns_shown(reading: Reading) -> list[str]:
    """The columns that a list of rows shows besides the names: those spoken of, or all figures if values are asked."""
    spoken_of = [c for c in reading.table.columns if c in reading.shown and c not in SILENT_COLUMNS]
    if not spoken_of and reading.gives_values:
        spoken_of = list(reading.table.targets or reading.table.numeric)
    return spoken_of


# --- answers --------------------------------------------------------------------------------------------


def _listed(reading: Reading, rows: Sequence[TableRow]) -> list[Claim]:
    table = reading.table
    columns = _columns_shown(reading)
    if reading.wants == "row":
        return _named_rows(reading, rows)
    label = _label(reading)
    noun = _noun(table)
    if label:
        counted = f"{label}的共{len(rows)}项"
    else:
        counted = f"共{len({row.number for row in rows})}项{noun}" if noun != "行" else f"共{len(rows)}行"
    wrong = "与原文不符。" if reading.stated and reading.stated != len(rows) else ""
    lead = Claim(f"{wrong}{_lead(table)}{counted}：")
    return [lead, *(_bullet(reading, row, columns) for row in rows)]


def _bullet(reading: Reading, row: TableRow, columns: Sequence[str]) -> Claim:
    cells = _cells(reading, row, columns)
    return Claim(f"- {row.name}：{cells}" if cells else f"- {row.name}", (row.source,))


def _named_rows(reading: Reading, rows: Sequence[TableRow]) -> list[Claim]:
    """Rows asked for by name, with the columns asked for, else all of them."""
    table = reading.table
    asked = [c for c in table.columns[1:] if c in reading.shown and c != table.unit_column]
    columns = asked or [c for c in table.columns[1:] if c and c not in SILENT_COLUMNS]
    kind = "" if asked else kind_column(table)
    said = [
        (row, f"{row.name}：{_cells(reading, row, columns)}{f'（{row.cell(kind)}）' if kind else ''}")
        for row in rows
    ]
    if len(said) == 1:
        return [Claim(f"{_lead(table)}{said[0][1]}。", (said[0][0].source,))]
    lead = owner_of(table.passage)
    claims = [Claim(f"- {text}", (row.source,)) for row, text in said]
    return [Claim(f"{lead}："), *claims] if lead else claims


def _whole_count(reading: Reading) -> Claim:
    table = reading.table
    count = len({row.number for row in table.rows})
    shared = [row for row in table.rows if sum(other.number == row.number for other in table.rows) > 1]
    note = f"（其中{'、'.join(row.name for row in shared)}合为一项）" if shared else ""
    name = f"表{table.number}" if table.number else "指标表" if "指标" in table.columns[0] else "表中"
    wrong = "与原文不符。" if reading.stated and reading.stated != count else ""
    noun = _noun(table)
    unit = f"{count}项{noun}" if noun != "行" else f"{len(table.rows)}行"
    return Claim(f"{wrong}{_lead(table)}{name}共{unit}{note}。", (table.whole,))


def _group_counts(reading: Reading) -> Claim | None:
    """约束性4项，预期性8项 for a question that names several values of one column."""
    if len(reading.conditions) < 2:
        return None
    counts = "，".join(
        f"{condition.label}{sum(condition.holds(row) for row in reading.table.rows)}项"
        for condition in reading.conditions
    )
    return Claim(f"{_lead(reading.table)}{counts}。", (reading.table.whole,))


def _none(reading: Reading) -> Claim:
    table = reading.table
    noun = _noun(table)
    return Claim(
        f"{_lead(table)}表中没有{_label(reading)}的{'指标' if noun == '指标' else '项目'}。", (table.whole,)
    )


def _share(reading: Reading, rows: Sequence[TableRow]) -> Claim:
    part, whole = len(rows), len(reading.table.rows)
    percent = Decimal(part) * 100 / Decimal(whole)
    shown = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign, written = ("=" if shown == percent else "≈"), f"{shown.normalize():f}%"
    return Claim(
        f"{_lead(reading.table)}{_label(reading)}的{part}项，全部{whole}项，占{written}（{part}÷{whole}{sign}{written}）。",
        (reading.table.whole,),
    )


def _about_form(reading: Reading) -> Claim:
    """The caption or the names of the columns."""
    table = reading.table
    if reading.wants == "caption":
        said = (
            f"表{table.number or ''}的标题是“{table.passage.caption}”。"
            if table.passage.caption
            else "表没有标题。"
        )
    else:
        names = [column for column in table.columns if column]
        said = f"表中有{len(names)}列：{'、'.join(names)}（序号不计）。"
    return Claim(f"{_lead(table)}{said}", (table.whole,))


def _by_number(reading: Reading) -> tuple[list[Claim], list[TableRow]]:
    table = reading.table
    rows = [row for row in table.rows if row.number in reading.numbers]
    if not rows:
        count = table.rows[-1].number
        wanted = "、".join(map(str, reading.numbers))
        return [Claim(f"{_lead(table)}表中没有第{wanted}项，共{count}项。", (table.whole,))], list(table.rows)
    columns = _columns_shown(reading) or list(table.numeric[:_FEW_COLUMNS])
    said = [f"第{row.number}项是{row.name}（{_cells(reading, row, columns)}）" for row in rows]
    if len(rows) == 1:
        return [Claim(f"{_lead(table)}{said[0]}。", (rows[0].source,))], rows
    claims = [Claim(f"- {text}", (row.source,)) for row, text in zip(rows, said, strict=True)]
    return [Claim(f"{_lead(table)}"), *claims], rows


# --- superlatives ---------------------------------------------------------------------------------------


def _ranked(
    reading: Reading, rows: Sequence[TableRow], ranking: Ranking
) -> tuple[list[Claim], list[TableRow]]:
    table = reading.table
    measured: dict[str, list[tuple[Decimal, TableRow]]] = {}
    for row in rows:
        measure = _measure(table, row, ranking)
        if measure:
            measured.setdefault(measure[1], []).append((measure[0], row))
    if not measured:
        return ([_none(reading)], list(table.rows)) if reading.certain and reading.conditions else ([], [])
    compared = sum(map(len, measured.values()))
    several = {unit: pairs for unit, pairs in measured.items() if len(pairs) > 1}
    if len(measured) > 1:
        found = [(unit, _best(pairs, ranking)) for unit, pairs in (several or measured).items()]
        lead = Claim(f"{_lead(table)}单位不同的不能相比，按单位看{_title(reading, ranking)}：")
        bullets = [
            Claim(f"- {unit or '无单位'}：{row.name}，{_measured(reading, row, ranking)}", (row.source,))
            for unit, best in found
            for row in best
        ]
        return [lead, *bullets], [row for _, best in found for row in best]
    best = _best(next(iter(measured.values())), ranking)
    silent = len(rows) - compared
    note = f"（另有{silent}项没有可比的数字）" if silent else ""
    title = f"{_lead(table)}{_title(reading, ranking)}"
    if len(best) == 1:
        said = f"{title}的是{best[0].name}，{_measured(reading, best[0], ranking)}{note}。"
        return [Claim(said, (best[0].source,))], best
    tied = "并列有" if ranking.top == 1 else "依次有"
    bullets = [Claim(f"- {row.name}：{_measured(reading, row, ranking)}", (row.source,)) for row in best]
    return [Claim(f"{title}的{tied}{len(best)}项{note}："), *bullets], best


def _title(reading: Reading, ranking: Ranking) -> str:
    what = (
        f"从{ranking.columns[0]}到{ranking.columns[1]}变化"
        if ranking.by_change
        else "、".join(column.removesuffix("%") for column in ranking.columns)
    )
    among = f"{_label(reading)}的指标中，" if reading.conditions else ""
    rank = f"第{'零一二三四五'[ranking.rank]}" if ranking.rank > 1 else "最"
    return f"{among}{what}{rank}{ranking.word}"


def _measure(table: TableView, row: TableRow, ranking: Ranking) -> tuple[Decimal, str] | None:
    """(what is compared, its unit); None when the row gives no figure for it."""
    amounts = [table.amount(row, column) for column in ranking.columns]
    if not all(amounts):
        return None
    first, last = amounts[0], amounts[-1]
    assert first is not None and last is not None  # noqa: S101 - checked just above
    if ranking.by_change:
        return (last.value - first.value, last.unit) if first.unit == last.unit else None
    return last.value, last.unit


def _best(pairs: Sequence[tuple[Decimal, TableRow]], ranking: Ranking) -> list[TableRow]:
    """The rows of the asked rank with those that tie, or the first few."""
    values = sorted({value for value, _ in pairs}, reverse=not ranking.least)
    if ranking.top > 1:
        ordered = sorted(pairs, key=lambda pair: pair[0], reverse=not ranking.least)
        last = ordered[: ranking.top][-1][0]
        return [row for value, row in ordered if (value <= last if ranking.least else value >= last)]
    wanted = values[min(ranking.rank, len(values)) - 1]
    return [row for value, row in pairs if value == wanted]


def _measured(reading: Reading, row: TableRow, ranking: Ranking) -> str:
    table = reading.table
    others = [c for c in _columns_shown(reading) if c not in ranking.columns and c not in table.growth]
    more = f"，{_cells(reading, row, others)}" if others and reading.gives_values else ""
    if not ranking.by_change:
        return f"{_cells(reading, row, ranking.columns)}{more}"
    first, last = (table.amount(row, column) for column in ranking.columns)
    assert first is not None and last is not None  # noqa: S101 - only measured rows come here
    change = last.written - first.written
    unit = "个百分点" if last.unit == "%" else table.unit_of(row, ranking.columns[-1])
    return (
        f"{_cells(reading, row, ranking.columns)}，"
        f"{'增加' if change >= 0 else '减少'}{abs(change).normalize():f}{unit}{more}"
    )
