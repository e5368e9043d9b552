"""The way to an endpoint: which addresses may be named, and how long one may be silent."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qa.errors import SettingsInvalid

if TYPE_CHECKING:
    import httpx2


def check_address(base_url: str) -> None:
    """Raise SettingsInvalid for what is no web address, or holds a password."""
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        usable = False
    if not usable:
        raise SettingsInvalid(
            f"接口地址不是网址：{base_url}。", "请写成 http://主机:端口/v1 或 https://主机/v1 的形式。"
        )
    if parts.username is not None:
        # The address is shown in messages, and a password would be shown with it.
        raise SettingsInvalid("接口地址里不能带用户名或密码。", "请把密钥放进接口密钥的设置里。")


def is_loopback(base_url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def silence_limited(stream: Any, *, seconds: float) -> httpx2.SyncByteStream:
    """The stream, ended by a timeout when nothing but keep-alive lines has come for so many seconds.

    The transport's own timeout starts again with every byte, and a busy service may send empty lines for
    as long as it likes.
    """
    import httpx2  # noqa: PLC0415

    class SilenceLimited(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            waited = 0.0
            pieces = iter(stream)
            while True:
                start = time.monotonic()
                piece = next(pieces, None)
                waited += time.monotonic() - start
                if piece is None:
                    return
                if b"data:" in piece:
                    waited = 0.0
                elif waited > seconds:
                    raise httpx2.ReadTimeout("only keep-alive lines")
                yield piece

        def close(self) -> None:
            stream.close()

    return SilenceLimited()
