"""How many there are, where a paper gives no number but names each of them (下陆敬老院和顺星老年公寓获得3A级养老机构)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question
from vectorstore.folding import folded

# Units in which what has a name is counted; the fewest names that make a list, the most that are sure to be all of it.
_UNITS = frozenset("家个所本名位处支部座")
_FEWEST, _MOST = 2, 8
_NUMERALS = "零一两三四五六七八"
_NAME = r"[\u4e00-\u9fffA-Za-z“”《》·]{2,18}?"
_NAMES = re.compile(
    rf"(?:^|(?<=[,;:]))(?P<names>{_NAME}(?:、{_NAME}){{0,6}}(?:和|与|及|以及){_NAME})"
    r"(?P<told>(?:分别)?(?:成功|获得|荣获|获评|获批|获|被评|评为|评上|入选|成为|达到|创建|建成|列入|纳入)[^,;。]{2,40})"
)
_BETWEEN = re.compile("、|以及|和|与|及")
_TITLES = re.compile(r"(?:《[^《》]{2,30}》、?){2,8}")
_SAID = re.compile(r"[A-Za-z\d]+级?|[\u4e00-\u9fff]+")
# What share of what the sentence tells of the names the question has to say.
_SAYS = 0.6


def counted_names(asked: Question, solver: Solver, quoted: Sequence[Solved] = ()) -> Solved | None:
    """The number of the names that a sentence gives, for a question of how many there are; None where none gives them.

    Looked for in what is quoted already, then in what the question finds when it asks for the names.
    """
    if asked.asks != "number" or asked.unit not in _UNITS or asked.confirms or asked.is_english:
        return None
    named = replace(asked, asks="text", unit="", likely_unit="")
    for solved in (*quoted, solver.solve(named)):
        for source in _sentences(solved, solver):
            found = _names_told(folded(solver.text_of(source)), folded(asked.text), asked.unit)
            if found:
                owner = owner_of(source.passage, (source.start, source.end))
                said = f"按文中列出的名称计，共{_NUMERALS[len(found)]}{asked.unit}：{'、'.join(found)}。"
                draft = Draft((Claim(f"{owner}：{said}" if owner else said, (source,)),), is_settled=True)
                return replace(solved, asked=asked, draft=draft)
    return None


def _sentences(solved: Solved, solver: Solver) -> Iterator[Source]:
    quoted = [source for claim in solved.draft.claims for source in claim.sources if not source.passage.cells]
    for source in quoted:
        text = solver.index.documents[source.passage.document].text
        for sentence in sentences_of(source.passage, text):
            if sentence.start < source.end and source.start < sentence.end:
                yield sentence


def _names_told(sentence: str, asked: str, unit: str) -> list[str]:
    """The names of which a sentence tells what the question asks; empty where it tells something narrower or of others."""
    for match in _NAMES.finditer(sentence):
        names = _BETWEEN.split(match["names"])
        if _FEWEST <= len(names) <= _MOST and _is_asked(match["told"], asked):
            return names
    titles = _TITLES.search(sentence) if unit in "本部个" else None
    names = re.findall("《[^《》]{2,30}》", titles[0]) if titles else []
    return names if len(names) >= _FEWEST and "书" in asked else []


def _is_asked(told: str, asked: str) -> bool:
    """Whether a question says what is told of the names: 3A级养老机构, and no 养老机构 alone."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    words = [word for run in _SAID.findall(told) for word in rjieba.cut(run) if len(word) > 1][1:]
    said = [word for word in words if word.lower() in asked.lower()]
    figures = re.findall(r"[A-Za-z\d]+", told)
    return bool(words) and len(said) >= _SAYS * len(words) and all(figure in asked for figure in figures)
