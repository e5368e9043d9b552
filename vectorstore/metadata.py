"""What a plan says about itself: title, region, years, publisher, document number, date.

Read from the text, by rules of the genre. Only what the text cannot give stands in the library's small
`catalogue.toml`; what neither states stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vectorstore.catalogue import completed
from vectorstore.documents import Metadata
from vectorstore.folding import folded, simplified
from vectorstore.formats.extracted import Span
from vectorstore.headings import heading_of
from vectorstore.lines import INDEX_FIELD, Line, furniture_of, is_index_line, lines_of
from vectorstore.marks import lines_within
from vectorstore.numerals import YEAR, describe_years, years_in
from vectorstore.offices import issuing_line
from vectorstore.regions import region_of
from vectorstore.titles import HEAD_LINES, title_of

# All but the years of parts stands in the beginning and the last lines of a text: a long one stays quick.
_HEAD = 20_000
_TAIL = 1_000
_TAIL_LINES = 6

_CHINESE_DAY = (
    r"[一二][九〇零○][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_DAY = rf"(?:{YEAR}年\d{{1,2}}月\d{{1,2}}日|{_CHINESE_DAY})"
_DATE = re.compile(
    rf"\s*\(?({YEAR}[-./年]\d{{1,2}}[-./月]\d{{1,2}}日?)\)?(?:\s\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?$"
)
_DATE = re.compile(rf"{YEAR}\s?[-./年]\s?\d{{1,2}}\s?[-./月]\s?\d{{1,2}}\s?日?")
_DATE_LINE = re.compile(rf"\(?\s*({_DAY})\s*(?:印发|发布|公布|通过)?\)?")
_NUMBER = re.compile(rf"[\u4e00-\u9fff]{{0,10}}\s?[〔\[【(]{YEAR}[〕\]】)]\s?第?\d{{1,4}}号")
_ASSESSMENT = re.compile("中期评[估价]|中期(?:总结|执行|实施|检查)")
_ASSESSED = re.compile(rf"评估(?:期|时段|时间|周期|范围)[^。;]{{0,24}}[至到—–~-]{{1,2}}\s*({YEAR})年")
_UP_TO = re.compile(rf"截[至止]到?({YEAR})年")
_LEAST_TERM = 4
_PART_OPENING = re.compile(rf"^[ \t\u3000\xa0]*({YEAR}年)[,，是][^\n\r]*[\n\r]+([^\n\r]*)", re.MULTILINE)


def describe(
    text: str, *, folder: Path | None, name: str, furniture: Sequence[Span] = (), stated_title: str = ""
) -> Metadata:
    """Metadata of a text; `folder` is where a catalogue.toml may lie, `name` the file's stem.

    `furniture` is what the file's format marks as such, `stated_title` the title in the file's properties, which counts
    where the text has none. Raises DocumentUnreadable when the catalogue's entry for this document cannot be used.
    """
    head = lines_of(text[:_HEAD])
    around = furniture_of(head) | lines_within(head, furniture)
    body = [line for position, line in enumerate(head) if position not in around]
    tail = [line for line in lines_of(text[-_TAIL:])[-_TAIL_LINES:] if len(line.text) <= 40]
    index_block = _index_block(head)
    title, title_date = title_of(body, text, stated=index_block.get("名称", ""))
    title = title or stated_title
    rules = simplified(folded(text[:_HEAD]))
    publisher = next(filter(None, (issuing_line(line.text) for line in [*body[:HEAD_LINES], *tail])), "")
    region = region_of(simplified(folded(title)), publisher or _stated_offices(index_block), rules)
    years = years_in(re.sub("[《》]", "", title)) or _declared_years(body, text)
    years = _assessed(years, title, rules) or years
    metadata = Metadata(
        title=title,
        region=region,
        period=describe_years(years),
        years=years,
        publisher=publisher or _stated_publisher(index_block, region, rules) or _publisher_in(title),
        number=_number(body, index_block, title),
        date=_date(body, tail, index_block, title_date),
    )
    metadata = _as_written(metadata, rules, text)
    return completed(metadata, folder=folder, name=name) if folder is not None else metadata


def _as_written(metadata: Metadata, rules: str, written: str) -> Metadata:
    """Found in the folded text, given as the document writes it (same offsets)."""

    def as_written(value: str) -> str:
        sought = simplified(folded(value))
        position = rules.find(sought) if sought else -1
        return written[position : position + len(sought)] if position >= 0 else value

    return replace(
        metadata,
        title=as_written(metadata.title),
        region=as_written(metadata.region),
        publisher=as_written(metadata.publisher),
        number=as_written(metadata.number),
        date=as_written(metadata.date),
    )


# --- the rest ------------------------------------------------------------------------------------------


def _index_block(lines: Sequence[Line]) -> dict[str, str]:
    """The fields of the 索引号 block, labels without spaces; empty fields are left out."""
    found: dict[str, str] = {}
    for line in lines[:HEAD_LINES]:
        if not is_index_line(line):
            continue
        for match in INDEX_FIELD.finditer(line.text):
            start, end = match.span(2)
            cleaned = line.written[start:end].strip(" |")
            if cleaned:
                found.setdefault(re.sub(r"\s", "", match[1]), cleaned)
    return found


def _declared_years(body: Sequence[Line], text: str) -> tuple[int, ...]:
    """Years stated as the term of the plan, else those with which the leading paragraphs of its parts open."""
    for line in body[:HEAD_LINES]:
        term = re.search(rf"(?:期限|规划期)[为是]?[^。]{{0,6}}({YEAR}[^。]{{0,12}}年)", line.text)
        if term:
            return years_in(term[1])
    years: set[int] = set()
    for match in _PART_OPENING.finditer(text):
        following = next(iter(lines_of(match[2])), None)
        heading = heading_of(following) if following else None
        if heading is not None and heading.ordinal == 1:
            years.update(years_in(match[1]))
    return tuple(sorted(years))


def _assessed(years: Sequence[int], title: str, text: str) -> tuple[int, ...]:
    """Of a plan's years those that the assessment of it at half its time reports of; () for other papers."""
    if not _ASSESSMENT.search(title) or len(years) < _LEAST_TERM:
        return ()
    stated = _ASSESSED.search(text) or _UP_TO.search(text)
    last = int(stated[1]) if stated else 0
    return tuple(year for year in years if year <= last) if years[0] < last < years[-1] else ()


