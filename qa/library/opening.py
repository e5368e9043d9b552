"""The library's index as the settings ask for it: brought up to date, opened, mended when damaged."""

from __future__ import annotations

import sys

from qa.models.embedding import choose_embedder
from qa.settings import Settings
from vectorstore.embeddings import Embedder
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.formats.kinds import shown
from vectorstore.index import IndexDamaged, PassageIndex, Synchronised, open_index, synchronise
from vectorstore.walk import default_walk


def update_index(
    settings: Settings, *, embedder: Embedder | None = None, rebuild: bool = False, progress: bool = False
) -> Synchronised:
    """Bring the index in step with the library; with `progress` show the page that is read and a bar while embedding.

    Raises the expected errors of `vectorstore.index.synchronise`.
    """
    with IsolatedReader(settings.file_limits, on_page=_show_page if progress else None) as reader:
        return synchronise(
            library=settings.library_folders,
            index_dir=settings.index_folder,
            embedder=embedder or choose_embedder(settings),
            chroma_url=settings.chroma_url,
            rebuild=rebuild,
            progress=progress,
            walk=default_walk(reader),
        )


def open_updated(settings: Settings, embedder: Embedder, *, progress: bool = False) -> PassageIndex:
    """The index, up to date and open. A damaged one is derived data: it is built anew."""
    update_index(settings, embedder=embedder, progress=progress)
    try:
        return _opened(settings, embedder)
    except IndexDamaged:
        update_index(settings, embedder=embedder, rebuild=True, progress=progress)
        return _opened(settings, embedder)


def reopen(settings: Settings, embedder: Embedder) -> PassageIndex:
    """The index that is current now; one that was deleted or damaged meanwhile is built anew."""
    try:
        return _opened(settings, embedder)
    except IndexDamaged:
        return open_updated(settings, embedder)


def _show_page(file: str, page: int, pages: int) -> None:
    """On a terminal, the page that is read: a long scan takes minutes."""
    if sys.stderr.isatty() and pages > 1:
        line = "" if page == pages else f"正在读取 {shown(file)} 第{page}/{pages}页"
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)


def _opened(settings: Settings, embedder: Embedder) -> PassageIndex:
    return open_index(index_dir=settings.index_folder, embedder=embedder, chroma_url=settings.chroma_url)
