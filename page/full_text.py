"""A whole document as a page of its own, which the question page also shows in a dialog."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from page.rendering import document_label
from vectorstore.documents import Document
from vectorstore.locations import location_of

# A quotation runs over two pages at most; what a link asks for may be the whole document.
_MOST_PAGES = 3


def document_page(document: Document, start: int = 0, end: int = 0) -> str:
    """The document's text, escaped, white space kept, `text[start:end]` marked; offsets outside are cut off."""
    text = document.text
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    marked = f'<mark id="quotation" tabindex="-1">{escape(text[start:end])}</mark>' if end > start else ""
    metadata = document.metadata
    facts = [
        metadata.region,
        metadata.period,
        *document.genres,
        metadata.publisher,
        metadata.number,
        metadata.date,
    ]
    shown = " · ".join(escape(fact) for fact in facts if fact)
    return paper_page(
        document_label(document),
        f'<p class="facts">{shown}</p>'
        f"{_page_images(document, start, end)}"
        # Keyboards scroll it once it has the focus.
        '<div class="document-text" tabindex="0" role="region" aria-label="全文">'
        f"{escape(text[:start])}{marked}{escape(text[end:])}</div>",
    )


def _page_images(document: Document, start: int, end: int) -> str:
    """The pages of the file that the marked words stand on, where the file has pages."""
    if end <= start:
        return ""
    pages = location_of(document.anchors, start, end).pages[:_MOST_PAGES]
    return "".join(_page_image(document, start, end, page) for page in pages)


def _page_image(document: Document, start: int, end: int, page: int) -> str:
    query = urlencode({"name": document.name, "start": start, "end": end, "page": page})
    address = escape(f"page-image?{query}")
    shown = f"原件第{page}页"
    return (
        f'<figure class="page-image"><img src="{address}" alt="{shown}（图像没有取得）" loading="lazy">'
        f"<figcaption>{shown}</figcaption></figure>"
    )


def paper_page(title: str, body: str) -> str:
    """A plain page that can be searched and sorted."""
    return message_page(title, body, head='<script type="module" src="/page/scripts/paper.js"></script>')


def message_page(title: str, body: str, *, style: str = "", head: str = "") -> str:
    """A plain page in the look of the question page; `body` and `head` are HTML, `style` one more style sheet."""
    more = f'<link rel="stylesheet" href="/{style}">' if style else ""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        f'<link rel="stylesheet" href="/page/style.css">{more}<link rel="icon" href="/page/icon.svg">'
        f'<script src="/page/scripts/theme.js"></script>{head}</head>'
        f'<body class="plain"><main class="document"><h1>{escape(title)}</h1>{body}</main></body></html>'
    )
