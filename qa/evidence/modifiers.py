"""Words that narrow what a question counts (高级社工师, 省级财政, 独居老人): what does not say them speaks of others.

Verbs and most nouns of a question may be missing from what answers it, for people call things by other names. Words that
only tell one kind from another of the same name are not exchanged: of 923 questions rightly answered none lacked one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.evidence.relevance import plain
from qa.understanding.question import Question
from qa.understanding.wording import synonyms_in
from qa.understanding.words import function_words, generic_words
from vectorstore.folding import folded

# Words that a dictionary calls distinguishing (高级, 省级, 私立), as far as they distinguish.
_DISTINGUISHING = "b"
_NOT_TELLING = frozenset(
    ("主要", "总共", "现有", "等级", "原有", "所有", "共同", "不同", "相关", "有关", "同样")
)
_OF_LEVEL = re.compile("^(?:[省市州县区旗镇乡村]级|[省市州县区旗]属)$")
# How the old, the young and the staff are told apart, with the words that stand for each other.
_KINDS_OF_PEOPLE = tuple(
    re.compile(words)
    for words in (
        "独居|独自(?:居住|生活)|一个人(?:住|过)",
        "空巢",
        "留守",
        "失独|计划生育特殊|计生特殊",
        "孤寡|孤老|三无|特困",
        "女性|妇女|女(?=职工|老人|童|社工|护理员|干部)",
        "男性|男(?=职工|老人|童|社工|护理员|干部)",
        "少数民族",
        "外地|外籍|外来|非本地|非户籍|非本[市县区]|外省|跨省|省外|[市县区]外",
        "兼职",
        "专职|专业",
        "重病|大病|重大疾病",
        "失智|认知障碍|痴呆",
        "失能|自理|全护理",
        "离异|单亲",
        "退休",
        "在编|编制",
        "贫困|困难|低收入|低保",
        "辍学|失学",
        "涉外|外国",
        "未成年|儿童|孤儿|少年|学生|青少年",
    )
)


def lacks_modifier(question: Question, *texts: str, region: str = "") -> bool:
    """Whether a question for a figure narrows what it counts by a word that none of the texts says.

    `region`: the place of the paper, whose own level goes without saying (市级 in a paper of a city).
    """
    if question.asks != "number" or question.is_english or question.confirms:
        return False
    narrowing = _modifiers_of(question.content)
    if not narrowing:
        return False
    said = plain(" ".join(texts))
    return any(
        not any(re.search(wording, said) for wording in wordings)
        and not (_OF_LEVEL.match(wordings[0]) and wordings[0][0] == region[-1:])
        for wordings in narrowing
    )


@lru_cache(maxsize=1024)
def _modifiers_of(content: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The narrowing words of a question's content, each as patterns of the wordings that say it."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    found = []
    for piece in content:
        text, end = plain(folded(piece)), 0
        synonyms = synonyms_in(text)
        for word, tag in rjieba.tag(text):
            start, end = end, end + len(word)
            if tag != _DISTINGUISHING or word in _NOT_TELLING | generic_words() | function_words():
                continue
            official = [w for s in synonyms if s.start < end and start < s.end for w in s.official]
            found.append((re.escape(word), *(re.escape(plain(w)) for w in official)))
        found += [(kind.pattern,) for kind in _KINDS_OF_PEOPLE if kind.search(text)]
    return tuple(found)
