"""What a plan says about itself: title, region, years, publisher, document number, date.

Read from the text, by rules of the genre. Only what the text cannot give stands in the library's small
`catalogue.toml`; what neither states stays empty.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

from vectorstore.documents import Metadata
from vectorstore.errors import DocumentUnreadable
from vectorstore.folding import folded
from vectorstore.headings import heading_of
from vectorstore.lines import INDEX_FIELD, Line, is_furniture, is_index_line, lines_of
from vectorstore.numerals import YEAR, describe_years, years_in
from vectorstore.places import Mention, mentions

CATALOGUE = "catalogue.toml"
_HEAD_LINES = 30
_LONGEST_TITLE = 60
# Places are counted in the beginning of a text only: it is enough, and a long text stays quick.
_REGION_CHARACTERS = 20_000

_KINDS = "规划|纲要|要点|总结|计划|方案|报告|意见|通知|安排|思路|公报|办法|清单|条例|细则|公告|决定|工作汇报|政策解读|标准"
_TITLE = re.compile(
    rf"^《?[^。;;!?|]{{3,{_LONGEST_TITLE}}}?(?:{_KINDS})(?:的通知|的意见)?》?(?:[((][^()()]{{1,16}}[))])?$"
)
_TRAILING_DATE = re.compile(
    rf"[\s((]*({YEAR}[-./年]\d{{1,2}}[-./月]\d{{1,2}}日?)[))]?(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?$"
)
_DATE = re.compile(rf"{YEAR}\s*[-./年]\s*\d{{1,2}}\s*[-./月]\s*\d{{1,2}}\s*日?")
_DATE_LINE = re.compile(rf"^[((]?\s*({YEAR}年\d{{1,2}}月\d{{1,2}}日)\s*(?:印发|发布|公布|通过)?[))]?$")
_NUMBER = re.compile(rf"[\u4e00-\u9fff]{{1,10}}\s*[〔\[【((]{YEAR}[〕\]】))]\s*第?\d{{1,4}}号")
_PUBLISHER_LINE = re.compile(
    r"^[\u4e00-\u9fff]{2,16}(?:民政局|民政厅|民政部|人民政府|人民政府办公室|人民政府办公厅)$"
)
_OFFICE = re.compile(
    r"([\u4e00-\u9fff]{2,9}?(?:省|市|县|区|州|旗|盟))(?:民政[局厅]|人民政府|民政事业|民政工作|委州政府|委市政府|委区政府|委县政府)"
)
_SCOPE_WORDS = re.compile(r"[年全我本各该在对和与向]|^(?:州市|县市|社|辖|城|园|地|山|景|校|老)")


def describe(text: str, *, folder: Path, name: str) -> Metadata:
    """Metadata of a text; `folder` is where a catalogue.toml may lie, `name` the file's stem.

    Raises DocumentUnreadable when the catalogue's entry for this document cannot be used.
    """
    written, text = text, folded(text)
    lines = lines_of(text[:_REGION_CHARACTERS])
    title, title_date = _title(lines)
    index_block = _index_block(lines)
    years = years_in(title) or _declared_years(lines_of(text))
    region = _region(title, text[:_REGION_CHARACTERS])
    metadata = Metadata(
        title=title,
        region=region,
        period=describe_years(years),
        years=years,
        publisher=_publisher(lines, index_block, region, text),
        number=_number(lines, index_block, title),
        date=_date(lines, index_block, title_date),
    )
    return _completed(_as_written(metadata, text, written), folder / CATALOGUE, name)


def _as_written(metadata: Metadata, text: str, written: str) -> Metadata:
    """Found in the folded text, given as the document writes it (same offsets)."""
    values = {}
    for name in ("title", "publisher", "number", "date"):
        value = getattr(metadata, name)
        position = text.find(value) if value else -1
        if position >= 0:
            values[name] = written[position : position + len(value)]
    return replace(metadata, **values)


def title_line(metadata: Metadata, text: str) -> str:
    """The title as the text's own title line begins with, or "" when the text has no such line."""
    return (
        metadata.title if any(line.text.startswith(metadata.title) for line in lines_of(text[:4000])) else ""
    )


def _title(lines: list[Line]) -> tuple[str, str]:
    """(title, date written behind it): the first short line that is named like a plan."""
    for line in lines[:_HEAD_LINES]:
        if is_furniture(line):
            continue
        if line.text.startswith("# "):
            return line.text[2:].strip(), ""
        dated = _TRAILING_DATE.search(line.text)
        candidate = line.text[: dated.start()].strip() if dated else line.text
        if _TITLE.match(candidate) and not (heading_of(line) and not re.match(YEAR, candidate)):
            return candidate.strip("《》"), dated[1] if dated else ""
        if len(line.text) > 80:
            break
    named = _index_block(lines).get("名称", "")
    return named, ""


