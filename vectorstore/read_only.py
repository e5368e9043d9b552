"""Chroma writes to its folder even to read it; one that must not change is read from a copy."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

TemporaryCopy = tempfile.TemporaryDirectory[str]
"""A copy that is there until its `cleanup`."""


def is_writable(folder: Path) -> bool:
    """Tell whether this process may write the folder and the files in it."""
    return all(os.access(path, os.W_OK) for path in (folder, *folder.glob("*")))


def temporary_copy(folder: Path) -> TemporaryCopy:
    """Copy the files without their permissions, which are the reason for the copy."""
    copy = tempfile.TemporaryDirectory(prefix="qa-chroma-", ignore_cleanup_errors=True)
    for path in folder.rglob("*"):
        if path.is_file():
            target = copy.name / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return copy
