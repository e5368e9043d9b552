"""Follow-ups that the sentence answers which the answer before was taken from: 其中护理型的有几张?

Such a question leaves out nearly everything. Searched for anew it finds other sentences that say the same words of
something else; what it means stands beside what was quoted, so that is looked at first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

from qa.arithmetic.composer import calculated
from qa.arithmetic.quotients import one_share
from qa.composing.beside import LEVEL, in_unit, rows_like, rows_quoted, spots_beside
from qa.composing.changes_beside import changed_beside, share_beside
from qa.composing.wanted_beside import EACH, RISE, Wanted
from qa.evidence.amounts import has_amount
from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.graded import grade_named
from qa.evidence.rows import owner_of, row_claim
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import written
from qa.figures.values import figures_in
from qa.understanding.antecedents import own_subject
from qa.understanding.kinds import TYPE
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import numeral_value

_WHO = re.compile(r"谁|(?:哪|什么)(?:一?个|些)?(?:单位|部门|股室|科室|处室|机构|局|人)")
_RESPONSIBLE = re.compile(r"责任|负责|牵头|主管|承办")
# 11个镇一共多少, of what each of them gets.
_SO_MANY_OF_THEM = re.compile(
    r"(?P<count>\d+|[两二三四五六七八九十]+)(?P<unit>[户人个家张所处名位对件座项])[\u4e00-\u9fff]{0,6}?"
    r"(?:一共|总共|合计|加起来|全部)(?:是|要|有|能|该|发|拨|补|花)*了?(?:多少|几)[钱元]?呢?\??"
)
_FOR_EACH = re.compile("[各每][^,。;]*$")
_WHAT_IS_SAID = re.compile(
    "(?:怎么|如何|咋)(?:个)?(?:说|写|讲|提|规定|要求)|有(?:什么|哪些|啥)(?:说法|要求|规定|提法)"
)
# What is asked of the whole place is not in the part that was quoted.
OF_ALL = re.compile("(?:全|整个?)[省市县区州旗]")


def continued(asked: Question, solver: Solver) -> Solved | None:
    """The answer from beside what the answer before quoted; None when nothing there says it."""
    if not asked.near or not asked.said or OF_ALL.match(folded(asked.said)):
        return None
    spots = spots_beside(asked, solver)
    stated = changed_beside(asked.said, spots) or share_beside(asked.said, spots)
    if stated:
        return replace(solver.solve(asked), draft=Draft(stated, is_settled=True))
    if RISE.fullmatch(folded(asked.said)):
        shown = calculated(asked, solver)
        if shown is not None and any("计算" in claim.text for claim in shown.draft.claims):
            return shown
    claims = (
        _averaged(asked, solver)
        or _for_so_many(asked, solver)
        or _column_of(asked, solver)
        or _row_like(asked, solver)
        or _said_of(asked, solver)
        or _beside(asked, solver)
    )
    # 二类 is not told by the line of 一类, nor 支出型 by that of 急难型.
    kinds = [grade_named(asked.said), *re.findall(TYPE, folded(asked.said))]
    is_of_kind = any(all(kind in folded(claim.text) for kind in kinds) for claim in claims)
    if not is_of_kind or not all(_is_of_named(asked, claim) for claim in claims):
        return None
    return replace(solver.solve(asked), draft=Draft(claims, is_settled=True)) if claims else None


def _is_of_named(asked: Question, claim: Claim) -> bool:
    """Whether a claim speaks of the districts that the question names: what was quoted before may be another one's."""
    return all(
        any(
            name in f"{' '.join(passage.section)} {passage.caption} {passage.text}"
            for passage in (source.passage for source in claim.sources)
        )
        for name in asked.named
    )


# 平均多少, of whatever the sentence quoted counts: people first.
_ON_AVERAGE = re.compile(
    r"平均(?:下来|算下来|起来|是|有|大概|大约|约)*(?:多少|几)(?:[钱元块]|块钱)?(?:呢)?\??"
)
_COUNTS = ["人", "户", "个", "家", "张", "件", "场"]


def _averaged(asked: Question, solver: Solver) -> tuple[Claim, ...]:
    """平均每户多少: the largest amount of the sentence quoted, divided by its number of those (163.56万元 ÷ 444户)."""
    each = EACH.match(folded(asked.said))
    units = (
        [each["unit"] or each["per"]]
        if each
        else _COUNTS
        if _ON_AVERAGE.fullmatch(folded(asked.said))
        else []
    )
    for of_each, spot in product([replace(asked, unit=unit) for unit in units], spots_beside(asked, solver)):
        amounts = [f for f in figures_in(spot.text) if f.is_amount and f.unit not in ("%", "")]
        number = spot.nearest(of_each)
        totals = [f for f in amounts if number and f.value > number.value and not in_unit(of_each, f)]
        if spot.distance or number is None or not number.value or not totals:
            continue
        total = max(totals, key=lambda figure: (figure.unit == "元", figure.value))
        shown = " ÷ ".join(spot.text[f.start : f.end].strip() for f in (total, number))
        claim = spot.claim(0, len(spot.text))
        line = f"计算：{shown} = {one_share(total.value, number.value, f'{total.unit}/{number.unit}')}。"
        return claim, Claim(line, claim.sources)
    return ()


