"""Headings of Chinese government documents: 第一章, 一、, (一), 1., (1), ①, 1.1.1, 专栏一, ——项目。

Numbering styles have no fixed rank: one writer puts 1. under (一), another under 一、. So a heading knows its
style only, and its depth follows from the order in which styles open (see `vectorstore.sections`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from vectorstore.lines import Line
from vectorstore.numerals import from_chinese

_CHINESE = "[一二三四五六七八九十百零〇]{1,5}"
_HAN = "\u4e00-\u9fff"
# Numbers that are one character: circled, bracketed, with a full stop; each row counts from one.
_SIGNS = {
    "circled": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "bracketed-ideographic": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "bracketed-arabic": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "arabic": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
_COUNTED = "级等类期季号线次批档孩胎"
_MEASURED = "万亿千百十个倍元%‰人张家户名年月日号公米平吨亩升克岁级点分折度次处所项件条天周只台"
BOX, DASH, ARTICLE, APPENDIX, PLAIN = "box", "dash", "article", "appendix", "plain"
# 问：哪些人可以领？ heads its answer, in papers that explain a rule.
QUESTION = "question"

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"^第({_CHINESE}|\d+)(?:编|篇|部分)(?!章)[\s:、]*")),
    ("chapter", re.compile(rf"^第({_CHINESE}|\d+)章[\s:、]*")),
    ("division", re.compile(rf"^第({_CHINESE}|\d+)节[\s:、]*")),
    (ARTICLE, re.compile(rf"^第({_CHINESE}|\d+)条(?:[\s:、]+|$)")),
    (APPENDIX, re.compile(rf"^附\s*[件录表]\s*({_CHINESE}|\d{{0,2}})\s*:?$")),
    (BOX, re.compile(rf"^专栏\s*({_CHINESE}|\d{{1,2}}|(?=[\s:]))(?:[-.]\d+)?[\s:、.]*")),
    (
        "ideographic",
        re.compile(rf"^({_CHINESE})\s*[、.]\s*(?![一二三四五六七八九十]{{1,2}}[{_COUNTED}])"),
    ),
    ("bracketed-ideographic", re.compile(rf"^\(\s*({_CHINESE})\s*\)\s*[、.]?\s*")),
    ("half-bracketed-ideographic", re.compile(rf"^({_CHINESE})\)\s*")),
    (
        "decimal",
        re.compile(
            rf"^(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:[.、]\s*|\s+|(?=[{_HAN}“《])(?![{_MEASURED}]))(?![\d%])"
        ),
    ),
    ("arabic", re.compile(r"^(\d{1,2})\s*[.、](?:\s+|(?!\d)|(?=20\d\d年))")),
    ("bracketed-arabic", re.compile(r"^\(\s*(\d{1,2})\s*\)\s*[、.]?\s*")),
    ("half-bracketed-arabic", re.compile(r"^(\d{1,2})\)\s*")),
    *((style, re.compile(rf"^([{signs}])\s*")) for style, signs in _SIGNS.items()),
    (
        QUESTION,
        re.compile(rf"^[【\[]?(?:问题?|Q)\s*({_CHINESE}|\d{{0,2}})(?:[】\]]\s*:?|\s*:)\s*(?=\S)"),
    ),
    (DASH, re.compile(rf"^(?:——|—|--)\s*(?=[{_HAN}“《])()")),
    ("markdown", re.compile(r"^(#{1,6})\s+()")),
    (PLAIN, re.compile(rf"^(\d{{1,2}})\s+(?=[{_HAN}“])")),
)
# A line that begins otherwise, as most do, need not be tried.
_FIRST = frozenset("第专附问Q【[(0123456789一二三四五六七八九十百零〇—-#" + "".join(_SIGNS.values()))
_TITLE_END = re.compile(r"[。:;!?]")
# The upper styles hold titles only; the lower ones number whole sentences as well.
_TITLES_ONLY = ("part", "chapter", "division", APPENDIX, BOX, PLAIN)
# Their number can stand on a line of its own, with the title on the next.
NAMED_BELOW = ("part", "chapter", "division", APPENDIX, BOX)
_UPPER = (*_TITLES_ONLY, "ideographic", "bracketed-ideographic", "markdown")
_BOLD = "**"
_BOLD_END = re.compile(r"\*\*\s*")
_LONGEST_TITLE = {True: 80, False: 42}
_LONGEST_INLINE_TITLE = {True: 45, False: 30}
_LONGEST_QUESTION = 120
_ANSWERS = re.compile(r"\s*[【\[]?(?:答|A)\s*\d{0,2}(?:[】\]]\s*:?|\s*:)\s*(?=\S)")
# 第三条 and its text: an article's first sentence is a rule, not a title.
_LONGEST_ARTICLE_TITLE = 16
_NOT_A_FIGURE = re.compile(
    r"[“《\"「][^”》\"」]*[”》\"」]|(?:19|20)\d{2}(?:\s*[-—–~至]{1,2}\s*(?:19|20)\d{2})?\s*年|"
    r"(?:19|20)\d{2}[-—–~至]{1,2}(?:19|20)\d{2}(?=\))"
)
# What somebody has asked for, or what was asked, is answered below: 关于将补贴提高到300元的建议.
_PUT_FORWARD = re.compile(r"关于.*的(?:建议|提案|议案|请示|问题|诉求|事项)[。.]?$")


@dataclass(frozen=True)
class Heading:
    """A numbered line. Its label, number and title, stands at `label_start` … `label_end` of the document,
    the title alone from `title_start`.

    `kind` is "title" for a line that is nothing else, "titled" when text follows the title (from
    `body_start`), "item" for a numbered sentence, which has no title and an empty label.
    `ordinals` are its numbers (1.2.3 has three), empty when there is none.
    """

    style: str
    ordinals: tuple[int, ...]
    kind: Literal["title", "titled", "item"]
    label_start: int
    title_start: int
    label_end: int
    body_start: int

    @property
    def ordinal(self) -> int:
        """The last of its numbers; 0 when there is none."""
        return self.ordinals[-1] if self.ordinals else 0


def heading_of(line: Line) -> Heading | None:
    """The heading that `line` opens with, or None for running text."""
    line = _unmarked(line)
    if line.text[0] not in _FIRST:
        return None
    for style, pattern in _STYLES:
        match = pattern.match(line.text)
        if match is not None:
            return _read(line, style, match[1], match.end())
    return None


def _unmarked(line: Line) -> Line:
    """The line without Markdown's signs for bold type around the whole of it."""
    if len(line.text) <= 4 or not line.text.startswith("**") or line.text.find("**", 2) != len(line.text) - 2:
        return line
    return replace(
        line, start=line.start + 2, end=line.end - 2, text=line.text[2:-2], written=line.written[2:-2]
    )


