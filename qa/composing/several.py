"""Several questions in one: taken apart at their stops, each answered, what has no answer named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic.composer import calculated
from qa.composing.counted_names import counted_names
from qa.composing.one_passage import Told, told, told_by_one, with_neighbours
from qa.composing.overview_wording import asks_for_all_work
from qa.composing.pieces import MOST_PARTS, of_each, pieces_of, sentences_asking
from qa.composing.same_row import with_same_row
from qa.composing.told_whole import LATER, NOW, answers_all, said_by
from qa.evidence.claims import Claim, widest
from qa.evidence.extractive import Draft
from qa.evidence.nouns import names_in
from qa.evidence.relevance import coverage
from qa.evidence.solving import Solved, Solver, together
from qa.figures.values import figures_in
from qa.tables import looked_up
from qa.understanding.asking import Aspect, asks_in_parts
from qa.understanding.question import Question, understand
from qa.understanding.wording import synonyms_in
from vectorstore.folding import folded
from vectorstore.places import bare_name

# What share of its own words an answer to a part says that need not be looked for otherwise, and what another must say.
_SAYS_SOME, _SAYS_MOST = 0.4, 0.7
# What share of them the cell of a table must say that is taken for the answer to a part.
_NAMES_CELL = 0.6
# What everything has is no subject of its own (救助了多少人,花了多少钱): it is that of the part before.
_OF_ANYTHING = frozenset((
    "科室", "单位", "部门", "处室", "资金", "经费", "金额", "投资", "钱", "数量", "面积", "人数", "比例", "占比", "时间",
    "属性", "性质", "受益", "惠及", "受众", "人次",
    "年均增长", "增长率", "增速", "增长", "人均", "户均", "平均", "覆盖率", "入住率", "完成率", "达标率", "合格率", "使用率",
))  # fmt: skip
# What only asks how they are called, and names in a sentence.
_ASKS_NAMES = re.compile("^[\u4e00-\u9fff]?(?:名字?|名称|叫)(?:分别|都|各|是|叫|做|有)*(?:什么|啥|哪[些几]?)")
_NAMES = re.compile("[《“][^》”]{2,30}[》”]|[\u4e00-\u9fff]{2,}、[\u4e00-\u9fff]{2,}")
_STANDARD, _BARE_KIND = re.compile("标准(?!化)"), re.compile("[\u4e00-\u9fff]{2,4}(?:多少|呢)")
_AT_ANOTHER_TIME = re.compile(
    "目标|十[一二三四]五|原[来先本]|以前|之前|此前|最[后终初]|实际|目前|现在|后来|起初|一开始"
)
_SINCE, _MOST_NAMES = re.compile("开始|起|执行|实施|生效|施行"), 2
_OF_WHAT_WENT_BEFORE = re.compile(
    "(?:有|能提供|设)?(?:多少|几)|(?:[建设开办放落]|位于|坐落|分布|安排)?[在到于]?(?:哪[里儿]?|什么地方|"
    "(?:哪(?:[些个]|几个?)|什么|啥)(?:地方|街道|社区|乡镇|[镇乡村]|小区|[县区市]{1,2}))$"
)


def taken_apart(asked: Question, solver: Solver) -> Solved | None:
    """The answers to the questions that a question consists of; None when it is one, or one sentence answers all."""
    if asked.confirms or asked.is_english or asks_for_all_work(asked) or asks_in_parts(folded(asked.text)):
        return None
    pieces = _pieces(asked, solver)
    if not 2 <= len(pieces) <= MOST_PARTS:
        return None
    parts = _parts(asked, pieces, solver)
    wanted = [told(part, piece, solver) for part, piece in zip(parts, pieces, strict=True)]
    calculations = [calculated(part, solver) for part in parts]
    solutions = [
        found or _in_its_own_words(one, solver) for found, one in zip(calculations, wanted, strict=True)
    ]
    # What is asked in sentences of its own is answered on its own, whatever else one sentence gives.
    is_one_sentence = len(sentences_asking(folded(asked.text))) < len(pieces)
    if is_one_sentence and not any(calculations) and answers_all(asked, wanted, solutions, solver):
        return None
    # No sentence tells what is asked of a place that has no paper here.
    is_told_apart = any(calculations) or bool(asked.elsewhere)
    by_one = None if is_told_apart else told_by_one(asked, wanted, [solver.solve(asked), *solutions], solver)
    settled = [number for number, found in enumerate(calculations) if found]
    solutions = with_same_row(wanted, solutions, solver)
    solutions = _with_counts(parts, with_neighbours(wanted, solutions, solver, settled=settled), solver)
    return by_one or _put_together(asked, pieces, _each_its_own(wanted, solutions))


def _each_its_own(wanted: Sequence[Told], solutions: Sequence[Solved]) -> list[Solved]:
    """The solutions, without one that says no word of its part and only quotes what answers another part: it has none."""
    quoted = [{(s.passage.id, s.start) for c in found.draft.claims for s in c.sources} for found in solutions]
    answers = [one.says(said_by(found)) for one, found in zip(wanted, solutions, strict=True)]
    kept = []
    for number, (one, found) in enumerate(zip(wanted, solutions, strict=True)):
        is_anothers = any(
            quoted[number] & quoted[other]
            and answers[other] >= _SAYS_MOST
            and not _gives_more(one.part.unit, found, solutions[other])
            for other in range(len(wanted))
            if other != number
        )
        # 原来是多少, 最后调到多少: of the same thing, at another time.
        names_own = bool(one.words) and not _AT_ANOTHER_TIME.search(one.alone.text)
        is_none = names_own and not answers[number] and one.part.asks == "number" and is_anothers
        kept.append(replace(found, draft=Draft(())) if is_none else found)
    return kept


def _gives_more(unit: str, found: Solved, other: Solved) -> bool:
    """Whether an answer gives a figure in the unit asked for (服务受众1万人) and the other one none."""
    given, others = (any(f.unit == unit for f in figures_in(said_by(each))) for each in (found, other))
    return bool(unit) and given and not others


def _pieces(asked: Question, solver: Solver) -> list[str]:
    """The parts of a question; those that only name a place (下陆和荆门各多少) are of one thing, and none."""
    pieces, documents = pieces_of(folded(asked.text)), solver.index.documents
    is_of_each = pieces == of_each(folded(asked.text))
    return [] if is_of_each and not all(understand(piece, documents).content for piece in pieces) else pieces


def _with_counts(parts: Sequence[Question], solutions: Sequence[Solved], solver: Solver) -> list[Solved]:
    """The solutions; where one is wanting, how many names those of the other parts quote."""
    return [
        solution if solution.draft.claims else counted_names(part, solver, solutions) or solution
        for part, solution in zip(parts, solutions, strict=True)
    ]


def _put_together(asked: Question, pieces: Sequence[str], solutions: Sequence[Solved]) -> Solved | None:
    """The claims of all parts, and which have none; None where none has any."""
    if not any(solution.draft.claims for solution in solutions):
        return None
    claims = widest([claim for solution in solutions for claim in solution.draft.claims])
    missing = tuple(
        f"“{piece}”"
        for piece, solution in zip(pieces, solutions, strict=True)
        if not (solution.draft.claims or _is_named_by(piece, claims))
    )
    draft = Draft(tuple(claims), missing, asked.elsewhere, is_settled=True)
    return together(asked, solutions, draft)


def _is_named_by(piece: str, claims: Sequence[Claim]) -> bool:
    """Whether a part only asks for the names (书名是什么) of what another part's answer names."""
    return _ASKS_NAMES.search(piece) is not None and any(_NAMES.search(claim.text) for claim in claims)


