"""Words and places written with wrong characters that sound right (底保, 扬浦), read as what was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, islice

from qa.understanding.asking import COUNTED
from qa.understanding.glossary import glossary_terms
from qa.understanding.known_places import known_places
from vectorstore.document_map import held_in
from vectorstore.documents import Document
from vectorstore.places import bare_name, is_place_name

_HAN_WORD = re.compile(r"[\u4e00-\u9fff]+")
_FUNCTION = re.compile(r"[的和与及个被了是在到从把有也都不为其那这哪几多少么吗呢上下中里几年月日]")
_A_TIME = re.compile("[12]\\d{3}年?|[去上前]年|原来|以前")
_WORDS_WITH_THAN = ("占比", "对比", "同比", "环比", "相比")
_SHORTEST_FUZZY = 3
_LONGEST = 8
# Of how many occurrences, with how many characters around, it is looked at where their words begin and end.
_OCCURRENCES, _AROUND = 5, 6
_SHORT_YEAR = re.compile(
    r"(?<![\d.近满过续龄第约每超达用了花个共几前后到至-])(?<!过去)(?<!最近)(?:(?<=^)|(?<=[\u4e00-\u9fff,、 (]))([12]\d)年"
    r"(?![内间来以期后前限时左龄之]|时间|多(?![还多少了几建办发完新]))"
)
# 到20年 is by 2020, where no other end stands before.
_BY_YEAR = re.compile(r"(?<![\d年月日岁干满做住])(到|截至|截止到?|至)([12]\d)年(?![以之内间龄前后])")
# 10年到15年 as a time, and not as how long somebody served.
_SHORT_YEARS = re.compile(r"(?<![\d.满龄作务业干限期])([012]\d)年?[到至—-]([12]\d)年(?![内间以期限龄])")
# 2025目标, 2024比2023, 2021和2022年: a year though its word is left out; 2020个 and 2025-78825 are none.
_BARE_YEAR = re.compile(
    # 从1200到2000 is no year.
    r"(?<![\d.,/〔(《A-Za-z-])(?<![03-9]\d{3}[到至])(?<!1[0-8]\d\d[到至])(?<![^\d]\d{3}[到至])(20[0-3]\d)(?=$|[\s,、?]|[\u4e00-\u9fff])(?![年号多余几个家张名户人元所处条项件座位对次场亩平万亿千百字岁套宗穴块])"
)
# Where a place stands that has no suffix: first, behind an opener, another place or a year.
_OPENS = re.compile(r"(?:^|[和与跟比、,;:。?!年在 ]|请问|问一?下|那么?|知道|想问|查一?下|看看|对比|比较)$")
_IS_OTHER_KIND = re.compile(r"^(?:[镇乡村路街桥站山河湖]|街道|社区|大[道桥学])")


def as_meant(text: str, documents: Mapping[str, Document]) -> tuple[str, str]:
    """`text` (folded) with misspelt places and terms put right, and "written→meant" ("" when nothing was).

    Several corrections are joined by 、 on each side. A place is put right when it sounds like a place of the library
    and no place of China is called so; a term when it is no word of any document and sounds like just one term of
    the glossary. 21年 and 2021 become 2021年, which is a matter of writing and not told.
    """
    text = _SHORT_YEARS.sub(r"20\1年到20\2年", text)
    text = _BY_YEAR.sub(r"\g<1>20\2年", text)
    text = _BARE_YEAR.sub(r"\1年", _SHORT_YEAR.sub(r"20\1年", text))
    corrections: list[tuple[str, str]] = []
    for find in (_misspelt_place, _misspelt_term):
        for _ in range(3):
            found = find(text, documents)
            if found is None:
                break
            start, written, meant = found
            text = text[:start] + meant + text[start + len(written) :]
            corrections.append((written, meant))
    if not corrections:
        return text, ""
    return text, "→".join("、".join(side) for side in zip(*corrections, strict=True))


# --- places --------------------------------------------------------------------------------------------


def _misspelt_place(text: str, documents: Mapping[str, Document]) -> tuple[int, str, str] | None:
    known = known_places(documents)
    parts = tuple(sorted(part for part in known.parts if held_in(part, documents)))
    forms = _forms_by_sound(known.regions, parts)
    sounds = tuple(map(sound_of, text))
    heard = [
        (order, start, form, region)
        for length in {len(sound) for sound in forms}
        for start in range(len(text) - length + 1)
        for order, form, region in forms.get(sounds[start : start + length], ())
    ]
    for _, start, form, region in sorted(heard):
        written = text[start : start + len(form)]
        if _reads_as(text, start, written, form, region, documents):
            meant = region
            rest = text[start + len(form) :]
            if form != region and rest.startswith(region[len(form) :]):
                meant = form
            return start, written, meant
    return None


@lru_cache(maxsize=8)
def _forms_by_sound(
    regions: tuple[str, ...], parts: tuple[str, ...]
) -> dict[tuple[str, ...], list[tuple[int, str, str]]]:
    """(position, form, region) of the forms in which the regions are written, in full and bare, by their sounds.

    `parts` of them have no document of their own (凤凰县 of 湘西), and are read in full alone.
    """
    found: dict[tuple[str, ...], list[tuple[int, str, str]]] = {}
    written = [(form, region) for region in regions for form in dict.fromkeys((region, bare_name(region)))]
    written += [(part, part) for part in parts if part not in regions]
    for order, (form, region) in enumerate(written):
        found.setdefault(tuple(map(sound_of, form)), []).append((order, form, region))
    return found


def _reads_as(
    text: str, start: int, written: str, form: str, region: str, documents: Mapping[str, Document]
) -> bool:
    if written == form or not _HAN_WORD.fullmatch(written) or not _sound_alike(written, form):
        return False
    if is_place_name(written) or held_in(written, documents):
        return False
    suffix = region[-1]
    before, after = text[:start], text[start + len(form) :]
    if form == region:
        is_suffix = written[-1] == suffix or (written[-1], suffix) == ("洲", "州")
        return is_suffix and any(a == b for a, b in zip(written[:-1], form, strict=False))
    if is_place_name(written + after[:1]) or _IS_OTHER_KIND.match(after):
        return False
    return _OPENS.search(before) is not None or after[:1] == suffix


# --- terms ---------------------------------------------------------------------------------------------


def _misspelt_term(text: str, documents: Mapping[str, Document]) -> tuple[int, str, str] | None:
    """(start, written, meant) of the longest wrongly written term, None without any."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    index = _terms_by_sound()
    # Without guessing at unknown words: what is misspelt falls apart, what is a word stays whole.
    words = list(rjieba.cut(text, False))
    edges = [0, *accumulate(map(len, words))]
    for first, last in _spans(edges):
        start, end = edges[first], edges[last]
        written = text[start:end]
        if last - first < 2 or not 2 <= end - start <= _LONGEST or not _HAN_WORD.fullmatch(written):
            continue
        if written.endswith("比") and _A_TIME.match(text, end):
            # 社工站比2021年多多少: 比 holds against another time.
            continue
        if text[max(0, start - 1) : start + 1] in _WORDS_WITH_THAN:
            # 占比离目标 is 占比 and 离, not 比例.
            continue
        if "占" in written:
            # 社工占持证社工的几成: 占 is what is asked, and no slip for 站.
            continue
        if len(written) < _SHORTEST_FUZZY and _FUNCTION.search(written):
            continue
        meant = _term_of(written, index)
        if (
            meant
            and held_in(meant, documents)
            and not (
                held_in(written, documents) and any(_is_word_of(written, d.text) for d in documents.values())
            )
        ):
            return start, written, meant
    return None


