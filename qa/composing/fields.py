"""Which section of a document a question is about, when it asks for a whole field of work and not for one sentence.

A field of work is named by a heading; what asks about all that a document does is about its chapters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qa.composing.overview_wording import ASKING, OVERVIEW, asks_for_overview, looks_back
from qa.composing.papers import times_of
from qa.evidence.dating import is_of_asked_half
from qa.evidence.relevance import IN_CONTEXT, Term, coverage, plain
from qa.evidence.solving import Solver
from qa.understanding.question import Question, understand
from qa.understanding.words import overview_words
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in

# Where a plan looks back, and where it only sets its figures.
_LOOKING_BACK = re.compile(
    r"回顾|成效|成就|成绩|执行情况|完成情况|工作总结|现状|基础|形势|发展环境|外部环境|亮点|挑战|机遇"
)
_REVIEW = re.compile(r"回顾|成效|成就|成绩|执行情况|完成情况|工作总结|发展基础|亮点")
_SETTING_TARGETS = re.compile(r"目标|指标")
_SET_PHRASES = (
    (re.compile("人口老龄化|老有[所颐][养依乐]|银发|一老"), "养老服务"),
    (re.compile("民生底线|民生保障|[弱困]有[所众][扶助]|兜[牢住底]"), "兜底保障"),
    (
        re.compile("兜底保障|兜[牢住][^,]{0,4}救助|救助(?:网|体系|水平|底线|更加|精准|提质)"),
        "社会救助",
    ),
    (re.compile("幼有[所善]育|一小"), "儿童福利"),
    (re.compile("逝有所安"), "殡葬"),
)
# The chapter that keeps a plan's tasks, and those around it that are no work.
_TASKS = re.compile(r"(?:主要|重点|工作)(?:任务|举措|措施|工作)|任务(?:与|和)(?:举措|措施)|主要做法")
_FRAME = re.compile(
    r"背景|环境|形势|总体(?:思路|要求)|指导思想|原则|目标|(?:组织|实施)保障$|保障(?:措施|机制)|规划实施|存在(?:的)?(?:主要)?(?:问题|困难|不足|短板)|(?:困难|问题|不足|短板)[和与及]|附[件表]\s*\d*$|^(?:附则|注释|名词解释)$"
)
# What the same field may be called by: 殡葬改革, 殡葬管理, 殡葬服务; 儿童福利, 儿童保障.
_FIELD_ENDING = re.compile("(?:改革|管理|服务|福利|保障|保护|事业|体系|发展|建设|治理|领域|条线|业务)+$")
_NO_MATTER = re.compile("社会|基层|公共|城乡|农村|基本|专项|综合|民政")
_PARTICULAR = re.compile(r"[“”\"《》\d]")
_OTHER_TIME = 0.7
# The heading must say this much of the field; without words for an overview, of everything that the question says.
_NAMES_FIELD = 0.6
_NAMES_ALL = 0.85
_SAYS_ALL = 0.95
# What the 社工 do, as headings call it; their stations and their training are parts of it.
_SOCIAL_WORK = re.compile("(?<!慈善)社工(?!站|师|人才|机构|队伍|证|总量|岗|室|点|服务|志愿|委|考试|培训)")
# Characters of an asker's word that need no weighing when a heading holds it.
_WHOLE = 5
_A_NAME = 4
_SEVERAL_PARTS = 2
# Of headings that say about as much as the best one the outermost is meant.
_AS_GOOD = 0.85


@dataclass(frozen=True)
class Field:
    """The section of one document that is about the field of work asked for; `is_narrowed` to a part named in so many words."""

    document: str
    section: tuple[str, ...]
    covered: float
    is_narrowed: bool = False


def holds_tasks(label: str) -> bool:
    """Whether a chapter is the one that keeps a plan's tasks."""
    return _TASKS.search(label) is not None


def is_frame(label: str) -> bool:
    """Whether a chapter frames the work (background, principles, safeguards) and is none of it."""
    return _FRAME.search(label) is not None


def field_question(asked: Question, solver: Solver) -> Question:
    """The question with nothing but the field of work as its content; without content when it names none."""
    text = _SOCIAL_WORK.sub("社会工作", _in_short(folded(asked.text)))
    subject = understand(ASKING.sub(" ", text), solver.index.documents)
    kept = (_without_generic(piece) for piece in subject.content)
    return replace(asked, content=tuple(piece for piece in kept if piece))


