"""A PDF as text with exact offsets; pages without usable text are recognised as scans where that is possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats import ocr
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.glyphs import PageContent
from vectorstore.formats.pages import LaidOutPage, laid_out, written
from vectorstore.formats.pdf_pages import MOST_CHARACTERS, page_content

if TYPE_CHECKING:
    from vectorstore.formats.ocr import Image, Recognised

MOST_PAGES = 5_000
# Resolution at which pages are recognised, in dots per inch, and the most pixels that are painted of one.
_RESOLUTION = 170
_MOST_PIXELS = 24_000_000
# A page is a scan when it says next to nothing and pictures or drawn letters cover it.
_FEWEST_CHARACTERS = 20
_PICTURE = 0.4
_MOST_DOUBTFUL = 0.2
_FREQUENT = frozenset("的年和在一不人民，。、；工作社会国市县區會務發為業個養國是有了大中上下为与及对等")
_HAN = re.compile("[\u3400-\u9fff]")
_JUNK = re.compile("[\u0080-\u00ff\u0100-\u024f]")
_END = b"%%EOF"
_TITLE_JUNK = re.compile(
    r"\.(?:docx?|wps|pdf|indd|xlsx?|pptx?)\b|^Microsoft|^文档\s*\d|^幻灯片|^untitled", re.IGNORECASE
)


class Unread(NamedTuple):
    """A page and why it could not be read."""

    page: int
    reason: str


@dataclass
class _Found:
    pages: list[LaidOutPage] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_pdf(
    content: bytes,
    *,
    most_pages: int = MOST_PAGES,
    on_page: Callable[[int, int], None] | None = None,
    recognise: bool | None = None,
) -> Extracted:
    """The text of a PDF in reading order, tables as pipe tables, every part anchored to its page.

    `on_page` is told (pages done, pages in all). Scans are recognised if `recognise`, by default where that is
    installed. Raises DocumentUnreadable for a file that is damaged, has a
    password, no page, more than `most_pages` or no text that could be read.
    """
    found = _Found()
    recognise = ocr.is_installed() if recognise is None else recognise
    with opened(content, most_pages=most_pages) as document:
        for number in range(1, len(document) + 1):
            _read_page(document, number, found, recognise=recognise)
            if on_page is not None:
                on_page(number, len(document))
        own_title = document.get_metadata_dict().get("Title", "")
    text = written(found.pages)
    whole = "".join(text.parts)
    if not whole.strip():
        raise _nothing_read(found)
    headings = text.leveled_headings()
    first = next((whole[heading.start : heading.end] for heading in headings if heading.level == 1), "")
    unread = [*_summary(found.unread), *found.notes]
    if _END not in content[-2048:]:
        unread.append("文件末尾不完整，可能缺少一部分内容。")
    title = _title(own_title, whole, first)
    return Extracted(whole, tuple(text.anchors), title, tuple(text.furniture), headings, tuple(unread))


@contextmanager
def opened(content: bytes, *, most_pages: int = MOST_PAGES) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, closed afterwards. Raises DocumentUnreadable as `read_pdf` does."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _not_opened(error) from error
    try:
        if not 0 < len(document) <= most_pages:
            raise _wrong_length(len(document), most_pages)
        yield document
    finally:
        document.close()


def _not_opened(error: pypdfium2.PdfiumError) -> DocumentUnreadable:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return DocumentUnreadable(
            "这个 PDF 设有打开密码，无法读取。", "请用密码打开，另存（打印）为不加密的 PDF 后再添加。"
        )
    return DocumentUnreadable(
        "这个 PDF 已损坏或不完整，打不开。", "请重新下载、重新导出这个文件，或换成 Word 版本后再添加。"
    )


def _wrong_length(pages: int, most_pages: int) -> DocumentUnreadable:
    if pages <= 0:
        return DocumentUnreadable("这个 PDF 里一页也没有。", "请重新导出这个文件后再添加。")
    return DocumentUnreadable(
        f"这个 PDF 有 {pages} 页，超过了 {most_pages} 页的上限。", "请拆成几个文件后再添加。"
    )


# --- pages ----------------------------------------------------------------------------------------------


def _read_page(document: pypdfium2.PdfDocument, number: int, found: _Found, *, recognise: bool) -> None:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        found.unread.append(Unread(number, "已损坏"))
        return
    try:
        content = page_content(page, number)
        if len(content.glyphs) + len(content.aside) >= MOST_CHARACTERS:
            found.notes.append(f"第{number}页的字数异常多，只读了前面的一部分。")
        if is_usable(content):
            found.pages.append(laid_out(content))
        elif not recognise:
            is_scan = content.doubtful == 0 or content.picture_share > _PICTURE
            reason = "是扫描件" if is_scan else "的文字没有正确的编码"
            found.unread.append(Unread(number, f"{reason}，{ocr.MISSING}"))
        else:
            recognised = recognised_page(page, number)
            found.pages.append(laid_out(recognised.content))
            found.notes.extend(ocr.uncertainty(recognised))
            if not recognised.content.glyphs and content.doubtful:
                found.unread.append(Unread(number, "的文字无法识别"))
    finally:
        page.close()


def recognised_page(page: pypdfium2.PdfPage, number: int) -> Recognised:
    """The page painted and recognised."""
    longest = max(page.get_size())
    return ocr.recognise(painted(page), number, longest_side=longest)


def painted(page: pypdfium2.PdfPage, resolution: float = _RESOLUTION) -> Image:
    """The page as an image, height × width × 3, blue first."""
    width, height = page.get_size()
    scale = min(resolution / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    image: Image = page.render(scale=scale).to_numpy()
    return image[:, :, :3]


def is_usable(content: PageContent) -> bool:
    """Whether the page's own characters can be read (also when there is nothing on it at all)."""
    count = len(content.glyphs) + len(content.aside)
    if content.doubtful > _MOST_DOUBTFUL * max(count, content.doubtful, 1):
        return False
    if count < _FEWEST_CHARACTERS and (content.picture_share > _PICTURE or (not count and content.drawn)):
        return False
    return not _is_gibberish("".join(glyph.text for glyph in content.glyphs))


