"""Questions about a paper as such: what it says (这份材料讲了什么), whichever of its years that is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded

# What people call a paper.
PAPER = "文件|规划|要点|计划|总结|材料|通知|方案|报告|纲要|公报"
_WHOLE = "(?:主要|核心|大致|基本|全部)?(?:要点|内容|重点|大意|框架|提纲)"
# The paper named, as no field of work: 这份材料, 通知的要点.
NAMES_PAPER = rf"(?:{PAPER})(?:里|中|上|的?(?={_WHOLE}))|[这此本该][份个篇部]?(?:{PAPER})"
# All that a paper says.
OF_PAPER = rf"(?:{PAPER})的?{_WHOLE}"
_WHAT_IT_SAYS = re.compile(
    rf"[这此本该][份个篇部]?(?:{PAPER})|(?:{PAPER})[^,?]{{0,8}}(?:内容|大意|框架|提纲)|[讲写说谈]了?(?:些|的是)?(?:哪些|什么|啥)"
)
_OF_A_TIME = re.compile(
    "[今明去当本]年|打算|准备|下一步|接下来|将要|计划[^,?]{0,4}[做干抓]|[做干]了|完成了|成[效绩就]"
)


def times_of(passages: Sequence[Passage]) -> list[tuple[int, ...]]:
    """The single years that sections of a paper are about, the first one first."""
    return sorted({passage.years for passage in passages if passage.section and len(passage.years) == 1})


def years_told(asked: Question, passages: Sequence[Passage]) -> list[tuple[int, ...]]:
    """The years of a paper that reports and plans, each told apart, where a question is about the paper as such.

    Empty for other questions (今年的工作重点) and of other papers.
    """
    text = folded(asked.text)
    is_of_paper = _WHAT_IT_SAYS.search(text) is not None and _OF_A_TIME.search(text) is None
    times = times_of(passages) if is_of_paper and not asked.years else []
    return times if len(times) > 1 else []