def _without_generic(piece: str) -> str:
    """What remains of a piece without generic words and single characters (养老服务重点抓 → 养老服务)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    return "".join(word for word in rjieba.cut(piece) if len(word) > 1 and word not in overview_words())


def broader_field(field_only: Question) -> Question | None:
    """The field by the name of its matter alone (殡葬改革, 殡葬事业: 殡葬), which headings call otherwise; None as it is."""
    bare = tuple(_FIELD_ENDING.sub("", piece) for piece in field_only.content)
    is_matter = all(len(piece) > 1 and not _NO_MATTER.fullmatch(piece) for piece in bare)
    return replace(field_only, content=bare) if bare != field_only.content and is_matter else None


def fields_of(asked: Question, field_only: Question, solver: Solver) -> list[Field]:
    """For each document the section that is about the field, the best first; documents without one are left out.

    Of several sections of a document the outermost is meant, then the one with most parts. Where no overview is asked
    for in so many words, a question that says more than a heading is about none.
    """
    says_so = asks_for_overview(folded(asked.text))
    terms = solver.vocabulary.terms_of(field_only)
    # Words that an overview is asked with (养老方面的计划) need not stand in the heading, quoted ones and figures must.
    all_terms = (
        terms if not _PARTICULAR.search(re.sub(YEAR, "", asked.text)) else solver.vocabulary.terms_of(asked)
    )
    back = looks_back(asked)
    found: list[tuple[Field, int]] = []
    # A library of a thousand papers has few different headings: each is weighed once.
    alone = cache(lambda heading: coverage(terms, _as_called(heading)))
    broader = broader_field(field_only)
    # What a field is called behind its matter (养老保障体系) is what others are called as well (儿童保障体系).
    matter = solver.vocabulary.terms_of(broader) if broader else []
    is_of_matter = cache(lambda heading: not matter or coverage(matter, _as_called(heading)) >= _NAMES_FIELD)
    whole = cache(lambda heading: _said_whole(heading, asked))
    in_context = cache(lambda section: _covered(section, terms))
    of_all = cache(lambda section: _covered(section, all_terms))
    for name, passages in passages_of(asked.documents or tuple(solver.index.documents), solver).items():
        years = asked.years or (time_of(asked, passages) if back else ())
        for section in solver.index.sections_of(name):
            # 未保 says all of 未成年人保护, and nothing of 未成年人.
            says = alone(section[-1])
            is_about = says and (says >= _SAYS_ALL or is_of_matter(" ".join(section)))
            if field_only.content and not is_about and not whole(section[-1]):
                continue
            is_other_year = years and not is_of(section, passages, years)
            if is_other_year or not is_of_asked_half(asked, " ".join(section)):
                continue
            if not field_only.content:
                covered = 1.0 if says_so and back and _REVIEW.search(section[-1]) else 0.0
            else:
                covered = in_context(section) * _fit_of_time(section, back, bool(years))
            covered = max(covered, whole(section[-1]))
            if not says_so and of_all(section) < _NAMES_ALL:
                covered = 0.0
            if covered >= _NAMES_FIELD:
                parts = len({p.section for p in passages if p.section[: len(section)] == section})
                found.append((Field(name, section, covered), parts))
    return _outermost(found, in_context)


def _outermost(
    found: Sequence[tuple[Field, int]], in_context: Callable[[tuple[str, ...]], float]
) -> list[Field]:
    """Of the sections found, each with how many parts it has, the outermost good one of each document, the best first."""
    best = max((field.covered for field, _ in found), default=0.0)
    good = [(field, parts) for field, parts in found if field.covered >= _AS_GOOD * best]
    good = _with_parents(good, in_context)
    ranked = sorted(good, key=lambda pair: (len(pair[0].section), -pair[1], -pair[0].covered))
    return list({field.document: field for field, _ in reversed(ranked)}.values())[::-1]


def _with_parents(
    good: list[tuple[Field, int]], covered: Callable[[tuple[str, ...]], float]
) -> list[tuple[Field, int]]:
    """With the section above where it names some of the field, and several sections right below it name most of it."""
    below = Counter((field.document, field.section[:-1]) for field, _ in good if len(field.section) > 1)
    parents = [
        (Field(name, section, covered(section)), count)
        for (name, section), count in below.items()
        if count >= _SEVERAL_PARTS and covered(section) > 0
    ]
    return [*good, *parents]


def as_named(field: Field, asked: Question, solver: Solver) -> Field:
    """The part of a field whose heading the question says word for word (引导…发挥作用: (四)引导发挥作用), else the field."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    text = folded(asked.text)
    for section in solver.index.sections_of(field.document):
        if section == field.section or section[: len(field.section)] != field.section:
            continue
        label = re.sub(
            r"^[^\u4e00-\u9fff]*(?:[一二三四五六七八九十]+[)、.]|\d+[.、)])?", "", folded(section[-1])
        )
        words = ".*?".join(re.escape(word) for word in rjieba.cut(label) if word.strip())
        # What the field's own heading says as well (健全社会救助体系,筑牢…) names no part of it.
        if (
            len(label) >= _A_NAME
            and re.search(words, text)
            and not re.search(words, folded(field.section[-1]))
        ):
            return replace(field, section=section, is_narrowed=True)
    return field


