"""Plain text: bytes decoded exactly, whatever they were saved as."""

from __future__ import annotations

import codecs
import re

from vectorstore.errors import DocumentUnreadable

# A text has line breaks and tabs; a share of other control characters above this is a binary file.
_MAX_CONTROL_SHARE = 0.01
_CONTROL = "".join(map(chr, range(0x20))).translate(dict.fromkeys(map(ord, "\n\r\t\f\v\x1c\x1d\x1e")))
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# In any Chinese text of some length, in either script: what a wrong decoding does not have.
_FREQUENT = re.compile("[的年和在一不人民,。、,;工作社会国市县區會務發為業個養國]")

_USUAL = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203b\x20-\x7e\s]")
_MOSTLY = 0.9


def decode(content: bytes, *, file: str) -> str:
    """Decode by byte order mark, else as UTF-8, else as GB18030 (which covers GBK and GB2312) or Big5.

    The text is what the codec gives and nothing else: line ends and odd spaces stay. Raises
    DocumentUnreadable for empty and binary content.
    """
    text = _decoded(content)
    if text is not None and not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0"):
        raise DocumentUnreadable(f"文件“{file}”是空的。", "请换上有内容的文件。")
    if text is None or _looks_binary(text):
        raise DocumentUnreadable(
            f"文件“{file}”不是文本文件，或编码无法识别。", "请另存为 UTF-8 或 GB18030 编码的文本文件后重试。"
        )
    return text


def _decoded(content: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decoded_as(content, encoding)
    wide = _decoded_as_wide(content) if b"\0" in content else None
    if wide is not None:
        return wide
    text = _decoded_as(content, "utf-8-sig")
    if text is not None:
        return text
    # Bytes of Big5 mostly pass for GB18030 as well, but as characters that nobody uses.
    candidates = [_decoded_as(content, encoding) for encoding in ("gb18030", "big5hkscs")]
    return max((text for text in candidates if text is not None), key=_plausibility, default=None)


def _decoded_as_wide(content: bytes) -> str | None:
    """UTF-16 without a mark, in which figures and line ends have a zero byte; None for what is no Chinese text so."""
    found = [_decoded_as(content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    texts = [text for text in found if text is not None and "\0" not in text and _plausibility(text)]
    sound = [text for text in texts if len(_USUAL.findall(text)) >= _MOSTLY * len(text)]
    return max(sound, key=_plausibility, default=None)


def _decoded_as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str) -> int:
    return len(_FREQUENT.findall(text[:20_000]))


def _looks_binary(text: str) -> bool:
    control = sum(map(text.count, _CONTROL))
    return "\x00" in text or control > len(text) * _MAX_CONTROL_SHARE