def _stated_offices(index_block: dict[str, str]) -> str:
    fields = ("发布机构", "发布单位", "发文机关", "发文单位")
    return next((simplified(index_block[key]) for key in fields if key in index_block), "")


def _stated_publisher(index_block: dict[str, str], region: str, text: str) -> str:
    stated = _stated_offices(index_block)
    # A site states its own bureau without the place (民政局); the text usually names it in full.
    in_full = region + stated.removeprefix(region[-1:])
    return in_full if stated and in_full in text else stated


def _publisher_in(title: str) -> str:
    """The office whose work the title says it is (嵊州市民政局2021年工作总结)."""
    match = re.match(r"[\u4e00-\u9fff]{2,16}?民政[局厅廳]", title)
    return match.group(0) if match else ""


def _number(body: Sequence[Line], index_block: dict[str, str], title: str) -> str:
    for key in ("发文字号", "文号", "文件编号"):
        match = _NUMBER.search(index_block.get(key, ""))
        if match:
            return match.group(0)
    for line in body[:HEAD_LINES]:
        # A number in running text belongs to another document that is quoted there.
        if len(line.text) <= 40 and line.written != title and _NUMBER.fullmatch(line.text.strip("()")):
            return line.written.strip("()")
    return ""


def _date(body: Sequence[Line], tail: Sequence[Line], index_block: dict[str, str], title_date: str) -> str:
    """The day on which the plan was signed, else put on the page."""
    for line in body[:HEAD_LINES]:
        match = _DATE_LINE.fullmatch(line.text)
        if match:
            return match[1]
    if title_date:
        return title_date
    signed = [match[1] for line in tail if (match := _DATE_LINE.fullmatch(line.text))]
    if signed:
        return signed[-1]
    for key in ("发文日期", "成文日期", "发布日期", "公开日期", "生成日期", "发布时间", "公开时间"):
        match = _DATE.search(index_block.get(key, ""))
        if match:
            return match.group(0).strip()
    return ""
