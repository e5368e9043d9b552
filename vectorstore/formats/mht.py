"""Web pages saved as one file (.mht): the page is a part of a MIME message, its pictures are others."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, Message

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.html import page_text
from vectorstore.formats.html_text import decoded


def read_mht(content: bytes) -> Extracted:
    """The text of the first page in the file, which is the one that was saved.

    Raises DocumentUnreadable if there is no page in it.
    """
    message = email.message_from_bytes(content.lstrip(), policy=email.policy.compat32)
    pages = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if not pages:
        raise DocumentUnreadable(
            "文件里没有网页的正文，可能没有保存完整。", "请用浏览器重新保存，选“网页，单个文件”或“仅 HTML”。"
        )
    return page_text(_markup(pages[0]))


def _markup(part: Message | EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    body = payload if isinstance(payload, bytes) else b""
    return decoded(body, charset=part.get_content_charset() or "")
