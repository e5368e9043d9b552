"""The offices that issue a paper, as a line above or below it names them: one or several, with or without anything between.

新津市民政局新津市财政局文件, 青岚县民政局等五部门, 临江县民政局 财政局 残疾人联合会. A scan loses the spaces first.
"""

from __future__ import annotations

import re

from vectorstore.places import mentions

_SUFFIX = "特别行政区|自治[区州县旗]|省|市|县|区|州|旗|盟"
_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:{_SUFFIX})")
_NOT_A_NAME = re.compile(
    r"[年月日全我本各该在对和与向的为及等是有]|^[第省市县区州旗盟]|[省市县州]市$|(?:城|地|都|超|门)市$|"
    r"(?:城|社|园|景|校|牧|林|库|灾|老|郊|辖|片|街|小|山|战|特|地|市|中心|示范|开发|高新|经开|试验|实验|试点|保护|核心|功能)区$|"
    r"(?:试点|示范|贫困|先进|周边|所辖|边境|重点)[县市]$"
)
# Where an office's name ends for certain, and where only if something other than its name follows.
_END = re.compile(
    r"(?:人民政府|委员会|联合会|总工会|工商联|[局厅]|(?<!干)部)(?:办公[室厅])?|(?:办公[室厅]|委|办|中心|妇联|团委|法院|检察院|银行|[分支]行)(?=[^\u4e00-\u9fff]|$)"
)
_BETWEEN = re.compile(r"[\s、·,|]*")
_BEHIND = re.compile(
    r"(?:等[一二三四五六七八九十\d]{1,3}(?:个?(?:部门|单位|家)|[委部局办]+))?(?:联合)?(?:印发|发布|发文|文件|制定)?$"
)
_RUNNING_TEXT = re.compile(r"[在由请向]")
_IN_CHARGE = re.compile(r"民政[局厅部]|人民政府|社会福利局")
_LONGEST_LINE = 120
_LONGEST_OFFICE = 26


def offices_in(line: str) -> tuple[str, ...]:
    """The offices of a line that is nothing but offices, in folded and simplified form; () for any other line."""
    if len(line) > _LONGEST_LINE or _RUNNING_TEXT.search(line):
        return ()
    named = line[: _behind(line)]
    found: list[str] = []
    position = 0
    while position < len(named):
        end = _END.search(named, position + 1)
        if end is None or end.end() - position > _LONGEST_OFFICE:
            return ()
        office = named[position : end.end()]
        if not re.fullmatch(r"[\u4e00-\u9fff]{2,}", office):
            return ()
        found.append(office)
        position = _after(named, end.end())
    return tuple(found)


def issuing_line(line: str) -> str:
    """The part of a line that names the offices which issue a paper; "" unless one of them is in charge of civil affairs.

    新津市民政局新津市财政局文件 → 新津市民政局新津市财政局.
    """
    offices = offices_in(line)
    is_issuing = any(_IN_CHARGE.search(office) and len(office) >= 5 for office in offices)
    return line[: _behind(line)].strip() if is_issuing else ""


def place_of_offices(line: str) -> str:
    """The place that the offices of a line are of, the one in charge of civil affairs before others; "" if none says."""
    offices = offices_in(line) or (line,)
    for office in sorted(offices, key=lambda office: _IN_CHARGE.search(office) is None):
        place = _place_of(office)
        if place:
            return place
    return ""


def is_place(name: str) -> bool:
    """Whether what ends like a place's name can be one (青岚县, but not 重点县)."""
    return _NOT_A_NAME.search(name) is None or bool(mentions(name) and mentions(name)[0].written == name)


def _place_of(office: str) -> str:
    """The innermost of the places with which an office's name begins: 湖北省荆门市民政局 → 荆门市."""
    rest = office.removeprefix("中共")
    place = ""
    while True:
        known = next(
            (mention.written for mention in mentions(rest) if mention.start == 0 and mention.is_full), ""
        )
        written = known or (
            match.group(0) if (match := _PLACE.match(rest)) and is_place(match.group(0)) else ""
        )
        if not written:
            break
        place, rest = written, rest.removeprefix(written)
    inside = [mention.written for mention in mentions(office) if mention.is_full]
    return place or (inside[-1] if inside else "")


def _behind(line: str) -> int:
    """Where a line's offices end, before 等五部门, 联合印发 or 文件."""
    match = _BEHIND.search(line)
    return match.start() if match else len(line)


def _after(line: str, position: int) -> int:
    between = _BETWEEN.match(line, position)
    return between.end() if between else position