def _is_gibberish(text: str) -> bool:
    """Whether the characters are other ones than those that are printed, as with a wrong table of the font."""
    han = _HAN.findall(text)
    if len(han) >= 120:
        return not any(sign in _FREQUENT for sign in text)
    letters = sum(map(str.isalpha, text))
    return len(text) >= 60 and len(_JUNK.findall(text)) > 0.4 * max(letters, 1) and not han


# --- what is said about the whole -----------------------------------------------------------------------


def _nothing_read(found: _Found) -> DocumentUnreadable:
    reasons = {unread.reason for unread in found.unread}
    if any(ocr.MISSING in reason for reason in reasons):
        return DocumentUnreadable(f"这是扫描件，{ocr.MISSING}。", "也可以换成带文字的 PDF 或 Word 版本。")
    return DocumentUnreadable(
        "这个 PDF 里没有读到文字。", "请确认它不是空白页；扫描件请提高清晰度后重新扫描。"
    )


def _summary(unread: Iterable[Unread]) -> list[str]:
    """One sentence for each reason, pages in ranges."""
    pages: dict[str, list[int]] = {}
    for page, reason in unread:
        pages.setdefault(reason, []).append(page)
    return [f"第{_ranges(numbers)}页{reason}。" for reason, numbers in pages.items()]


def _ranges(numbers: list[int]) -> str:
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in parts)


def _title(own: str, text: str, first: str) -> str:
    """The title in the file's properties where the text has it too, else the largest line of the first page."""
    own = own.strip()
    if (
        _HAN.search(own)
        and not _TITLE_JUNK.search(own)
        and "".join(own.split()) in "".join(text[:5000].split())
    ):
        return own
    return first if first and first in text[:2000] else ""
