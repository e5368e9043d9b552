"""What kind of figure an English question asks for, by its own grammar: a share, money, days, so many of something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.figures.values import Figure, figures_in

_PERCENT, _MONEY = frozenset(("%", "分之", "成", "‰", "个百分点")), frozenset(("元",))
_SPANS = {
    "day": frozenset(("天", "日", "个工作日", "工作日")), "hour": frozenset(("小时", "个小时")),
    "minute": frozenset(("分钟",)),
    "month": frozenset(("个月", "月")), "year": frozenset(("年",)),
}  # fmt: skip
_TIMES = frozenset().union(*_SPANS.values())
_NO_COUNTS = _PERCENT | _MONEY | _TIMES | {"倍", "岁", "平方米"}
_COUNTED = (
    (re.compile(r"^(?:\w+ ){0,4}(?:households|families)\b"), frozenset(("户",))),
    (re.compile(r"^(?:\w+ ){0,4}beds\b"), frozenset(("张", ""))),
    (re.compile(r"^(?:\w+ ){0,4}(?:couples|marriages|divorces)\b"), frozenset(("对",))),
)
_ASKED = (
    ("percent", r"\b(?:percent(?:age)?|per cent|pct|proportion|share|fraction) of\b|"
                r"\b(?:how many|what|which) per ?cent(?:age)?\b|"
                r"\bby what per ?cent(?:age)?\b|\bwhat (?:\w+ )?(?:percentage|proportion|share|rate)\b"),
    ("date", r"^(?:and |so )?(?:by )?when\b|\b(?:what|which) (?:year|date|month|day)\b"),
    ("often", r"\bhow (?:often|frequently)\b"),
    ("days", r"\bhow many (?:working )?(?P<span>day|hour|minute|month|year)s\b"),
    ("time", r"\bhow (?:long|soon|quickly)\b"),
    ("count", r"\b(?:how many|number of)\b (?P<counted>[^,?]*)"),
    ("money", r"\bhow much\b(?! (?:land|space|area|higher|lower|larger|longer))|\bwhat (?:\w+ )*cost\b|"
              r"\bhow many (?:yuan|rmb)\b"),
    ("figure", r"\bhow (?:much|high|large|big|far|old)\b|^what (?:is|was|are|were|will be) the (?:\w+[ -])*"
               r"(?:standard|allowance|subsidy|target|amount|ceiling|cap|maximum|minimum|area|phone|number|hotline|ratio|rate|size)\b"),
)  # fmt: skip
_UNITS = {"percent": _PERCENT, "money": _MONEY, "time": _TIMES}
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKED)
# What is counted ends where a verb or a preposition stands.
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|will|would|did|do|does|has|have|had|can|could|should|must|there|of|in|for|at|by|from|to|with|on)\b"
)
_DATE = re.compile(r"\d{4}年|(?<!个)\d{1,2}月|年底|月底|年末|季度")
_REPEATED = re.compile(
    r"每(?:年|半年|季度?|个?月|两?周|天|日)|[一二两三四\d]+(?:个?月|年|周|季度?)[一二两三\d]+次|一月一次"
)


@dataclass(frozen=True)
class KindAsked:
    """A kind of figure: `units` that it has, None for any; `counted` are the words for what is counted.

    `name` is "" where no figure is asked for.
    """

    name: str = ""
    units: frozenset[str] | None = None
    counted: frozenset[str] = frozenset()

    def is_given_in(self, text: str) -> bool:
        """Whether a Chinese text gives something of the kind."""
        if self.name in ("date", "often"):
            return bool((_DATE if self.name == "date" else _REPEATED).search(text))
        return not self.name or any(self._fits(figure) for figure in figures_in(text))

    def _fits(self, figure: Figure) -> bool:
        if self.units is not None:
            return figure.unit in self.units and not (figure.unit == "年" and figure.value >= 1900)
        if self.name == "count":
            return figure.is_amount and figure.unit not in _NO_COUNTS
        return figure.is_amount


def kind_asked(question: str) -> KindAsked:
    """The kind of figure that an English question asks for."""
    text = question.lower()
    found = ((name, pattern.search(text)) for name, pattern in _KINDS)
    name, match = next(((name, match) for name, match in found if match), ("", None))
    if match and name == "days":
        return KindAsked(name, _SPANS[match["span"]])
    if match and name == "count":
        # Students from poor families are no families.
        counted = _CLAUSE.split(match["counted"], maxsplit=1)[0]
        units = next((units for pattern, units in _COUNTED if pattern.search(counted)), None)
        return KindAsked(name, units, frozenset() if units else frozenset(re.findall("[a-z]+", counted)))
    return KindAsked(name, _UNITS.get(name))
