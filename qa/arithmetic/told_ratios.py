"""Figures that a paper tells by another one: 分散供养护理费是集中供养的50%, 1名社工带动20名骨干志愿者."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.arithmetic import calculation, ratios, wording
from qa.arithmetic.calculation import Shown
from qa.arithmetic.contrasts import CONTRASTS
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import wanted_for
from qa.arithmetic.reading import tasks_of
from qa.arithmetic.task import Task
from qa.arithmetic.work import Work
from qa.evidence.claims import Source
from qa.evidence.extractive import Draft
from qa.evidence.relevance import bigrams
from qa.evidence.solving import Solved, Solver, together
from qa.figures.punctuation import JOINING
from qa.figures.quantities import Quantity, Spot, quantities_in, written
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.sentences import sentence_spans

_HOW_MUCH = re.compile("(?P<subject>.+?)(?:是|为|有|要|能)*(?:多少|几)")
# What one kind of something gets of what the other one does.
_OF_THE_OTHER = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,12}?)(?:标准)?(?:按照?|是|为)"
    r"(?P<other>[\u4e00-\u9fff]{2,10}?)(?:标准)?的(?P<rate>\d+(?:\.\d+)?%)"
)
_PAID = re.compile("[\u4e00-\u9fff]{2}(?:费|补贴|补助|津贴)$")
_IS_PAID = re.compile("费|补贴|补助|津贴|钱|待遇|标准")
_WITH_ANOTHER = re.compile(rf"加|和.*(?:{wording.SUM.pattern})")
_TAKES = "带动|联系|服务|负责|结对|帮扶|照料|照护|配备|配|指导|管理|包保"
# 1名社工带动20名骨干志愿者, 每个社区配备1名灾害信息员.
_FOR_EACH = re.compile(
    rf"(?P<each>(?:每一?|\d+)[个名位家户张]?)(?P<who>[\u4e00-\u9fff]{{2,8}}?)(?:至少|各)?(?:{_TAKES})(?=\d)"
)
_SO_MANY = re.compile(
    rf"(?<=[个名位家户张])(?P<who>[\u4e00-\u9fff]{{2,8}}?)(?:一共|总共|共|能够?|可以?|要|应|需要?|得|该|至少|大概)*(?:{_TAKES})(?:多少|几)[个名位家户张]?(?P<whom>[\u4e00-\u9fff]{{2,10}})"
)


def by_told_ratio(asked: Question, solver: Solver) -> Solved | None:
    """A figure worked out by the ratio that a paper tells; None where the question or the papers are of another kind."""
    if (
        asked.asks != "number"
        or asked.is_english
        or asked.confirms
        or asked.is_side
        or len(asked.regions) > 1
    ):
        return None
    work = _ToldRatio(asked, Task("portion", (asked.text,), unit=asked.unit), solver)
    return work.of_the_other() or work.for_so_many()


class _ToldRatio(Work):
    """One figure that is told by another one."""

    def of_the_other(self) -> Solved | None:
        """Of 中度828元(分散供养护理费是集中供养的50%) what 分散供养 gets."""
        text = folded(self._asked.text)
        named = [pair for pair in CONTRASTS if (pair[0] in text) != (pair[1] in text)]
        is_of_money = "元" in (self._asked.unit, self._asked.likely_unit) or (
            not self._asked.unit and _IS_PAID.search(text) is not None
        )
        if not named or not is_of_money:
            return None
        for passage, start, sentence in self._sentences("%"):
            for told in _OF_THE_OTHER.finditer(folded(sentence)):
                one, other = next(
                    (
                        (mine, others)
                        for pair in named
                        for mine, others in (pair, pair[::-1])
                        if mine in told["one"] and others in told["other"] and mine in text
                    ),
                    ("", ""),
                )
                paid = _PAID.search(told["one"])
                if one and (paid is None or paid[0][:2] in text):
                    return self._share(passage, start, sentence, told, one, other)
        return None

    def _share(
        self, passage: Passage, start: int, sentence: str, told: re.Match[str], one: str, other: str
    ) -> Solved | None:
        note = self._operand(passage, start, sentence, self._spot_at(sentence, told.start("rate")), told)
        asks = _HOW_MUCH.match(wording.LASTING.sub("", folded(self._asked.text)).replace(one, other, 1))
        if asks is None:
            return None
        if _WITH_ANOTHER.search(self._asked.text):
            # Of a sum only one part is halved.
            added = self._added(passage, note, told, (one, other))
            if added:
                return added
            solved = self._solve(self._asked)
            draft = Draft((*solved.draft.claims, note.claim()), is_settled=True)
            return together(self._asked, [solved], draft) if solved.draft.claims else None
        base = self._nearest(asks["subject"], passage)
        if base is None:
            return None
        lines = list(ratios.portion(base, note).lines)
        months = wording.LASTING.search(folded(self._asked.text))
        if base.quantity.period == "月" and months and "年" in months[1]:
            of_month = replace(base.quantity, value=base.quantity.value * note.quantity.value / 100)
            lines += calculation.payment(
                replace(base, quantity=of_month), period="年", months=0, people=0
            ).lines
        return self._shown((base, note), Shown(tuple(lines)))

    def _added(
        self, passage: Passage, note: Operand, told: re.Match[str], kinds: tuple[str, str]
    ) -> Solved | None:
        """The sum of the parts that are asked for together, with the one reckoned of which the ratio is told."""
        paid = _PAID.search(told["one"])
        task = next((t for t in tasks_of(self._asked) if t.operation == "sum" and len(t.phrases) > 1), None)
        if task is None or paid is None:
            return None
        operands, parts, lines = [], [], list[str]()
        for phrase in task.phrases:
            base = self._nearest(phrase.replace(*kinds), passage)
            if base is None:
                return None
            part = base
            if paid[0][:2] in phrase:
                lines += ratios.portion(base, note).lines
                value = base.quantity.value * note.quantity.value / 100
                part = replace(base, quantity=replace(base.quantity, value=value))
            operands.append(base)
            parts.append(part)
        lines += calculation.total(tuple(parts), period=task.period, months=task.months).lines
        return self._shown((*operands, note), Shown(tuple(lines)))

    def _nearest(self, phrase: str, passage: Passage) -> Operand | None:
        """The amount of money that a phrase means, in the paper of a passage."""
        wanted = wanted_for((phrase,), self._asked, "元", self._solver.index.documents)[0]
        return next(
            (
                operand
                for operand in self._candidates(wanted, "元")
                if operand.source.passage.document == passage.document and operand.quantity.unit == "元"
            ),
            None,
        )

    def for_so_many(self) -> Solved | None:
        """Of 1名社工带动20名骨干志愿者 how many 15名社工 do."""
        text = folded(self._asked.text)
        asks = _SO_MANY.search(text)
        given = [spot for spot in quantities_in(text) if asks and spot.end <= asks.start("whom")]
        counts = [spot for spot in given if asks and asks["who"][:1] in text[spot.end : spot.end + 2]]
        if asks is None or len(counts) != 1:
            return None
        for passage, start, sentence in self._sentences(asks["whom"][:1]):
            held = folded(sentence)
            for told in _FOR_EACH.finditer(held):
                spot = self._spot_at(sentence, told.end())
                whom = held[spot.end : spot.end + 10] if spot else ""
                is_same = _share_a_word(told["who"], asks["who"]) and _share_a_word(whom, asks["whom"])
                if spot is None or not is_same or _number_of(told["each"]) != 1:
                    continue
                operand = self._operand(passage, start, sentence, spot, told)
                return self._shown((operand,), _times(counts[0].quantity, operand.quantity))
        return None

    def _sentences(self, holding: str) -> Iterator[tuple[Passage, int, str]]:
        """Every sentence that holds a sign, of the papers that the question is limited to, with its passage and its start."""
        index = self._solver.index
        for name in self._asked.documents or tuple(index.documents):
            text = index.documents[name].text
            for passage in index.of_document(name):
                spans = sentence_spans(text, passage.start, passage.end) if holding in passage.text else ()
                for start, end in spans:
                    if holding in text[start:end]:
                        yield passage, start, text[start:end]

    def _spot_at(self, sentence: str, at: int) -> Spot | None:
        return next((spot for spot in quantities_in(sentence) if spot.start == at), None)

    def _operand(
        self, passage: Passage, start: int, sentence: str, spot: Spot | None, told: re.Match[str]
    ) -> Operand:
        """The figure with the words by which it is told."""
        assert spot is not None  # noqa: S101 - the pattern ends in a figure
        first = told.start()
        behind = re.split(f"[{JOINING}。)）]", sentence[spot.end :])[0]
        shown = sentence[first : spot.end + len(behind)]
        source = Source(passage, start + first, start + first + len(shown))
        return Operand(
            "", spot.quantity, source, start + spot.start, start + spot.end, shown, passage.years, 1.0
        )


def _number_of(each: str) -> int:
    digits = re.match(r"\d+", each)
    return int(digits[0]) if digits else 1


def _share_a_word(one: str, other: str) -> bool:
    return bool(set(bigrams(one)) & set(bigrams(other)))


def _times(count: Quantity, each: Quantity) -> Shown:
    result = written(count.value * each.value, each.unit)
    return Shown((f"{written(count.value, '')} × {each} = {result}",))
