"""Ranks of a statement (区级, 一等奖) held against those that a text gives the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.premise_owners import words_of
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans

# Of each line one alone can be said of a thing.
_RANKS = (
    re.compile("国家级|省级|市级|州级|区级|县级"),
    re.compile("[1-5]A(?=级|$)"),
    re.compile("[一二三]等奖"),
    re.compile("[金银铜]奖"),
    re.compile("约束性|预期性"),
    re.compile("(?<=国家)[一二三四五]级"),
    re.compile("[一二三四五]类(?=区)"),
)
# 甲和乙分别荣获一、二等奖: to each its own.
_SHARED_OUT = re.compile(
    r"(?P<names>[^,;。]{4,80})分别(?P<verb>[^,;。一二三]{0,20})(?P<ranks>[一二三](?:[、和][一二三])+)(?P<rank>等奖)"
)
_WHEN = re.compile(rf"{YEAR}年")
_QUOTED = re.compile("“[^”]{1,40}”|《[^》]{1,40}》")
_BETWEEN = re.compile("[、和与及]|(?<=》)(?=《)")
_MARKS = str.maketrans({",": "", "、": "", "和": "", "与": "", "及": ""})


def ranks_otherwise(asked: str, text: str) -> bool:
    """Whether the clause of a text that says most of a statement gives it another rank (区级 for 市级): both are folded."""
    asked, text = shared_out(asked), shared_out(text)
    return any(_is_of_other_rank(rank, asked, text) for rank in _RANKS)


def shared_out(text: str) -> str:
    """`text` with what 分别 gives each of several as a clause of each: 甲荣获一等奖,乙荣获二等奖."""
    text = _QUOTED.sub(lambda name: name[0].translate(_MARKS), text)

    def each(found: re.Match[str]) -> str:
        names = [name for name in _BETWEEN.split(found["names"]) if name]
        ranks = re.findall("[一二三]", found["ranks"])
        if len(names) != len(ranks):
            return found[0]
        # The year that the first is told with is that of all.
        when = _WHEN.search(names[0])
        names[1:] = [f"{when[0] if when else ''}{name}" for name in names[1:]]
        return ",".join(
            f"{name}{found['verb']}{rank}{found['rank']}" for name, rank in zip(names, ranks, strict=True)
        )

    return _SHARED_OUT.sub(each, text)


def _is_of_other_rank(rank: re.Pattern[str], asked: str, text: str) -> bool:
    """Whether the text ranks otherwise what the statement ranks, each clause of it where it ranks several."""
    if not rank.search(text):
        return False
    is_one = len(set(rank.findall(asked))) == 1
    said = [asked] if is_one else [asked[start:end] for start, end in clause_spans(asked, 0, len(asked))]
    told = [text[start:end] for start, end in clause_spans(text, 0, len(text))]
    return any(_is_contradicted(rank, one, told) for one in said if len(set(rank.findall(one))) == 1)


def _is_contradicted(rank: re.Pattern[str], said: str, told: Sequence[str]) -> bool:
    stated, words = set(rank.findall(said)), words_of(rank.sub(" ", said))
    scored = [(len(words & words_of(rank.sub(" ", clause))), set(rank.findall(clause))) for clause in told]
    most = max(shared for shared, _ in scored)
    best = [given for shared, given in scored if shared == most]
    agreeing = max((shared for shared, given in scored if given & stated), default=0)
    return most > agreeing + 1 and any(best) and not any(given & stated for given in best)