def _index_block(lines: list[Line]) -> dict[str, str]:
    """The fields of the 索引号 block, labels without spaces; empty fields are left out."""
    found: dict[str, str] = {}
    for line in lines[:_HEAD_LINES]:
        if not is_index_line(line):
            continue
        for label, value in INDEX_FIELD.findall(line.text):
            cleaned = value.strip(" |\u00a0")
            if cleaned:
                found.setdefault(re.sub(r"\s", "", label), cleaned)
    return found


def _declared_years(lines: list[Line]) -> tuple[int, ...]:
    """Years stated as the term of the plan, else the years with which its leading paragraphs open."""
    for line in lines[:_HEAD_LINES]:
        term = re.search(rf"(?:期限|规划期)[为是]?[^。]{{0,6}}({YEAR}[^。]{{0,12}}年)", line.text)
        if term:
            return years_in(term[1])
    years: set[int] = set()
    for line in lines:
        if re.match(rf"{YEAR}年[,,是]", line.text) and not heading_of(line):
            years.update(years_in(line.text[:6]))
    return tuple(sorted(years))


def _region(title: str, text: str) -> str:
    """The place that the plan is about, as the text writes it in full; "" when no rule finds one."""
    named = [mention for mention in mentions(text) if mention.is_full]
    offices = Counter(match[1] for match in _OFFICE.finditer(text) if not _SCOPE_WORDS.search(match[1]))
    for mention in mentions(title):
        return _full_form(mention, named)
    office_in_title = _OFFICE.search(title)
    if office_in_title and not _SCOPE_WORDS.search(office_in_title[1]):
        return office_in_title[1]
    counts = Counter(mention.written for mention in named)
    superiors = {parent for mention in named for place in mention.places for parent in place.parents}
    candidates = [name for name in counts if name not in superiors or counts[name] > len(named) / 2]
    if candidates:
        return max(candidates, key=lambda name: (offices.get(name, 0) * 3 + counts[name], -text.index(name)))
    return offices.most_common(1)[0][0] if offices else ""


def _full_form(mention: Mention, named: list[Mention]) -> str:
    """The title may shorten the place (杨浦民政工作要点); the body usually has it in full."""
    if mention.is_full:
        return mention.written
    codes = {place.code for place in mention.places}
    full = Counter(other.written for other in named if codes & {place.code for place in other.places})
    if full:
        return full.most_common(1)[0][0]
    return mention.places[0].name if len(mention.places) == 1 else mention.written


def _publisher(lines: list[Line], index_block: dict[str, str], region: str, text: str) -> str:
    for line in [*lines[:_HEAD_LINES], *lines[-5:]]:
        if not is_furniture(line) and _PUBLISHER_LINE.match(line.text):
            return line.text
    fields = ("发布机构", "发布单位", "发文机关", "发文单位")
    stated = next((index_block[key] for key in fields if key in index_block), "")
    # A site states its own bureau without the place (民政局); the text usually names it in full.
    in_full = region + stated.removeprefix(region[-1:])
    return in_full if stated and in_full in text else stated


def _number(lines: list[Line], index_block: dict[str, str], title: str) -> str:
    for key in ("发文字号", "文号", "文件编号"):
        match = _NUMBER.search(index_block.get(key, ""))
        if match:
            return match.group(0)
    for line in lines[:_HEAD_LINES]:
        # A number in running text belongs to another document that is quoted there.
        if len(line.text) <= 40 and line.text != title and _NUMBER.fullmatch(line.text.strip("()()")):
            return line.text.strip("()()")
    return ""


def _date(lines: list[Line], index_block: dict[str, str], title_date: str) -> str:
    for line in lines[:_HEAD_LINES]:
        match = _DATE_LINE.match(line.text)
        if match:
            return match[1]
    if title_date:
        return title_date
    for key in ("发文日期", "成文日期", "发布日期", "公开日期", "生成日期", "发布时间", "公开时间"):
        match = _DATE.search(index_block.get(key, ""))
        if match:
            return match.group(0).strip()
    return ""


def _completed(metadata: Metadata, catalogue: Path, name: str) -> Metadata:
    """Fill in, from the catalogue, what the text does not state (and correct what a person corrected)."""
    if not catalogue.is_file():
        return metadata
    try:
        entry = tomllib.loads(catalogue.read_text(encoding="utf-8")).get(name, {})
        known = {field.name for field in fields(Metadata)} - {"years", "period"}
        if not set(entry) <= known | {"years"}:
            raise ValueError(f"未知的项:{'、'.join(sorted(set(entry) - known - {'years'}))}")
        years = tuple(int(year) for year in entry.get("years", metadata.years))
        given = {key: str(value) for key, value in entry.items() if key != "years"}
    except (ValueError, TypeError, AttributeError, OSError) as error:
        raise DocumentUnreadable(
            f"目录文件“{catalogue.name}”中“{name}”一项无法使用:{error}", "请改正该文件,或删去这一项。"
        ) from error
    return replace(metadata, years=years, period=describe_years(years), **given)
