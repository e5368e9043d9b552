"""Which section of a document a question is about, when it asks for a whole field of work and not for one sentence.

A field of work is named by a heading; what asks about all that a document does is about its chapters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qa.composing.papers import NAMES_PAPER, OF_PAPER, times_of
from qa.evidence.dating import is_of_asked_half
from qa.evidence.relevance import IN_CONTEXT, Term, coverage, plain
from qa.evidence.solving import Solver
from qa.understanding.question import Question, understand
from qa.understanding.words import generic_words, overview_words
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.numerals import YEAR

# Asking for an overview, in any wording.
_OVERVIEW = re.compile(
    r"综合(?=[说讲介])|总体|整体|总的|大体|大致|大概|概括|概述|概要|综述|归纳|梳理|提纲|框架|总结一?下|介绍一?下|简要|简单(?:说|介绍|讲)|说说|讲讲|"
    r"(?:怎么|如何|怎样|咋)(?:样)?(?:个)?(?:安排|部署|规划|谋划|布局|打算|推进|开展|发展|加强|做好|抓好?|搞好?|搞|做|干|构建|健全|完善|提升|提高|优化|强化)(?!.*[多几])|"
    r"(?:怎么|如何|怎样|咋)(?:个)?把[^,?]{2,20}?(?:[建抓做搞管办]|健全|完善|发展|织|兜|落)(?:起来|上去|下去|好|牢|实|强|到位)|"
    r"(?:哪|几)(?:些|几)?个?(?:大)?方面|思路|路子|部署|工作要点|重点(?:抓|做|工作|任务)|抓些?(?:啥|什么|哪些)|(?:要)?(?:做|干|办)(?:些|了)?(?:啥|什么|哪些|哪?几件)|"
    r"(?:哪些|什么|啥)(?:工作|事)?(?:部署|安排|举措|措施|任务|动作|打算|内容|亮点|进展|成绩|成效|成就|路子|做法)|"
    r"主要(?:内容|思路|安排|做法|任务|措施|举措|工作|是|做|有|讲|抓)"
)
# What one sentence answers, though a heading names the subject.
_ONE_THING = re.compile(
    r"(?:怎么|如何|怎样|咋)(?:个)?(?:申请|申报|办理|领取?|拿|算|计算|认定|确定|界定|审批|审核|报销|交|收费|划分|分档)|"
    r"(?:要|需要?|得)?(?:带|交|提供|准备)(?:什么|哪些|啥)(?:材料|证件|手续)?[?]?$|(?:什么|哪些|啥)(?:条件|材料|手续|证件|流程|程序|意思|时候|人(?:可以|能|不))|"
    r"(?:由|归|是|找)?谁(?:来)?(?:负责|牵头|审批|审核|管|出|掏|付|承担)|哪(?:个|些|几个)?(?:单位|部门|股室|科室)(?:负责|牵头|管)|为什么|为啥|啥时|多久|"
    # the bare name of a figure
    r"(?:目标值?|指标值|[\u4e00-\u9fff]{2}数量?|率|占比|比例|面积|金额)[?]?$"
)
# What the asking for an overview says, and not the field of work.
_ASKING = re.compile(
    rf"{NAMES_PAPER}|总结一?下|介绍一?下|简单说说|综合(?:[说讲]|介绍)一?下?|过去(?:[几五\d]年)?|(?:这|近)(?:几|些|五)?年来?|民政(?:系统|部门|局)|(?:这|那)[一两二三几]?大?(?:块|部分|方面)|(?<=[建抓搞做管])起来|"
    r"(?:有|从|是|分)?(?:哪|几)(?:些|几)?个?(?:大)?方面|\([^)]*\)|帮我|列个|发力|围绕|(?<!社会)工作(?!站|者|人员|点|室|队)"
)
# Where a plan looks back, and where it only sets its figures.
_LOOKING_BACK = re.compile(
    r"回顾|成效|成就|成绩|执行情况|完成情况|工作总结|现状|基础|形势|发展环境|外部环境|亮点|挑战|机遇"
)
_REVIEW = re.compile(r"回顾|成效|成就|成绩|执行情况|完成情况|工作总结|发展基础|亮点")
_SETTING_TARGETS = re.compile(r"目标|指标")
_ASKS_BACK = re.compile(
    r"得(?:怎么样|如何|咋样)|做了|取得|成效|成绩|成就|回顾|完成|进展|现状|亮点|开展了|办了|挑战|困难|问题|形势|机遇"
)
# What a whole paper contains, or all that an office does.
_ALL_WORK = re.compile(
    rf"{OF_PAPER}|(?:工作|任务|民政|事业)的?(?:总的?|主要|整体|总体)?(?:重点|要点|任务|安排|部署|打算|计划|思路|内容|举措|措施|情况)|(?:重点|主要)(?:任务|工作|抓|做|是|有)|"
    r"(?:做|干|办|抓|开展|完成)(?:了)?(?:哪些|什么|啥|些)|(?:讲|写|说|提|谈)(?:了|的)?(?:些|是|哪些|什么|啥)|(?:主要|大致|大概|核心|全部)内容|"
    r"概括|概述|概要|综述|归纳|梳理|总结一?下|介绍一?下|(?:几|哪些)个?(?:大)?(?:方面|部分|章|块)|"
    r"(?:民政|各项|整体|全[年市县区州])(?:工作|事业)?(?:怎么|如何|怎样|咋)(?:个)?(?:安排|部署|打算|谋划|开展|推进|抓|做|干|搞)"
)
_SET_PHRASES = (
    (re.compile("人口老龄化|老有[所颐][养依乐]|银发|一老"), "养老服务"),
    (re.compile("民生底线|民生保障|[弱困]有[所众][扶助]|兜[牢住底]"), "兜底保障"),
    (re.compile("幼有[所善]育|一小"), "儿童福利"),
    (re.compile("逝有所安"), "殡葬"),
)
# 数字民政 is one part of the work of a 民政局.
_A_KIND_OF_WORK = re.compile("(?:数字|智慧|法治|清廉|廉洁|平安|阳光|信息化?|标准化?|品质|温情|幸福)民政")
# The chapter that keeps a plan's tasks, and those around it that are no work.
_TASKS = re.compile(r"(?:主要|重点|工作)(?:任务|举措|措施|工作)|任务(?:与|和)(?:举措|措施)|主要做法")
_FRAME = re.compile(
    r"背景|环境|形势|总体(?:思路|要求)|指导思想|原则|目标|(?:组织|实施)保障$|保障(?:措施|机制)|规划实施|存在(?:的)?(?:主要)?(?:问题|困难|不足|短板)|(?:困难|问题|不足|短板)[和与及]"
)
_PARTICULAR = re.compile(r"[“”\"《》\d]")
_NAMED_THING = re.compile(r"[“\"](?![一二三四五六七八九十]{1,3}五[”\"])[^“”\"]{2,20}[”\"]")
_OTHER_TIME = 0.7
# The heading must say this much of the field; without words for an overview, of everything that the question says.
_NAMES_FIELD = 0.6
_NAMES_ALL = 0.85
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


def asks_for_overview(text: str) -> bool:
    """Whether a question asks for an overview in so many words. `text` is folded."""
    return _OVERVIEW.search(text) is not None


def asks_one_thing(text: str) -> bool:
    """Whether a question asks for one matter of its subject (怎么申请, 谁负责), which is no overview. `text` is folded."""
    return _ONE_THING.search(text) is not None


def looks_back(asked: Question) -> bool:
    """Whether a question is after what was done rather than what is planned."""
    return _ASKS_BACK.search(asked.text) is not None


def asks_for_all_work(asked: Question) -> bool:
    """Whether a question asks what a whole paper contains, or what its office does or did (今年的工作重点)."""
    text = folded(asked.text)
    is_all = _ALL_WORK.search(text) is not None and _A_KIND_OF_WORK.search(text) is None
    return is_all and not names_thing(text) and not all_words(asked)


def names_thing(text: str) -> bool:
    """Whether a question names one thing in quotation marks (“桥计划”), a plan's own name (“十四五”) aside. `text` is folded."""
    return _NAMED_THING.search(text) is not None


