"""What the surroundings of a sentence say about its kind: a part that looks back, one that looks ahead.

Headings tell first, the innermost that does; then the years, held against those of the document; then the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from vectorstore.documents import Metadata
from vectorstore.folding import folded, simplified
from vectorstore.genres import Genre, genres_of
from vectorstore.numerals import years_in
from vectorstore.periods import Years

Scope = Literal["review", "goals", "plan", "situation", "rules", ""]
"""review: what was done and reached; goals: what is to be reached; plan: what is to be done; situation: how
things stand, and principles; rules: what applies."""

# In headings. A heading that speaks of both (工作总结及下步打算) tells nothing.
_REVIEW = re.compile(
    r"总结|回顾|成效|成就|成绩|(?:发展|工作)基础|(?:发展|工作|基本)现状|(?:完成|执行|进展|工作|落实|实施)情况|主要做法|亮点|"
    r"取得.{0,6}进展|工作进展"
)
_GOALS = re.compile(r"目标(?!责任|考核|管理|[和与及、])|(?:主要|发展|核心)指标(?!.{0,4}完成)")
_PLAN = re.compile(
    r"(?:主要|重点|工作|目标|年度|具体)任务|(?:主要|重点|工作|具体|政策|保障|推进|实施)(?:举措|措施)|(?:组织|实施|支持)保障|规划实施|"
    r"(?:组织)实施|工作(?:计划|安排|要点|打算|思路|部署|重点)|下一?步|下阶段|明年|来年|今后|打算|重点(?:工作|项目|工程)|计划$"
)
_SITUATION = re.compile(
    r"形势|机遇|挑战|发展环境|(?:存在|主要|突出|面临).{0,4}(?:问题|困难)|问题和|^[^补]*短板$|不足$|指导思想|基本原则|"
    r"总体(?:要求|思路)|工作原则"
)
_TITLE_REVIEW = re.compile(r"总结|回顾|完成情况|工作情况|进展情况|工作汇报|工作报告|述职|公报")
_TITLE_PLAN = re.compile(r"规划|计划|要点|方案|安排|打算|思路|纲要|目标|部署|意见")
_TITLE_RULES = re.compile(r"(?:办法|细则|规定|条例|制度|标准)(?=[》)\s]|的通知|的意见|$)")
_TITLE_PARTS = re.compile(r"[和与及暨、]")
_NOT_COUNTED = re.compile(r"[《〈][^《》〈〉]*[》〉]|“十[一二三四五]五”规划")
# So many years are the term of a plan, not those of a report and the plan that follows.
_LONGEST_REPORT = 2


def scope_of(*, section: Sequence[str], years: Years, metadata: Metadata) -> Scope:
    """The scope of a text in `section` (outermost heading first) that speaks about `years`; "" if nothing tells."""
    for heading in reversed(section):
        scope = scope_of_heading(heading)
        if scope:
            return scope
    stated = set(metadata.genres) or _review_by_title(metadata.title)
    if stated in ({"总结"}, {"政策"}):
        return "review" if "总结" in stated else "rules"
    by_years = _scope_of_years(years, metadata)
    if stated and stated <= {"规划", "计划"}:
        return by_years or "plan"
    return by_years or _scope_of_title(years, metadata.title)


def scope_of_heading(heading: str) -> Scope:
    """What a heading or caption by itself announces; "" when it tells nothing or several things."""
    text = _NOT_COUNTED.sub(" ", simplified(folded(heading)))
    review, ahead = _REVIEW.search(text), _PLAN.search(text)
    if review and ahead:
        return ""
    if review:
        return "review"
    if _SITUATION.search(text):
        return "situation"
    if _GOALS.search(text):
        return "goals"
    return "plan" if ahead else ""


def _review_by_title(title: str) -> set[Genre]:
    """A paper whose title ends as a report only looks back, also on a plan (规划实施情况中期评估报告)."""
    return {"总结"} if genres_of(title, "") == ("总结",) else set()


def _scope_of_years(years: Years, metadata: Metadata) -> Scope:
    """What lies before a plan's term is looked back on; of the two years of a report with a plan, the first is."""
    own = metadata.years
    if not years or not own:
        return ""
    if len(own) > _LONGEST_REPORT:
        return "review" if years[-1] < own[0] else "plan"
    if len(own) == _LONGEST_REPORT and len(years) == 1 and years[0] in own:
        return "review" if years[0] == own[0] else "plan"
    return ""


def _scope_of_title(years: Years, title: str) -> Scope:
    text = simplified(folded(title))
    for part in _TITLE_PARTS.split(text):
        named = years_in(part)
        if named and years and set(years) <= set(named):
            scope = _scope_of_part(part)
            if scope:
                return scope
    return _scope_of_part(text)


def _scope_of_part(text: str) -> Scope:
    if _TITLE_RULES.search(text):
        return "rules"
    review, plan = _TITLE_REVIEW.search(text), _TITLE_PLAN.search(text)
    if bool(review) == bool(plan):
        return ""
    return "review" if review else "plan"
