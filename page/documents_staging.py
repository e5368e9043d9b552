"""Where uploaded files lie until the library has taken them in: each whole, under a safe name, within limits."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import ExpectedError
from vectorstore.intake import safe_name

MEGABYTE = 1_000_000
MOST_FILES = 500
_SECONDS_KEPT = 2 * 3600
_SECONDS_OF_SILENCE = 60


class UploadRefused(ExpectedError):
    """A file is not taken; `status` is the HTTP status that says why."""

    def __init__(self, status: int, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass
class _Batch:
    folder: Path
    user: str
    began: float
    files: list[Path] = field(default_factory=list)
    count: int = 0
    bytes: int = 0


class Staging:
    """Batches of uploaded files of one page, in a temporary folder that only its process may read."""

    def __init__(self, *, file_megabytes: int, batch_megabytes: int) -> None:
        self.file_megabytes = file_megabytes
        self._batch_megabytes = batch_megabytes
        self._lock = threading.Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="qa-upload-"))
        self._batches: dict[str, _Batch] = {}

    def begin(self, user: str) -> str:
        """A new batch's identifier; batches that were never finished are thrown away after two hours."""
        now = time.monotonic()
        old = [key for key, batch in self._batches.items() if now - batch.began > _SECONDS_KEPT]
        # One batch a user at a time: a closed tab leaves nothing behind for long.
        old += [key for key, batch in self._batches.items() if batch.user == user and key not in old]
        for key in old:
            self.discard(key)
        identifier = secrets.token_urlsafe(16)
        folder = self._folder / secrets.token_hex(8)
        folder.mkdir()
        with self._lock:
            self._batches[identifier] = _Batch(folder, user, now)
        return identifier

    async def receive(self, identifier: str, user: str, name: str, pieces: AsyncIterator[bytes]) -> str:
        """Store one file as it arrives; the name that it has now. Raises UploadRefused, and nothing of it stays."""
        batch = self._batch(identifier, user)
        batch.count += 1
        if batch.count > MOST_FILES:
            raise UploadRefused(413, f"一次最多 {MOST_FILES} 个文件。", "请分几次加入，或打成一个 .zip。")
        kept = _kept_name(name)
        folder = batch.folder / f"{batch.count:04}"
        folder.mkdir()
        path = folder / kept
        try:
            await self._write(batch, path, kept, pieces)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        batch.files.append(path)
        return kept

    def files(self, identifier: str, user: str) -> list[Path]:
        """The files of a batch, in the order of their arrival."""
        return list(self._batch(identifier, user).files)

    def discard(self, identifier: str) -> None:
        """Delete a batch and its files."""
        with self._lock:
            batch = self._batches.pop(identifier, None)
        if batch is not None:
            shutil.rmtree(batch.folder, ignore_errors=True)

    def close(self) -> None:
        """Delete everything."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _batch(self, identifier: str, user: str) -> _Batch:
        batch = self._batches.get(identifier)
        if batch is None or batch.user != user:
            raise UploadRefused(404, "这次上传已经过期。", "请刷新页面，重新选择文件。")
        return batch

    async def _write(self, batch: _Batch, path: Path, name: str, pieces: AsyncIterator[bytes]) -> None:
        size = 0
        with path.open("xb") as file:
            while True:
                try:
                    piece = await asyncio.wait_for(anext(pieces), _SECONDS_OF_SILENCE)
                except StopAsyncIteration:
                    break
                except TimeoutError as error:
                    raise UploadRefused(408, f"“{name}”没有传完。", "请检查网络后再试。") from error
                size += len(piece)
                batch.bytes += len(piece)
                if size > self.file_megabytes * MEGABYTE:
                    raise UploadRefused(413, *too_large(name, self.file_megabytes))
                if batch.bytes > self._batch_megabytes * MEGABYTE:
                    raise UploadRefused(413, f"一次最多 {self._batch_megabytes} MB。", "请分几次加入。")
                await asyncio.to_thread(file.write, piece)


def too_large(name: str, megabytes: int) -> tuple[str, str]:
    """What is said of a file above the limit."""
    return f"“{name}”超过了 {megabytes} MB。", "请拆成几个文件，或请管理员调大 QA_MAX_FILE_MB。"


def _kept_name(name: str) -> str:
    try:
        return safe_name(name)
    except ExpectedError as error:
        raise UploadRefused(400, error.message, error.hint) from error