def all_words(asked: Question) -> list[str]:
    """The words of a question's content that name something, and do not only ask for an overview."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    idle = overview_words() | generic_words()
    return [
        word
        for piece in asked.content
        for word in rjieba.cut(_ASKING.sub(" ", piece))
        if len(word.strip()) > 1 and word not in idle
    ]


def holds_tasks(label: str) -> bool:
    """Whether a chapter is the one that keeps a plan's tasks."""
    return _TASKS.search(label) is not None


def is_frame(label: str) -> bool:
    """Whether a chapter frames the work (background, principles, safeguards) and is none of it."""
    return _FRAME.search(label) is not None


def field_question(asked: Question, solver: Solver) -> Question:
    """The question with nothing but the field of work as its content; without content when it names none."""
    text = _in_short(folded(asked.text))
    subject = understand(_ASKING.sub(" ", text), solver.index.documents)
    kept = (_without_generic(piece) for piece in subject.content)
    return replace(asked, content=tuple(piece for piece in kept if piece))


def _without_generic(piece: str) -> str:
    """What remains of a piece without generic words and single characters (养老服务重点抓 → 养老服务)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    return "".join(word for word in rjieba.cut(piece) if len(word) > 1 and word not in overview_words())


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
    whole = cache(lambda heading: _said_whole(heading, asked))
    in_context = cache(lambda section: _covered(section, terms))
    of_all = cache(lambda section: _covered(section, all_terms))
    for name, passages in passages_of(asked.documents or tuple(solver.index.documents), solver).items():
        years = asked.years or (time_of(asked, passages) if back else ())
        for section in solver.index.sections_of(name):
            if field_only.content and not alone(section[-1]) and not whole(section[-1]):
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
        words = [word for word in rjieba.cut(label) if word.strip()]
        if len(label) >= _A_NAME and re.search(".*?".join(map(re.escape, words)), text):
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
    words = (_ASKING.sub("", _OVERVIEW.sub("", piece)).rstrip("抓做干搞有讲写说") for piece in asked.content)
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
    """Whether something in the section speaks about one of the years."""
    within = [passage for passage in passages if passage.section[: len(section)] == section]
    return any(set(passage.years) & set(years) for passage in within)
