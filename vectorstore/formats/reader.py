"""One file of any format as text: the format is found out, its reader called, the result held against the limits."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.kinds import SUFFIXES, TEXT_SUFFIXES, kind_of, shown, suffix_of
from vectorstore.formats.limits import MEGABYTE, Limits
from vectorstore.formats.plain import decode
from vectorstore.formats.rewrapping import without_fixed_breaks

__all__ = ["SUFFIXES", "is_plain_text", "read_file"]

# Loaded when the first file of the format is read: a library of text files needs none of their libraries.
_READERS = {
    "html": ("html", "read_html"),
    "mht": ("mht", "read_mht"),
    "docx": ("docx", "read_docx"),
    "xlsx": ("xlsx", "read_xlsx"),
    "csv": ("csv_tables", "read_csv"),
    "pdf": ("pdf", "read_pdf"),
    "image": ("images", "read_image"),
}

# What has pages, each of which may take a while, tells of each.
_PAGED = ("pdf", "image")
# What is unpacked or has cells without number is told how much is too much.
_LIMITED = ("docx", "xlsx", "csv")
_CONVERTED = ("doc", "odt", "rtf", "xls", "xlsb", "ods")


def read_file(
    content: bytes,
    *,
    file: str,
    limits: Limits | None = None,
    on_page: Callable[[int, int], None] | None = None,
) -> Extracted:
    """The text of a file; `file` is its path inside the library, whose suffix counts.

    Of .txt and .md the text is the bytes decoded and nothing else, but for the line breaks of a text that was broken at
    a fixed width. Raises DocumentUnreadable, saying in Chinese
    what is wrong and what to do: empty, truncated, encrypted, unknown, too large, a suffix that lies. Reads in this
    process; for files that nobody vouches for see `vectorstore.formats.isolated`. `on_page` is told (pages done, pages in
    all) of formats with pages.
    """
    limits = limits or Limits()
    name = shown(file)
    check_size(content, file=file, limits=limits)
    kind = kind_of(content, file=file)
    if kind == "zip":
        raise DocumentUnreadable(
            f"文件“{name}”是压缩包，里面的文件要分别加入。", "请用 qa add 加入，或先解压。"
        )
    if kind == "text":
        extracted = Extracted(without_fixed_breaks(decode(content, file=name)))
    else:
        try:
            extracted = _read(kind, content, limits, on_page)
        except DocumentUnreadable as error:
            # Readers of a format do not know what their file is called.
            named = error.message if name in error.message else f"文件“{name}”：{error.message}"
            raise DocumentUnreadable(named, error.hint) from error
    if len(extracted.text) > limits.characters:
        raise DocumentUnreadable(
            f"文件“{name}”的文字超过 {limits.characters // 10_000} 万字的上限。", "请拆分成几个文件后加入。"
        )
    around = sum(span.end - span.start for span in extracted.furniture)
    if len("".join(extracted.text.split("\n"))) <= around or not extracted.text.strip():
        notes = "".join(extracted.unread)
        raise DocumentUnreadable(f"文件“{name}”里没有可读的文字。{notes}", "请确认文件打开后有正文。")
    return extracted


def check_size(content: bytes, *, file: str, limits: Limits) -> None:
    """Raise DocumentUnreadable for a file that is larger than the limits allow."""
    if len(content) > limits.file_megabytes * MEGABYTE:
        raise DocumentUnreadable(
            f"文件“{shown(file)}”有 {len(content) // MEGABYTE} MB，超过 {limits.file_megabytes} MB 的上限。",
            "请拆分或压缩图片后重试，或调大 QA_MAX_FILE_MB。",
        )


def is_plain_text(content: bytes, *, file: str) -> bool:
    """Whether the file is a text file, so that reading it is nothing but decoding and needs no process of its own.

    Raises DocumentUnreadable for a suffix of none of our formats and for a text file that is none.
    """
    suffix = suffix_of(file)
    return (suffix in TEXT_SUFFIXES or suffix not in SUFFIXES) and kind_of(content, file=file) == "text"


def _read(kind: str, content: bytes, limits: Limits, on_page: Callable[[int, int], None] | None) -> Extracted:
    module, function = _READERS.get(kind, ("converted", "read_converted"))
    reader: Callable[..., Extracted] = getattr(import_module(f"vectorstore.formats.{module}"), function)
    if kind in _PAGED:
        return reader(content, most_pages=limits.pages, on_page=on_page)
    if kind in _CONVERTED:
        return reader(content, limits, kind=kind)
    return reader(content, limits) if kind in _LIMITED else reader(content)
