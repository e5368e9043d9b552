"""English questions: places written in pinyin, and the terms to look for in Chinese documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.understanding.script import language_of
from qa.understanding.wording import synonyms_in
from qa.understanding.words import english_words
from vectorstore.places import bare_name, place_names

# A name of a place, with what follows it that says of which kind it is: Xiangxi Tujia and Miao Autonomous Prefecture.
_PLACE_WORD = re.compile(
    r"\b((?=[A-Z][a-z']{3})[A-Z][a-z]+(?:'(?!s\b)[a-z]+)?)(?:'s\b)?"
    r"((?:[ -](?:Tujia|Miao|and|Autonomous|Yi|Hui|Zhuang|Dai|Tibetan|Mongol|Korean))*"
    r"[ -](?:[Cc]ity|[Dd]istrict|[Cc]ounty|[Pp]refecture|[Pp]rovince|[Mm]unicipality|[Rr]egion|New Area)(?:'s\b)?)?(?![a-z])"
)
_LOWER_CASE_WORD = re.compile(r"\b[a-z]{5,}(?:'s\b)?(?: (?:city|district|county|prefecture)\b)?")
# A place in lower case, where places stand: marriages in wuhan.
_BEHIND_IN = re.compile(r"\b((?:in|of|for|and|does|did|has|have) )([a-z]{5,12})\b")
_PINYIN_IN_CHINESE = re.compile(r"(?<![A-Za-z])[A-Za-z]{5,12}(?![A-Za-z])")
_SUFFIX_OF_KIND = {
    "city": "市", "district": "区", "county": "县", "prefecture": "州", "province": "省", "municipality": "市",
    "region": "自治区", "area": "新区",
}  # fmt: skip
# Names that are not written as they are read in Chinese.
_SPELT_OTHERWISE = {
    "shaanxi": "陕西", "tibet": "西藏", "macau": "澳门", "macao": "澳门", "hongkong": "香港", "harbin": "哈尔滨",
    "hohhot": "呼和浩特", "urumqi": "乌鲁木齐", "lhasa": "拉萨", "shigatse": "日喀则", "kashgar": "喀什", "ordos": "鄂尔多斯",
    "hulunbuir": "呼伦贝尔", "bayannur": "巴彦淖尔", "ulanqab": "乌兰察布", "xilingol": "锡林郭勒", "qiqihar": "齐齐哈尔",
    "togtoh": "托克托", "turpan": "吐鲁番", "hotan": "和田", "altay": "阿勒泰", "karamay": "克拉玛依", "aksu": "阿克苏",
}  # fmt: skip
_YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d{2})(?![\d./年-])")


def with_chinese_places(text: str, regions: Sequence[str]) -> str:
    """A question with places in pinyin put into Chinese (Xialu District → 下陆区), an English one with its years, too.

    `regions` are those of the library, which are recognised in any question and in lower case. In an English one other
    divisions of China are put by their names as well, so that a place that the library does not hold is recognised.
    """
    own = _regions_by_pinyin(tuple(regions))

    def owned(match: re.Match[str]) -> str:
        word = re.split(r"[' ]", match.group(0).lower())[0]
        return own.get(word) or match.group(0)

    if language_of(text) != "en":
        return _PINYIN_IN_CHINESE.sub(owned, text)

    def chinese(match: re.Match[str]) -> str:
        word = match[1].lower().replace("'", "")
        if word in own:
            return own[word]
        kind = re.sub(r"'s$", "", match[2] or "").split(" ")[-1].lower()
        suffix = _SUFFIX_OF_KIND.get(kind, "")
        named = _pinyin_of_divisions().get((word, suffix)) if suffix else None
        anywhere = _pinyin_of_counties().get(word) if match.start() and not suffix else None
        return named or _pinyin_of_places().get(word) or anywhere or match.group(0)

    def elsewhere(match: re.Match[str]) -> str:
        return match[1] + (_pinyin_of_places().get(match[2]) or match[2])

    placed = _LOWER_CASE_WORD.sub(owned, _PLACE_WORD.sub(chinese, text))
    return _YEAR.sub(r"\1年", _BEHIND_IN.sub(elsewhere, placed))


@lru_cache(maxsize=8)
def _regions_by_pinyin(regions: tuple[str, ...]) -> dict[str, str]:
    by_name = {bare_name(region): region for region in regions if region}
    spelt = {_pinyin(name): region for name, region in by_name.items()}
    return spelt | {word: by_name[name] for word, name in _SPELT_OTHERWISE.items() if name in by_name}


def english_content(text: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """(official Chinese wordings of each term found, English words that no term covers)."""
    synonyms = synonyms_in(text)
    rest = list(text)
    for synonym in synonyms:
        rest[synonym.start : synonym.end] = " " * (synonym.end - synonym.start)
    words = [word.lower() for word in re.findall(r"[A-Za-z][A-Za-z-]+", "".join(rest))]
    return [synonym.official for synonym in synonyms], [word for word in words if word not in english_words()]


@lru_cache(maxsize=1)
def _pinyin_of_places() -> dict[str, str]:
    """Provinces and prefectures by pinyin; of several that sound alike the first."""
    found = dict(_SPELT_OTHERWISE)
    for name in place_names(largest=True):
        found.setdefault(_pinyin(bare_name(name)), bare_name(name))
    return found


@lru_cache(maxsize=1)
def _pinyin_of_divisions() -> dict[tuple[str, str], str]:
    """Every division by pinyin and the suffix that says its kind; of several that sound alike the first."""
    found: dict[tuple[str, str], str] = {}
    for name in place_names():
        kind = "新区" if name.endswith("新区") else "自治区" if name.endswith("自治区") else name[-1]
        found.setdefault((_pinyin(bare_name(name)), kind), name)
    return found


@lru_cache(maxsize=1)
def _pinyin_of_counties() -> dict[str, str]:
    """Counties by pinyin alone, full names: a capital letter within a sentence tells them from English words."""
    return {pinyin: name for (pinyin, _), name in reversed(_pinyin_of_divisions().items()) if len(pinyin) > 4}


@lru_cache(maxsize=4096)
def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - loads its dictionary

    return "".join(lazy_pinyin(name))
