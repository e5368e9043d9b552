"""How often somebody may try a password: few times for one account from one place, some more in all."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

SECONDS = 15 * 60
# One machine's own limit is the lowest of the last two: it cannot lock anybody else out of his account.
FOR_BOTH, FOR_ADDRESS, FOR_ACCOUNT = 5, 30, 60
_MOST_KEPT = 10_000


@dataclass
class _Window:
    began: float
    count: int = 0


class Attempts:
    """Counts attempts per account and address, per address, and per account, in windows of 15 minutes.

    Attempts are counted when they begin: many at once are no way around the limit. What is kept is bounded; what
    was not used for longest is forgotten first. Safe to use from several threads.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: OrderedDict[bytes, _Window] = OrderedDict()

    def __len__(self) -> int:
        return len(self._windows)

    def begin(self, account: str, address: str) -> int:
        """Count an attempt; 0 when it may go on, otherwise the seconds until the next one may."""
        now = self._clock()
        with self._lock:
            windows = [(self._window(key, now), most) for key, most in _limits(account, address)]
            waits = [window.began + SECONDS - now for window, most in windows if window.count >= most]
            if waits:
                return max(1, round(max(waits)))
            for window, _ in windows:
                window.count += 1
        return 0

    def succeeded(self, account: str, address: str) -> None:
        """Forget what somebody mistyped before he got in; attempts on other accounts still count."""
        both, *totals = (key for key, _ in _limits(account, address))
        with self._lock:
            self._windows.pop(both, None)
            for key in totals:
                if key in self._windows:
                    self._windows[key].count -= 1

    def _window(self, key: bytes, now: float) -> _Window:
        window = self._windows.get(key)
        if window is None or now >= window.began + SECONDS:
            window = self._windows[key] = _Window(now)
        self._windows.move_to_end(key)
        while len(self._windows) > _MOST_KEPT:
            self._windows.popitem(last=False)
        return window


def _limits(account: str, address: str) -> list[tuple[bytes, int]]:
    place = _place(address)
    return [
        (_key("both", account, place), FOR_BOTH),
        (_key("address", place), FOR_ADDRESS),
        (_key("account", account), FOR_ACCOUNT),
    ]


def _key(*parts: str) -> bytes:
    # Names are typed by anybody and may be long.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


def _place(address: str) -> str:
    """The address; for IPv6 its network, of which one machine has more addresses than could be counted."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{parsed}/64", strict=False)) if isinstance(parsed, IPv6Address) else address