def _spans(edges: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) edges of every run of words that is no longer than a term, the longest first."""
    # No run has more words than characters; of all pairs of edges a very long question has millions.
    near = [
        (first, last)
        for first in range(len(edges))
        for last in range(first + 1, min(first + _LONGEST + 1, len(edges)))
        if edges[last] - edges[first] <= _LONGEST
    ]
    return sorted(near, key=lambda pair: edges[pair[0]] - edges[pair[1]])


def _is_word_of(written: str, text: str) -> bool:
    """Whether the characters stand together in `text` as words of their own (底保 does not, in 兜底保障)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    for match in islice(re.finditer(re.escape(written), text), _OCCURRENCES):
        first = max(0, match.start() - _AROUND)
        edges = {
            first,
            *accumulate(map(len, rjieba.cut(text[first : match.end() + _AROUND], False)), initial=first),
        }
        if {match.start(), match.end()} <= edges:
            return True
    return False


def _term_of(written: str, index: Mapping[tuple[str, ...], frozenset[str]]) -> str:
    import rjieba  # noqa: PLC0415 - loads its dictionary

    if written in glossary_terms() or is_place_name(written) or rjieba.has_word(written):
        return ""
    sounds = tuple(_sound(character, fuzzy=True) for character in written)
    found = [term for term in index.get(sounds, ()) if _is_like(written, term)]
    if not found:
        found = [*_terms_short_of_one().get(written, ())]
        # 非社会组织 is no 非法社会组织 with a character left out, 几家医生 no 家庭医生.
        is_more = _holds_term(written) or _FUNCTION.search(written) or written[0] in COUNTED
        found = [] if is_more else found
    return found[0] if len(found) == 1 else ""


