"""The two-way word list: terms of the field from glossary.toml, the other words of a question from words.toml beside this."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from qa.understanding.glossary import GLOSSARY, normalised_word

# Chinese words that an English name of a thing can do without.
_SILENT = '的了地等及和与、“”"()（） 《》'
_FORMS = {
    "及": "and", "和": "and", "与": "and", "、": "and", "确保": "", "力争": "", "全年": "", "全市": "", "全区": "",
    "全县": "", "全州": "", "共": "", "累计": "", "达到": "", "达": "", "为": "", "现有": "existing", "各类": "", "已": "",
    "将": "", "我市": "", "我区": "", "我县": "", "目标值": "target", "实际值": "actual", "单位": "unit",
    "其中": "of which", "对": "", "由": "", "从": "", "新": "new", "率": "rate", "数": "number", "数量": "number",
    "县级": "county-level", "区级": "district-level", "市级": "city-level", "重度": "severe", "困难": "needy",
    "范围": "area", "具备": "with", "综合": "comprehensive", "功能": "functions", "专业": "professional",
    "总量": "total number", "居民": "residents", "拥有": "have", "农村": "rural", "城市": "urban", "办理": "", "共办理": "",
    "保障": "support", "供养": "support", "集中": "centralized", "分散": "decentralized", "年均": "average annual",
    "登记": "registered", "结婚登记": "registered marriages", "离婚登记": "registered divorces", "补领": "reissued",
    "复婚": "remarriages", "标准": "standard", "保障标准": "standard", "年均增长率": "average annual growth",
    "农村低保": "rural minimum living allowance", "万元": "10,000 yuan",
}  # fmt: skip
_LONGEST = 24


@lru_cache(maxsize=1)
def chinese_of() -> Mapping[str, str]:
    """Chinese by the normalised English words of words.toml; terms of the glossary are found by `synonyms_in`."""
    found: dict[str, str] = {}
    for group in _word_groups().values():
        for english, chinese in group.items():
            found.setdefault(" ".join(map(normalised_word, re.split("[ -]", english))), chinese)
    return found


@lru_cache(maxsize=1)
def deeds_of() -> Mapping[str, str]:
    """Chinese by the normalised English verbs of words.toml: issued is no issue."""
    return {" ".join(map(normalised_word, e.split(" "))): c for e, c in _word_groups()["verbs"].items()}


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """Chinese verbs that questions ask about."""
    return frozenset(_word_groups()["verbs"].values())


@lru_cache(maxsize=1)
def _word_groups() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _english_by_chinese() -> Mapping[str, str]:
    found = dict(_FORMS)
    for term in tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["term"]:
        for official in term["official"]:
            if "english" in term:
                found.setdefault(official, term["english"][0])
    for group in _word_groups().values():
        for english, chinese in group.items():
            if len(chinese) > 1:
                found.setdefault(chinese, english)
    return found


def english_of(chinese: str) -> str:
    """A short Chinese name in English words, in its order; "" when some of it is not known."""
    known = _english_by_chinese()
    text = re.sub(rf"[{re.escape(_SILENT)}]+", " ", chinese).strip()
    words: list[str] = []
    position = 0
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        for length in range(min(_LONGEST, len(text) - position), 0, -1):
            word = known.get(text[position : position + length])
            if word is not None:
                words.append(word)
                position += length
                break
        else:
            return ""
    return " ".join(word for word in words if word)
