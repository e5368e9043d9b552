"""Whom and what a sentence speaks of, held against a question: the population, the group, the class, the number, the rate.

三级残疾 is not in 一级150元,二级120元, 每村 is not 每镇, and what is done for 未成年人 is not done for 老年人, however
alike the words.
"""

from __future__ import annotations

import re

from qa.evidence.paid import is_paid_for_another, is_paid_to_others
from qa.evidence.yes_or_no import asks_whether
from qa.figures.degrees import is_of_other_degree
from qa.figures.values import figures_in
from qa.understanding.question import Question
from qa.understanding.units import same_kind
from vectorstore.folding import folded

# Who is never the other: a sentence about the one alone says nothing of the other.
_POPULATIONS = (
    re.compile(r"老年|老人|长者|养老|敬老|高龄|助老|为老|老龄|孤老|一老"),
    re.compile(r"儿童|未成年|孤儿|孩子|青少年|幼儿|少年|娃|一小|学生|留守(?!老)"),
)
# Who is never the other, though each is paid, trained and counted alike.
_WORKERS = {
    "护理员": re.compile("护理员|护理人员"),
    "社工": re.compile("社工(?!站|室|服务)|社会工作(?:者|师|专业人才|人才)"),
    "社区工作者": re.compile("社区(?:专职)?工作者|社区干部|网格员"),
    "儿童主任": re.compile("儿童主任|督导员"),
    "协理员": re.compile("协理员|民政专干|救助协管员"),
}
# Who runs a home, named before its number.
_KIND, _BEHIND_KIND = re.compile("公建民营|公办|民办|社会办"), 6
# What is paid for each of them: 每餐 is no 每张.
_FOR_ONE = re.compile("每(?:一)?(餐|顿|张|户|例|具|座|套|人次|小时)")
_CLASS = re.compile(
    r"(?<![第年\d.A-Za-z一二三四五六七八九十])([一二三四五六七八九]|[1-9Ⅰ-Ⅸ])(类(?!似)|档|级|等(?=的|残|伤))"
    r"(?![医网联政甲组管平服指党干书社]|(?:的?标准)?,?(?:分别|各|都))"
)
# 分四档 are as many, 市一级 is no class.
_ONE_CLASS = re.compile(
    rf"(?<![分共有道哪各每])(?:(?<![省市县区州旗镇乡村])|(?=[一二三四五六]类)){_CLASS.pattern}"
)
# 原执行二类地区标准,调整为一类地区: what it is no more.
_NO_MORE = re.compile(
    "原(?:来|先|本)?[^,。;]{0,6}[一二三四五六][类档级]|[由从][一二三四五六][类档级](?=[^,。;\\d]{0,8}[调转升降改])"
)
# 一、二、三类地区分别为…
_JOINED_CLASSES = re.compile("([一二三四五六](?:[、和及][一二三四五六])+)([类档级])")
_LETTER_CLASS = re.compile("(?<![0-9A-Za-z])([A-Z甲乙丙丁])[类档等]")
_NUMBER_OF = re.compile("第[一二三四五六七八九十]{1,3}(次|届|批|期|轮)")
_ENDS = (re.compile("[年期月]初(?!步|级|中)"), re.compile("[年期月][末底](?!线)"))
_DIGITS = str.maketrans("123456789ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", "一二三四五六七八九" * 2)
# What was spent is no budget, what was found a year before is not of this year.
_SPENT = re.compile("决算|实际(?:支出|收入|执行|花|用)|(?:花|用)了多少")
_ONLY_PLANNED, _NOT_ONLY = re.compile("预算"), re.compile("决算|实际|执行|完成")
_YEAR_BEFORE = re.compile(
    r"(?<![比较和与跟同])(?:去年|上一?年度?)(?!同期|比|相比|预算|结[转余])(?=[\u4e00-\u9fff]{1,8}\d)"
)
_RATE = re.compile(r"每(百|千|万)(?=[名人户位个])")
_LEVEL = re.compile(r"每一?个?(村|镇|乡|社区|街道|县|区|市)(?!民(?!政))")
_OF_LEVEL = re.compile(r"(村|镇|乡|社区|街道|县|区|市)一?级(?=[^,。]{0,8}平均)")


def belongs(question: Question, shown: str, context: str) -> bool:
    """Whether a sentence or row speaks of whom a question asks about, as far as both say so.

    `context` is its section path and caption. Where either names nobody the sentence may answer.
    """
    asked, said, around = folded(question.text), folded(shown), folded(context)
    return (
        not _is_of_other_population(asked, said, around)
        and not _is_of_other_workers(asked, said)
        # What class something is of may be what is wrong about a statement.
        and (asks_whether(question) or is_of_class(asked, said if _classes_in(said) else around))
        and not (question.asks == "number" and _is_of_another_account(asked, f"{around} {said}"))
        and not _is_of_year_before(question, asked, said)
        and (question.asks != "number" or question.confirms or names_class(asked, f"{around} {said}"))
        and not (question.asks == "number" and is_of_other_degree(asked, said))
        and not _is_of_another_number(asked, said)
        and not _is_of_kind_counted_otherwise(question, asked, said)
        and not _is_of_other_end(asked, said)
        and _is_of_rate(question, asked, said)
        and not is_paid_to_others(question, asked, shown)
        and not is_paid_for_another(question, asked, shown)
    )


