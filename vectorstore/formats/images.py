"""Pictures of pages (scans, photographs) as text, through text recognition."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats import ocr
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.pages import laid_out, written

if TYPE_CHECKING:
    from vectorstore.formats.ocr import Image

# Larger than any scanner's picture of an A3 page; what claims more is a bomb or a map.
_MOST_PIXELS = 120_000_000
_MOST_FRAMES = 2_000
# Longest side of what is recognised: more only costs time.
_LONGEST_SIDE = 2_400


def read_image(
    content: bytes,
    *,
    most_pages: int = _MOST_FRAMES,
    on_page: Callable[[int, int], None] | None = None,
    recognise: bool | None = None,
) -> Extracted:
    """The text of a picture; each picture of a TIFF that holds several is a page.

    `on_page` and `recognise` are as in `vectorstore.formats.pdf.read_pdf`. Raises DocumentUnreadable for a damaged or
    much too large picture, for one without text, and where text recognition is not installed.
    """
    if not (ocr.is_installed() if recognise is None else recognise):
        raise DocumentUnreadable(f"这是图片，{ocr.MISSING}。", "也可以换成带文字的 PDF 或 Word 版本。")
    pages, notes = [], []
    for number, (image, count) in enumerate(frames(content, most_pages=most_pages), start=1):
        recognised = ocr.recognise(image, number)
        pages.append(laid_out(recognised.content))
        notes.extend(ocr.uncertainty(recognised))
        if not recognised.content.glyphs:
            notes.append(f"第{number}页没有识别出文字。")
        if on_page is not None:
            on_page(number, count)
    text = written(pages)
    if not text.length or not any(page.rows or page.tables for page in pages):
        raise DocumentUnreadable("这张图片里没有识别出文字。", "请确认图片里有文字，并提高清晰度后重新扫描。")
    return Extracted(
        "".join(text.parts),
        tuple(text.anchors),
        "",
        tuple(text.furniture),
        text.leveled_headings(),
        tuple(notes),
    )


def frames(content: bytes, *, most_pages: int = _MOST_FRAMES) -> Iterator[tuple[Image, int]]:
    """(picture as height × width × 3 with blue first, how many there are), as its camera held it upright.

    Raises DocumentUnreadable as `read_image` does.
    """
    import numpy as np  # noqa: PLC0415
    from PIL import Image as Picture  # noqa: PLC0415
    from PIL import ImageOps, ImageSequence, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Picture.open(io.BytesIO(content)) as picture:
            count = getattr(picture, "n_frames", 1)
            if count > most_pages:
                raise DocumentUnreadable(
                    f"这个图片文件有 {count} 页，超过了 {most_pages} 页的上限。", "请拆成几个文件后再添加。"
                )
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise DocumentUnreadable(
                        f"这张图片有 {frame.width}×{frame.height} 像素，太大了。", "请缩小后再添加。"
                    )
                upright = ImageOps.exif_transpose(frame)
                # What is see-through is paper.
                layered = upright.convert("RGBA")
                paper = Picture.new("RGBA", layered.size, "white")
                page = Picture.alpha_composite(paper, layered).convert("RGB")
                page.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                yield np.ascontiguousarray(np.asarray(page)[:, :, ::-1]), count
    except (
        UnidentifiedImageError,
        Picture.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise DocumentUnreadable("这张图片已损坏或不完整，打不开。", "请重新扫描或导出后再添加。") from error
