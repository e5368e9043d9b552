"""Which figures are the operands of a calculation on several things: those of one sentence, or the best of each together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic.between_years import told_of_both_years
from qa.arithmetic.choosing import chosen
from qa.arithmetic.contrasts import CONTRASTS
from qa.arithmetic.extremes import ExtremesWork
from qa.arithmetic.operand import Operand
from qa.arithmetic.parallel import in_one_sentence
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.sifting import (
    are_of_two_things,
    in_rows_of_their_own,
    of_its_deed,
    of_the_period,
    of_what_is,
    of_what_is_everywhere,
    of_what_is_left,
)
from qa.evidence.extractive import ANSWERABLE
from qa.evidence.graded import grade_named
from qa.evidence.nouns import names_in
from qa.evidence.relevance import bigrams, plain
from qa.evidence.undivided import UNDIVIDED, undivided
from qa.figures.tiers import age_in
from qa.understanding.question import understand
from qa.understanding.words import group_words
from vectorstore.places import bare_name

# A target held against the present state.
_NOW_AND_THEN = re.compile(
    r"(?:目标|规划|计划|任务|要求).*(?:现在|目前|当前|现有|现状|实际)|(?:现在|目前|当前|现有|现状|实际).*(?:目标|规划|计划|任务|要求)"
)
_SPENT = re.compile("(?:发放?|支出|拨付|下拨|支付|花|用|投入?)(?:了|出)?(?:多少|几)")
_STANDARD = re.compile("标准|每人|每月|每个月|一个月|人均")
_NAME_BEFORE = 12
_UNIT_NOTED = re.compile(r"\(.*$")
_HOW_HE_IS = re.compile("[轻中重]度|[全半]?失能|[全半]?失智|(?:不能|完全|半)自理")
_PLANNED = re.compile("计划|目标|任务|指标|预算|应")


class JoiningWork(ExtremesWork):
    """The operands of a calculation on several things."""

    def _side_by_side(self, wanted: Sequence[Wanted]) -> tuple[Operand, ...] | None:
        """All operands in one sentence that names each of them beside its figure."""
        if len(self._asked.regions) > 1 or len({item.question.years for item in wanted}) > 1:
            return None
        found = [finding for item in wanted for finding in self._solve(item.question).answerable[:4]]
        beside = in_one_sentence(wanted, list(dict.fromkeys(found)), self._solver, self._task.unit)
        is_rate = self._asks_for_spending and any(o.quantity.period for o in beside or ())
        return None if is_rate else beside

    @property
    def _asks_for_spending(self) -> bool:
        """Whether it is asked what was paid in all, which no standard tells (一共发了多少钱)."""
        text = self._asked.text
        is_sum = self._task.operation == "sum" and not self._task.period
        return is_sum and _SPENT.search(text) is not None and not _STANDARD.search(text)

    def _told_of_both_years(self, wanted: Sequence[Wanted]) -> tuple[Operand, ...] | None:
        """Both figures of a sentence that raises one thing from the one year to the other."""
        if self._task.operation not in ("difference", "multiple"):
            return None
        found = [finding for item in wanted for finding in self._solve(item.question).answerable[:4]]
        return told_of_both_years(wanted, found, self._solver, self._task.unit)

    def _raised_from_year_before(self, wanted: Sequence[Wanted]) -> tuple[Operand, Operand] | None:
        """Of 2021年…从850元提高到890元 both, where 2020 is asked about as well: what it was raised from is that year's."""
        later, earlier = wanted[0], wanted[-1]
        is_of_one = len(wanted) == 2 and later.own.content == earlier.own.content
        years = later.question.years, earlier.question.years
        is_next = len(years[0]) == len(years[1]) == 1 and years[0][0] == years[1][0] + 1
        return self._two_states(later) if is_of_one and is_next else None

    def _choices(self, wanted: Sequence[Wanted]) -> list[list[Operand]]:
        """What may be each operand, also in a row or sentence that was found for another one."""
        solved = [self._solve(item.question) for item in wanted]
        others = [
            finding
            for part in solved
            for finding in (*part.answerable[:1], *part.findings[:12])
            if finding.coverage >= ANSWERABLE and (finding.passage.cells or finding in part.answerable[:1])
        ]
        choices = [
            self._candidates(item, self._task.unit or item.unit, part, others)
            for item, part in zip(wanted, solved, strict=True)
        ]
        choices = [self._of_age(item) or choice for item, choice in zip(wanted, choices, strict=True)]
        if self._task.period == "月":
            # 每月差多少: what each one gets, and not what was paid to all.
            choices = [[o for o in choice if o.quantity.period] or choice for choice in choices]
        if self._asks_for_spending:
            choices = [[o for o in choice if not o.quantity.period] for choice in choices]
        choices = [
            of_the_period(item, of_what_is(item, of_its_deed(item, choice, self._solver)))
            for item, choice in zip(wanted, choices, strict=True)
        ]
        if len(self._asked.regions) > 1 and not any(item.question.aspect for item in wanted):
            choices = of_what_is_everywhere(choices)
        return [
            of_what_is_left(item, choice)
            or self._of_its_grade(item)
            or self._whatever_their_case(item)
            or self._whether_in_town_or_not(item)
            or self._at_any_time(item)
            for item, choice in zip(wanted, choices, strict=True)
        ]

    def _of_the_named_row(
        self, wanted: Sequence[Wanted], choices: Sequence[list[Operand]]
    ) -> list[list[Operand]]:
        """Of two columns of the row that a question names once (养老服务建设调整后预算和实际支出) both in that row."""
        row = choices[0][0].source.passage if len(choices) == 2 and choices[0] else None
        asked, first = plain(self._asked.text), plain(wanted[0].question.text)
        if row is None or not row.cells or plain(row.cells[0][1]) not in first:
            return list(choices)
        heads = {_UNIT_NOTED.sub("", plain(column)) for column, _ in row.cells[1:]}
        others = [head for head in heads if len(head) > 1 and head in asked and head not in first]
        if len(others) != 1:
            return list(choices)
        text = f"{row.region}{row.cells[0][1]}{others[0]}是多少"
        question = replace(
            understand(text, self._solver.index.documents), documents=wanted[0].question.documents
        )
        item = replace(wanted[1], name=others[0], question=question, own=question)
        found = [o for o in self._candidates(item, item.unit) if o.source.passage.id == row.id]
        return [choices[0], found or choices[1]]

    def _of_age(self, item: Wanted) -> list[Operand]:
        """What somebody of the age that an operand names gets, where a list or a sentence gives one sum to each age."""
        is_paid = self._task.operation == "difference" and age_in(item.question.text) is not None
        return self._tier_told(item.question) if is_paid else []

    def _of_its_grade(self, item: Wanted) -> list[Operand]:
        """What the line of a list by grade gives to the grade that an operand is of (低保二类区), asked for as a standard."""
        grade = grade_named(item.own.text)
        if not grade or "标准" in item.question.text:
            return []
        text = re.sub("是?多少.*$", "标准是多少元", item.question.text)
        asked = replace(understand(text, self._solver.index.documents), documents=item.question.documents)
        return self._candidates(replace(item, question=asked), "元")

    def _whatever_their_case(self, item: Wanted) -> list[Operand]:
        """What all of the group get, where a sum asks for what one of a certain kind gets (生活费 of 全失能的特困)."""
        if self._task.operation != "sum" or not self._task.context:
            return []
        groups = [
            _HOW_HE_IS.sub("", piece)
            for piece in item.question.content
            if any(word in piece for word in group_words())
        ]
        content = tuple(dict.fromkeys((*groups, *item.own.content)))
        if content == item.question.content:
            return []
        plainly = replace(item, question=replace(item.question, content=content))
        return self._candidates(plainly, self._task.unit or item.unit)

    def _whether_in_town_or_not(self, item: Wanted) -> list[Operand]:
        """The standard of a place that does not divide it, where that of the town is asked for; which is said."""
        whole = undivided(item.question, self._solver.index.documents)
        own = undivided(replace(item.own, regions=item.question.regions), self._solver.index.documents)
        if len(self._asked.regions) < 2 or whole is None or own is None:
            return []
        found = self._candidates(replace(item, question=whole, own=own), self._task.unit or item.unit)
        if found:
            self._notes.append(f"{'、'.join(whole.regions)}的{UNDIVIDED}")
        return found

    def _at_any_time(self, item: Wanted) -> list[Operand]:
        """What another place has of whatever year, where the year that is named stands beside the first place alone."""
        years, text = item.question.years, self._asked.text
        first = min((text.find(bare_name(place)) for place in self._asked.regions), default=-1)
        is_inherited = len(years) == 1 and first >= 0 and str(years[0]) not in text[:first] + item.name
        if len(self._asked.regions) < 2 or not is_inherited:
            return []
        question = replace(item.question, years=(), text=item.question.text.replace(f"{years[0]}年", ""))
        return self._candidates(replace(item, question=question, dates=()), self._task.unit or item.unit)

    def _together(
        self, wanted: Sequence[Wanted], choices: Sequence[list[Operand]]
    ) -> tuple[Operand, ...] | None:
        """One operand of each list, the best together; None when they make no calculation."""
        if self._task.operation == "share" and len(choices) > 2:
            # The part is one of those that make the whole, or a figure of its own.
            wholes = chosen(choices[1:], must_match=True)
            return (choices[0][0], *wholes) if wholes else None
        # What was done can exceed what was planned; a part never exceeds its whole.
        is_part = self._task.operation == "share" and not _PLANNED.search(self._asked.text)
        if self._task.says_which:
            choices = [
                [operand for operand in choice if _names_its_own(item, operand)]
                for item, choice in zip(wanted, choices, strict=True)
            ]
            if not all(choices):
                return None
        operands = chosen(
            choices,
            must_match=self._task.operation != "sum",
            first_is_part=is_part and len(choices) == 2,
            first_is_whole=self._task.operation == "rest",
        )
        if operands and len(self._asked.regions) > 1 and len({o.source.passage.region for o in operands}) < 2:
            # Two figures of one place are no calculation on two.
            return None
        is_of_one_thing = len({(item.own.content, item.question.named) for item in wanted}) == 1
        if operands and is_of_one_thing and are_of_two_things(operands, self._solver):
            return None
        if operands and self._task.operation == "sum" and not in_rows_of_their_own(operands, wanted):
            return None
        return operands

    def _behind_its_whole(
        self, wanted: Sequence[Wanted], choices: Sequence[list[Operand]]
    ) -> tuple[Operand, ...] | None:
        """Of 床位1380张,其中护理型745张 both: the whole is called by less than it is asked for (养老床位)."""
        if self._task.operation != "share" or len(choices) != 2 or not choices[0]:
            return None
        one, other = (item.own.text for item in wanted)
        if any((a in one and b in other) or (b in one and a in other) for a, b in CONTRASTS):
            # 集中供养是分散供养的几分之几: the other one is no whole of the one.
            return None
        pair = self._with_whole(choices[0][0])
        if pair is None:
            return None
        part, whole = pair
        if choices[1] and choices[1][0].start == whole.start:
            return None
        text = self._solver.index.documents[part.source.passage.document].text
        before = text[max(0, whole.start - _NAME_BEFORE) : whole.start]
        return pair if any(name in before for name in bigrams("".join(wanted[1].own.content))) else None

    def _holds_state_against_aim(self, wanted: Sequence[Wanted]) -> bool:
        is_of_one = len(wanted) == 2 and len(self._asked.regions) < 2
        return is_of_one and _NOW_AND_THEN.search(self._asked.text) is not None


def _names_its_own(item: Wanted, operand: Operand) -> bool:
    """Whether a row is called by what comes first in what it was found for (行政村养老设施 is no 县级行政区域)."""
    names = [wordings for found in names_in(item.own) for wordings in found][:1]
    return not operand.source.passage.cells or all(
        any(wording in plain(operand.shown) for wording in wordings) for wordings in names
    )
