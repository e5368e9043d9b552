"""The title of a document: the first short line that is named like a plan, with what a line break cut off it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vectorstore.headings import heading_of
from vectorstore.lines import Line
from vectorstore.numerals import YEAR
from vectorstore.offices import is_place, offices_in

HEAD_LINES = 30
_LONGEST_TITLE = 60
_LONGEST_WHOLE = 100
_LONGEST_PIECE = 45
_MOST_PIECES = 4

_KINDS = (
    "规划|纲要|要点|总结|计划|方案|报告|意见|通知|安排|思路|公报|办法|清单|条例|细则|公告|决定|汇报|解读|标准|"
    "目标|措施|规定|指南|预案|白皮书|打算|设想"
)
_TITLE = re.compile(
    rf"《?[^。;,:!?|]{{3,{_LONGEST_TITLE}}}?(?:{_KINDS})(?:的通知|的意见)?》?(?:\s*\([^()]{{1,20}}\))?"
)
_NOT_A_TITLE = re.compile(r"如下|特制[定订]|^(?:现将|为了?)")
_PLAIN_TITLE = re.compile(r"[^。;,:!?|]{4,40}")
_SUBJECT = re.compile(r"民政|养老|救助|殡葬|慈善|儿童|社区|社会|老龄|福利|规划")
_TRAILING_DATE = re.compile(
    rf"\s*\(?({YEAR}[-./年]\d{{1,2}}[-./月]\d{{1,2}}日?)\)?(?:\s\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?$"
)
# What no title begins with, and what none ends with: a line was broken there.
_REST = re.compile(rf"[“\"「(]|{YEAR}|第|发展|工作|事业|专项|实施")
_TORN_START = re.compile(r"[于的》)]|通知$")
_TORN_END = re.compile(r"(?:关于?|印发|转发|的|和|与|及|、)$")
_OPENING = re.compile(r"^(?:关于|印发|转发|《)|(?:[局厅部会府室委]|部门|单位)(?:关于|印发|转发)")
_PLACE_ALONE = re.compile(r"[\u4e00-\u9fff]{1,10}[省市县区州旗盟]")
_PLACE_FIRST = re.compile(r"[\u4e00-\u9fff]{2,10}?[省市县区州旗盟]")
_SITE = re.compile(r"(?:网站?|[局厅]|平台|门户|频道|专栏|公开)$")
# 2025年5月20日 来源:…, 发布日期:2025-05-20.
_SOURCE_LINE = re.compile(
    r"(?:20\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?\s*)?(?:来源|发布(?:日期|时间)|记者|作者)\s*[:]?"
)
_BRACKETS = (("《", "》"), ("(", ")"), ("“", "”"))


def title_of(body: Sequence[Line], text: str, *, stated: str = "") -> tuple[str, str]:
    """(title, date written behind it); `stated` is the title that the block above the document gives.

    `text` is the document, of which the title is returned as written, a line break inside it left out.
    """
    for position, line in enumerate(body[:HEAD_LINES]):
        if line.text.startswith("# "):
            return line.written.strip("#* "), ""
        if len(line.text) > _LONGEST_TITLE + 20:
            break
        dated = _TRAILING_DATE.search(line.text)
        candidate = line.text[: dated.start()].strip() if dated else line.text
        is_numbered = heading_of(line) is not None and not re.match(YEAR, candidate)
        if is_numbered or _NOT_A_TITLE.search(candidate):
            continue
        if _TITLE.fullmatch(candidate):
            first, last = _torn_from(body, position, candidate)
            above = _half_above(body, first) if first == last == position else None
            pieces = [] if above is None else [above]
            return _joined([*pieces, *body[first : last + 1]], text, dated is not None), dated[
                1
            ] if dated else ""
        last = _goes_on(body, position)
        if last > position:
            return _joined(body[position : last + 1], text, False), ""
    if stated:
        return stated, ""
    first_line = body[0] if body else None
    if first_line and (_is_plain_title(first_line) or _is_headline(first_line, body[1:2])):
        return first_line.written, ""
    return "", ""


def _joined(pieces: Sequence[Line], text: str, is_dated: bool) -> str:
    written = [text[piece.start : piece.end] for piece in pieces]
    if is_dated:
        last = pieces[-1]
        dated = _TRAILING_DATE.search(last.text)
        written[-1] = written[-1][: len(last.text[: dated.start()].strip())] if dated else written[-1]
    title = "".join(written)
    return title[1:-1] if title.startswith("《") and title.find("》") == len(title) - 1 else title


def _is_plain_title(line: Line) -> bool:
    is_title = _PLAIN_TITLE.fullmatch(line.text) and _SUBJECT.search(line.text)
    return bool(is_title) and not heading_of(line) and not offices_in(line.text)


def _is_headline(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line is the headline of a report: no sentence, with the day and the source below it."""
    is_short = 6 <= len(line.text) <= _LONGEST_TITLE and line.text[-1] not in "。,;:"
    return is_short and not heading_of(line) and any(_SOURCE_LINE.match(other.text) for other in below)


