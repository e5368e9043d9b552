"""Standards of payment: what is paid for each person and month is not what was spent in all."""

from __future__ import annotations

import re

from qa.question import Question

_ASKS = re.compile(r"标准|每人|每月|一个月|人均|(?:领|拿|发|补)多少")
_IS_OF_SERVICES = re.compile(r"标准化|标准体系|(?:国家|行业|地方|服务|建设|技术)标准")
_STATES = re.compile(
    r"标准|每[人户]|每[月年天]|月均|人均|[元/]\s*[/每]?\s*(?:月|年|人|天)(?!度)|月[^,。;]{0,4}元|(?:提高|增加|上调)(?:到|至)"
)


def asks_for_standard(question: Question) -> bool:
    """Whether a question asks for an amount of money paid by rule (低保标准是多少, 每月发多少钱)."""
    money = question.likely_unit == "元" or "元" in question.unit
    asks = _ASKS.search(_IS_OF_SERVICES.sub(" ", question.text)) is not None
    return question.asks == "number" and money and asks


def states_standard(text: str) -> bool:
    """Whether a text states such a rule, and not merely a sum that was spent."""
    return _STATES.search(text) is not None
