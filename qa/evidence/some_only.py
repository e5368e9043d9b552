"""Of how many something was done is not how many there are (培训196名从业人员 to 从业人员总共多少); nor are those of one class,
those of something else in the sentence, or a share."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile

from qa.evidence.amounts import has_amount, is_in_unit_asked
from qa.evidence.nouns import counted_in
from qa.evidence.people_counted import names_people
from qa.evidence.relevance import plain
from qa.figures.spots import spots_of
from qa.figures.values import figures_in
from qa.understanding.question import Question
from qa.understanding.units import same_kind
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_ASKS_ALL = re.compile(
    "一共|总共|总数|共有|现有|(?:现在|目前)有|全[省市县区州旗](?:有|多少|几)|总量|拢共|[市县区州旗]有(?:多少|几)|在用|用上"
)
_USES = re.compile("在用|用上")
# Who is counted each time is counted twice.
_EACH_TIME = "人次"
# What is done to some of them. What is paid to whoever is entitled (发放, 惠及) reaches all, and is left out.
_DEEDS = "培训|轮训|评估|评定|资助|走访|探访|慰问|选派|招募|招聘|招录|表彰|护送|抽查|体检|评选|奔赴|参加|报名|接收|安置|招收"
# 1家四星级养老机构 are no 养老机构 in all.
_OF_CLASS = re.compile(
    r"(?:[一二三四五六\dA]{1,4}(?:星|A|级)|(?:品牌|示范|重点|专业|智慧|骨干|优秀|先进)性?(?=[\u4e00-\u9fff]{2}))"
)
_CLASS_ASKED = re.compile("[星级档类]|A|品牌|示范|重点|专业|智慧|骨干|优秀|先进")
_COUNTS_THINGS = frozenset("家所个处座支")
_ADDED_TO = _COUNTS_THINGS | frozenset("张人名位")
_ITS_OWN_THING = re.compile(r"[\u4e00-\u9fffA-Za-z]{4,}")
# The number by its name: 社区数量.
_NUMBER_AT_END = "总?数量?(?:一共|总共|现在)?(?:是|有|为)?(?:多少|几)?[?。]*$"
_ASKS_WHAT_IS = re.compile("(?<![要将会能可还的])有(?:多少|几)")
# 建成后有多少床位: what a home adds is all that it has.
_ONCE_BUILT = re.compile("(?:建成|建好|完工|投用|投入(?:使用|运营))(?:之|以)?后")
_CHANGING = re.compile(
    "改造|整治|整改|新增|新建|新设|改建|扩建|增设|再建|建设(?![局厅部委])|打造|培育|申报|创建|创成|命名|评[为上]|获评|授予"
)
# 有多少家养老机构做了消防复验: of how many something is true, and not how many there are.
_DOES_SOMETHING = re.compile(
    "有(?:多少|几)[^,。?]{2,16}?(?:做|搞|办|进行|开展|通过|完成|接受|参与)(?:了|过)?[^,。?]{2}"
)
_ASKS_DIVISIONS = re.compile(
    f"有(?:多少|几)个?(?:城市|农村|城乡|行政)?(社区|街道|乡镇|居委会|[村镇])(?=[,。?呢啊了]|$)|(社区|街道|乡镇|居委会){_NUMBER_AT_END}"
)
_JUST_NAMED = re.compile(r"等\d+个")
# A number by its name (登记量, 床位数), and what is asked for in money as a whole (民政经费).
_IS_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{2}量|数量|总数)(?:一共|总共)?(?:是|有|为)?(?:多少|几)?(?:呢)?[?。]*$"
)
_ALL_MONEY = re.compile(
    r"^(?:每年|全年|一年|今年|民政|全部|总|事业|工作|规划|部门)*(?:事业费|经费|资金|投入|预算|开支|花费|支出)$"
)
_OF_ALL_MONEY = re.compile("民政|总投资|累计完成投资|计划投资|总投入|总预算|总支出|经费")
_DONE = re.compile(rf"(?:{_DEEDS})")
# A whole that a question names by its number (22家寺庙里几家整改了).
_WHOLE_NAMED = re.compile(
    r"(?P<number>\d+)(?P<unit>个?[人家户张名位对穴处所个座支宗件起项]次?)[^,。?\d]{0,10}?(?:里面?|当?中|之中)(?:有)?(?:几|多少)"
)


def is_of_some_only(question: Question, shown: str) -> bool:
    """Whether all of something is asked for, and every figure of a sentence is of some only, of a class, or of something else."""
    if question.asks != "number" or question.is_english or question.confirms:
        return False
    asked = folded(question.text)
    return (
        _is_of_some_people(question, asked, shown)
        or _is_of_a_class(question, asked, shown)
        or _is_of_added(question, asked, shown)
        or _is_share_of_number(question, asked, shown)
        or _is_for_one_thing(question, shown)
        or _is_of_another_whole(asked, shown)
    )


def _is_of_some_people(question: Question, asked: str, shown: str) -> bool:
    # 平台有多少老人在用: who uses something, whatever is named last.
    is_of_people = names_people(question) or _USES.search(asked) is not None
    if not _ASKS_ALL.search(asked) or not is_of_people or _DONE.search(asked):
        return False
    clauses = [folded(shown[start:end]) for start, end in clause_spans(shown, 0, len(shown))]
    giving = [clause for clause in clauses if has_amount(question, clause)]
    return bool(giving) and all(
        _DONE.search(clause) or (_EACH_TIME in clause and _EACH_TIME not in asked) for clause in giving
    )


def _is_of_a_class(question: Question, asked: str, shown: str) -> bool:
    """Whether each figure counts, right behind it, a class (1家四星级养老机构) or another thing than the one counted."""
    if question.unit not in _COUNTS_THINGS:
        return False
    counted = counted_in(question)
    text = folded(shown)
    behind = [
        (near.before, re.split("[,;。]", text[near.spot.end :])[0])
        for near in spots_of(shown)
        if is_in_unit_asked(question, near.spot.quantity.unit)
    ]
    return bool(behind) and all(
        (_OF_CLASS.match(after) and not _CLASS_ASKED.search(asked))
        or (
            bool(counted)
            and _ITS_OWN_THING.match(after) is not None
            and not any(wording in plain(f"{before} {after}") for wording in counted)
            and any(wording in plain(shown) for wording in counted)
        )
        for before, after in behind
    )


def _is_of_added(question: Question, asked: str, shown: str) -> bool:
    """Whether it is asked how many there are, and every figure is of those that are made over or added (改造敬老院26所), or
    of those just named (孔雀苑等4个社区)."""
    divisions = _ASKS_DIVISIONS.search(asked)
    is_number = divisions or _ASKS_WHAT_IS.search(asked) or _IS_NUMBER.search(asked)
    asks_what_is = is_number and not _ONCE_BUILT.search(asked)
    if question.unit not in _ADDED_TO or not asks_what_is or _CHANGING.search(asked):
        return False
    if _DOES_SOMETHING.search(asked):
        return False
    pieces = [folded(piece) for piece in re.split("[,，。;；]", shown)]
    giving = [piece for piece in pieces if has_amount(question, piece)]
    if divisions:
        # 1家社区食堂 and 社区社会组织171家 count no 社区.
        name = divisions[1] or divisions[2]
        counts = (
            rf"\d个?(?:城市|农村|城乡|行政)?{name}(?!社会|[\u4e00-\u9fff]{{0,4}}[站堂中组服])|"
            rf"{name}总?数?(?:达到?|有|为|共|是)?\d"
        )
        giving = [piece for piece in giving if re.search(counts, piece)] or [""]
    return bool(giving) and all(
        not piece or _CHANGING.search(piece) or _JUST_NAMED.search(piece) for piece in giving
    )


def _is_share_of_number(question: Question, asked: str, shown: str) -> bool:
    if question.unit or not _IS_NUMBER.search(asked):
        return False
    units = {figure.unit for figure in figures_in(shown) if figure.is_amount}
    return units == {"%"} or (bool(re.search("[率占比]", shown[:40])) and units <= {"", "%"})


def _is_for_one_thing(question: Question, shown: str) -> bool:
    """Whether the money for everything is asked for, and a sentence gives what one thing got (临时救助金5244万元)."""
    is_all = bool(question.content) and all(_ALL_MONEY.match(piece) for piece in question.content)
    return is_all and not _OF_ALL_MONEY.search(shown)


def _is_of_another_whole(asked: str, shown: str) -> bool:
    """Whether a question names the whole by its number, and no part of that whole is told: its parts stand behind it, before
    the sentence goes on to something else (22家寺庙;检查32家单位,完成整改11家)."""
    named = _WHOLE_NAMED.search(asked)
    if named is None or shown.startswith("其中"):
        return False
    whole = Decimal(named["number"])
    for figure in figures_in(shown):
        if figure.value != whole or not same_kind(named["unit"], figure.unit):
            continue
        behind = re.split("[;；。]", shown[figure.end :])[0]
        parts = takewhile(lambda part: part.value <= whole, figures_in(behind))
        if any(part.is_amount and same_kind(named["unit"], part.unit) for part in parts):
            return False
    return True
