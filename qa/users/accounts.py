"""The file of those who may use the page: one line a user, a salted scrypt hash instead of the password.

    张三 scrypt:32768:8:1:<salt>:<hash>

The file is read again whenever it has changed, so that a removed user or a new password counts at once. It is
written whole, readable by its owner alone, one writer at a time.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
import threading
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from qa.errors import UsersUnusable
from qa.users.passwords import checked_name, checked_password

# 32 MB and about a tenth of a second for one guess (OWASP's recommendation for scrypt: N=2^15, r=8, p=3, or more memory).
_COST, _BLOCK, _PARALLEL = 2**15, 8, 3
_MEMORY = 64 * 2**20
_HEAD = "# 网页用户，由 qa user 命令维护；密码只存加盐的 scrypt 值。\n"

# Guessing must not take all memory and both cores: so many hashes are computed at once.
_at_once = threading.BoundedSemaphore(2)


class UsersFile:
    """The users that a file names. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] = ()
        self._records: dict[str, str] = {}

    def names(self) -> list[str]:
        """Everybody who may sign in, in the file's order. Raises UsersUnusable."""
        return list(self._current())

    def record(self, name: str) -> str:
        """What stands for a user's present password; empty when there is no such user (any more).

        A session that remembers it knows whether it still holds. Raises UsersUnusable.
        """
        return self._current().get(name, "")

    def verified(self, name: str, password: str) -> str:
        """The user's name as the file has it, or empty when name and password do not go together.

        An unknown name takes as long as a wrong password. Raises UsersUnusable.
        """
        known = unicodedata.normalize("NFKC", name).strip()
        record = self.record(known)
        with _at_once:
            matches = _matches(record or _NOBODY, password)
        return known if record and matches else ""

    def add(self, name: str, password: str) -> str:
        """Add a user; the name as it was written down. Raises UsersUnusable, also where the name is taken."""
        name = checked_name(name)
        record = hashed(checked_password(password, name))

        def added(records: dict[str, str]) -> None:
            if name in records:
                raise UsersUnusable(f"已经有用户“{name}”。", f"要改密码，请运行 qa user password {name}。")
            records[name] = record

        self._change(added)
        return name

    def set_password(self, name: str, password: str) -> str:
        """Give a user another password, which ends the sessions begun with the old one. Raises UsersUnusable."""
        name = self.known(name)
        record = hashed(checked_password(password, name))
        self._change(lambda records: records.update({_there(name, records): record}))
        return name

    def remove(self, name: str) -> str:
        """Remove a user, which ends his sessions. Raises UsersUnusable where there is none of that name."""
        name = self.known(name)
        self._change(lambda records: records.pop(_there(name, records)))
        return name

    def known(self, name: str) -> str:
        """The name as the file has it. Raises UsersUnusable where there is none of that name."""
        return _there(unicodedata.normalize("NFKC", name).strip(), self._current())

    def _current(self) -> dict[str, str]:
        with self._lock:
            try:
                found = self.path.stat()
                # A file that is put in another's place has another inode, whatever its time and size.
                seen = (found.st_mtime_ns, found.st_size, found.st_ino)
                if seen != self._seen:
                    self._records = _parsed(self.path.read_text(encoding="utf-8"))
                    self._seen = seen
            except FileNotFoundError:
                self._records, self._seen = {}, ()
            except (OSError, ValueError) as error:
                raise UsersUnusable(
                    f"用户文件 {self.path} 读不了（{_why(error)}）。",
                    "请检查 QA_USERS 指的文件和它的权限；文件损坏时删掉它，用 qa user add 重新添加用户。",
                ) from error
            return dict(self._records)

    def _change(self, change: Callable[[dict[str, str]], object]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", mode=0o600, timeout=10):
                records = self._current()
                change(records)
                _write(self.path, records)
        except OSError as error:  # a lock that is not given in time is one, too
            raise UsersUnusable(
                f"用户文件 {self.path} 写不了（{_why(error)}）。", "请检查 QA_USERS 指的位置是否可写。"
            ) from error


def hashed(password: str) -> str:
    """A salted hash of the password together with what it takes to compute it again."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    return ":".join(["scrypt", str(_COST), str(_BLOCK), str(_PARALLEL), _written(salt), _written(digest)])


def _matches(record: str, password: str) -> bool:
    cost, block, parallel, salt, digest = _parts(record)
    return hmac.compare_digest(_scrypt(password, salt, cost, block, parallel), digest)


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    # Input methods write the same characters in several forms.
    said = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(said, salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32)


def _parts(record: str) -> tuple[int, int, int, bytes, bytes]:
    kind, cost, block, parallel, salt, digest = record.split(":")
    if kind != "scrypt":
        raise ValueError(f"unknown kind of hash {kind}")
    return (
        int(cost),
        int(block),
        int(parallel),
        b64decode(salt, validate=True),
        b64decode(digest, validate=True),
    )


def _written(content: bytes) -> str:
    return b64encode(content).decode()


# Compared with where there is no such user: nobody's password, at the same cost.
_NOBODY = ":".join(
    [
        "scrypt",
        str(_COST),
        str(_BLOCK),
        str(_PARALLEL),
        _written(bytes(16)),
        _written(secrets.token_bytes(32)),
    ]
)


def _there(name: str, records: dict[str, str]) -> str:
    if name not in records:
        known = f"现有用户：{'、'.join(records)}。" if records else "现在还没有用户。"
        raise UsersUnusable(f"没有用户“{name}”。", known)
    return name


def _parsed(text: str) -> dict[str, str]:
    """Names and records, in order. Raises ValueError with the line that is wrong."""
    records: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, record = line.strip().partition(" ")
        try:
            _parts(record)
        except ValueError as error:
            raise ValueError(f"第{number}行不是“用户名 scrypt:…”") from error
        records[name] = record
    return records


def _write(path: Path, records: dict[str, str]) -> None:
    """The whole file or none of it, readable by its owner alone from the first moment on."""
    lines = "".join(f"{name} {record}\n" for name, record in records.items())
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_HEAD + lines)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)
