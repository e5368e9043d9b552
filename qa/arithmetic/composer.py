"""Questions that are answered by a calculation: operands from cited spans, the result shown line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic import calculation, ratios
from qa.arithmetic.choosing import is_of_which
from qa.arithmetic.counting import counted_rows
from qa.arithmetic.english import english_task, english_wanted
from qa.arithmetic.implied import implied
from qa.arithmetic.joining import JoiningWork
from qa.arithmetic.mismatches import mismatch, share_years
from qa.arithmetic.one_sentence import of_one_sentence
from qa.arithmetic.operand import Operand
from qa.arithmetic.part_of_whole import part_of_whole
from qa.arithmetic.phrases import Wanted, wanted_for
from qa.arithmetic.planned import planned_and_done
from qa.arithmetic.reading import tasks_of
from qa.arithmetic.repeated import of_figures_repeated
from qa.arithmetic.sifting import in_one_unit
from qa.arithmetic.stating import stated_result
from qa.arithmetic.told_ratios import by_told_ratio
from qa.arithmetic.worked_back import worked_back
from qa.arithmetic.years_before import with_named_years
from qa.evidence.claims import CALCULATION, Claim
from qa.evidence.dating import is_of_year_before
from qa.evidence.extractive import Draft
from qa.evidence.solving import Solved, Solver
from qa.evidence.years_together import told_together
from qa.figures.quantities import quantities_in, same_family
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.numerals import YEAR

# Which phrase of an operation is the whole of which the other is a part.
_WHOLES = {"share": (1,), "rest": (0,)}
# Asked so, figures of two years are what is to be held against each other.
_OVER_TIME = re.compile(
    r"原[来先有]|以前|之前|过去|老标准|旧标准|去年|上一?年|现在|现有|调整|提[高标]|新的?(?:标准|[^增建开,?]{2,8}比)"
)
_ASKS_WHICH = re.compile("谁|哪(?:一?个|边|里|家|儿|地)")
# 智慧养老院建几家、服务站几个、养老机构总共多少家: the total is that of a third thing, and no sum of the two.
_OWN_TOTAL = re.compile(
    r"(?:多少|几)[^,、]{0,3}[,、][^,、]*(?:多少|几)[^,、]{0,3}[,、][^,、的]{4,}(?:总共|一共)(?:有|是)?(?:多少|几)[^,、]{0,3}$"
)
# 生活补贴和护理补贴都能拿: what one of them comes to is no answer.
_TWO_PAID = re.compile(
    "(?:补贴|津贴|补助|[低护生活]保?[金费])(?:和|与|加|、|跟)[\u4e00-\u9fff]{2,8}(?:补贴|津贴|补助|[金费])"
)
_GREW = re.compile("翻|[增涨升]")
_FORMERLY = re.compile("原[来先]|以前|之前|过去|去年|上一?年")


def _in_order_of_time(operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """Two operands so that the one called 原来 is the earlier: 1135元 of 2024, where 2025 has 1180元."""
    if len(operands) != 2 or not all(operand.years for operand in operands):
        return operands
    now, former = operands
    is_late = _FORMERLY.search(former.name) is not None and former.years[-1] > now.years[-1]
    return (replace(former, name=now.name), replace(now, name=former.name)) if is_late else operands


def _later_first(operands: tuple[Operand, ...], text: str) -> tuple[Operand, ...]:
    """Of 2010年和2015年…翻了几倍 the later year's figure first: it is told how many times the former it is."""
    one, other = operands[:2]
    is_over_time = _GREW.search(text) is not None and bool(one.years) and bool(other.years)
    return (other, one) if is_over_time and one.years[-1] < other.years[-1] else operands


