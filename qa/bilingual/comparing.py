"""English questions that compare or calculate, put into Chinese."""

from __future__ import annotations

import re

from qa.bilingual.clauses import BODIES, DEGREES, Pieces, statement
from qa.bilingual.phrases import Phrase, phrase


def compared(said_in: Pieces) -> str:
    """Compare X in A and B."""
    said = phrase(said_in["what"])
    if len(said.places) < 2 and len(said.times) < 2:
        return ""
    said.is_joined = True
    return f"{said.where}{said.core}对比"


def which_is_more(said_in: Pieces) -> str:
    """Which of A and B has the higher X?"""
    said = phrase(said_in["rest"])
    degree = DEGREES[said_in["degree"]]
    if len(said.places) > 1:
        said.is_joined = True
        return f"{said.where}哪个{said.core}更{degree}？"
    return f"{said.where}哪个地方的{said.core}最{degree}？"


def which_of_two(said_in: Pieces) -> str:
    """Which is higher in X, the A or the B?"""
    other_said = re.sub(
        r"\b(?:over|for|in|per|within) (?:a |the )?(?:whole |full |entire )?(?:year|month)\b",
        "",
        said_in["other"],
    )
    one, other, place = phrase(said_in["one"]), phrase(other_said), phrase(said_in["where"])
    if not one.core:
        # Two places or years have nothing of their own.
        return ""
    if not other.core:
        # The same thing of another place or year.
        said = phrase(f"{said_in['one']} and {other_said}") if other.where else one
        said.is_joined = True
        return f"{said.where}哪个{one.core}更{DEGREES[said_in['degree']]}？" if other.where else ""
    noun = re.search(r"(?:标准|津贴|补贴|人数|数|率|占比|比例|床位|登记)$", other.core)
    if noun and not one.core.endswith(noun[0]):
        one.core += other.core[len(one.core) :] if len(other.core) > len(one.core) else noun[0]
    where = Phrase(
        [*place.places, *one.places, *other.places], [*place.times, *one.times, *other.times]
    ).where
    return f"{where}{one.core}和{other.core}哪个更{DEGREES[said_in['degree']]}？"


def superlative(said_in: Pieces) -> str:
    """Which county has the most X?"""
    thing, rest = phrase(said_in["thing"]), phrase(said_in["rest"])
    where = thing.where + rest.where
    core = "" if thing.core in ("面积", "地方") else thing.core
    body = core or next(
        (name for word, name in BODIES.items() if re.match(rf"{word}s?\b", said_in["thing"])), "地方"
    )
    if not rest.core:
        return ""
    return f"{where}哪个{body}的{rest.core}最{DEGREES[said_in['degree']]}？"


def more_than(said_in: Pieces) -> str:
    """How many more X than Y; how much higher is X than Y."""
    one, other = phrase(said_in["one"]), phrase(said_in["other"])
    if not one.core or ((other.places or other.times) and not other.core):
        # The same thing of another place or year.
        thing = one.core or other.core
        here, there = one.where, other.where
        return f"{here}{thing}比{there}多多少？" if thing and there else ""
    where = Phrase([*one.places, *other.places], [*one.times, *other.times]).where
    if len(one.places) + len(other.places) > 1:
        return f"{one}比{other}多多少？"
    return f"{where}{one.core}比{other.core}多多少？"


def counted_beside(said_in: Pieces) -> str:
    """How many X, compared with Y?"""
    one, other = statement(said_in["one"]), phrase(said_in["other"])
    where = Phrase(
        [*one.places, *other.places], [*one.times, *other.times], is_joined=bool(other.where)
    ).where
    things = "和".join(dict.fromkeys(core for core in (one.core, other.core) if core))
    return f"{where}{things}分别是多少？" if things else ""


