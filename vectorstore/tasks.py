"""Lists of tasks in running text: what is to be done, and below or behind it who is responsible and by when.

责任单位：社会事务科；完成时限：10月底前。 on a line of its own belongs to the item on the line above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vectorstore.headings import heading_of
from vectorstore.lines import Line, lines_of

Role = Literal["doer", "helper", "due"]

_WHO = "(?:单位|部门|机构|科室|处室|股室|科|股|领导|人)"
_ROLES: tuple[tuple[Role, str], ...] = (
    ("doer", rf"(?:(?:主要|第一)?责任|牵头|负责|承办|主办|实施|主责|落实){_WHO}(?:[及和、]责任人)?"),
    ("helper", rf"(?:配合|协办|协同|参与|协助|参加){_WHO}"),
    (
        "due",
        "(?:完成|办结|落实|整改)(?:时限|时间|期限|节点|日期)|(?:时限|时间|进度)(?:要求|安排|节点)|时间节点",
    ),
)
_LABEL = re.compile(
    r"[\[【]?(?:" + "|".join(f"(?P<{role}>{pattern})" for role, pattern in _ROLES) + r")[\]】]?[:]"
)
_OPENS = re.compile(rf"[(\[【]?{_LABEL.pattern.replace('?P<', '?P<_')}")
_ENDS = "。;!"
_BEHIND = " ;,、。[]【】\t\u3000\r\n"
_ROLE_OF = {role: role for role, _ in _ROLES}


@dataclass(frozen=True, slots=True)
class Field:
    """Who or when, as a task's label says it: `text[start:end]` is the value, `text[label:end]` it with its label."""

    role: Role
    label: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """One item of a list of tasks: `text[start:end]` is what is to be done, without who and when."""

    start: int
    end: int
    fields: tuple[Field, ...]


def opens_with_label(text: str) -> bool:
    """Whether a line or sentence (folded) begins with who is responsible or by when."""
    return _OPENS.match(text) is not None


def with_labels_joined(lines: Sequence[Line], text: str) -> list[Line]:
    """The lines of a (folded) text, those that only say who and by when as the end of the item above them."""
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above is None or not opens_with_label(line.text) or not _is_item(above):
            joined.append(line)
            continue
        between = text[above.end : line.start]
        joined[-1] = replace(
            above,
            end=line.end,
            text=above.text + between + line.text,
            written=above.written + between + line.written,
            tabs_after=line.tabs_after,
        )
    return joined


def _is_item(line: Line) -> bool:
    """Whether a line says something; what is a mere title stays the heading of what is below it."""
    heading = heading_of(line)
    return heading is None or heading.kind != "title" or line.text[-1] in _ENDS


def tasks_of(text: str) -> list[Task]:
    """The tasks of a (folded) text that say who is responsible or by when, in their order."""
    if _LABEL.search(text) is None:
        return []
    return list(_tasks(with_labels_joined(lines_of(text), text)))


def _tasks(lines: Sequence[Line]) -> Iterator[Task]:
    for position, line in enumerate(lines):
        labels = list(_LABEL.finditer(line.text))
        if not labels:
            continue
        first = labels[0].start()
        start, end = line.start, line.start + len(line.text[:first].rstrip(f"{_BEHIND}("))
        if end <= start:
            # Below a title the labels stand alone.
            above = lines[position - 1] if position else None
            if above is None or opens_with_label(above.text):
                continue
            start, end = above.start, above.end
        yield Task(start, end, tuple(_fields(line, labels)))


def _fields(line: Line, labels: Sequence[re.Match[str]]) -> Iterator[Field]:
    ends = [*(label.start() for label in labels[1:]), len(line.text)]
    for label, end in zip(labels, ends, strict=True):
        value = line.text[label.end() : end].rstrip(_BEHIND)
        if value.count(")") > value.count("("):
            value = value[: value.rindex(")")].rstrip(_BEHIND)
        stop = label.end() + len(value)
        if value and label.lastgroup in _ROLE_OF:
            begin = stop - len(line.text[label.end() : stop].lstrip())
            yield Field(
                _ROLE_OF[label.lastgroup], line.start + label.start(), line.start + begin, line.start + stop
            )
