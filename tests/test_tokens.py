from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.models.tokens import count_tokens

PROJECT = Path(__file__).resolve().parent.parent

OFFLINE = """
import importlib.util, os, sys
from pathlib import Path

def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"the network was touched: {event}")

sys.addaudithook(refuse)
shipped = Path(importlib.util.find_spec("llama_index.core").origin).parent / "_static" / "tiktoken_cache"
before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in shipped.iterdir()}
from qa.models.tokens import count_tokens
print(count_tokens("hello world"))
assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in shipped.iterdir()} == before
assert "llama_index.core" not in sys.modules
assert os.environ.get("TIKTOKEN_CACHE_DIR") == (sys.argv[1] or None)
"""


@pytest.mark.parametrize("has_folder", [False, True])
def test_counting_touches_no_network_and_leaves_everything_as_it_was(
    tmp_path: Path, has_folder: bool
) -> None:
    folder = str(tmp_path) if has_folder else ""
    environment = {name: value for name, value in os.environ.items() if name != "TIKTOKEN_CACHE_DIR"}
    if has_folder:
        environment["TIKTOKEN_CACHE_DIR"] = folder
    environment["TMPDIR"] = str(tmp_path)  # where tiktoken would look by itself
    counted = subprocess.run(
        [sys.executable, "-c", OFFLINE, folder],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (counted.returncode, counted.stdout.strip()) == (0, "2"), counted.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("hello world", 2), ("2025年", 3)])
def test_counts_are_those_of_the_vocabulary(text: str, tokens: int) -> None:
    assert count_tokens(text) == tokens


def test_what_looks_like_a_control_token_is_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


@pytest.mark.parametrize("text", ["🙂" * 3, "\x00\x1b", "\ud800", "民" * 10_000])
def test_any_text_can_be_counted(text: str) -> None:
    assert count_tokens(text) > 0


def test_threads_count_alike() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(count_tokens, ["公益性安葬设施覆盖率"] * 8))) == 1
