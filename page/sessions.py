"""Who is signed in: random identifiers in the browsers' cookies, and on the server whom they stand for."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from qa.users.accounts import UsersFile

# A working day: nobody is asked twice, and a forgotten browser is signed out by the next morning.
SECONDS = 12 * 3600
_MOST_OF_ONE_USER = 20
_MOST_CLAIMS = 20_000


@dataclass(frozen=True)
class _Session:
    user: str
    record: str  # of the password that he signed in with
    ends: float


class Sessions:
    """The sessions of a running page; none survives its end. Safe to use from several threads.

    Identifiers are kept hashed: whoever could read this table could not sign in with it. A session ends after 12
    hours, on signing out, and as soon as its user is removed or has another password.
    """

    def __init__(self, users: UsersFile, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._users = users
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: OrderedDict[bytes, _Session] = OrderedDict()
        self._claims: OrderedDict[str, bytes] = OrderedDict()

    def begin(self, user: str) -> str:
        """A new session's identifier; the oldest of the same user ends when there are too many."""
        identifier = secrets.token_urlsafe(32)
        session = _Session(user, self._users.record(user), self._clock() + SECONDS)
        with self._lock:
            self._forget_ended()
            self._sessions[_hashed(identifier)] = session
            own = [key for key, other in self._sessions.items() if other.user == user]
            for key in own[:-_MOST_OF_ONE_USER]:
                del self._sessions[key]
        return identifier

    def user_of(self, identifier: str) -> str:
        """Whose session it is, or empty when it has ended or never began. Raises UsersUnusable."""
        key = _hashed(identifier)
        with self._lock:
            session = self._sessions.get(key)
        if session is None:
            return ""
        if self._clock() >= session.ends or self._users.record(session.user) != session.record:
            self.end(identifier)
            return ""
        return session.user

    def end(self, identifier: str) -> None:
        """Sign out."""
        with self._lock:
            self._sessions.pop(_hashed(identifier), None)

    def claim(self, identifier: str, conversation: str) -> bool:
        """Whether this session may use a conversation of Gradio's: it has begun it, and nobody else.

        Gradio knows conversations by a number that the browser makes up, whoever asks for it.
        """
        owner = _hashed(identifier)
        with self._lock:
            held = self._claims.setdefault(conversation, owner)
            self._claims.move_to_end(conversation)
            while len(self._claims) > _MOST_CLAIMS:
                self._claims.popitem(last=False)
        return held == owner

    def _forget_ended(self) -> None:
        now = self._clock()
        for key in [key for key, session in self._sessions.items() if now >= session.ends]:
            del self._sessions[key]


def _hashed(identifier: str) -> bytes:
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).digest()
