"""Keeping the index in step with a folder that people put files into."""

from __future__ import annotations

import threading
from collections.abc import Callable

from qa.errors import ExpectedError
from qa.library.documents import Library
from qa.library.holdings import files_of
from qa.library.opening import update_index
from qa.library.reports import FileReport
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from vectorstore.embeddings import Embedder
from vectorstore.formats.kinds import suffix_of
from vectorstore.library import LibraryFile, library_fingerprint
from vectorstore.synchronisation import Synchronised

_SECONDS_BETWEEN_LOOKS = 2.0


def watch(
    settings: Settings,
    *,
    on_update: Callable[[Synchronised], None],
    on_trouble: Callable[[str], None],
    on_unpacked: Callable[[FileReport], None] = lambda _: None,
    stop: threading.Event,
    seconds: float = _SECONDS_BETWEEN_LOOKS,
    embedder: Embedder | None = None,
) -> None:
    """Look at the library every few `seconds` until `stop` is set, and update the index when it has changed.

    A change is taken up when the folder has been still for one look: a file may still be being copied. An archive is
    unpacked where it lies, `on_unpacked` hearing of each member; one of which nothing can be taken stays, and is told as a
    file that cannot be read. Trouble (an empty folder, an index in use) is told once, and tried again.
    """
    library = Library(settings)
    tried: set[str] = set()
    embedder = embedder or choose_embedder(settings)
    known: list[LibraryFile] = []
    seen = indexed = told = ""
    while not stop.is_set():
        try:
            known = files_of(settings.library_folders, known=known)
            state = library_fingerprint(settings.library_folders, known)
            archives = [
                entry for entry in known if suffix_of(entry.file) == ".zip" and entry.sha256 not in tried
            ]
            if state == seen and archives:
                tried.update(entry.sha256 for entry in archives)
                for report in library.unpack(archives):
                    on_unpacked(report)
                known = files_of(settings.library_folders, known=known)
                state = seen = library_fingerprint(settings.library_folders, known)
            if state == seen != indexed:
                done = update_index(settings, embedder=embedder)
                indexed, told = state, ""
                if done.changed:
                    on_update(done)
            seen = state
        except ExpectedError as error:
            if told != error.message:
                on_trouble(str(error))
            told = error.message
        stop.wait(seconds)