def _in_its_own_words(one: Told, solver: Solver) -> Solved:
    """The part's solution; that of its own words alone where the first says little of them (支出型封顶多少 after 急难型…)."""
    solution = _solved(one.part, solver)
    if not one.words or one.says(said_by(solution)) >= _SAYS_SOME:
        return solution
    alone = solver.solve(one.alone)
    return alone if one.says(said_by(alone)) >= _SAYS_MOST else solution


def _solved(part: Question, solver: Solver) -> Solved:
    """The part's solution; where no sentence answers it, the cell of a table that its words name."""
    solution = solver.solve(part)
    if solution.draft.claims:
        return solution
    cell = looked_up(part, solver)
    if cell and coverage(solver.vocabulary.terms_of(part), said_by(cell)) < _NAMES_CELL:
        # 覆盖率 is told of many things; the row has to be about this one.
        cell = None
    return cell or _since_when(part, solver) or _of_its_own(part, solver) or solution


def _of_its_own(part: Question, solver: Solver) -> Solved | None:
    """A part like 持证护理员呢 taken for what it names itself, where it is none of what was asked about before."""
    own = understand(part.text, solver.index.documents)
    if not part.text.endswith("呢") or own.content == part.content or not _names_something(own):
        return None
    alone = solver.solve(replace(part, content=own.content, unit="", likely_unit=""))
    return alone if alone.draft.claims else None


