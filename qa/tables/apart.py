"""Rows of one table held against each other in one of its columns: which of two counties has more beds, and by how many.

The places or things are looked for as the rows of a table, by their short names too (船山 for 船山区), and the rest of the
question has to be what one column holds: a place that is no row is never replaced by another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.evidence.claims import CALCULATION, Claim
from qa.evidence.extractive import Draft
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.tables.fitting import fit, parts_of_names, whole_names
from qa.tables.library import tables_in
from qa.tables.names import is_subsequence
from qa.tables.view import TableRow, TableView, is_total, stem_of
from qa.tables.wording import Wording, mentions_of, plain_text
from qa.understanding.comparison_wording import ADDRESSING, COMPARING
from qa.understanding.question import Question, understand
from qa.understanding.wording import synonyms_in

_SIZE = "[多少高低大小]"
_HELD_AGAINST = re.compile(
    rf"(?:哪|谁)[^,。?]{{0,12}}{_SIZE}|相?差(?:了|出)?(?:多少|几|多大)|{_SIZE}(?:了|出)?(?:多少|几)|差[距额值]|相差|之差|"
    rf"比[^,。?]{{2,16}}{_SIZE}|更{_SIZE}|{_SIZE}还是{_SIZE}|(?:各|分别)(?:自|是|有|为)*(?:多少|几)|最{_SIZE}"
)
_ASKS_SIZE = re.compile(rf"哪|谁|差|更|最|{_SIZE}(?:了|出)?(?:多少|几)|{_SIZE}还是|比")
# What stands between the names and asks, besides what any comparison says.
_ASKING = re.compile(
    r"(?:各自?|分别|都|一共|总共)*(?:是|有|为)*(?:多少|几)[个家张户名人元对处件所]*|哪[里儿边家个一]*|[两三四五六]个?(?:地方|县|区|县区|地)|里面?|其中|相比|比较|"
    rf"[拿把跟和与同比、,?。的是有在那呢]|{_SIZE}$"
)
_SO_MANY = re.compile("[两三四五六](?:个(?:地方|[县区市]|乡镇|街道|镇|项目)|[地县区市镇])")
_NO_SIZE = re.compile("最?低(?:保|生活保障|收入)|高龄")
_SAYS_COLUMN, _CLEARLY = 0.7, 0.1
_FEWEST, _SHORT = 2, 2


@dataclass(frozen=True)
class _Sides:
    """Rows of a table in the order in which a question names them, and the column that it asks of them."""

    table: TableView
    rows: tuple[TableRow, ...]
    column: str
    score: float


def rows_apart(asked: Question, solver: Solver) -> Solved | None:
    """The cells of the rows that a question names, with what follows; None where it names no two rows and one column."""
    text = plain_text(asked.text)
    is_other = asked.confirms or asked.is_english or asked.elsewhere or len(asked.regions) > 1
    if is_other or not _HELD_AGAINST.search(text):
        return None
    found = [
        sides for table in tables_in(solver.index, asked.documents) if (sides := _sides(asked, table, solver))
    ]
    best = max((sides.score for sides in found), default=0.0)
    chosen = [sides for sides in found if sides.score > best - _CLEARLY]
    return _solved(asked, text, chosen[0], solver) if len(chosen) == 1 else None


def _sides(asked: Question, table: TableView, solver: Solver) -> _Sides | None:
    wording = Wording(asked)
    if fit(wording.text, table, solver.index.documents[table.passage.document].metadata.years) is None:
        return None
    called = [*whole_names(wording, table), *parts_of_names(wording, table)]
    named = [(at, row) for at, row in called if not is_total(row)]
    rows = tuple(dict.fromkeys(row for _, row in sorted(named, key=lambda pair: pair[0])))
    if len(rows) < _FEWEST:
        return None
    column, score = _column(wording, table, asked, solver)
    return _Sides(table, rows, column, score) if column else None


def _column(wording: Wording, table: TableView, asked: Question, solver: Solver) -> tuple[str, float]:
    """(the column that the rest of a question says, how much of it that says); "" where none does, or two do."""
    columns = [column for column in table.numeric if column not in table.growth]
    mentions = mentions_of(wording.left, table)
    spoken = {column for mention in mentions for column in mention.columns if column in columns}
    columns = [column for column in columns if column in spoken] if len(spoken) == 1 else columns
    rest = COMPARING.sub("", _SO_MANY.sub("", ADDRESSING.sub("", wording.left.replace("\0", ""))))
    question = understand(_ASKING.sub("", rest), solver.index.documents)
    if not question.content or question.elsewhere:
        return "", 0.0
    caption = plain(f"{table.passage.caption} {''.join(asked.regions)}")
    said = sorted(((_said_of(column, question, solver), column) for column in columns), reverse=True)
    is_clear = len(said) == 1 or (len(said) > 1 and said[0][0] >= said[1][0] + _CLEARLY)
    covered = max(said[0][0], _said_of(f"{said[0][1]}{caption}", question, solver)) if said else 0.0
    return (
        (said[0][1], covered) if said and is_clear and said[0][0] and covered >= _SAYS_COLUMN else ("", 0.0)
    )


def _said_of(column: str, question: Question, solver: Solver) -> float:
    """How much of what is asked a column says, by its official name too (养老院床位 of 养老机构床位)."""
    stem = plain(stem_of(column))
    official = [word for synonym in synonyms_in("".join(question.content)) for word in synonym.official]
    is_called = len(question.content) == 1 and any(
        len(word) > _SHORT and is_subsequence(word, stem) for word in official
    )
    return 1.0 if is_called else coverage(solver.vocabulary.terms_of(question), stem)


def _solved(asked: Question, text: str, sides: _Sides, solver: Solver) -> Solved | None:
    table, column = sides.table, sides.column
    if any(table.amount(row, column) is None for row in sides.rows):
        return None
    owner = owner_of(table.passage)
    lead = f"{owner}：" if owner else ""
    claims = [Claim(f"{lead}{row.name}：{table.words(row, column)}。", (row.source,)) for row in sides.rows]
    claims += _what_follows(text, sides) if _ASKS_SIZE.search(text) else []
    solved = Solved(asked, (), Draft(tuple(claims), is_settled=True), ())
    return solver.with_evidence(solved, [row.passage for row in sides.rows])


def _what_follows(text: str, sides: _Sides) -> list[Claim]:
    """Which row has more, and how far two are apart; nothing where their units differ."""
    measured = [(amount, row) for row in sides.rows if (amount := sides.table.amount(row, sides.column))]
    units = {(amount.unit, amount.value == amount.written) for amount, _ in measured}
    if len(units) > 1 or any(amount.bound for amount, _ in measured):
        return []
    high = "高" if re.search("[高低]", _NO_SIZE.sub("", text)) else "多"
    ordered = sorted(measured, key=lambda pair: -pair[0].value)
    sources = tuple(row.source for _, row in ordered)
    shown = [sides.table.figure(row, sides.column) for _, row in ordered]
    unit = re.sub(r"^[\d.,]+", "", shown[0])
    if len(ordered) > _FEWEST:
        ranks = "、".join(f"{row.name}{figure}" for figure, (_, row) in zip(shown, ordered, strict=True))
        return [Claim(f"从{high}到{'低' if high == '高' else '少'}：{ranks}。", sources)]
    apart = ordered[0][0].written - ordered[1][0].written
    if not apart:
        return [Claim("两者相同。", sources)]
    by = f"{apart.normalize():f}{'个百分点' if unit == '%' else unit}"
    return [
        Claim(f"{CALCULATION}{shown[0]} − {shown[1]} = {by}（“{ordered[0][1].name}”较{high}）。", sources)
    ]