def _is_like(written: str, term: str) -> bool:
    pairs = list(zip(written, term, strict=True))
    same = sum(one == other for one, other in pairs)
    if len(term) < _SHORTEST_FUZZY:
        return same == 1 and all(_sound(a, fuzzy=False) == _sound(b, fuzzy=False) for a, b in pairs)
    differing = [one for one, other in pairs if one != other]
    return same * 2 >= len(term) and not any(map(_FUNCTION.search, differing))


@lru_cache(maxsize=1)
def _terms_by_sound() -> dict[tuple[str, ...], frozenset[str]]:
    """The official terms of the glossary by the sounds of their characters."""
    terms = {term for official in glossary_terms().values() for term in official}
    terms |= {term for term, official in glossary_terms().items() if not official}
    found: dict[tuple[str, ...], set[str]] = {}
    for term in terms:
        if 2 <= len(term) <= _LONGEST and _HAN_WORD.fullmatch(term):
            found.setdefault(tuple(_sound(character, fuzzy=True) for character in term), set()).add(term)
    return {sounds: frozenset(held) for sounds, held in found.items()}


def _holds_term(written: str) -> bool:
    """Whether there is a shorter wording of the glossary within."""
    places = range(len(written))
    return any(
        written[start : end + 1] in glossary_terms() for start in places for end in places[start + 1 :]
    )


@lru_cache(maxsize=1)
def _terms_short_of_one() -> dict[str, frozenset[str]]:
    """The longer official terms of the glossary by what is left of them when a character within is left out (未成人)."""
    found: dict[str, set[str]] = {}
    for term in {term for official in glossary_terms().values() for term in official}:
        if _SHORTEST_FUZZY < len(term) <= _LONGEST and _HAN_WORD.fullmatch(term):
            for place in range(1, len(term) - 1):
                found.setdefault(term[:place] + term[place + 1 :], set()).add(term)
    return {written: frozenset(terms) for written, terms in found.items()}


# --- sounds --------------------------------------------------------------------------------------------


def _sound_alike(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        a == b or _sound(a, fuzzy=True) == _sound(b, fuzzy=True) for a, b in zip(one, other, strict=True)
    )


def sound_of(character: str) -> str:
    """The usual syllable of a character without its tone, what dialects confuse (zh/z, ng/n) taken together."""
    return _sound(character, fuzzy=True)


@lru_cache(maxsize=8192)
def _sound(character: str, *, fuzzy: bool) -> str:
    """The usual syllable of a character without its tone; `fuzzy` folds zh/z, ch/c, sh/s and ng/n."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - loads its dictionary

    syllable = lazy_pinyin(character)[0]
    return re.sub(r"^([zcs])h", r"\1", re.sub(r"ng$", "n", syllable)) if fuzzy else syllable