def _for_so_many(asked: Question, solver: Solver) -> tuple[Claim, ...]:
    """11个镇一共多少: what each of them gets by the sentence quoted (各预拨10万元), so many times."""
    many = _SO_MANY_OF_THEM.fullmatch(folded(asked.said))
    for spot in spots_beside(asked, solver) if many else ():
        amounts = [
            figure
            for figure in figures_in(spot.text)
            if figure.is_amount and figure.unit and _FOR_EACH.search(folded(spot.text[: figure.start]))
        ]
        if many is None or spot.distance or not amounts:
            continue
        # 由每镇10万元提高到15万元: the last one holds.
        each = amounts[-1]
        if re.search("[,。;]", folded(spot.text[amounts[0].start : each.start])):
            return ()
        shown = spot.text[each.start : each.end].strip()
        total = each.value * numeral_value(many["count"])
        scale = next((scale for scale in "亿万" if scale in shown), "")
        claim = spot.claim(0, len(spot.text))
        line = f"计算：{shown} × {many['count']}{many['unit']} = {written(total, each.unit, scale=scale)}。"
        return claim, Claim(line, claim.sources)
    return ()


def _column_of(asked: Question, solver: Solver) -> tuple[Claim, ...]:
    """Another cell of the row that was quoted, when the follow-up names its column (哪个股室负责? → 责任股室)."""
    said = understand(asked.said, solver.index.documents)
    content, unit = [word for word in said.content if len(word) > 1], said.unit
    who = _WHO.search(asked.said)
    for row in rows_quoted(asked, solver.index):
        for column, value in row.cells[1:]:
            named = any(word in column or column.split("(")[0] in word for word in content) or (
                not content and bool(unit) and folded(column).endswith(f"({unit})")
            )
            # 建筑面积1.2万平方米, under what is built.
            named = named or (has_amount(said, value) and any(word in value for word in content))
            if value and (named or (who and _RESPONSIBLE.search(column))):
                owner = owner_of(row)
                text = f"{row.cells[0][1]}：{column}{value}。"
                source = Source(row, row.start, row.end)
                return (Claim(f"{owner}：{text}" if owner else text, (source,)),)
    return ()


def _row_like(asked: Question, solver: Solver) -> tuple[Claim, ...]:
    """Another row of the table that was quoted, when the follow-up says no more than its name (安丘呢? → 安丘县)."""
    name = re.sub(r"(?:又|则)?(?:呢|(?:是|有)?(?:多少|几)[\u4e00-\u9fff]?)?\??$", "", folded(asked.said))
    if len(name) < 2 or LEVEL.search(name):
        return ()
    for row in rows_like(asked, solver.index):
        called = folded(row.cells[0][1])
        if called.startswith(name) or called == name:
            number = solver.index.numbers_of(row.document)[solver.index.of_document(row.document).index(row)]
            finding = Finding(row, number, row.start, row.end, row.text, 1.0, 1.0, row.years, right_year=True)
            return (row_claim(asked, finding, solver.index),)
    return ()


def _said_of(asked: Question, solver: Solver) -> tuple[Claim, ...]:
    """What the sentences quoted before, or those beside them, say of something (薪酬上怎么说); () where none names it."""
    said = folded(asked.said)
    words = [word for word in own_subject(understand(said, solver.index.documents)) if len(word) > 1]
    if not _WHAT_IS_SAID.search(said) or not words:
        return ()
    for spot in spots_beside(asked, solver):
        if all(word in folded(spot.text) for word in words):
            return (spot.claim(0, len(spot.text)),)
    return ()


def _beside(asked: Question, solver: Solver) -> tuple[Claim, ...]:
    said = understand(asked.said, solver.index.documents)
    if said.asks == "text" or (said.asks == "number" and not said.unit):
        # What only names something asks for what the whole question asks for.
        said = replace(said, asks=asked.asks, unit=said.unit or asked.unit, likely_unit=asked.likely_unit)
    if not said.unit and said.content and said.content[-1].endswith("床位"):
        said = replace(said, unit="张")
    terms = tuple(solver.vocabulary.terms_of(said))
    spots = spots_beside(asked, solver)
    # What some sentence says is not told by a mere count in a nearer one.
    for literally, counts in ((True, False), (False, False), (True, True), (False, True)):
        wanted = Wanted(said, folded(asked.said), terms, literally, counts)
        if counts and any(wanted.is_said(claim.text) for claim in solver.solve(asked).draft.claims):
            return ()
        for spot in spots:
            claims = wanted.answer_in(spot)
            if claims:
                return claims
    return ()
