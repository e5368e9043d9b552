"""What an answer has listed, so that a follow-up may point at one of it: 第二个, 最后一项."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vectorstore.documents import Document
from vectorstore.folding import folded

_MARKERS = re.compile(r"\[\d+\]")
_LIST_ITEM = re.compile(r"^\s*[-*]\s+(.+)$", re.MULTILINE)
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、)]|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、是])\s*")
_QUOTED = re.compile(r"“([^”]{4,120})”")
_LONGEST_ITEM = 40
_SHORTEST_NAME, _LEAST_NAMED = 3, 3
_TWO_NAMES = re.compile(r"([\u4e00-\u9fff]{2,12}?)[和与]([\u4e00-\u9fff]{2,12})")
_NAME_IN_MARKS, _TWO = re.compile(r"“([\u4e00-\u9fff]{2,12})”"), 2
_NAME_AND_FIGURE = re.compile(
    r"([\u4e00-\u9fff]{2,12})\d[\d,.]*(?:万|亿)?(?:元|%|[\u4e00-\u9fff])(?:/[年月])?"
)


def lists_something(answer: str) -> bool:
    """Whether an answer has items of a list."""
    return len(_LIST_ITEM.findall(answer)) > 1


def items_of(answer: str, subject: str, documents: Mapping[str, Document]) -> list[str]:
    """The items that an answer about the subject listed, in their order; [] where it listed none.

    Items of an answer must stand in a document: a history comes from outside and is no source.
    """
    answer = _MARKERS.sub("", folded(answer)).replace("**", "")
    items = [_NUMBERED.sub("", match[1]).split(":")[0].strip("。; ") for match in _LIST_ITEM.finditer(answer)]
    if len(items) < 2:
        runs = _of_subject(answer, subject) or [
            *_QUOTED.findall(answer),
            *re.split(r"[:。;,()\n]", answer),
        ]
        listed = [re.split(r"、|和(?=[^、]*$)", run) for run in runs if run.count("、") >= 1]
        items = max(listed, key=len, default=[]) or _pair(runs) or _named_by_figures(answer)
    texts = [folded(document.text) for document in documents.values()]
    items = [item.strip("“”") for item in items]
    held = [item for item in items if 2 <= len(item) <= _LONGEST_ITEM and any(item in t for t in texts)]
    return held if len(held) == len(items) else []


def _of_subject(answer: str, subject: str) -> list[str]:
    """What an answer lists in quotation marks right before or behind the name that was asked about (“…”四大核心项目)."""
    if len(subject) < _SHORTEST_NAME:
        return []
    runs = [(match[1], match.start(), match.end()) for match in _QUOTED.finditer(answer)]
    behind = [run for run, _, end in runs if answer[end:].startswith(subject)]
    return behind or [
        run for run, start, _ in runs if answer[:start].rstrip(":是为即包括,").endswith(subject)
    ]


def _pair(runs: Sequence[str]) -> list[str]:
    """The two names of a run that is nothing else (实务导师和理论导师), or the only two in quotation marks."""
    pair = next((match for run in runs if (match := _TWO_NAMES.fullmatch(run.strip()))), None)
    if pair:
        return [pair[1], pair[2]]
    named = list(dict.fromkeys(name for run in runs for name in _NAME_IN_MARKS.findall(run)))
    return named if len(named) == _TWO else []


def _named_by_figures(answer: str) -> list[str]:
    """The names of three clauses or more in a row that each give one figure: 完全丧失自理能力1656元,中度828元,…."""
    run: list[str] = []
    for clause in re.split("[,;。]", answer):
        named = _NAME_AND_FIGURE.fullmatch(clause.split(":")[-1].strip())
        if named:
            run.append(named[1])
        elif len(run) >= _LEAST_NAMED:
            break
        else:
            run = []
    return run if len(run) >= _LEAST_NAMED else []
