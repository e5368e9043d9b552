"""The kind of paper that a document is, in the terms of official writing (文种): by its title, else by its headings.

What neither states stays empty: a paper of an unknown kind is never put among others.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from vectorstore.folding import folded, simplified
from vectorstore.numerals import YEAR

Genre = Literal["规划", "计划", "总结", "政策"]
GENRES: tuple[Genre, ...] = get_args(Genre)

# A Chinese title ends with what it is: 规划实施情况评估报告 is a report, 规划任务分解方案 a scheme.
_ENDINGS: dict[Genre, str] = {
    "规划": "规划|纲要",
    "计划": "计划|要点|安排|思路|打算|方案|重点工作|工作目标|工作任务",
    "总结": "总结|回顾|报告|汇报|公报|(?:工作|完成|进展|落实|执行|实施)情况",
    "政策": "通知|意见|办法|细则|规定|规程|规范|条例|制度|措施|标准|决定|公告|通告|批复|函|指南|预案|清单|目录|规则|章程",
}
_ENDING = {genre: re.compile(rf"(?:{words})$") for genre, words in _ENDINGS.items()}
# 关于印发《…规划》的通知: what is published is the paper, the notice only carries it.
_PUBLISHED = re.compile(
    r"(?:印发|发布|公布|转发|批转)(?:.{0,40}?[《〈](.{2,80}?)[》〉]|(.{2,80}?))的(?:通知|公告|决定|函)"
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕")
_QUOTED = re.compile(r"^[《〈](.{2,80})[》〉]$")
_TERM = re.compile(rf"[\s\d年度—–~至\-·]*$|{YEAR}年度?$")
_AND = re.compile(r"[和与及暨、,]|\s+")
# A line of its own that names a part as a whole: 2021年工作总结. Many a report ends with 下一步工作打算 and is no plan.
_HEADING = re.compile(
    r"^[ \t\u3000]*(?:第[一二三四]部分[::、\s]*|[一二三四][、.]\s*|[#*]+\s*)?"
    r"((?!下|今后)[^\n。,;:、]{0,24}(?:工作|发展)(?:总结|规划|计划|要点|打算|思路|安排))\**[ \t\u3000]*$",
    re.MULTILINE,
)
# A rule, its explanation or a reply speaks throughout of what its title names; a notice may be of several things in turn.
_OF_ONE_SUBJECT = re.compile(
    r"(?:细则|办法|条例|规定|规程|章程)(?:》?的?(?:政策)?(?:解读|问答|说明|的通知))?$|解读$|问答$|纪要$|答复[函意见]*$"
)


def names_subject(title: str) -> bool:
    """Whether a paper of this title speaks throughout of what the title names (…实施细则, …政策解读, …建议的答复)."""
    return _OF_ONE_SUBJECT.search(_ASIDE.sub("", simplified(folded(title))).strip("《》 ")) is not None


def genres_of(title: str, text: str) -> tuple[Genre, ...]:
    """The kinds of paper that a document of this title and text is, () where neither says.

    A title may name several (工作总结和工作计划). Only where the title names none are the headings looked at.
    """
    named = _genres_in(title)
    if not named:
        headings = _HEADING.findall(simplified(folded(text)))
        named = {genre for heading in headings for genre in _genres_in(heading)}
    return tuple(genre for genre in GENRES if genre in named)


def _genres_in(title: str) -> set[Genre]:
    plain = _ASIDE.sub("", simplified(folded(title))).strip()
    published = _PUBLISHED.search(plain)
    if published:
        plain = published[1] or published[2]
    quoted = _QUOTED.match(plain)
    plain = quoted[1] if quoted else plain
    parts = (_TERM.sub("", part) for part in _AND.split(plain))
    return {genre for part in parts for genre, ending in _ENDING.items() if ending.search(part)}
