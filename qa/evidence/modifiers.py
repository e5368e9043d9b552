"""Words that narrow what a question counts (高级社工师, 省级财政, 独居老人): what does not say them speaks of others.

Verbs and most nouns of a question may be missing from what answers it, for people call things by other names. Words that
only tell one kind from another of the same name are not exchanged: of 923 questions rightly answered none lacked one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.evidence.relevance import listed_levels, plain
from qa.understanding.question import Question
from qa.understanding.wording import synonyms_in
from qa.understanding.words import function_words, generic_words, is_across_words
from vectorstore.folding import folded

# Words that a dictionary calls distinguishing (高级, 省级, 私立), as far as they distinguish.
_DISTINGUISHING, _NOUN = "b", "n"
_NOT_TELLING = frozenset(
    ("主要", "总共", "现有", "等级", "原有", "所有", "共同", "不同", "相关", "有关", "同样")
)
# A compound's first half tells it from others that end alike, unless it only grades them.
_COMPOUND, _HALF, _ONLY_GRADING = 4, 2, frozenset(("最低", "最高", "平均", "全部", "具体", "实际", "相关"))
_OF_LEVEL = re.compile("^(?:[省市州县区旗镇乡村]级|[省市州县区旗]属)$")
# How people are told apart, and what was undone from what was done, with the words that stand for each other: what asks by
# one of these is answered by what says one of them.
_TOLD_APART = tuple(
    (re.compile(asked), re.compile(said or asked))
    for asked, said in (
        ("独居|独自(?:居住|生活)|一个人(?:住|过)", ""),
        ("空巢", ""),
        ("留守", ""),
        ("失独|计划生育特殊|计生特殊", ""),
        ("孤寡|孤老|三无", "孤寡|孤老|三无|特困|五保"),
        ("女性|妇女|女(?=职工|老人|童|社工|护理员|干部)", "女"),
        ("男性|男(?=职工|老人|童|社工|护理员|干部)", "男"),
        ("少数民族", ""),
        ("外地|外籍|外来|非本地|非户籍|非本[市县区]|外省", "外|非本|非户籍|跨省|异地"),
        ("兼职", ""),
        ("专职", "专职|专业"),
        ("重病|大病|重大疾病", "病"),
        ("失智|认知(?=障碍|症|床|照护)|痴呆", "失智|认知|痴呆"),
        ("失能|自理|全护理", "失能|自理|护理"),
        ("重度(?=残疾人?(?!人?护理|人?补贴|人?两))", "重度|重残"),
        ("离异|单亲", ""),
        ("退休", ""),
        ("在编|编制", ""),
        ("辍学|失学", ""),
        ("涉外|外国", "外"),
        ("两岸|涉台|台胞|台湾|涉港|港澳|跨境", "台|港|澳|两岸|跨境|涉外"),
        ("未成年|儿童|孤儿|少年|学生", "未成年|儿童|孤儿|少年|学生|孩子|生|青年"),
        ("解除", ""),
        ("(?:撤|吊|注)销", "撤销|吊销|注销|清理|取缔"),
        ("停发|停保|清退", "停|清退|退出|取消"),
        ("关停|关闭|关门|停业|停办|倒闭|歇业", "关|停|撤|取缔|倒闭|歇业|并转|退出"),
        ("失火|起火|着火|烧毁|火灾", "失火|起火|着火|烧毁|火灾"),
        ("追回|退回|收回|追缴", "追|退|收回"),
        # What happened to those who are counted has no other name either.
        ("出生|新生儿|降生|^生$", "出生|新生儿"),
        (
            "死亡|病故|去世|过世|逝世|离世|死(?=掉|$)|[冻饿淹病摔烧砸]死",
            "死|故|去世|逝|亡|遗体|骨灰|火化|殡|葬",
        ),
        ("收养|领养", "收养|领养"),
        ("失业|下岗", "失业|下岗|未就业"),
        ("中奖", ""),
        ("罚款|处罚|罚了|被罚", "罚"),
        ("受骗|被骗|诈骗|上当", "骗"),
        ("投诉|举报|告状", "投诉|举报|信访|来信|上访"),
        ("辞职|离职|流失", "辞|离职|离岗|流失"),
        ("感染|确诊", "感染|确诊"),
        ("毕业", ""),
        ("打官司|诉讼|起诉", "诉讼|起诉|官司"),
        ("未通过|不合格|没通过", "不合格|未|没|不"),
    )
)


def lacks_modifier(question: Question, *texts: str, region: str = "") -> bool:
    """Whether a question for a figure narrows what it counts by a word that none of the texts says.

    `region`: the place of the paper, whose own level goes without saying (市级 in a paper of a city).
    """
    if question.asks != "number" or question.is_english or question.confirms:
        return False
    narrowing, kinds, split = _modifiers_of(question)
    if not (narrowing or kinds):
        return False
    said = plain(" ".join(texts))
    return (
        any(
            not any(wording in said for wording in wordings)
            and not (_OF_LEVEL.match(wordings[0]) and wordings[0][0] == region[-1:])
            for wordings in narrowing
        )
        or any(not kind.search(said) for kind in kinds)
        or any(
            # 高级、技师 are two grades and no 高级技师.
            f"{word}、{next_}" in said and word + next_ not in said
            for word, next_ in split
        )
    )


@lru_cache(maxsize=1024)
def _modifiers_of(
    question: Question,
) -> tuple[tuple[tuple[str, ...], ...], tuple[re.Pattern[str], ...], tuple[tuple[str, str], ...]]:
    """The narrowing words of a question's content, each in all wordings, what has to be said of whom it tells apart, and
    the narrowing words with what follows them (高级, 技师)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    found: list[tuple[str, ...]] = []
    kinds: list[re.Pattern[str]] = []
    split: list[tuple[str, str]] = []
    for piece in question.content:
        text, end = plain(folded(piece)), 0
        synonyms = synonyms_in(text)
        for word, tag in rjieba.tag(text):
            start, end = end, end + len(word)
            front = _front(word, tag)
            follows = word[_HALF:] or text[end : end + _HALF]
            if front and follows:
                split.append((front, follows))
            if front:
                official = [w for s in synonyms if s.start < end and start < s.end for w in s.official]
                found.append((front, *(plain(w) for w in official), *listed_levels(front)))
        kinds += [said for asked, said in _TOLD_APART if asked.search(text)]
    return tuple(found), tuple(kinds), tuple(split)


def _front(word: str, tag: str) -> str:
    """What of a word tells its thing from others that end alike (高级; 体育 of 体育彩票), "" where nothing does."""
    if word in _NOT_TELLING | generic_words() | function_words() or is_across_words(word):
        return ""
    if tag == _DISTINGUISHING:
        return word
    is_compound = tag == _NOUN and len(word) == _COMPOUND and word[:_HALF] not in _ONLY_GRADING
    return word[:_HALF] if is_compound else ""
