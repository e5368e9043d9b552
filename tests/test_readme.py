"""The README's Python runs as it stands, and its commands and settings exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli import _parser
from qa.settings import Settings

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


def test_the_readme_shows_the_ways_to_use_the_library() -> None:
    assert len(BLOCKS) == 4


@pytest.mark.parametrize("block", BLOCKS, ids=["ask", "stream", "llama-index", "library"])
def test_a_python_block_of_the_readme_runs_and_prints_an_answer(block: str, seeds_index_dir: Path) -> None:
    environment = {
        **os.environ,
        "QA_LLM": "none",
        "QA_INDEX_DIR": str(seeds_index_dir),
        "QA_DATA_DIR": str(seeds_index_dir.with_name("nothing-added")),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", block],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_setting_is_in_the_readme_and_every_setting_there_exists() -> None:
    table = README.split("## 设置")[1].split("## ")[0]
    named = set(re.findall(r"`(QA_[A-Z_]+)`", table))
    assert named == {f"QA_{name.upper()}" for name in Settings.model_fields}


def test_the_make_targets_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"^(?:QA_LLM=none )?make (\w+)", README, flags=re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_every_command_and_option_that_the_readme_names_exists() -> None:
    lines = re.findall(r"^\.venv/bin/qa (.+?)(?:\s+#.*)?$", README, flags=re.MULTILINE)
    assert {line.split()[0] for line in lines} >= {"ask", "add", "list", "correct", "remove", "index"}
    for line in lines:
        _parser().parse_args(shlex.split(line))
