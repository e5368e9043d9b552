"""Killed while it adds fifty files, the library holds each of them wholly or not at all, and the next run completes it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from index_parts import WALK, HashEmbedder
from library_parts import opened, settings_in, stored_files, write

from qa import Library
from vectorstore.generation import current_generation

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows"),
    pytest.mark.thorough,
]

FILES = 50
ROUNDS = 20
# The children have the slow imports behind them when they start: what is killed is the work.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(
    ["qa.library.documents", "index_parts", "chromadb.api.rust", "bm25s", "rjieba"]
)
_WALK = replace(WALK, version="simple")


def texts(version: int) -> dict[str, str]:
    """Fifty small documents, none like another, a third of them as in the version before."""
    return {
        f"{number}.txt": f"# 第{number}号\n第{number}号写明{number * 7919 + (version if number % 3 else 0)}户。\n"
        for number in range(FILES)
    }


def library_of(folder: Path) -> Library:
    return Library(settings_in(folder), embedder=HashEmbedder(), walk=_WALK)


def add(folder: Path) -> None:
    library_of(folder).add([folder / "inbox"], replace=True)


def start(folder: Path) -> multiprocessing.process.BaseProcess:
    process = _processes.Process(target=add, args=(folder,))
    process.start()
    return process


def seconds_of_a_whole_run(folder: Path) -> float:
    """Measured twice: the first run also starts the server that the children come from."""
    for version in (-2, -1):
        write(folder / "inbox", texts(version))
        started = time.monotonic()
        process = start(folder)
        process.join(120)
        assert process.exitcode == 0
    return time.monotonic() - started


def served(library: Library) -> dict[str, str]:
    if current_generation(library.settings.index_folder) is None:
        return {}
    index = opened(library)
    try:
        return {document.name: document.text for document in index.documents.values()}
    finally:
        index.close()


def test_killed_twenty_times_every_file_is_wholly_in_or_out_and_the_next_run_completes(
    tmp_path: Path,
) -> None:
    chance = random.Random(50)
    whole = seconds_of_a_whole_run(tmp_path)
    library = library_of(tmp_path)
    folder = library.settings.library / "inbox"
    interrupted = 0
    for version in range(ROUNDS):
        before, wanted = texts(version - 1), texts(version)
        write(tmp_path / "inbox", wanted)
        process = start(tmp_path)
        time.sleep(chance.uniform(0.02, 1) * whole)
        process.kill()
        process.join(60)
        interrupted += process.exitcode == -signal.SIGKILL
        assert {path.name for path in folder.iterdir()} == set(wanted)
        for path in folder.iterdir():
            assert path.read_text(encoding="utf-8") in (before[path.name], wanted[path.name])
        for name, text in served(library).items():
            assert text in (before[f"{name}.txt"], wanted[f"{name}.txt"])
        add(tmp_path)
        assert served(library) == {Path(file).stem: text for file, text in wanted.items()}
        assert stored_files(library.settings.library) == {f"inbox/{file}" for file in wanted}
        assert not list(library.settings.library.glob(".adding-*"))
    assert interrupted >= ROUNDS // 2


def test_killed_at_first_what_went_in_is_whole_and_the_rest_is_not_there(tmp_path: Path) -> None:
    wanted = texts(0)
    write(tmp_path / "inbox", wanted)
    library = library_of(tmp_path)
    process = start(tmp_path)
    while len(stored_files(library.settings.library)) < FILES // 3 and process.is_alive():
        time.sleep(0.001)
    process.kill()
    process.join(60)
    held = {
        path.name: path.read_text(encoding="utf-8") for path in (library.settings.library / "inbox").iterdir()
    }
    assert 0 < len(held) < FILES
    assert held.items() <= wanted.items()
    assert served(library) == {}
    report = library.add([tmp_path / "inbox"])
    statuses = [file.status for file in report.files]
    assert statuses.count("unchanged") == len(held)
    assert statuses.count("added") == FILES - len(held)
    assert len(served(library)) == FILES