def calculated(asked: Question, solver: Solver) -> Solved | None:
    """The solution of a question for a sum, difference, share, rate, multiple, average or another period.

    None when it asks for no calculation, when the documents state the result themselves, or when no operand
    is found, so that the question is answered as it stands. The draft names an operand that is missing.
    """
    if asked.elsewhere or (len(asked.regions) > 1 and _ASKS_WHICH.search(asked.text)):
        # Which of the places has more is told by the table of a comparison, with the years.
        return None
    found = (
        of_figures_repeated(asked, solver)
        or by_told_ratio(asked, solver)
        or planned_and_done(asked, solver)
        or of_one_sentence(asked, solver)
    )
    if found:
        return found
    english = english_task(asked) if asked.is_english else None
    tasks = [english] if english else tasks_of(asked)
    if is_of_year_before(asked) and all(task.operation == "share" for task in tasks):
        # 去年的入住率: what this year's counts make is none of last year's.
        former = worked_back(asked, solver)
        if former:
            return former
    has_own_total = _OWN_TOTAL.search(folded(asked.text)) is not None
    for task in tasks:
        is_of_one_payment = task.operation == "payment" and _TWO_PAID.search(task.phrases[0]) is not None
        if (has_own_total or is_of_one_payment) and task.is_weak:
            continue
        if len(asked.regions) > 1 and len(task.phrases) < 2 and not english:
            # One thing of two places is two things.
            continue
        stated = stated_result(task, asked, solver)
        beside = part_of_whole(asked, task, solver) if task.is_weak and not stated else None
        solved = stated.solved if stated else beside or _Work(asked, task, solver).solved()
        if stated or solved:
            return solved
    return part_of_whole(asked, None, solver) or worked_back(asked, solver) or implied(asked, solver)


# From the first to the last step: 2016到2019年总共涨了多少.
_OVER_ALL = re.compile(rf"总共|一共|总计|累计|合计|[到至—-]{YEAR}")