def difference(said_in: Pieces) -> str:
    """The difference between X and Y."""
    one, other = phrase(said_in["one"]), phrase(said_in["other"])
    where = "".join(dict.fromkeys([*one.places, *one.times, *other.places, *other.times]))
    if not other.core or not one.core:
        said = phrase(f"{said_in['one']} and {said_in['other']}")
        said.is_joined = True
        return f"{said.where}{said.core}相差多少？"
    if len(one.places) + len(other.places) > 1:
        return f"{one}和{other}相差多少？"
    return f"{where}{one.core}和{other.core}相差多少？"


def total(said_in: Pieces) -> str:
    """The total of X and Y."""
    said = phrase(said_in["what"])
    return f"{said}一共多少？" if "和" in said.core or said.is_joined else f"{said}总数是多少？"


def share(said_in: Pieces) -> str:
    """What percentage of X are Y?"""
    whole, part = phrase(said_in["whole"]), statement(said_in["part"])
    where = Phrase([*whole.places, *part.places], [*whole.times, *part.times]).where
    if not whole.core or not part.core:
        return ""
    if part.core in _STATES:
        return f"{where}{whole.core}{part.core}率是多少？"
    return f"{where}{part.core}占{whole.core}的比例是多少？"


# What share of things is so is a rate with a name.
_STATES = ("空置", "闲置", "入住", "就业", "签约", "持证", "火化", "达标")


def ratio(said_in: Pieces) -> str:
    """The ratio of X to Y."""
    one, other = phrase(said_in["one"]), phrase(said_in["other"])
    where = Phrase([*one.places, *other.places], [*one.times, *other.times]).where
    return f"{where}{one.core}是{other.core}的百分之几？" if one.core and other.core else ""


def one_of_two_years(said_in: Pieces) -> str:
    """Is X for 2022 or 2025?"""
    said = statement(said_in["what"])
    return f"{said}是{said_in['one']}年的还是{said_in['other']}年的？" if said.core else ""


def how_many_more(said_in: Pieces) -> str:
    """How many more is that (than what was told before)?"""
    return f"{'少' if said_in['degree'] in ('fewer', 'less', 'lower') else '多'}多少？"


def rise(said_in: Pieces) -> str:
    """By how much did X rise?"""
    said = phrase(said_in["what"])
    rest = phrase(said_in["rest"] or "")
    word = (
        "下降"
        if re.search("fall|drop|decrease|decline|reduce|lower|shorten|cut", said_in["verb"])
        else "提高"
    )
    times = said.times + rest.times
    span = f"从{times[0]}到{times[1]}" if len(times) == 2 else "".join(times)
    return f"{''.join(said.places + rest.places)}{said.core}{span}{word}了多少？"


# Nothing but another place or year, or that it is planned, is said of what was asked about first.
_OF_THE_SAME = re.compile(
    r"(?:how (?:many|much)|what|which)(?: about)?"
    r"(?: (?:in|for|at|of|by|are|is|were|was|does|do|did|will|be|planned|there|[\u4e00-\u9fff\d—]+))+\??$"
)


def of_another(asked: str, said_in: Pieces) -> str:
    """The second of two questions, when it is the first one of another place or year; else "".

    `asked` is the first one in Chinese.
    """
    if not _OF_THE_SAME.match(said_in["second"]):
        return ""
    first, other = phrase(said_in["first"]), phrase(said_in["second"])
    moved = asked.replace(first.places[0], other.places[0], 1) if first.places and other.places else asked
    for time in first.times:
        moved = moved.replace(time, "".join(other.times), 1)
    return moved if moved != asked else ""


def percent_raised(said_in: Pieces) -> str:
    """By how many percent did X raise Y?"""
    said = statement(said_in["what"])
    verb = re.search("^(?:提高|增长|降低|下降|减少)|(?:提高|增长|降低|下降|减少)$", said.core)
    if verb is None or len(verb[0]) == len(said.core):
        return ""
    return f"{said.where}{said.core.replace(verb[0], '', 1)}{verb[0]}百分之几？"