def _read(line: Line, style: str, number: str, end: int) -> Heading | None:
    if style == "markdown":
        return _marked(line, len(number), end)
    if end == len(line.text) and style not in (ARTICLE, *NAMED_BELOW):
        return None
    ordinals = _ordinals(number)
    if style == QUESTION:
        return _read_question(line, ordinals, end)
    return _read_title(line, f"decimal-{len(ordinals)}" if style == "decimal" else style, ordinals, end)


def _marked(line: Line, level: int, end: int) -> Heading | None:
    """A Markdown heading is a title whatever it says; its signs are not part of it."""
    label = line.text[end:].rstrip("# ")
    start = line.start + end
    if not label:
        return None
    return Heading(f"markdown-{level}", (), "title", start, start, start + len(label), line.end)


def _read_title(line: Line, style: str, ordinals: tuple[int, ...], end: int) -> Heading | None:
    rest = line.text[end:]
    stop = _TITLE_END.search(rest)
    title_length = stop.start() if stop else len(rest)
    is_upper = style in _UPPER
    start, title = line.start, line.start + end
    if style == ARTICLE:
        if stop is None and len(rest) <= _LONGEST_ARTICLE_TITLE:
            return Heading(style, ordinals, "title", start, title, line.end, line.end)
        number_end = start + len(line.text[:end].rstrip(" :、"))
        return Heading(style, ordinals, "titled", start, title, number_end, title)
    if rest.startswith(_BOLD):
        # 1. **提高救助水平。**: the label is one span of the text, so it begins behind Markdown's sign.
        start = title = title + len(_BOLD)
    is_whole = stop is None or (stop.end() == len(rest) and stop[0] != ";")
    if is_whole and len(rest) <= _LONGEST_TITLE[is_upper]:
        label_end = line.start + len(line.text.rstrip("。:!?*"))
        return Heading(style, ordinals, "title", start, title, label_end, line.end)
    if style in _TITLES_ONLY:
        return None
    # 1.甲不足。2.乙不足。3.丙不足。: items of one paragraph, of which the first heads none.
    is_first_of_many = stop is not None and style == "arabic" and _counts_on(rest[stop.end() :], ordinals[-1])
    is_title = (
        not is_first_of_many
        and 0 < title_length <= _LONGEST_INLINE_TITLE[is_upper]
        and not states_figure(rest[:title_length])
    )
    if is_title and stop is not None and stop.end() < len(rest) and stop[0] in "。:":
        # The signs that end Markdown's bold type belong to neither: 1. **提高救助水平。** 农村低保标准….
        ends_bold = _BOLD_END.match(rest, stop.end())
        body = ends_bold.end() if ends_bold and ends_bold.end() < len(rest) else stop.end()
        behind = line.start + end
        return Heading(style, ordinals, "titled", start, title, behind + title_length, behind + body)
    return Heading(style, ordinals, "item", line.start, line.start, line.start, line.start)


def _read_question(line: Line, ordinals: tuple[int, ...], end: int) -> Heading | None:
    """What is asked up to its question mark, or to the end of the line; its answer may follow on the same line."""
    rest = line.text[end:]
    stop = rest.find("?") + 1 or len(rest)
    if stop > _LONGEST_QUESTION:
        return None
    start, stop = line.start + end, line.start + end + stop
    is_whole = not line.text[stop - line.start :].strip()
    body = line.end if is_whole else stop
    return Heading(QUESTION, ordinals, "title" if is_whole else "titled", start, start, stop, body)


def answer_begins(text: str) -> int:
    """How many characters of a paragraph (folded) only say that it answers (答：)."""
    match = _ANSWERS.match(text)
    return match.end() if match else 0


def _counts_on(text: str, number: int) -> bool:
    """Whether a text goes on counting behind this number."""
    return re.match(rf"\s*{number + 1}\s*[.、](?!\d)", text) is not None


def states_figure(title: str) -> bool:
    """Whether a title says how much (新增床位500张): then it is a statement as well, to be found and cited."""
    return not _PUT_FORWARD.match(title) and re.search(r"\d", _NOT_A_FIGURE.sub("", title)) is not None


def _ordinals(number: str) -> tuple[int, ...]:
    if not number:
        return ()
    for signs in _SIGNS.values():
        if number in signs:
            return (signs.index(number) + 1,)
    if number[0].isdecimal():
        return tuple(int(part) for part in number.split("."))
    return (from_chinese(number) or 0,)
