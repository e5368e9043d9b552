"""The library's files as they stand, and taking one out."""

from __future__ import annotations

from collections.abc import Iterable

from vectorstore.corrections import Corrections, write_corrections
from vectorstore.errors import LibraryMissing
from vectorstore.intake import put_away
from vectorstore.library import LibraryFile, LibraryFolders, list_library


def files_of(
    folders: LibraryFolders, *, hidden: bool = False, known: Iterable[LibraryFile] = ()
) -> list[LibraryFile]:
    """The library's files, with `hidden` also those that the user hid; none for a library that is still empty.

    Those that are as they were when they were `known` are not read again.

    Raises LibraryMissing if its folder is not there.
    """
    try:
        return list_library(folders, known=known, hidden=() if hidden else None)
    except LibraryMissing:
        if not folders.own.is_dir():
            raise
        return []


def is_users(folders: LibraryFolders, entry: LibraryFile) -> bool:
    """Whether the file lies where files may be changed, and not among those that stay as they are."""
    return folders.added is None or entry.is_added


def taken_out(
    folders: LibraryFolders, entry: LibraryFile, corrections: Corrections
) -> tuple[str, Corrections]:
    """Take a document out: its file goes into the trash; one that is not the user's to delete is hidden.

    Returns where the file lies now ("" for a hidden one) and the corrections as they are now stored.
    """
    if is_users(folders, entry):
        trash = str(put_away(folders.changing, folders.path(entry)))
        changed = corrections.without(entry.name)
    else:
        trash, changed = "", corrections.hiding(entry.name)
    if changed != corrections:
        write_corrections(folders.changing, changed)
    return trash, changed
