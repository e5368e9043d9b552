"""What people tell beside their question: why they ask and for whom (写材料等着用, 领导让我查的), which asks nothing.

What a question is about stands in the clause that asks. A clause beside it is mere talk where it is made of words of
talk alone (words.toml); one word of anything else, and it may tell what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.understanding.naming import places_named
from qa.understanding.wording import wordings_in
from qa.understanding.words import talk_words
from vectorstore.documents import Document

_CLAUSE = re.compile(r"[^,;。?!:\s]+[,;。?!:\s]*")
_MARKS = ",;。?!:、~ "
_ASKS = re.compile("多少|[几哪谁吗]|什么|啥|怎|咋|如何|是否|是不是|有没有|多[大高长久]|[是对]不")
_PERSON = (
    "(?:[我咱俺他她](?:们|家)?的?)?(?:有人|领导|局长|科长|处长|主任|书记|县长|区长|市长|老板|同事|同志|同学|记者|媒体|网友|市民|村民|居民|群众|老乡|老百姓|朋友|亲戚|邻居|"
    "群里|局里|科里|所里|单位|家里|上级|上面|代表|委员|老师|大爷|大妈|阿姨|妈|爸|姐|哥|叔|婶)"
)
# Whose question it is, for what the answer is wanted, and how little the asker knows, in whatever further words.
_TELLS_WHY = re.compile(
    f"[\u4e00-\u9fff]{{0,4}}?{_PERSON}[\u4e00-\u9fff]{{0,4}}?(?:问|要|催|让|托|打听|咨询|等|找|追)[\u4e00-\u9fff]{{0,4}}|"
    "[\u4e00-\u9fff]{0,5}?(?:写|填|编|整理|起草|做|印|弄)[\u4e00-\u9fffA-Za-z]{1,7}?(?:用|要|急用|等着|呢)?的?|"
    "[\u4e00-\u9fff]{0,4}?(?:考核|检查|开会|审计|汇报|对账|评比|交接|上课|培训|讲课|记账|存档|备课|宣传|值班|接待|考试)(?:的时候|时)?[要得会]*[用要问考交查]到?的?|"
    "[我这]?(?:边|是)?(?:刚|新|才)(?:来|接手?|调来|到|上任|上岗|入职)[\u4e00-\u9fff]{0,6}|我?不[太大怎么]{0,2}(?:熟|懂|清楚|了解|明白)[\u4e00-\u9fff]{0,3}|"
    "跟[\u4e00-\u9fff]{1,4}对[数账表]用?|[要得]?给[\u4e00-\u9fff]{1,6}?(?:回话|回信|回复|答复|汇报|交差|讲课|讲)[用要呢的]*"
)
# Somebody's question told as such: 同事说荆门社区有多少个.
_SAYS = re.compile(
    f"^[老小大]?{_PERSON}(?:刚才?|昨天|今天)?(?:[又也]?问起?我?|说|讲|[让要托]我?(?:来|帮忙)?[问查找看]|想知道)(?:一?下|过|了)?(?=[\u4e00-\u9fff]{{4}})"
)
_OF_TALK = frozenset(
    ("宣传", "做宣传", "考核", "培训", "检查", "审计", "居民", "群众", "村民", "宣讲", "接待", "汇报")
)
# 残疾人补贴问谁,电话: by itself such a word asks for what it names.
_ALSO_WANTED = frozenset(("电话", "电话号码", "联系电话", "号码", "地址", "时间", "依据"))
# Longer clauses are no mere talk, nor is a keyword between spaces; a question of more clauses is no question.
_LONGEST, _KEYWORD, _MOST = 18, 3, 40
# How short the answer is to be (几句话说说): that it is to be told, and nothing that it is about.
_IN_A_FEW_WORDS = re.compile(
    "用?(?:[几两三]|三[两五]|两三)句话(?:就行|就好|即可)?(?:[给跟]我)?(?:[说讲]一?[说讲]|介绍|概括|总结|归纳|[说讲])?(?:一?下|清楚)?(?=[,。;!?]|$)"
)
# What is left has to be a question. So long a term of the field names its subject by itself.
_SHORTEST, _FULL_NAME = 4, 4


def without_talk(text: str) -> str:
    """`text` (folded) without the clauses that are mere talk; as it is where nothing else is said."""
    text = _IN_A_FEW_WORDS.sub("说说", _SAYS.sub("", text))
    clauses = _CLAUSE.findall(text)
    if not 1 < len(clauses) <= _MOST:
        return text
    kept = [
        clause
        for number, clause in enumerate(clauses)
        if not _is_talk(clause.strip(_MARKS))
        or (len(clause.strip(_MARKS)) <= _KEYWORD and _is_apart_by_space(clauses, number))
    ]
    if not kept or len(kept) == len(clauses) or all(len(clause) < _SHORTEST for clause in kept):
        return text
    return "".join(kept).rstrip(",;: ")


def without_asides(text: str, documents: Mapping[str, Document]) -> str:
    """What asks in a text (folded), where it names its subject fully and the clauses beside it name nothing of the field.

    "" where nothing is to be left out. For a question that finds nothing: what stands beside it may be of the asker's own
    life (校对稿子碰到的,…), and a subject that is named fully needs no more.
    """
    clauses = [clause for clause in _CLAUSE.findall(text) if clause.strip(_MARKS)]
    asking = [clause for clause in clauses if not _is_aside(clause.strip(_MARKS), documents)]
    if not 0 < len(asking) < len(clauses) <= _MOST or not any(map(_ASKS.search, asking)):
        return ""
    rest = "".join(asking).rstrip(",;: ")
    named = {found.written for found in wordings_in(rest)}
    return rest if len(named) > 1 or any(len(name) >= _FULL_NAME for name in named) else ""


def _is_aside(clause: str, documents: Mapping[str, Document]) -> bool:
    """Whether a clause asks nothing and has no term of the field, no figure and no place."""
    if _ASKS.search(clause) or any(map(str.isdigit, clause)) or "“" in clause or clause in _ALSO_WANTED:
        return False
    if any(found.written not in _OF_TALK for found in wordings_in(clause)):
        return False
    regions, elsewhere, named, _ = places_named(clause, documents)
    return not (regions or elsewhere or named)


def _is_apart_by_space(clauses: list[str], number: int) -> bool:
    """Whether nothing but a space stands between a clause and its neighbours, as between keywords."""
    before = clauses[number - 1][-1:] if number else " "
    behind = clauses[number][-1:] if number + 1 < len(clauses) else " "
    return before.isspace() and behind.isspace()


def _is_talk(clause: str) -> bool:
    """Whether a clause is made of words of talk alone, one of them of asking, writing or using."""
    if len(clause) > _LONGEST or _ASKS.search(clause) or any(map(str.isdigit, clause)):
        return False
    if clause in _ALSO_WANTED:
        return False
    if _TELLS_WHY.fullmatch(clause) and all(found.written in _OF_TALK for found in wordings_in(clause)):
        return True
    about, beside = talk_words()
    # Whether the first so many characters are made of such words: without one about the talk, and with one.
    plain, telling = {0}, set[int]()
    for start in range(len(clause)):
        for end in range(start + 1, len(clause) + 1):
            word = clause[start:end]
            if word in about and (start in plain or start in telling):
                telling.add(end)
            if word in beside:
                plain |= {end} if start in plain else set()
                telling |= {end} if start in telling else set()
    return len(clause) in telling
