"""Untrusted files are read in a process of its own: whatever they do to it, the next file is read."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.formats.limits import Limits
from vectorstore.formats.reader import read_file
from vectorstore.reading import read_document

_PAGE = "<html><body><h1>青浦区2024年民政工作要点</h1><p>新建养老院3所。</p></body></html>".encode()
_LONG_PAGE = b"<html><body>" + b"<p>\xe6\xb0\x91\xe6\x94\xbf</p>" * 400_000 + b"</body></html>"


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as isolated:
        yield isolated


def _workers() -> set[int]:
    """Process ids of this process's children."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text()
        except OSError:
            continue
        fields = stat.rpartition(")")[2].split()
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.add(int(path.name))
    return found


def test_a_file_read_apart_is_read_as_it_is_here(reader: IsolatedReader) -> None:
    assert reader.read(_PAGE, file="要点.html") == read_file(_PAGE, file="要点.html")


def test_one_process_serves_many_files_and_ends_with_the_reader() -> None:
    before = _workers()
    with IsolatedReader() as isolated:
        for _ in range(3):
            isolated.read(_PAGE, file="要点.html")
            (worker,) = _workers() - before
        assert len({worker, *(_workers() - before)}) == 1
    assert _workers() == before


def test_text_files_need_no_process() -> None:
    before = _workers()
    with IsolatedReader() as isolated:
        assert isolated.read("一、指导思想\n".encode("gbk"), file="要点.txt").text == "一、指导思想\n"
        assert _workers() == before


def test_a_file_that_is_refused_there_is_refused_here_in_the_same_words(reader: IsolatedReader) -> None:
    with pytest.raises(DocumentUnreadable, match="没有可读的文字") as error:
        reader.read(b"<html><script>x</script></html>", file="空.html")
    assert error.value.hint
    assert reader.read(_PAGE, file="要点.html").text.startswith("青浦区")


@pytest.mark.thorough
def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with IsolatedReader(Limits(seconds=3)) as isolated:
        began = time.monotonic()
        with pytest.raises(DocumentUnreadable, match="超过 3 秒的时限") as error:
            isolated.read(_LONG_PAGE * 12, file="长.html")
        assert time.monotonic() - began < 20
        assert "QA_MAX_FILE_SECONDS" in error.value.hint
    with IsolatedReader() as isolated:
        assert "新建" in isolated.read(_PAGE, file="要点.html").text


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read() -> None:
    with IsolatedReader(Limits(memory_megabytes=256)) as isolated:
        with pytest.raises(DocumentUnreadable, match="内存超过 256 MB"):
            isolated.read(_LONG_PAGE * 6, file="大.html")
        assert "新建" in isolated.read(_PAGE, file="要点.html").text


def test_a_process_that_is_killed_costs_one_file(reader: IsolatedReader) -> None:
    before = _workers()
    reader.read(_PAGE, file="要点.html")
    (worker,) = _workers() - before
    killer = threading.Timer(0.3, os.kill, (worker, signal.SIGKILL))
    killer.start()
    with pytest.raises(DocumentUnreadable, match="意外退出") as error:
        reader.read(_LONG_PAGE * 6, file="长.html")
    killer.join()
    assert "长.html" in error.value.message
    assert error.value.hint
    assert "新建" in reader.read(_PAGE, file="要点.html").text


def test_a_process_that_was_killed_between_two_files_costs_none(reader: IsolatedReader) -> None:
    before = _workers()
    reader.read(_PAGE, file="要点.html")
    (worker,) = _workers() - before
    os.kill(worker, signal.SIGKILL)
    time.sleep(0.1)
    assert "新建" in reader.read(_PAGE, file="要点.html").text


def test_several_threads_each_get_their_own_file(reader: IsolatedReader) -> None:
    read: dict[int, str] = {}

    def read_one(number: int) -> None:
        content = f"<html><body><p>第{number}份文件</p></body></html>".encode()
        read[number] = reader.read(content, file=f"{number}.html").text

    threads = [threading.Thread(target=read_one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == {number: f"第{number}份文件\n" for number in range(8)}


def test_the_process_knows_nothing_of_keys_and_proxies(
    reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LLM_API_KEY", "geheim")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    before = _workers()
    reader.read(_PAGE, file="要点.html")
    (worker,) = _workers() - before
    environment = Path(f"/proc/{worker}/environ").read_bytes()
    assert b"geheim" not in environment
    assert b"PROXY" not in environment


def test_what_the_process_leaves_behind_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with IsolatedReader() as isolated:
        isolated.read(_PAGE, file="要点.html")
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_a_file_of_any_format_becomes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "要点.html"
    path.write_bytes(_PAGE)
    document = read_document(path, name="要点", file="要点.html")
    assert document.text == "青浦区2024年民政工作要点\n新建养老院3所。\n"
    assert document.metadata.region == "青浦区"
    assert [document.text[h.start : h.end] for h in document.headings] == ["青浦区2024年民政工作要点"]
