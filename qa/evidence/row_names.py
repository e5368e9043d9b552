"""What a table's row is called, held against what is asked: a part, a thing within another, a group's sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from qa.evidence.relevance import bigrams
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.places import bare_name, mentions
from vectorstore.table_parts import names_sum

_MOST_NAMES, _FIGURE_FIRST = 3, re.compile(r"[\d<>≥≤约—-]")
# A row's name with a noun more counts another thing.
_COUNT_OF, _ANOTHER_NOUN = re.compile("([\u4e00-\u9fff]{2,})(?:总?数量?|人数|个数)"), 2
_PEOPLE = "人员"
_WITHIN = re.compile(
    "^([\u4e00-\u9fff]{2,12})在([\u4e00-\u9fff]{2,16})[中内里]的?[\u4e00-\u9fff]*(?:率|比例|占比)"
)


def row_shown(passage: Passage) -> str:
    """A row as it is read: the names of its columns, each with its value; "" for what is none."""
    return ";".join(f"{column}:{value}" for column, value in passage.cells)


def is_of_part(question: Question, name: str) -> bool:
    """Whether a row is that of a place (县区:灵山县) which a question about the whole does not name."""
    found = mentions(name)
    return len(found) == 1 and found[0].written == name and bare_name(name) not in question.text


def is_within_another(name: str, asked: str) -> bool:
    """Whether a row is about one thing within another (志愿服务站点在…设施中的覆盖率), and only the other is asked about."""
    match = _WITHIN.search(name)
    telling = [part for part in bigrams(match[1]) if part not in match[2]] if match else []
    return bool(telling) and not any(part in asked for part in telling)


def is_count_of_another(name: str, content: Sequence[str]) -> bool:
    """Whether a row counts something of what is asked to be counted (社会组织专职工作人员数量 for 社会组织数量)."""
    counted = _COUNT_OF.fullmatch(content[-1]) if content else None
    row = _COUNT_OF.fullmatch(name)
    if counted is None and content and row and row[1].endswith(_PEOPLE):
        # 社会组织的目标 is none of the people who work there.
        return row[1].startswith(content[-1]) and row[1] != content[-1]
    return (
        counted is not None
        and row is not None
        and row[1].startswith(counted[1])
        and len(row[1]) - len(counted[1]) > _ANOTHER_NOUN
    )


def is_another_of_its_kind(subjects: Sequence[tuple[str, ...]], name: str) -> bool:
    """Whether a row's name shares only the last noun with a question's nouns: 孤儿养育床位 are no 养老床位."""
    *before, last = subjects or [()]
    is_of_kind = bool(before) and any(wording in name for wording in last)
    return is_of_kind and not any(wording in name for subject in before for wording in subject)


def name_of_row(shown: str) -> str:
    """The first cell of a row, shown as 类别:老年人福利类;…."""
    return re.split("[;:]", shown)[1].strip()


def names_of_row(shown: str) -> str:
    """The first cells of a row as far as they are words: 类别:老年人福利类;项目名称:助餐点运营补贴;金额:160."""
    values = [cell.partition(":")[2] for cell in shown.split(";")]
    return " ".join(takewhile(lambda value: not _FIGURE_FIRST.match(value), values[:_MOST_NAMES]))


def headings_of_row(shown: str) -> str:
    """The headings of a row's columns, of which each says whose figure stands below it (农村低保标准)."""
    return " ".join(cell.partition(":")[0] for cell in shown.split(";"))


def is_subtotal(passage: Passage) -> bool:
    """Whether a row sums up those of its group (老年人福利类: 小计)."""
    return len(passage.cells) > 2 and names_sum(passage.cells[1][1])


def is_total(passage: Passage) -> bool:
    """Whether a row sums up its table (合计)."""
    return bool(passage.cells) and names_sum(passage.cells[0][1])
