"""What a follow-up's own words want of a sentence beside what was quoted: its time, its place, its figure, its change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.composing.beside import LEVEL, Spot, in_unit
from qa.evidence.amounts import has_amount, is_in_unit_asked
from qa.evidence.claims import Claim
from qa.evidence.relevance import Term, coverage, plain
from qa.figures.values import Figure, figures_in
from qa.understanding.antecedents import own_subject
from qa.understanding.question import Question
from qa.understanding.wording import synonyms_in
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans, shortest_run

_DATE = re.compile(
    r"(?:19|20)\d{2}\s*年(?:度|底|末|初)?(?:\d{1,2}\s*月)?(?:\d{1,2}\s*日)?|\d{1,2}\s*月(?:\d{1,2}\s*日|底|初|末)?|年[底末内]"
)
_SITE = re.compile(r"选址|位于|坐落|建在|设在|地址|地处")
_LOCALITY = re.compile("[\u4e00-\u9fff]{2,4}(?:镇|街道|乡|村|社区)(?=、|和|及|\\d|[一二三四五六七八九两]处)")
_FORMER = re.compile(
    r"(?:它|这|那)?(?:是)?(?:原来|原先|以前|之前|过去|本来|此前|老标准|原标准|旧标准|(?:调整|提高|提标|上调|涨)(?:之|以)?前|从多少(?:提|涨|调|升)[\u4e00-\u9fff]{0,4})"
    r"(?:的|呢|是|为|有|标准|到底)*(?:多少)?(?:钱|元|块)?(?:呢)?\??"
)
RISE = re.compile(
    r"(?:它|这|那)?(?:比(?:原来|以前|之前|上年|去年|原标准|调整前))?(?:一共|总共|这次)?(?:提高|提升|上调|调高|增加|增长|涨|上涨|多|高|调)(?:了|出)?(?:多少|几)(?:钱|元|块|个百分点)?(?:呢)?\??"
)
# 平均每户多少, 人均多少: the amount asked about last, by what it was given to.
EACH = re.compile(
    r"(?:平均|均摊|人均|户均)?(?:下来)?(?:到|给)?(?:每一?|(?<=平均)一)(?P<unit>人次|[户人个家张所处名位对件座项])(?:项目|机构|镇|村|社区|街道)?(?:是|有|能|补|发|花|合)*(?:多少|几)(?:钱|元|块|万元|[张个人名件次所])?(?:呢)?\??|"
    r"(?P<per>[人户])均(?:是)?多少(?:钱|元)?(?:呢)?\??"
)
_CHANGE = re.compile(
    r"(?:从|由)[^\d,。;]{0,10}(\d[\d,.]*)(?:元|%|人|张|家|个)?(?:/月|/年)?(?:提高|提升|增加|调整|上调|增长|上升)[到至为](?:每人每[年月])?"
    r"(\d[\d,]*(?:\.\d+)?)(元|%|人|张|家|个)"
)
# A figure with the one before it: 从A提高到B, 由A调整为B, 较原标准每人每月A提高….
_FROM_TO = re.compile(r"(?:从|由)[^,。;]{0,12}\d[^,。;]{0,8}(?:提高|提升|增加|调整|上调|增长|上升)[到至为]")
_SINCE_BEFORE = re.compile(r"(?:较|比|在)(?:原|上年|去年|此前)[^,。;]{0,10}\d|原(?:标准|来)?[^,。;]{0,8}\d")
_SHARE = re.compile(r"占(?!地|用)|比[例重]|百分之")
_BEGINS = re.compile(
    r"什么时[候间]?(?:起|开始|执行|实施)|何时(?:起|开始)|哪(?:天|年|个?月)(?:起|开始)|开始(?:执行|实施)"
)
_FROM_THEN = re.compile(r"[自从][^,。;]{0,14}[日月年]起|起(?:执行|实施|施行)")
_AGE = re.compile(r"\d{2,3}(?=周?岁|[到至—-])")
# Of a sentence that says so much of the follow-up's own words.
_SAYS_IT = 0.7
_SAYS_ALL = 0.99
# Sentences that are quoted whole: at all, and where a time is told in one clause and what it is of in another.
_SHORT_SENTENCE, _READABLE = 60, 110
# What only asks, behind the name of what is asked about.
_ASKED = re.compile(
    r"(?:的|又|则)*(?:呢|(?:一共|总共)?(?:是|有|占|发|花|补)*了?(?:多少|几)[\u4e00-\u9fff]{0,3})?\??$"
)
_A_NAME = 3
# 志愿者 do 志愿服务.
_WHO_DO = re.compile(r"(?:者|人员)$")
# Letters of a clause that only names another level: 中度828元.
_SHORT = 16


@dataclass(frozen=True)
class Wanted:
    """What a follow-up's own words want of a sentence; `literally`: its nouns in the very words that it uses; `counts`: a
    figure in its unit will do."""

    said: Question
    words: str
    terms: Sequence[Term]
    literally: bool
    counts: bool

    def answer_in(self, spot: Spot) -> tuple[Claim, ...]:
        """What the sentence answers, () when it does not."""
        if _FORMER.fullmatch(self.words) or RISE.fullmatch(self.words):
            return self._change(spot)
        span: tuple[int, int] | None = None
        if self.said.asks == "date":
            span = self._date(spot)
        elif self.said.asks == "place" and _SITE.search(spot.text):
            span = _run(spot, lambda piece: bool(_SITE.search(piece)))
        elif self.said.asks == "place" and not spot.distance and _LOCALITY.search(spot.text):
            # 建成城关镇、两河镇2处农村公益性公墓 tells where they are.
            span = _run(spot, lambda piece: bool(_LOCALITY.search(piece)))
        elif self.said.asks == "number":
            span = self._figure(spot)
        return (spot.claim(*span),) if span else ()

    def _change(self, spot: Spot) -> tuple[Claim, ...]:
        """The sentence that gives the figure before, and how much 从A提高到B is when that is asked."""
        sentence = folded(spot.text)
        if spot.distance > 1 or not (_FROM_TO.search(sentence) or _SINCE_BEFORE.search(sentence)):
            return ()
        claim = spot.claim(0, len(spot.text))
        changes = list(_CHANGE.finditer(sentence))
        if not RISE.fullmatch(self.words) or len(changes) != 1:
            return (claim,)
        first, second = (Decimal(changes[0][group].replace(",", "")) for group in (1, 2))
        unit = changes[0][3]
        apart = "个百分点" if unit == "%" else unit
        high, low = max(first, second), min(first, second)
        return claim, Claim(f"计算：{high}{unit} − {low}{unit} = {high - low}{apart}。", claim.sources)

    def _date(self, spot: Spot) -> tuple[int, int] | None:
        wanted = _FROM_THEN if _BEGINS.search(self.words) else _DATE
        sentence = folded(spot.text)
        # 总会什么时候换届 is not told by what names the 总会 alone.
        says_it = wanted is _FROM_THEN or (
            coverage(self.terms, plain(sentence)) >= _SAYS_IT
            and all(self._says(sentence, word) for word in self._words())
        )
        if not wanted.search(sentence) or not says_it:
            return None
        if len(spot.text) <= _READABLE:
            return 0, len(spot.text)
        return _run(spot, lambda piece: bool(wanted.search(folded(piece))))

    def _figure(self, spot: Spot) -> tuple[int, int] | None:
        """The clauses that give a figure of the unit asked for and say the follow-up's own words."""
        named = self._named(spot)
        if named:
            return named
        own = self._own_share(spot.text)
        is_far = spot.distance > 2
        if not is_far and not all(self._says(spot.text, noun) for noun in own_subject(self.said)):
            return None
        # 验收了几个 is told of by a verb alone.
        says_own = own >= _SAYS_IT if self.terms else own > 0 or not self._words()
        if not says_own and not is_far:
            return self._counted(spot) if self.counts else None
        if not self._is_likely(spot, own):
            return None
        is_share = _SHARE.search(self.words) is not None
        wanted = replace(self.said, unit="%") if is_share else self.said
        ages = _AGE.findall(self.words)

        def suits(piece: str) -> bool:
            return (
                has_amount(wanted, piece)
                and (not self.terms or coverage(self.terms, plain(piece)) >= own * _SAYS_ALL)
                and (not is_share or "%" in piece)
                and all(re.search(rf"{age}\s*(?:周?岁|[—-])", folded(piece)) for age in ages)
                and piece.count("(") == piece.count(")")
                and self._stands_behind(piece, wanted)
            )

        if not suits(spot.text):
            return None
        # What only counts (总共多少钱) is of what was quoted.
        nearest = None if self.terms or spot.distance else spot.nearest(wanted)
        start, end = _run(spot, suits, nearest)
        return start, end if ages else _with_its_like(spot, end, wanted)

    def is_said(self, text: str) -> bool:
        """Whether a text says all of its own words, where it has any."""
        return self._own_share(text) >= _SAYS_ALL

    def _words(self) -> list[str]:
        return [word for word in self.said.content if len(word) > 1]

    def _own_share(self, text: str) -> float:
        """How much of its own words a text says; of a mere verb, which no term is made of, all or nothing."""
        if self.terms:
            return coverage(self.terms, plain(text))
        return float(bool(self._words()) and all(plain(word) in plain(text) for word in self._words()))

    def _named(self, spot: Spot) -> tuple[int, int] | None:
        """The clauses that give a figure right behind the follow-up's very words (长期在站的呢?)."""
        name = _ASKED.sub("", self.words)
        held = folded(spot.text)
        if len(name) < _A_NAME or name not in held or spot.distance > 1:
            return None

        def suits(piece: str) -> bool:
            _, found, behind = folded(piece).partition(name)
            return bool(found) and has_amount(self.said, behind) and piece.count("(") == piece.count(")")

        return _run(spot, suits) if suits(spot.text) else None

    def _is_likely(self, spot: Spot, own: float) -> bool:
        """Whether the words say enough to look for their figure so far from what was quoted."""
        if spot.distance > 2:
            level = LEVEL.search(self.words)
            return level is not None and folded(spot.text).startswith(level[0])
        if spot.distance == 2:
            return bool(self.terms or self._words()) and own >= _SAYS_ALL
        is_told = self.terms or self.said.unit or _SHARE.search(self.words) or _AGE.search(self.words)
        return bool(is_told)

    def _counted(self, spot: Spot) -> tuple[int, int] | None:
        """惠及多少人: a unit and no noun, so the figure in that unit nearest to what was quoted."""
        if spot.distance > (2 if self._counts_people() else 0) or not self.said.unit:
            return None
        figure = spot.nearest(self.said)
        if figure is None:
            return None
        clauses = clause_spans(spot.text, 0, len(spot.text))
        held = next((c for c in clauses if c[0] <= figure.start < c[1]), (0, len(spot.text)))
        return min(spot.quoted[0], held[0]), max(spot.quoted[1], held[1])

    def _counts_people(self) -> bool:
        """Whether the people are counted who do what was quoted (参加的志愿者有多少人次)."""
        return not self.literally and any(_WHO_DO.search(noun) for noun in own_subject(self.said))

    def _says(self, text: str, noun: str) -> bool:
        """Whether a sentence says a noun, or what the field calls it; of those who do something what they do."""
        held = plain(text)
        others = () if self.literally else (o for s in synonyms_in(noun) for o in s.official)
        doing = "" if self.literally else _WHO_DO.sub("", noun)
        return (
            plain(noun) in held
            or any(plain(other) in held for other in others)
            or (len(doing) > 1 and doing != noun and plain(doing) in held)
        )

    def _stands_behind(self, piece: str, wanted: Question) -> bool:
        """Whether a figure of the right unit stands at or behind the follow-up's own words."""
        held = folded(piece)
        places = [held.find(w) for term in self.terms for w in term.wordings if w and w in held]
        amounts = [f for f in figures_in(piece) if f.is_amount and is_in_unit_asked(wanted, f.unit)]
        return not places or any(figure.end > min(places) for figure in amounts)


def _with_its_like(spot: Spot, end: int, wanted: Question) -> int:
    """Where the clauses end that go on with figures of the same kind: 完全丧失自理能力1656元,中度828元,轻度414元."""
    for start, stop in clause_spans(spot.text, end, len(spot.text)):
        clause = spot.text[start:stop]
        goes_on = any(figure.is_amount and in_unit(wanted, figure) for figure in figures_in(clause))
        if not goes_on or len(clause) > _SHORT:
            break
        end = stop
    return end


def _run(spot: Spot, suits: Callable[[str], bool], held: Figure | None = None) -> tuple[int, int]:
    """The shortest run of clauses that suits and holds a figure, counted from the sentence's beginning; a short sentence
    whole."""
    if len(spot.text) <= _SHORT_SENTENCE:
        return 0, len(spot.text)
    around = (held.start, held.end) if held else None
    return shortest_run(spot.text, 0, len(spot.text), suits, around=around)
