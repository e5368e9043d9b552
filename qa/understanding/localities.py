"""Places that no gazetteer of counties knows: towns, streets, neighbours, whole levels, misspelt names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from qa.understanding.homophones import sound_of
from vectorstore.document_map import held_in
from vectorstore.documents import Document
from vectorstore.places import bare_name, mentions, place_names

_BEGINS = r"(?:^|(?<=[和与跟比、,那在年的省市县区州])|(?<=请问)|(?<=知道)|(?<=一下)|(?<=问下))"
_UNKNOWN_DIVISION = re.compile(
    r"(?:^|[和与跟比、,那在年]|请问|知道|一下|问下)([\u4e00-\u9fff]{2,3}(?:省|市|县|区|州|旗))(?![级域厅]|民政|政府|[一-龥]{0,1}[长委局])"
)
_NO_PLACE = re.compile(
    r"^[比跟和与较占]?[一二三四五六]类区$|^[给向对]|协作|对口|结对|帮扶|^[比跟和与较占]?[全我本各该每两几哪那这谁咱俺其]|(?:社|城|园|地|景|校|郊|辖|片|小|老|新|市|州|牧|林|特|中心|灾|库|街)[区县]$|民政|公共|行政|管理|开发|示范|"
    r"(?:超|都|门|门店|城|上|地|集|夜)市$|[的是有了在个些跨被]|中央|上级|和[省市县区州]$|贫困|养老|开展|推进|建设|试点|先进|重点|边境|乡镇|村镇|街道"
)
_TOWN = re.compile(
    rf"{_BEGINS}(?![省市县区州])([\u4e00-\u9fff]{{2,4}}?(?:街道|镇|乡))(?![镇乡村级]|街(?!道)|[\u4e00-\u9fff]?(?:居委|社区工作))"
)
_NO_TOWN = re.compile(
    r"[哪啥]|什么|^级|^占?[全我本各该每两几那这所多某新]|[今明去前]年|^[一二三四五六七八九十两几]+(?:个|家|类|些|大|级|批|街)|乡镇|城镇|村镇|小镇|集镇|建制|重点|中心|特色|示范|试点|和|与|的|有|个|其他|街道.|农村|[每各][镇乡街]|"
    r"回乡|返乡|下乡|老乡|家乡|城乡|水乡|故乡|同乡|贫困|民族|地方|政府|所属|社区|推进|建设|开展|多少|村居|区县|市县|养老|养殖|开展|先进"
)
# Next door: some other place, whichever it is.
_NEIGHBOUR = re.compile(
    r"(?:隔壁|邻近|临近|相邻|旁边|附近|周边|邻)(?:那?个|的|几个)?(?:区县|县市|市县|城市|地区|地方|省|市|县|区|州)|隔壁(?=的|呢|那|这|$)"
)
# A whole level above that of a document.
_LEVEL = re.compile(
    rf"{_BEGINS}(全国|我国|国家(?=的)|全省|省里|我省|省级层面|全世界)(?=的|[\u4e00-\u9fff\d\"“])(?!前列|率先|首|范围内?率先|各地|性|文明|示范|试点|先进|优秀|统一|人大)"
)
_OWN_KIND = re.compile(rf"{_BEGINS}(?:全|我们?|咱们?|本)([市县区州旗])(?![级长委])")
_BEFORE_NAME, _SHORTEST = "住和与跟比", 3
_WORD = re.compile(r"[\u4e00-\u9fff]{2,3}")


def unknown_divisions(text: str) -> Iterator[tuple[str, int]]:
    """Names with the suffix of a division that stand where a place stands, with their positions."""
    for match in _UNKNOWN_DIVISION.finditer(text):
        # 和安居区, 住…县: what joins or tells of it is no part of its name.
        name = match[1][1:] if match[1][0] in _BEFORE_NAME and len(match[1]) > _SHORTEST else match[1]
        if not _NO_PLACE.search(name):
            yield name, match.end(1) - len(name)


def is_locality(name: str) -> bool:
    """Whether a name is of a town or a street, below what has a document of its own."""
    return name.endswith(("街道", "镇", "乡"))


def locality_names(text: str) -> Iterator[tuple[str, int]]:
    """(name, start) of towns and neighbours named in `text`."""
    for match in _TOWN.finditer(text):
        name = match[1].lstrip("给在为对向从到于把和与由将是")
        if len(name) > 2 and not _NO_TOWN.search(name) and _can_be_name(re.sub("(?:街道|镇|乡)$", "", name)):
            yield name, match.end(1) - len(name)
    for match in _NEIGHBOUR.finditer(text):
        yield match.group(0), match.start()


# What the province wants of somebody (省里给福彩下的任务, 省厅要求涨多少) is told by the paper of who has to do it.
_SET_ABOVE = re.compile(
    r"(省)(?:里|上|厅|民政厅)(?=(?:(?:给|对|向|跟|往)[^,。?]{0,12}?(?P<set>[下定布派压提](?:达|置|下|出)?了?的?)[^,。?]{0,4}(?:任务|指标|目标|数|要求)|"
    r"(?P<asked>要求|规定|下达|布置)))"
)


def levels_that_set(text: str) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """Levels that set somebody a task, which what tells of it names, each with the spans of its name and of its setting."""
    for match in _SET_ABOVE.finditer(text):
        yield match[1], (match.span(), match.span("set" if match["set"] else "asked"))


def level_names(text: str, kinds: Collection[str]) -> Iterator[tuple[str, int]]:
    """(name, start) of whole levels (全省), and of 全县 or 我们区 where no place of the library is of that kind."""
    for match in _LEVEL.finditer(text):
        yield match[1], match.start(1)
    for match in _OWN_KIND.finditer(text):
        if match[1] not in kinds:
            yield match.group(0), match.start()


def misspelt_elsewhere(text: str, documents: Mapping[str, Document]) -> Iterator[tuple[str, int]]:
    """A name that sounds like a province or prefecture and shares a character with it (武翰), first in `text`."""
    start = 2 if text.startswith("请问") else 0
    for length in (3, 2):
        written = text[start : start + length]
        if not _WORD.fullmatch(written) or mentions(written):
            continue
        if held_in(written, documents) or _is_word(written):
            continue
        sounds = tuple(sound_of(character) for character in written)
        if any(set(written) & set(name) for name in _places_by_sound().get(sounds, ())):
            yield written, start
            return


def _can_be_name(written: str) -> bool:
    """Whether it may be a proper name: unknown as a word, or a noun (大桥街道, but not 主要街道 or 要求街道)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    return len(written) > 1 and (not rjieba.has_word(written) or rjieba.tag(written)[0][1].startswith("n"))


def _is_word(written: str) -> bool:
    import rjieba  # noqa: PLC0415 - loads its dictionary

    return bool(rjieba.has_word(written))


@lru_cache(maxsize=1)
def _places_by_sound() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in map(bare_name, place_names(largest=True)):
        sounds = tuple(sound_of(character) for character in name)
        found[sounds] = (*found.get(sounds, ()), name)
    return found
