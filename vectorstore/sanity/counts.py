"""A stated number of items (五项, 六大) against the items that are listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vectorstore.documents import Doubt
from vectorstore.numerals import from_chinese, numeral_value
from vectorstore.sanity.reading import Reading
from vectorstore.structure import Block

_NUMERALS = "两二三四五六七八九十"
_COUNT = r"([两三四五六七八九十]|十[一二三四五六七八九])"
# A、B、C三大工程; A、B、C等六大场景. Ordinals (第三) and members of a list (、三级) are no counts.
_COUNTED = re.compile(
    rf"(?<![第、前近每上下初约来之达{_NUMERALS}\d])(?:[“\"])?{_COUNT}(大|个方面|项|类|种|级|方面)(?=[\u4e00-\u9fff\d])(?:[\u4e00-\u9fff]{{1,8}}(?=[,。;:、)]|$))?"
)
# 甲、乙、丙等2个乡镇: 等 may leave some out, but none can be too many.
_THINGS = re.compile(rf"等(\d{{1,2}}|{_COUNT})(?:个|家|所|名)(?=[\u4e00-\u9fff])")
_LONGEST_NAME = 12
_LIST_START = re.compile(
    r".*(?:包括|包含|涵盖|分为|围绕|聚焦|打造|实施|构建|形成|抓好|做好|做实|建立|建成|推进|开展|统筹|突出|完善|健全|强化|落实|提供|按照|通过|坚持|以|从)(?=..)"
)
_RESTART = re.compile(r".+(?:包括|包含|涵盖|开展|实施|打造|构建|形成|推进|建立|围绕|聚焦)")
# 突出一个主题、实施三大工程: what is counted stands behind the verb, nothing of it before.
_VERB_ALONE = re.compile(
    "实施|开展|推进|打造|构建|形成|建立|突出|抓好|做好|办好|用好|落实|完善|坚持|聚焦|围绕|强化"
)
_GLUED_LEVELS = re.compile(r"[省市县区州旗乡镇村街]{2,}$")
_BRACKETED = re.compile(r"\([^()]*\)|《[^》]*》")
_LAST_JOINT = re.compile(r"[和及与]")
_JOINT = re.compile(r"[和及]")
_ONE_EACH = re.compile("(?:一[^一]){2,4}")
_ORDINALS = re.compile(r"(?:^|[。;:,\s])([一二三四五六七八九十])(?:是|要)")
_NAMED_AHEAD = re.compile(
    rf"{_COUNT}(?:大|个|项|方面|点|条|种|类)(?:方面)?[的重点主要]{{0,4}}[\u4e00-\u9fff]{{0,8}}[:。]?$"
)
_FOLLOWING = re.compile(
    rf"(?:以下|下列|如下){_COUNT}(?:大|个|项|方面|点|条|种|类)|{_COUNT}(?:个|项|方面|点|条|种|类)[\u4e00-\u9fff]{{0,8}}如下"
)


def miscounted(reading: Reading) -> Iterator[Doubt]:
    """Contradictions between a stated number and the items listed before or behind it."""
    blocks = [block for block in reading.blocks if block.kind == "text"]
    for sentence in reading.sentences:
        yield from _listed_before(sentence.start, sentence.text)
    for position, block in enumerate(blocks):
        yield from _ordinals_behind(reading, block)
        yield from _sections_behind(reading, block, blocks[position + 1 : position + 60])


def _doubt(start: int, end: int, stated: int, listed: int) -> Doubt:
    return Doubt("contradiction", start, end, f"所说的项数与所列不符：说{stated}项，列出{listed}项")


# --- items before their number --------------------------------------------------------------------------


def _listed_before(offset: int, text: str) -> Iterator[Doubt]:
    if "、" not in text:
        return
    plain = _BRACKETED.sub(lambda match: "○" * len(match.group(0)), text)
    yield from _too_many(offset, plain)
    for match in _COUNTED.finditer(plain):
        stated = from_chinese(match[1]) or 0
        list_text, start, is_open = _list_before(plain, match.start())
        if list_text.count("、") == 0 or stated > 12 or _VERB_ALONE.fullmatch(list_text.split("、")[-1]):
            continue
        least, most = _items(list_text)
        is_named = match[2] == "大"
        if is_open:
            # 等 may leave items out; of a set that is named by its number one alone is not left out.
            is_wrong = least > stated or (is_named and most == stated - 1 and most >= 3)
        else:
            is_wrong = least > stated or (most < stated and most >= 2)
        # Farther off than this, the number counts something else.
        listed = most if most < stated else least
        if is_wrong and abs(listed - stated) <= 2 and not (least > stated and least - stated > 1):
            yield _doubt(offset + start, offset + match.end(), stated, listed)


def _too_many(offset: int, plain: str) -> Iterator[Doubt]:
    for match in _THINGS.finditer(plain):
        stated = numeral_value(match[1])
        names, start, _ = _list_before(plain, match.start() + 1)
        listed, _ = _items(names)
        if stated < listed <= stated + 2 and max(map(len, names.split("、"))) <= _LONGEST_NAME:
            yield _doubt(offset + start, offset + match.end(), stated, listed)


def _list_before(plain: str, end: int) -> tuple[str, int, bool]:
    """(the list that ends at `end`, where it begins, whether 等 leaves it open)."""
    piece = plain[max(0, end - 160) : end]
    is_open = piece.rstrip('“"').endswith("等")
    piece = piece.rstrip('“"')
    piece = piece.removesuffix("等")
    stop = end - len(plain[max(0, end - 160) : end]) + len(piece)
    if piece.endswith(("”", '"')):
        opening = max(piece.rfind("“"), piece[:-1].rfind('"'))
        inner = piece[opening + 1 : -1]
        if opening >= 0 and "、" in inner:
            return inner, stop - len(piece) + opening + 1, is_open
    begin = max(piece.rfind(mark) for mark in ",。;:(!?")
    rest = piece[begin + 1 :]
    first_item = rest.partition("、")[0]
    led = _LIST_START.match(first_item)
    skipped = led.end() if led else 0
    for comma in re.finditer("、", rest):
        again = _RESTART.match(rest[comma.end() :].partition("、")[0])
        skipped = comma.end() + again.end() if again else skipped
    return rest[skipped:], stop - len(rest) + skipped, is_open


def _items(text: str) -> tuple[int, int]:
    """(fewest, most) items of a list: whether 和 joins two items or stands within one is not always told."""
    pieces = [piece for piece in text.split("、") if piece.strip()]
    fewest = len(pieces)
    # A short verb before another (完善、落实甲、乙) is no item.
    if len(pieces) > 2 and len(pieces[0]) <= 2 < len(pieces[1]) - 1:
        fewest -= 1
    joined = sum(len(_JOINT.findall(piece)) for piece in pieces[:-1]) + len(_LAST_JOINT.findall(pieces[-1]))
    # 一老一小、一困一残 are four.
    joined += sum(len(piece) // 2 - 1 for piece in pieces if _ONE_EACH.fullmatch(piece.strip("“”")))
    if _GLUED_LEVELS.search(pieces[-1]):
        joined += len(pieces[-1])
    return fewest, len(pieces) + joined


# --- items behind their number --------------------------------------------------------------------------


def _ordinals_behind(reading: Reading, block: Block) -> Iterator[Doubt]:
    """做好三项工作:一是…二是…: the number before 一是 against the last ordinal of the paragraph."""
    text = reading.text[block.start : block.end]
    marks = list(_ORDINALS.finditer(text))
    if len(marks) < 2 or marks[0][1] != "一":
        return
    run = 1
    for mark in marks[1:]:
        if from_chinese(mark[1]) != run + 1:
            break
        run += 1
    if run != len(marks):
        return
    # The number may stand in the section's title, on the same line.
    position = block.start + marks[0].start(1)
    first = max(reading.text.rfind("\n", 0, position) + 1, position - 24)
    named = _NAMED_AHEAD.search(reading.text[first:position])
    if named and (from_chinese(named[1]) or 0) != run:
        yield _doubt(first + named.start(), position, from_chinese(named[1]) or 0, run)


def _sections_behind(reading: Reading, block: Block, behind: Sequence[Block]) -> Iterator[Doubt]:
    """以下五项工作 against the sections that follow below the same heading."""
    for match in _FOLLOWING.finditer(reading.text, block.start, block.end):
        depth = len(block.section)
        if block.is_heading or match.end() < block.end - 30:
            continue
        labels: dict[str, None] = {}
        for other in behind:
            if other.section[:depth] != block.section or (depth and len(other.section) < depth):
                break
            if len(other.section) > depth:
                labels.setdefault(other.section[depth])
            elif labels and not other.is_heading:
                break
        stated = from_chinese(match[1] or match[2]) or 0
        ordinals = 0 if labels else _ordinal_paragraphs(reading, behind)
        if ordinals >= 2 and ordinals != stated:
            yield _doubt(*match.span(), stated, ordinals)
        if len(labels) >= 2 and len(labels) != stated and len(behind) < 59:
            yield _doubt(*match.span(), stated, len(labels))


def _ordinal_paragraphs(reading: Reading, behind: Sequence[Block]) -> int:
    """How many paragraphs in a row begin with 一是, 二是, 三是 …"""
    count = 0
    for block in behind:
        mark = _ORDINALS.match(reading.text[block.start : block.start + 3])
        if mark is None or from_chinese(mark[1]) != count + 1:
            break
        count += 1
    return count