def _since_when(part: Question, solver: Solver) -> Solved | None:
    """From when something holds, asked behind what it is (孤儿集中和散居各多少,什么时候开始): told of the thing itself alone."""
    if part.asks != "date" or not _SINCE.search(part.text):
        return None
    names = [wordings[0] for found in names_in(part) for wordings in found]
    for name in names[:_MOST_NAMES]:
        solution = solver.solve(replace(part, content=(name, "执行")))
        if solution.draft.claims:
            return solution
    return None


def _stage_of(piece: str, pieces: Sequence[str]) -> Aspect:
    """Of what there is now and what there shall be, which a part asks for; "" where the parts do not differ in it."""
    if not (any(map(NOW.search, pieces)) and any(map(LATER.search, pieces))):
        return ""
    return "target" if LATER.search(piece) else "result"


def _names_something(asked: Question) -> bool:
    nouns = [wordings for names in names_in(asked) for wordings in names]
    return any(_OF_ANYTHING.isdisjoint(wordings) for wordings in nouns)


def _without_measure(content: Sequence[str]) -> tuple[str, ...]:
    """What is asked about, of it and its measure (慈善基地 of 慈善基地面积), which is asked about next in another measure."""
    bare = (re.sub(f"(?<=..)(?:{'|'.join(_OF_ANYTHING)})$", "", piece) for piece in content)
    return tuple(piece for piece in bare if piece not in _OF_ANYTHING and len(piece) > 1) or tuple(content)


def _money_meant(piece: str, own: Question, before: Sequence[Question]) -> str:
    """元 for a part about a standard, and for a bare kind (农村多少, 全护理呢) behind a part about money; else ""."""
    goes_on = bool(before) and _BARE_KIND.fullmatch(piece) is not None
    is_money = _STANDARD.search(piece) or (goes_on and "元" in (before[-1].unit, before[-1].likely_unit))
    return "元" if is_money and not own.unit else ""


def _names_before(parts: Sequence[Question], asked: Question, *, alone: bool) -> tuple[str, ...]:
    """The names of the part before, for one that has no subject of its own: 船山和射洪哪个床位多,差多少 is of those two."""
    return () if alone else (parts[-1].named if parts else asked.named)


def _parts(asked: Question, pieces: Sequence[str], solver: Solver) -> list[Question]:
    """Each part as a question of its own: place and years from the whole, its subject from the part before."""
    parts: list[Question] = []
    subject: tuple[str, ...] = ()
    is_of_each = pieces == of_each(folded(asked.text))
    years = asked.years if is_of_each else ()
    for piece in pieces:
        own = understand(piece, solver.index.documents)
        if piece.endswith("呢") and parts:
            # 城市多少,农村呢: the same of another.
            own = replace(own, asks=parts[-1].asks, unit=parts[-1].unit, likely_unit=parts[-1].likely_unit)
        is_whole = any(piece.startswith(bare_name(region)) for region in own.regions)
        is_term = any(_OF_ANYTHING.isdisjoint(synonym.official) for synonym in synonyms_in(piece))
        # 康养中心什么时候建,多少床位: what only counts is of what was asked about before.
        is_counted_only = bool(parts) and _OF_WHAT_WENT_BEFORE.match(piece) is not None
        is_named = is_whole or (is_of_each and bool(own.content)) or is_term or _names_something(own)
        # “十三五”目标多少 names a time, and nothing of its own.
        alone = is_named and bool(own.content) and not piece.endswith("呢") and not is_counted_only
        content = own.content if alone or not subject else (*subject, *own.content)
        if parts and own.asks == "date" and not is_named:
            # 孤儿集中和散居的各多少,什么时候开始: of all of it.
            content = (*parts[0].content, *own.content)
        subject = _without_measure(content) if alone else subject
        # A year that only a later part names (…,火化率2020年多少) is none of those before it.
        years = own.years or (() if own.plan_years else years)
        parts.append(
            replace(
                asked,
                text="".join((*asked.regions, *content)) + piece if content != own.content else piece,
                content=content,
                named=own.named or _names_before(parts, asked, alone=alone),
                regions=own.regions or asked.regions,
                documents=own.documents or asked.documents,
                years=years,
                plan_years=own.plan_years or asked.plan_years,
                asks=own.asks,
                unit=own.unit,
                likely_unit=own.likely_unit or _money_meant(piece, own, parts),
                aspect=own.aspect or _stage_of(piece, pieces) or asked.aspect,
                wants_several=own.wants_several,
                list_size=own.list_size,
            )
        )
    return parts
