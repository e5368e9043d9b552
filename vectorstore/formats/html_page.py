"""What belongs to the page around a document: navigation, sidebars, footers, told by markup, links and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vectorstore.lines import INDEX_FIELD

_AROUND_TAGS = frozenset(("nav", "footer", "aside"))
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumbs?|foot(?:er)?\w*|copyright|share\w*|bdshare\w*|toolbar|side(?:bar|nav)?|related|"
    r"recommend\w*|qr\w*|erweima|ewm|weixin|login|search\w*|pager|pagination|dqwz|weizhi|friendlinks?|links?|toc|banner|topbar|"
    r"skip\w*|navheader|navfooter|prevnext)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。；！？.!?;]")
# Of a page's running text, so much stands in the element that holds the document.
_MOST = 0.95
_LONG = 40
_MOSTLY_LINKS = 0.7
_FEWEST_LINKS = 3


@dataclass(frozen=True)
class Block:
    """One line of a page's text, the element that it stands in, its heading level (0 for none).

    `linked` counts the characters inside links, `is_row` marks a line of a data table.
    """

    text: str
    element: Any
    level: int = 0
    linked: int = 0
    is_row: bool = False

    @property
    def is_running_text(self) -> bool:
        """Whether it is a sentence or a table's row and not a list of links."""
        return self.is_row or (len(self.text) >= _LONG and self.linked < len(self.text) / 2)


def around_the_text(blocks: Sequence[Block]) -> frozenset[int]:
    """Numbers of the blocks that are no part of the document."""
    counts = _running_text_by_element(blocks)
    marked: dict[Any, bool] = {}
    total = sum(len(block.text) for block in blocks if block.is_running_text)
    main = _main_element(counts, total)
    around = set(_link_lists(blocks))
    for number, block in enumerate(blocks):
        if not block.text:
            continue
        if _stands_in_furniture(block.element, marked, counts, total, main):
            around.add(number)
        elif main is not None and not block.is_running_text and not block.level:
            is_told = INDEX_FIELD.match(block.text) is not None
            if not is_told and not _is_inside(block.element, main):
                around.add(number)
    return frozenset(around)


def _running_text_by_element(blocks: Sequence[Block]) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for block in blocks:
        if block.is_running_text:
            element = block.element
            while element is not None:
                counts[element] += len(block.text)
                element = element.getparent()
    return counts


def _main_element(counts: Counter[Any], total: int) -> Any:
    """The innermost element that holds nearly all running text; None for a page that has too little to tell."""
    if total < 2 * _LONG:
        return None
    enough = [
        element
        for element, count in counts.items()
        if count >= _MOST * total and element.tag not in _TABLE_TAGS
    ]
    # All of them contain one another, so the innermost is the one with the most elements above it.
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


_TABLE_TAGS = frozenset(("table", "tbody", "tr", "td", "p", "span", "font", "a"))


def _is_inside(element: Any, ancestor: Any) -> bool:
    while element is not None:
        if element is ancestor:
            return True
        element = element.getparent()
    return False


def _stands_in_furniture(
    element: Any, known: dict[Any, bool], counts: Counter[Any], total: int, main: Any
) -> bool:
    """Whether the element or one around it is marked as navigation, footer and the like.

    A mark on most of the page is a mistake; inside the document one on running text is a box of the document.
    """
    path = []
    found = False
    while element is not None and element not in known:
        path.append(element)
        if _is_marked(element):
            most = 1 if main is not None and _is_inside(element, main) else total / 2
            if counts[element] < most:
                found = True
                break
        element = element.getparent()
    found = found or (element is not None and known.get(element, False))
    known.update(dict.fromkeys(path, found))
    return found


def _is_marked(element: Any) -> bool:
    if element.tag in ("html", "body"):
        return False
    if element.tag in _AROUND_TAGS or element.get("role") in (
        "navigation",
        "banner",
        "contentinfo",
        "search",
    ):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(named) > 1 and _AROUND_NAMES.search(named) is not None


def _link_lists(blocks: Sequence[Block]) -> list[int]:
    """Blocks of runs in which every line is a link and none a sentence: lists of other pages."""
    found: list[int] = []
    run: list[int] = []
    for number, block in enumerate([*blocks, Block("", None)]):
        is_link = bool(block.text) and block.linked >= _MOSTLY_LINKS * len(block.text)
        if is_link and not _SENTENCE.search(block.text):
            run.append(number)
            continue
        if len(run) >= _FEWEST_LINKS:
            found += run
        run = []
    return found
