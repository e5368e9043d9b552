"""Web pages, as government sites and word processors save them: text line by line, tables, headings, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted, Heading, Span
from vectorstore.formats.html_page import Block, around_the_text
from vectorstore.formats.html_tables import index_lines, is_data_table, table_cells
from vectorstore.formats.html_text import HIDDEN_TAGS, decoded, inline_text, is_hidden, plain
from vectorstore.formats.numbering import list_label
from vectorstore.formats.pipe_tables import table_lines

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"\s*[-_|—–·]{1,2}\s*[^-_|—–·]{0,30}$")
_LONGEST_TITLE = 100
# What the standard for government sites has pages state about themselves.
_TITLE_NAMES = ("articletitle", "og:title", "dc.title")


def read_html(content: bytes) -> Extracted:
    """The text of a web page. Nothing that it refers to is fetched; scripts, styles and hidden parts are left out.

    Raises DocumentUnreadable for a page that cannot be parsed.
    """
    return page_text(decoded(content))


def page_text(markup: str) -> Extracted:
    """As `read_html`, of a page that is decoded already."""
    root = _parsed(plain(markup))
    if root is None:
        return Extracted("")
    blocks = _Walk(root).blocks()
    return _put_together(blocks, around_the_text(blocks), _title(root))


def _parsed(markup: str) -> Any:
    """The root element, None for an empty page."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    # Both end the page where they happen, and what follows would be missing without a word.
    failures = {entry.type_name for entry in parser.error_log}
    if "ERR_NO_MEMORY" in failures:
        raise MemoryError
    if "ERR_RESOURCE_LIMIT" in failures:
        raise DocumentUnreadable("网页的标签嵌套过深。", "请用浏览器打开，把正文复制到 Word 或文本文件。")
    return root


def _put_together(blocks: list[Block], around: frozenset[int], title: str) -> Extracted:
    pieces: list[str] = []
    furniture: list[Span] = []
    headings: list[Heading] = []
    position = 0
    for number, block in enumerate(blocks):
        end = position + len(block.text)
        if number in around:
            furniture.append(Span(position, end))
        elif block.level:
            headings.append(Heading(position, end, block.level))
        pieces.append(block.text)
        position = end + 1
    text = "\n".join(pieces)
    return Extracted(
        f"{text}\n" if text else "", title=title, furniture=tuple(furniture), headings=tuple(headings)
    )


def _title(root: Any) -> str:
    """What the page is called, without the site's name behind it."""
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        stated = " ".join((meta.get("content") or "").split())
        if name in _TITLE_NAMES and 2 < len(stated) <= _LONGEST_TITLE:
            return str(stated)
    written = " ".join("".join(next(root.iter("title"), etree.Element("title")).itertext()).split())
    while len(shorter := _TITLE_TAIL.sub("", written)) >= 6 and shorter != written:
        written = shorter
    return written if len(written) <= _LONGEST_TITLE else ""


class _Walk:
    """One pass over the page's elements, in which its lines become blocks."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._blocks: list[Block] = []
        self._open: list[str] = []
        self._link = 0
        self._linked = 0
        self._levels: list[tuple[Any, int]] = []
        self._preformatted: list[Any] = []
        self._counts: dict[Any, int] = {}
        self._label = ""

    def blocks(self) -> list[Block]:
        """Every line of the page with the element that it stands in."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._enters(element):
                    continue
                walk.skip_subtree()
                # An element that is skipped still ends, which adds what follows it.
                self._counts[element] = -1
            else:
                self._leave(element)
        self._end_line(self._root)
        return self._blocks

    def _enters(self, element: Any) -> bool:
        """Take an element's beginning; False where its content is not to be looked at (again)."""
        tag = element.tag
        if tag in HIDDEN_TAGS or is_hidden(element):
            return False
        if tag == "table" and is_data_table(element):
            self._end_line(element.getparent())
            self._table(element)
            return False
        if tag in _BLOCKS:
            self._end_line(element.getparent())
        if tag in _HEADINGS:
            self._levels.append((element, _HEADINGS[tag]))
        elif tag == "a":
            self._link += 1
        elif tag == "li":
            self._label = self._item_label(element)
        if tag == "pre" or _KEEPS_LINES.search(element.get("style") or ""):
            self._preformatted.append(element)
        self._add(element.text, element)
        return True

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if self._counts.get(element) == -1:
            del self._counts[element]
        else:
            if tag in _BLOCKS and tag != "br":
                self._end_line(element)
            if tag == "a":
                self._link -= 1
            if self._levels and self._levels[-1][0] is element:
                self._levels.pop()
            if self._preformatted and self._preformatted[-1] is element:
                self._preformatted.pop()
        self._add(element.tail, element.getparent())

    def _add(self, text: str | None, element: Any) -> None:
        """Add text that stands in the element; where line breaks are shown as they are, its lines are lines."""
        lines = text.split("\n") if text and self._preformatted else [text or ""]
        for number, line in enumerate(lines):
            if number:
                self._end_line(element)
            if line:
                self._open.append(line)
                if self._link:
                    self._linked += len(line.strip())

    def _end_line(self, element: Any) -> None:
        written = inline_text("".join(self._open))
        if written:
            if self._label:
                written, self._label = self._label + written, ""
            level = self._levels[-1][1] if self._levels else 0
            self._blocks.append(Block(written, element, level, min(self._linked, len(written))))
        self._open.clear()
        self._linked = 0

    def _item_label(self, element: Any) -> str:
        """The number that a browser puts before an item of a numbered list."""
        parent = element.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        given = element.get("value") or (parent.get("start") if parent not in self._counts else None)
        counted = self._counts.get(parent, 0) + 1
        number = int(given) if given and re.fullmatch(r"\d{1,5}", given) else counted
        self._counts[parent] = number
        return list_label(number, kind=parent.get("type") or "", style=parent.get("style") or "")

    def _table(self, element: Any) -> None:
        cells = list(table_cells(element))
        caption = element.find("caption")
        if caption is not None:
            self._blocks.extend(Block(line, element) for line in _written_lines(caption))
        if self._blocks and self._blocks[-1].is_row:
            # An empty line keeps two tables apart.
            self._blocks.append(Block("", element))
        lines = index_lines(cells) or [line for _, line in table_lines(cells)]
        self._blocks.extend(Block(line, element, is_row=True) for line in lines)


def _written_lines(element: Any) -> Iterator[str]:
    written = inline_text("".join(element.itertext()))
    if written:
        yield written