class _Work(JoiningWork):
    """One calculation in the making."""

    def solved(self) -> Solved | None:
        """The operands found, joined; None when there is nothing to join."""
        documents = self._solver.index.documents
        extremes = self.between_extremes()
        if extremes:
            return extremes
        counted = counted_rows(self._task, self._asked, self._solver.index)
        if counted:
            ordinary = self._solve(self._asked)
            return replace(ordinary, draft=Draft(tuple(counted), is_settled=True))
        if self._asked.is_english:
            wanted = english_wanted(self._task, self._asked, documents)
        else:
            phrases = with_named_years(self._task.phrases, self._asked, documents)
            if not phrases and self._task.operation == "difference":
                # 比上年涨了多少: how the thing itself changed, as one sentence says.
                phrases = self._task.phrases[:1]
            if not phrases:
                return None
            wanted = wanted_for(
                phrases,
                self._asked,
                self._task.unit,
                documents,
                context=self._task.context,
                wholes=_WHOLES.get(self._task.operation, ()) if len(phrases) == 2 else (),
            )
        # The part of what several make together is mostly one of them.
        self._wanted = () if self._task.operation == "share" and len(wanted) > 2 else wanted
        if any(item.question.elsewhere or item.question.is_outside for item in wanted):
            return None
        return self.of_one(wanted[0]) if len(wanted) == 1 else self._of_several(wanted)

    def _of_several(self, wanted: Sequence[Wanted]) -> Solved | None:
        is_of_one = len({item.own.content for item in wanted}) == 1 and len(self._asked.regions) < 2
        # Of two years that are both named each has its own step.
        years = [item.question.years for item in wanted]
        is_over_all = _OVER_ALL.search(self._asked.text) is not None
        of_two_years = not is_over_all and len(set(years)) == len(years) and all(len(y) == 1 for y in years)
        if self._task.operation == "difference" and is_of_one and not of_two_years:
            steps = self._first_and_last(wanted[0])
            if steps:
                return self._joined(steps)
        told = self._told_of_both_years(wanted) if is_of_one else None
        beside = told or (None if self._task.operation == "share" else self._side_by_side(wanted))
        if beside:
            return self._joined(beside)
        choices = self._choices(wanted)
        if self._task.operation == "difference" and choices[0] and not choices[-1]:
            raised = self._raised_from_year_before(wanted)
            if raised:
                return self._joined(raised)
        if self._task.operation == "difference" and len({item.own.content for item in wanted}) == 1:
            choices = in_one_unit(choices)
        if not all(choices):
            return self._with_one_implied(wanted, choices) or self._of_some(wanted, choices)
        if self._task.operation == "difference":
            choices = self._of_the_named_row(wanted, choices)
        operands = self._behind_its_whole(wanted, choices) or self._together(wanted, choices)
        if operands:
            return self._joined(operands)
        return self._present_and_target(wanted) if self._holds_state_against_aim(wanted) else None

    def _with_one_implied(self, wanted: Sequence[Wanted], choices: Sequence[list[Operand]]) -> Solved | None:
        """The difference to a figure that no sentence states, but one implies (养老床位达到3200张,护理型占比60%)."""
        if self._task.operation != "difference" or len(wanted) != 2 or not any(choices):
            return None
        at = 1 if choices[0] else 0
        worked = implied(wanted[at].question, self._solver)
        claims = list(worked.draft.claims) if worked else []
        if not claims or not claims[-1].text.startswith(CALCULATION):
            return None
        stated = choices[1 - at][0]
        quantity = quantities_in(claims[-1].text)[-1].quantity
        if not same_family(quantity.unit, stated.quantity.unit):
            return None
        operand = replace(stated, name=wanted[at].name, quantity=quantity)
        pair = (operand, stated) if at == 0 else (stated, operand)
        lines = [claims[-1].text.removeprefix(CALCULATION).rstrip("。"), *self._difference(*pair).lines]
        shown = [*claims[:-1], stated.claim()]
        sources = tuple(dict.fromkeys(source for claim in shown for source in claim.sources))
        findings, evidence = self._gathered([stated])
        draft = Draft((*shown, Claim(f"{CALCULATION}{'；'.join(lines)}。", sources)), is_settled=True)
        return Solved(self._asked, findings, draft, evidence)

    def _of_some(self, wanted: Sequence[Wanted], choices: Sequence[list[Operand]]) -> Solved | None:
        """What is found where an operand is missing, which is said; None where the ordinary answer is better."""
        aimed = self._present_and_target(wanted) if self._holds_state_against_aim(wanted) else None
        if aimed:
            return aimed
        found = [choice for choice in choices if choice]
        if not found:
            return self._of_several_years(wanted)
        is_part_missing = self._task.operation in ("share", "rest") and not choices[0]
        # Of a weak reading, of several places, or with more wording in common, the ordinary answer is the better half.
        if is_part_missing or len(self._asked.regions) > 1 or self._task.is_weak or self._task.context:
            return None
        missing = tuple(item.name for item, choice in zip(wanted, choices, strict=True) if not choice)
        return self._drafted([choice[0] for choice in found], (), missing)

    def _of_several_years(self, wanted: Sequence[Wanted]) -> Solved | None:
        """Of two years of one thing that the paper does not tell apart: what it tells of them together, and that it does."""
        years = {year for item in wanted for year in item.question.years}
        is_of_one = len({item.own.content for item in wanted}) == 1 and len(self._asked.regions) < 2
        if not is_of_one or len(years) != len(wanted):
            return None
        return told_together(self._solve(self._asked), sorted(years))

    def _joined(self, operands: tuple[Operand, ...]) -> Solved | None:
        task = self._task
        operands = _in_order_of_time(operands)
        is_row = bool(operands[0].source.passage.cells) and len({o.source for o in operands}) == 1
        is_given = is_row or any(item.given for item in self._wanted)
        is_over_time = is_given or _OVER_TIME.search(self._asked.text) is not None
        # Of two projects of one paper each has a year of its own.
        is_of_two = task.says_which and len({o.source.passage.section for o in operands}) == 1
        years_named = bool(self._asked.years or self._asked.plan_years) or is_over_time or is_of_two
        is_part = task.operation == "share" and is_of_which(*operands[:2])
        refusal = mismatch(operands, period=task.period, years_named=years_named, is_of_which=is_part)
        if refusal and self._task.is_weak and self._task.operation == "share":
            # Figures of two units are no part and whole: another figure was found for one of them.
            return None
        if refusal:
            return self._drafted(operands, (refusal,))
        if len(self._asked.regions) > 1 and not share_years(operands):
            self._notes.append("各处的年份不同，比较时请注意。")
        if task.operation == "sum":
            shown = calculation.total(operands, period=task.period, months=task.months)
        elif task.operation == "share":
            shown = ratios.share(*operands)
        elif task.operation == "multiple":
            shown = ratios.multiple(*_later_first(operands, folded(self._asked.text)))
        elif task.operation == "rest":
            shown = calculation.left_over(operands)
        else:
            shown = self._difference(*operands)
        return self._shown(operands, shown)