def passages_of(documents: Sequence[str], solver: Solver) -> dict[str, list[Passage]]:
    """The passages of each document in reading order."""
    return {name: list(solver.index.of_document(name)) for name in documents}


def time_of(asked: Question, passages: Sequence[Passage]) -> tuple[int, ...]:
    """Of a paper that reports one year and plans the next: the year that a question without one is about."""
    times = times_of(passages)
    if len(times) < _SEVERAL_PARTS:
        return ()
    return min(times) if looks_back(asked) else max(times)


def names_heading(asked: Question, solver: Solver) -> bool:
    """Whether a heading of the papers asked about holds the asker's very words (数字民政建设)."""
    names = asked.documents or tuple(solver.index.documents)
    return any(_said_whole(s[-1], asked) for name in names for s in solver.index.sections_of(name))


def _said_whole(heading: str, asked: Question) -> float:
    """1 where the heading holds the asker's very words, general as they may be (民政自身建设); else 0."""
    words = (ASKING.sub("", OVERVIEW.sub("", piece)).rstrip("抓做干搞有讲写说") for piece in asked.content)
    return float(any(len(word) >= _WHOLE and word in folded(heading) for word in words))


def _in_short(text: str) -> str:
    """党的建设 as 党建, the one name of a field of work that has 的 in it."""
    return text.replace("党的建设", "党建")


@cache
def _as_called(heading: str) -> str:
    """A heading with the plain name of the field that it is a set phrase for (积极应对人口老龄化: 养老服务)."""
    meant = "".join(f" {name}" for phrase, name in _SET_PHRASES if phrase.search(heading))
    return plain(f"{_in_short(heading)}{meant}")


def _covered(section: tuple[str, ...], terms: Sequence[Term]) -> float:
    """How much of the field a section's heading says; what the headings above it say counts for less."""
    covered = coverage(terms, _as_called(section[-1]), [(_as_called(" ".join(section[:-1])), IN_CONTEXT)])
    return covered if coverage(terms, _as_called(section[-1])) >= _NAMES_FIELD * covered else 0.0


def _fit_of_time(section: tuple[str, ...], back: bool, has_years: bool) -> float:
    """Less where a section looks back and the question ahead, or the other way round; years say it better."""
    path = " ".join(section)
    is_other = not has_years and bool(_LOOKING_BACK.search(path)) != back
    return _OTHER_TIME if is_other or _SETTING_TARGETS.search(path) else 1.0


def is_of(section: tuple[str, ...], passages: Sequence[Passage], years: tuple[int, ...]) -> bool:
    """Whether something in the section speaks about one of the years; its heading tells it where that names a year.

    第二部分 2025年工作计划 is not of 2024, though a table in it compares both.
    """
    headed = next((named for label in reversed(section) if len(named := set(years_in(label))) == 1), set())
    if headed:
        return bool(headed & set(years))
    within = [passage for passage in passages if passage.section[: len(section)] == section]
    return any(set(passage.years) & set(years) for passage in within)
