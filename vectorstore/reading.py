"""Bytes to text, exactly: a file of the library becomes a Document whose offsets never move again."""

from __future__ import annotations

import codecs
from pathlib import Path

from vectorstore.documents import Document
from vectorstore.errors import DocumentUnreadable
from vectorstore.metadata import describe

# A text has line breaks and tabs; a share of other control characters above this is a binary file.
_MAX_CONTROL_SHARE = 0.01
_ALLOWED_CONTROL = {"\n", "\r", "\t", "\f", "\v", "\x1c", "\x1d", "\x1e", "\x85"}


def read_document(path: Path, *, name: str, file: str) -> Document:
    """Read one file as the document `name`; `file` is its path inside the library.

    Raises DocumentUnreadable when the file cannot be opened, is empty or is not text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentUnreadable(
            f"无法打开文件“{file}”：{reason}。", "请检查文件是否存在、是否有读取权限。"
        ) from error
    text = decode(content, file=file)
    return Document(name=name, file=file, text=text, metadata=describe(text, folder=path.parent, name=name))


def decode(content: bytes, *, file: str) -> str:
    """Decode as UTF-8, else by byte order mark, else as GB18030 (which covers GBK and GB2312).

    The text is what the codec gives and nothing else: line ends and odd spaces stay. Raises
    DocumentUnreadable for empty and binary content.
    """
    if not content.strip():
        raise DocumentUnreadable(f"文件“{file}”是空的。", "请换上有内容的文件。")
    text = _decoded(content)
    if text is None or _looks_binary(text):
        raise DocumentUnreadable(
            f"文件“{file}”不是文本文件，或编码无法识别。", "请另存为 UTF-8 或 GB18030 编码的文本文件后重试。"
        )
    return text


def _decoded(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _looks_binary(text: str) -> bool:
    control = sum(1 for character in text if character < " " and character not in _ALLOWED_CONTROL)
    return "\x00" in text or control > len(text) * _MAX_CONTROL_SHARE
