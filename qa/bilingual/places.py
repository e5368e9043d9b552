"""Names of Chinese places for English readers: 杨浦区 → Yangpu District, 湘西州 → Xiangxi Prefecture."""

from __future__ import annotations

import re
from functools import lru_cache

_KINDS = (
    ("自治州", "Autonomous Prefecture"), ("自治县", "Autonomous County"), ("自治旗", "Autonomous Banner"),
    ("自治区", "Autonomous Region"), ("特别行政区", "Special Administrative Region"), ("街道", "Subdistrict"),
    ("社区", "Community"), ("新区", "New Area"), ("高新区", "High-tech Zone"), ("地区", "Prefecture"),
    ("省", "Province"), ("市", "City"), ("区", "District"), ("县", "County"), ("州", "Prefecture"),
    ("旗", "Banner"), ("盟", "League"), ("镇", "Town"), ("乡", "Township"), ("村", "Village"),
)  # fmt: skip
_PEOPLES = {
    "土家族": "Tujia", "苗族": "Miao", "回族": "Hui", "藏族": "Tibetan", "羌族": "Qiang", "彝族": "Yi", "壮族": "Zhuang",
    "傣族": "Dai", "侗族": "Dong", "瑶族": "Yao", "白族": "Bai", "蒙古族": "Mongol", "朝鲜族": "Korean", "满族": "Manchu",
    "布依族": "Buyei", "哈尼族": "Hani", "黎族": "Li", "维吾尔": "Uygur", "哈萨克": "Kazak", "畲族": "She",
}  # fmt: skip
_SPELT = {
    "陕西": "Shaanxi",
    "西藏": "Tibet",
    "内蒙古": "Inner Mongolia",
    "香港": "Hong Kong",
    "澳门": "Macao",
}
_SPAN = re.compile(r"(\d{4})\s*[—–~至-]+\s*(\d{4})年?")


def english_place(name: str) -> str:
    """The name of a place in English; of one without a suffix (武汉) its pinyin alone."""
    bare, kind = name, ""
    for suffix, english in _KINDS:
        if name.endswith(suffix) and len(name) > len(suffix) + (len(suffix) == 1):
            bare, kind = name.removesuffix(suffix), f" {english}"
            break
    found = sorted((bare.index(people), people) for people in _PEOPLES if people in bare[1:])
    peoples = [_PEOPLES[people] for _, people in found]
    bare = bare[: found[0][0]] if found else bare
    shown = _SPELT.get(bare) or spelt(bare)
    named = f" {' and '.join(peoples)}" if peoples else ""
    return f"{shown}{named}{kind}"


def english_years(text: str) -> str:
    """2021—2025年 → 2021–2025, 2023年 → 2023."""
    return re.sub(r"(\d{4})年(?:度)?", r"\1", _SPAN.sub(r"\1–\2", text))


@lru_cache(maxsize=1024)
def spelt(name: str) -> str:
    """A Chinese name in pinyin, one word: Xi'an."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - loads its dictionary

    syllables = lazy_pinyin(name)
    joined = "".join(f"'{s}" if n and s[0] in "aeo" else s for n, s in enumerate(syllables))
    return joined[:1].upper() + joined[1:]
