"""Among how many a total is shared, where the sentence that states the total counts several: 救助2104人次,支出398.6万元."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.arithmetic.operand import Operand
from qa.figures.quantities import Spot, quantities_in, same_family
from vectorstore.folding import folded
from vectorstore.numerals import YEAR

# Those who get nothing any more are none of those who share, nor is what was to be done (超过市下达任务的180户).
NOT_THEM = re.compile("(?:超出|超过|超额)[^,;。\\d]{0,10}(?:任务|计划|目标)数?$|(?:任务|计划|目标)数?的$")
_NO_SHARER = re.compile(
    "核减|减少|清退|退出|注销|取消|停发|(?:任务|计划|目标|确定|要求)(?:数|量)?(?:的|为|是)?$"
)
# Of people to whom something else was done than to pay them: 补助8223万元,岗位安置435人.
_SOMETHING_ELSE = re.compile("安置|培训|轮训|推荐|招聘|招录|评定|接收|就业|选派|表彰")
# Who is counted each time: so told, where nobody is counted once.
_AS_WELL = (("人次", "次"), ("人次", "人"))
_PART_OF_YEAR = re.compile(rf"其中,?{YEAR}年")
# What a total is called, without what was done with it: 全年发放高龄津贴2918.5万元.
_SPENT = re.compile("[全去今当]年|累计|[一总]?共|合计|[发下支]放|支出|拨付|下拨|投入|资金|约|达到?|其中")
_MARKS, _NAME = "[,;。]", 3


@dataclass(frozen=True)
class Beside:
    """The counts of the sentence text[start:stop] beside its total `whole`, in `unit`, of what is called `noun`."""

    text: str
    start: int
    stop: int
    whole: Operand
    unit: str
    noun: str
    asked: str

    def best(self) -> Spot | None:
        """The count of those among whom the total is shared; None where only others are counted."""
        spots = [spot for spot in quantities_in(self.text[self.start : self.stop]) if self._is_count(spot)]
        return min(spots, key=self._rank, default=None)

    def _is_count(self, spot: Spot) -> bool:
        at, unit = self.start + spot.start, spot.quantity.unit
        # Of 215处 and 148处 neither is among how many they are shared.
        is_alike = unit == self.whole.quantity.unit != self.unit
        is_in_unit = same_family(unit, self.unit) or (unit, self.unit) in _AS_WELL
        is_other = self._is_of_another_deed(at) or self._is_of_a_part(at)
        return at != self.whole.start and is_in_unit and not is_alike and not is_other

    def _is_of_another_deed(self, at: int) -> bool:
        """A count behind the total, of whom its own clause tells something that the question does not ask."""
        deed = _SOMETHING_ELSE.search(self._clause(at)) if at > self.whole.start else None
        return deed is not None and deed[0] not in self.asked

    def _is_of_a_part(self, at: int) -> bool:
        """Whether just one of the two is of a part: 发放932.5万元,其中生活补贴惠及2965人; 402.7万元,其中备用金118.6万元."""
        behind = self._said(self.whole.end, at)
        if at > self.whole.start:
            return "其中" in behind and not self._is_asked(at)
        return "其中" in self._clause(self.whole.start) and "其中" not in self._clause(at)

    def _is_asked(self, at: int) -> bool:
        """Whether the question calls the part by its name."""
        own = re.sub("[^\u4e00-\u9fff]", "", self._clause(at).rpartition("其中")[2])
        return any(own[i : i + _NAME + 1] in self.asked for i in range(len(own) - _NAME))

    def _rank(self, spot: Spot) -> tuple[float, bool, bool, bool, int]:
        """Of several that count the same one that is called like the total, no part behind 其中, the nearest.

        Of 五年救助8963人次,…其中2020年救助2104人次,支出398.6万元 both are the year's.
        """
        at = self.start + spot.start
        first, last = sorted((at, self.whole.start))
        before = self._said(self.start, at)
        dated = [
            self.start + mark.end() for mark in _PART_OF_YEAR.finditer(self._said(self.start, self.stop))
        ]
        is_part = any(first < mark <= last for mark in dated) if dated else "其中" in before
        is_apart = re.search("[,、]", self._said(first, last)) is not None
        is_each_time = (spot.quantity.unit, self.unit) == _AS_WELL[1]
        name = _SPENT.sub("", re.split(r"[\d,、]", self._clause(self.whole.start))[-1])
        is_called_otherwise = len(name) < _NAME or name not in self._clause(at)
        return self._distance(spot) + 4 * is_each_time, is_called_otherwise, is_part, is_apart, last - first

    def _distance(self, spot: Spot) -> int:
        """养老机构45家 and 45家养老机构 say the whole noun; 12家,养老床位 only its beginning."""
        at, end, noun = self.start + spot.start, self.start + spot.end, self.noun
        if _NO_SHARER.search(self._clause(at)):
            return 3
        before = self.text[max(self.start, at - len(noun) - 4) : at]
        behind = self.text[end : end + len(noun) + 4]
        if noun and (noun in before or behind.startswith(noun)):
            return 0
        return 1 if noun[:2] in behind[:8] else 2

    def _clause(self, at: int) -> str:
        """What stands before a figure in its own clause."""
        return re.split(_MARKS, self._said(self.start, at))[-1]

    def _said(self, first: int, last: int) -> str:
        return folded(self.text[first:last]) if first < last else ""