# --- titles broken over lines ---------------------------------------------------------------------------


def _torn_from(body: Sequence[Line], position: int, candidate: str) -> tuple[int, int]:
    """First and last line of a title of which this line is plainly a part: brackets open, or a word cut in two."""
    first = last = position
    whole = candidate
    while last - first + 1 < _MOST_PIECES:
        above = body[first - 1] if first > 0 else None
        lacks_beginning = _unopened(whole) or _TORN_START.match(whole)
        if (
            above
            and _can_be_piece(above)
            and (lacks_beginning or _TORN_END.search(above.text) or _unclosed(above.text))
        ):
            first, whole = first - 1, above.text + whole
            continue
        below = body[last + 1] if last + 1 < len(body) else None
        if below and _can_be_piece(below) and _unclosed(whole):
            last, whole = last + 1, whole + below.text
            continue
        break
    is_whole = len(whole) <= _LONGEST_WHOLE and not _unopened(whole) and not _unclosed(whole)
    return (first, last) if is_whole else (position, position)


def _goes_on(body: Sequence[Line], position: int) -> int:
    """The last line of a title that begins on this one and is named like a plan only with the next lines."""
    line = body[position]
    is_opening = _OPENING.search(line.text) or _is_place_alone(line.text)
    if not _can_be_piece(line) or not (is_opening or _is_half_by_itself(body, position)):
        return position
    whole = line.text
    for last in range(position + 1, min(position + _MOST_PIECES, len(body))):
        if not _can_be_piece(body[last]):
            break
        whole += body[last].text
        if len(whole) <= _LONGEST_WHOLE and _TITLE.fullmatch(whole) and not _unclosed(whole):
            return last
    return position


def _is_half_by_itself(body: Sequence[Line], position: int) -> bool:
    """Whether a line begins like a title, with its place, and the next one is none by itself."""
    text = body[position].text
    place = _PLACE_FIRST.match(text)
    if not (place and is_place(place.group(0)) and _SUBJECT.search(text)) or _SITE.search(text):
        return False
    below = body[position + 1].text if position + 1 < len(body) else ""
    return below != "" and not _TITLE.fullmatch(below)


def _half_above(body: Sequence[Line], position: int) -> Line | None:
    """The line above, where a title was broken before a part that cannot stand alone (“十四五”规划)."""
    if position == 0 or not _REST.match(body[position].text):
        return None
    above = body[position - 1]
    is_half = re.fullmatch(r"[\u4e00-\u9fff、]{4,30}", above.text) and _SUBJECT.search(above.text)
    return above if is_half and not offices_in(above.text) and not heading_of(above) else None


def _can_be_piece(line: Line) -> bool:
    is_short = len(line.text) <= _LONGEST_PIECE and not re.search(r"[。;:!?|]", line.text)
    return (
        is_short
        and not heading_of(line)
        and not offices_in(line.text)
        and not re.search(r"\d号\)?$", line.text)
    )


def _is_place_alone(text: str) -> bool:
    return _PLACE_ALONE.fullmatch(text) is not None and is_place(text)


def _unclosed(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in _BRACKETS)


def _unopened(text: str) -> bool:
    return any(text.count(right) > text.count(left) for left, right in _BRACKETS)
