"""People as what is counted: whether a question counts them, and whether a text may or must."""

from __future__ import annotations

import re

from qa.figures.values import PEOPLE_UNITS, figures_in
from qa.understanding.question import Question

_PEOPLE = re.compile(
    r"(?:人口|老人|老年人|儿童|孤儿|对象|人员|社工|工作者|护理员|志愿者|会员|党员|干部|职工|群众|士兵)(?:总数|数量)?$"
)
# People may be counted by the household, the couple and with no word of their own.
_MAY_COUNT_PEOPLE = re.compile("[人名位户个员对]")


def counts_people(question: Question) -> bool:
    """Whether people are counted though no unit says so (老年人口有多少)."""
    return not question.unit and not question.likely_unit and names_people(question)


def names_people(question: Question) -> bool:
    """Whether people are what a question names last (老年人口有多少)."""
    return _PEOPLE.search(question.content[-1] if question.content else "") is not None


def counts_some_people(shown: str) -> bool:
    """Whether some amount of a text may be one of people."""
    return any(
        figure.is_amount and (not figure.unit or _MAY_COUNT_PEOPLE.search(figure.unit))
        for figure in figures_in(shown)
    )


def counts_people_only(clause: str) -> bool:
    """Whether every amount of a clause is one of people (4名社会组织负责人)."""
    units = {figure.unit for figure in figures_in(clause) if figure.is_amount}
    return bool(units) and units <= PEOPLE_UNITS
