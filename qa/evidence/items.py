"""Items of an enumeration: how many a text seems to have, and whether it says itself that they are so many."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.understanding.question import Question
from vectorstore.folding import folded

_FEWEST = 2
_EXPLAINED = re.compile(r"[”\"’]?[((:]?(?:即|包括|包含|是|指|为)?:?([^;。()]+)")
_ASKS_MEANING = re.compile("指的?是?什么|(?:是|叫)(?:什么|啥)|什么意思|啥意思|含义|包括(?:什么|哪些|啥)")
_AS_SUCH = re.compile(
    r"[”\"’]?[^,;。:(]{0,8}(?:(?P<marked>[,:]?(?:即|包括|包含|是指|指))|分别|[(:])(?P<run>[^;。)]+)"
)
_ASKS_ITEMS = re.compile(
    "指的?是?(?:什么|啥|哪)|(?:是|叫|有)(?:哪|什么|啥)|什么意思|啥意思|含义|包[括含](?:什么|哪|啥)|内容"
)
_NUMERALS = "零一二三四五六七八九十"


def item_count(text: str) -> int:
    """How many items an enumeration seems to have; 1 for running text."""
    return 1 + len(re.findall(r"、|(?<=.)[二三四五六七八九]是|[;;](?=.)|”“|》《|[,,](?=.)", text))


def says_how_many(question: Question, text: str) -> bool:
    """Whether a text counts what a question asks for as the question does: 四大品牌 to 四个品牌是什么."""
    if question.asks != "list" or not question.list_size or not question.content:
        return False
    size, thing = question.list_size, re.escape(question.content[-1][-2:])
    number = rf"(?:{_NUMERALS[size]}|(?<!\d){size})"
    return re.search(rf"{number}[大个项种类方条级档支][^,;。、\d]{{0,4}}{thing}", folded(text)) is not None


def counts_as_asked(question: Question, text: str) -> bool:
    """Whether a text gives the number of a question with any measure word (两本书籍 to 哪两本书), or spells its items out."""
    size = question.list_size
    if size < _FEWEST or size >= len(_NUMERALS):
        return False
    number = rf"(?:{'[二两]' if size == _FEWEST else _NUMERALS[size]}|(?<!\d){size})"
    return (
        spells_out(question, text)
        or re.search(rf"{number}[个项类种条本部册家所座支批]", folded(text)) is not None
    )


def enumerates_kind(question: Question, text: str) -> bool:
    """Whether a text gives three and more of the kind that a question asks which there are (临时救助、医疗救助、教育救助等)."""
    if question.asks != "list" or not question.content or len(question.content[-1]) < _FEWEST:
        return False
    thing = re.escape(question.content[-1][-2:])
    return len(re.findall(rf"[\u4e00-\u9fff]{{1,8}}{thing}(?=[、等和及])", folded(text))) > _FEWEST


def spells_out(question: Question, text: str) -> bool:
    """Whether a text enumerates the items of a name that a question asks for (经济仗、科技仗…等“六仗” to 六仗是哪六仗)."""
    if question.asks not in ("list", "text") or not question.content:
        return False
    name = counted_name(question) or question.content[0].strip("“”\"'")
    plainly = folded(text)
    size = question.list_size or (_NUMERALS.find(name[0]) if _ASKS_MEANING.search(question.text) else 0)
    return size >= _FEWEST and _enumerates(name, size, plainly)


def counted_name(question: Question) -> str:
    """The name with a number in it that a question asks the items of (五社, 六仗); "" where it has none."""
    names = (piece.strip("“”\"'") for piece in question.content)
    return next((name for name in names if name and name[0] in _NUMERALS[_FEWEST:]), "")


def _enumerates(name: str, size: int, plainly: str) -> bool:
    """Whether a folded text gives so many items right before or behind a name."""
    for found in re.finditer(re.escape(name), plainly):
        before = re.split("[,;。:]", plainly[: found.start()])[-1]
        behind = _EXPLAINED.match(plainly, found.end())
        if any(run.count("、") + 1 >= size for run in (before, behind[1] if behind else "")):
            return True
    return False


_COUNTED_NAME = re.compile(
    '[“"]((?!十?[一二三四五六七八九]五[”"])[二两三四五六七八九十][\u4e00-\u9fff]{1,3})[”"]'
)
_OF_ANOTHER = re.compile('[”"]?的?[\u4e00-\u9fff]{2,}的(?:是|有|包括)')


def never_spelt_out(question: Question, texts: Iterable[str]) -> str:
    """The counted name (“四个重大”) that a question asks the items of and none of the texts gives; "" for other questions."""
    quoted = (match[1] for match in _COUNTED_NAME.finditer(folded(question.text)))
    names = (word for word in (*question.catchwords, *quoted) if word[0] in _NUMERALS[_FEWEST:] + "两")
    name = next(names, "")
    if not name or not _ASKS_ITEMS.search(question.text):
        return ""
    if _OF_ANOTHER.match(folded(question.text).partition(name)[2]):
        # 三沿六区整治的是什么墓 asks for something else.
        return ""
    size = _FEWEST if name[0] == "两" else _NUMERALS.index(name[0])
    return "" if any(_tells_items(name, size, folded(text)) for text in texts) else name


def _tells_items(name: str, size: int, plainly: str) -> bool:
    """Whether a folded text gives items right before a name, or behind it as such (机制,即…; (…))."""
    for found in re.finditer(re.escape(name), plainly):
        before = re.split("[,;。:]", plainly[: found.start()])[-1]
        behind = _AS_SUCH.match(plainly, found.end())
        is_explained = behind is not None and (
            bool(behind["marked"]) or behind["run"].count("、") + 1 >= size
        )
        if is_explained or len(re.findall("[、与和]", before)) + 1 >= size:
            return True
    return False
