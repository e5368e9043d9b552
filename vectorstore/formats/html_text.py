"""The characters of a web page: which encoding it is in, what is shown of it, how white space counts."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.plain import decode

_SCRIPTS = {"script", "style", "noscript", "template", "head", "iframe", "object", "embed", "applet", "del"}
_MEDIA = {"svg", "math", "canvas", "audio", "video", "map", "rp", "rt"}
_CONTROLS = {"select", "datalist", "button", "input", "textarea"}
HIDDEN_TAGS = frozenset(_SCRIPTS | _MEDIA | _CONTROLS)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
# Pages say gb2312 and use the characters of its successors.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8"}
_HEAD = 4096
_CONTROL_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_MOST_BROKEN = 0.01
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
# Control characters that no markup may hold, and those that take no room on the page.
_DROPPED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\xad\u200b-\u200d\u2060\ufeff]")
# Ideographs, their punctuation and full-width forms: between two of them a line end of the source is nothing.
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_BROKEN = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]+[ \t\r\n]*(?=[{_WIDE}])")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def decoded(content: bytes, *, charset: str = "") -> str:
    """The page's characters: by the encoding that it declares if its bytes are in it, else as a text file is read.

    `charset` is what the file around the page says of it. A page with a few bytes that belong to no character is read
    without them. Raises DocumentUnreadable for what is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(content, file="网页")
    content = content.translate(None, _CONTROL_BYTES)
    declared = _CHARSET.search(content[:_HEAD])
    name = charset.lower() or (declared[1].decode("ascii").lower() if declared else "")
    encoding = _WIDER.get(name, name)
    with suppress(LookupError, UnicodeDecodeError):
        return content.decode(encoding)
    try:
        return decode(content, file="网页")
    except DocumentUnreadable:
        for candidate in dict.fromkeys((encoding, "utf-8", "gb18030")):
            with suppress(LookupError):
                text = content.decode(candidate, "replace")
                if text.count("\ufffd") <= len(text) * _MOST_BROKEN:
                    return text
        raise


def plain(markup: str) -> str:
    """Markup without what a parser stumbles over: the XML declaration, control characters."""
    return _DROPPED.sub("", _DECLARATION.sub("", markup, count=1))


def inline_text(text: str) -> str:
    """A line as a browser would show it: runs of white space are one space, none at the ends.

    Other spaces (no-break, full width) stay inside the line, as they do in a browser.
    """
    written = _DROPPED.sub("", text)
    if "\n" in written or "\r" in written:
        written = _BROKEN.sub("", written)
    return _SPACE.sub(" ", written).strip(" \u3000\xa0")


def is_hidden(element: Any) -> bool:
    """Whether the page says that the element is not to be shown."""
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or element.get("hidden") is not None