def _is_of_kind_counted_otherwise(question: Question, asked: str, said: str) -> bool:
    """Whether a kind that is asked about (民办护理型床位) is named in a sentence by a count of its own in another unit
    alone (民办11家,护理型床位1392张): what follows is told of all kinds."""
    kind = _KIND.search(asked)
    if kind is None or question.asks != "number" or not question.unit:
        return False
    own = [
        next((figure.unit for figure in figures_in(said[named.end() : named.end() + _BEHIND_KIND])), "")
        for named in re.finditer(kind[0], said)
    ]
    return bool(own) and all(unit and not same_kind(question.unit, unit) for unit in own)


def _is_of_another_account(asked: str, said: str) -> bool:
    """Whether it is asked what was spent, and a text tells of a budget alone."""
    return bool(_SPENT.search(asked) and _ONLY_PLANNED.search(said) and not _NOT_ONLY.search(said))


def _is_of_year_before(question: Question, asked: str, said: str) -> bool:
    """Whether a text's figures are of the year before (上年度审计发现的21个问题), which nobody asks about, or its year is only
    what another is held against (比2023年预算增加2.4万元)."""
    if question.asks != "number" or question.confirms:
        return False
    year_before = _YEAR_BEFORE.search(said)
    if year_before and not question.years and not re.search("去年|上一?年|比|较", asked):
        return re.search(r"\d[^,。;]{0,3}[个家人名户万元]", said[: year_before.start()]) is None
    if len(question.years) != 1 or re.search("[比较]", asked):
        return False
    year = f"{question.years[0]}年"
    bases = re.findall(rf"[比较]{year}(?![^,。;]{{0,8}}的\d|的?\d)", said)
    return (
        bool(bases)
        and len(bases) == said.count(year)
        and re.search(r"\d{4}年", said.replace(year, "")) is not None
    )


def _is_of_other_workers(asked: str, said: str) -> bool:
    """Whether a sentence names workers, and none of those asked about (护理员 by 社区工作者)."""
    wanted, told = (
        {name for name, pattern in _WORKERS.items() if pattern.search(text)} for text in (asked, said)
    )
    return bool(wanted) and bool(told) and not wanted & told


def _is_of_other_population(asked: str, said: str, around: str) -> bool:
    wanted = [bool(population.search(asked)) for population in _POPULATIONS]
    if sum(wanted) != 1:
        return False
    own, other = _POPULATIONS if wanted[0] else reversed(_POPULATIONS)
    return bool(other.search(said)) and not own.search(said) and not own.search(around)


def is_of_class(asked: str, said: str) -> bool:
    """False where a question names a class (三级残疾) and a text others of the same scale, and not this one."""
    wanted, named = _classes_in(asked), _classes_in(_NO_MORE.sub("", said))
    return all(wanted[scale] & named[scale] for scale in wanted.keys() & named.keys())


def is_of_another_class(asked: str, said: str) -> bool:
    """Whether a text (neither folded) tells of classes of the scale that a question names one of, and not of that one."""
    return not is_of_class(folded(asked), folded(said))


def names_class(asked: str, said: str) -> bool:
    """Whether a text names a class of each scale that a question names one of: what all get is not what 二档 get."""
    named = _classes_in(said).keys()
    letters = _LETTER_CLASS.findall(asked)
    return all(match[2] in named for match in _ONE_CLASS.finditer(asked)) and all(
        letter in said for letter in letters
    )


def _classes_in(text: str) -> dict[str, set[str]]:
    """The numbers of the classes that a text names, by their scale (级, 档, 类)."""
    found: dict[str, set[str]] = {}
    for number, scale in _CLASS.findall(_JOINED_CLASSES.sub(_each_class, text)):
        found.setdefault(scale, set()).add(number.translate(_DIGITS))
    return found


def _each_class(match: re.Match[str]) -> str:
    return "、".join(f"{number}{match[2]}" for number in re.findall("[一二三四五六]", match[1]))


def _is_of_another_number(asked: str, said: str) -> bool:
    """Whether it is asked about the third of something (第三次普查), and a text speaks only of another (第二次普查)."""
    for number in _NUMBER_OF.finditer(asked):
        told = {match.group(0) for match in _NUMBER_OF.finditer(said) if match[1] == number[1]}
        if told and number.group(0) not in told:
            return True
    return False


def _is_of_other_end(asked: str, said: str) -> bool:
    """Whether what there was at the beginning of the year is asked for and a text tells only of its end, or the reverse."""
    for own, other in (_ENDS, _ENDS[::-1]):
        if own.search(asked) and not other.search(asked) and other.search(said) and not own.search(said):
            return True
    return False


def _is_of_rate(question: Question, asked: str, said: str) -> bool:
    """Whether so many of each thousand, or for each village, are told as such where they are asked for."""
    if question.asks != "number":
        return True
    for_one, told = set(_FOR_ONE.findall(asked)), set(_FOR_ONE.findall(said))
    if for_one and told and not for_one & told:
        return False
    rate = _RATE.search(asked)
    if rate and not re.search(rf"每{rate[1]}", said):
        return False
    levels = {*_LEVEL.findall(asked), *_OF_LEVEL.findall(asked)}
    named = set(_LEVEL.findall(said))
    return not levels or not named or bool(levels & named)
