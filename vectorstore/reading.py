"""Bytes to text, exactly: a file of the library becomes a Document whose offsets never move again."""

from __future__ import annotations

from pathlib import Path

from vectorstore.documents import Document
from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.formats.limits import MEGABYTE, Limits
from vectorstore.formats.plain import decode
from vectorstore.metadata import describe

__all__ = ["decode", "document_of", "read_content", "read_document"]


def read_document(path: Path, *, name: str, file: str, reader: IsolatedReader | None = None) -> Document:
    """Read one file as the document `name`; `file` is its path inside the library.

    `reader` is what reads formats other than text; without one, a process is started for this file alone.
    Raises DocumentUnreadable when the file cannot be opened or read, or when the catalogue beside it cannot be used.
    """
    limits = reader.limits if reader else Limits()
    content = read_content(path, file=file, limits=limits)
    if reader:
        extracted = reader.read(content, file=file)
    else:
        with IsolatedReader(limits) as own:
            extracted = own.read(content, file=file)
    return document_of(extracted, name=name, file=file, folder=path.parent, stem=path.stem)


def read_content(path: Path, *, file: str, limits: Limits) -> bytes:
    """The bytes of a file. Raises DocumentUnreadable if it cannot be opened or is larger than the limits allow."""
    try:
        size = path.stat().st_size
        if size > limits.file_megabytes * MEGABYTE:
            raise DocumentUnreadable(
                f"文件“{file}”有 {size // MEGABYTE} MB，超过 {limits.file_megabytes} MB 的上限。",
                "请拆分后重试，或调大 QA_MAX_FILE_MB。",
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentUnreadable(
            f"无法打开文件“{file}”：{reason}。", "请检查文件是否存在、是否有读取权限。"
        ) from error


def document_of(extracted: Extracted, *, name: str, file: str, folder: Path | None, stem: str) -> Document:
    """What a format's reader found, as the document `name`: with what its text says about itself.

    `folder` is where a catalogue.toml may lie, with an entry for `stem`.
    """
    metadata = describe(
        extracted.text,
        folder=folder,
        name=stem,
        furniture=extracted.furniture,
        stated_title=extracted.title,
    )
    return Document(
        name=name,
        file=file,
        text=extracted.text,
        metadata=metadata,
        anchors=extracted.anchors,
        furniture=extracted.furniture,
        headings=extracted.headings,
        notes=extracted.unread,
    )
