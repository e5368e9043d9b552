"""Keeping the index in step with the library."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore import generation as layout
from vectorstore.build import BuildOrder, Built, build_generation
from vectorstore.chroma_server import public_address
from vectorstore.errors import IndexUnusable
from vectorstore.generation import IndexDamaged, Manifest, Problem
from vectorstore.library import LibraryFile, LibraryFolders, library_fingerprint, list_library
from vectorstore.passage_index import mismatch
from vectorstore.shared_collection import delete_superseded
from vectorstore.stages import OnStage, ignored
from vectorstore.vector_cache import Progress, progress_bar
from vectorstore.walk import DocumentWalk, default_walk, pipeline_version
from vectorstore.writer_lock import writer_lock

if TYPE_CHECKING:
    from vectorstore.embeddings import Embedder

_NOT_WRITABLE = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOTDIR,
    errno.EEXIST,
}


@dataclass(frozen=True)
class Synchronised:
    """What a synchronisation found or did. `reason` says, in words for the reader, why it built; or is "".

    `embedded` of the passages had to be computed; the others' vectors were known. `problems` are the
    files that could not be read.
    """

    changed: bool
    reason: str
    generation: str
    documents: int
    passages: int
    embedded: int
    problems: tuple[Problem, ...]
    seconds: float


def synchronise(  # noqa: PLR0913 - the means of the whole work, all by name
    *,
    library: Path | LibraryFolders,
    index_dir: Path,
    embedder: Embedder,
    chroma_url: str = "",
    rebuild: bool = False,
    wait: float = 30,
    progress: Progress | bool = False,
    on_stage: OnStage = ignored,
    walk: DocumentWalk | None = None,
) -> Synchronised:
    """Bring the index in step with the library; with `rebuild` build it anew in any case.

    Returns within milliseconds if they agree, without writing or locking anything. The index that was
    current stays so, and usable, until the new one is complete. `progress` is called while passages are
    embedded, if any are; True shows a bar on standard error; `on_stage` at each step. `walk` replaces the way
    from files to passages.

    Raises LibraryMissing; IndexMismatch if the index was made with another embedder and `rebuild` is not
    given; IndexBusy if another process writes for more than `wait` seconds; IndexUnusable if the folder
    cannot be written or the Chroma server is away.
    """
    started = time.monotonic()
    folders = library if isinstance(library, LibraryFolders) else LibraryFolders(library)

    def compare() -> _Comparison:
        return _compare(folders, index_dir, embedder, chroma_url, rebuild=rebuild)

    comparison = compare()
    if comparison.reason:
        with _writing(index_dir):
            index_dir.mkdir(parents=True, exist_ok=True)
            with writer_lock(index_dir, wait=wait):
                # Another process may have done it in the meantime.
                comparison = compare()
                if comparison.reason:
                    order = BuildOrder(
                        index_dir=index_dir,
                        library=folders,
                        files=comparison.files,
                        fingerprint=comparison.fingerprint,
                        embedder=embedder,
                        chroma_url=chroma_url,
                        walk=walk or default_walk(),
                        progress=progress_bar() if progress is True else progress or None,
                        on_stage=on_stage,
                        predecessor=None if rebuild else comparison.sound,
                    )
                    built = build_generation(order)
                    _switch(order, built)
                    return _summary(built.manifest, comparison.reason, built.embedded, started)
    return _summary(comparison.manifest, "", 0, started)


def _summary(manifest: Manifest | None, reason: str, embedded: int, started: float) -> Synchronised:
    if manifest is None:
        raise AssertionError("an index without a manifest is never up to date")
    return Synchronised(
        changed=bool(reason),
        reason=reason,
        generation=manifest.generation,
        documents=manifest.documents,
        passages=manifest.passages,
        embedded=embedded,
        problems=manifest.problems,
        seconds=time.monotonic() - started,
    )


@dataclass(frozen=True)
class _Comparison:
    """The library as it is now, and why the index is not in step with it; "" if it is.

    `sound` is the manifest of an index whose files are all there.
    """

    files: tuple[LibraryFile, ...]
    fingerprint: str
    manifest: Manifest | None
    reason: str
    sound: Manifest | None


def _compare(
    library: LibraryFolders, index_dir: Path, embedder: Embedder, chroma_url: str, *, rebuild: bool
) -> _Comparison:
    manifest, sound, reason = None, None, ""
    try:
        manifest = layout.read_manifest(index_dir)
        if manifest:
            folder = layout.generation_folder(index_dir, manifest.generation)
            layout.check_stored_files(folder, manifest, contents=False)
            sound = manifest
    except IndexDamaged as error:
        reason = error.message
    if manifest and manifest.embedder != embedder.name and not rebuild:
        raise mismatch(manifest.embedder, embedder.name)
    files = tuple(list_library(library, known=manifest.files if manifest else ()))
    fingerprint = library_fingerprint(library, files)
    if rebuild:
        reason = "按要求重新建立。"
    elif not reason:
        reason = _difference(manifest, fingerprint, chroma_url)
    return _Comparison(files, fingerprint, manifest, reason, sound)


def _difference(manifest: Manifest | None, fingerprint: str, chroma_url: str) -> str:
    if manifest is None:
        return "还没有索引。"
    if manifest.library != fingerprint:
        return "文件库有变化。"
    if manifest.pipeline != pipeline_version():
        return "程序已更新。"
    if manifest.chroma_url != public_address(chroma_url):
        return "换了存放向量的地方。"
    return ""


def _switch(order: BuildOrder, built: Built) -> None:
    """Make the new generation current and remove what neither it nor its predecessor's readers need."""
    keep = {built.manifest.generation}
    with suppress(IndexDamaged):
        keep |= {layout.current_generation(order.index_dir) or ""}
    layout.make_current(order.index_dir, built.manifest.generation, built.checksum)
    keep |= delete_superseded(order.index_dir, keep=keep, chroma_url=order.chroma_url)
    layout.remove_generations(order.index_dir, keep=keep)


@contextmanager
def _writing(index_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _NOT_WRITABLE:
            raise
        raise _not_writable(index_dir, error.strerror or str(error)) from error
    except sqlite3.OperationalError as error:
        raise _not_writable(index_dir, str(error)) from error


def _not_writable(index_dir: Path, reason: str) -> IndexUnusable:
    return IndexUnusable(
        f"索引文件夹无法写入：{index_dir}（{reason}）。",
        "请把 QA_INDEX_DIR 设为一个可写、空间足够的文件夹。",
    )
