"""The vectors of a generation: carried over from the one before and changed where passages changed, or filled anew."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore import generation as layout
from vectorstore.chroma import ChromaStore
from vectorstore.documents import Passage
from vectorstore.errors import IndexUnusable
from vectorstore.generation import IndexDamaged, Manifest
from vectorstore.passage_index import passage_keys, searchable_numbers
from vectorstore.records import read_records

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors

COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
# With more to change than this share, or so many removed vectors in the way, filling anew is as quick and as good.
_MOST_CHANGED, _MOST_DEAD = 0.5, 0.3


@dataclass(frozen=True)
class Filled:
    """Where the vectors are: the collection, and how many removed ones it still takes room for."""

    collection: str
    dead: int


@dataclass(frozen=True)
class Filling:
    """What to put into a folder's collection: passages under their keys; `embed` gives vectors by position.

    `is_known` tells whether the vectors of passages are still what the embedder gives.
    """

    folder: Path
    keys: Sequence[str]
    passages: Sequence[Passage]
    embed: Callable[[Sequence[int]], Vectors]
    is_known: Callable[[Sequence[int]], bool]


def fill(order: Filling, *, index_dir: Path, predecessor: Manifest | None) -> Filled:
    """Fill the collection in the folder `order.folder`, from the predecessor's if that is sound and much the same.

    Raises IndexDamaged unless the collection holds exactly what it should.
    """
    if predecessor is not None and not predecessor.chroma_url:
        try:
            filled = _carried_over(order, index_dir, predecessor)
        except (IndexUnusable, OSError, TypeError, KeyError, ValueError, sqlite3.Error):
            # Whatever is wrong with the predecessor, or with this, is not there when it is filled anew.
            filled = None
        if filled is not None:
            return filled
        shutil.rmtree(order.folder, ignore_errors=True)
    _filled_anew(order)
    return Filled(COLLECTION, 0)


def _filled_anew(order: Filling) -> None:
    vectors = order.embed(range(len(order.keys)))
    with closing(ChromaStore.create(order.folder, COLLECTION, size=len(order.keys))) as store:
        store.add(order.keys, order.passages, vectors)
        _check_ids(store, order.keys)


def _carried_over(order: Filling, index_dir: Path, predecessor: Manifest) -> Filled | None:
    """Copy the predecessor's collection and change what differs; None where that does not pay."""
    before = layout.generation_folder(index_dir, predecessor.generation)
    layout.check_stored_files(before, predecessor, contents=True)
    old = _passages_by_key(before)
    positions = {key: position for position, key in enumerate(order.keys)}
    removed = [key for key in old if key not in positions or order.passages[positions[key]] != old[key]]
    gone = set(removed)
    new = [position for key, position in positions.items() if key not in old or key in gone]
    dead = predecessor.dead + len(removed)
    size = len(order.keys)
    if len(removed) + len(new) > _MOST_CHANGED * size or dead > _MOST_DEAD * size:
        return None
    changed = set(new)
    same = [position for position in range(size) if position not in changed]
    if not order.is_known(same):
        return None
    vectors = order.embed(new) if new else None
    _copy(before / layout.CHROMA, order.folder)
    if removed or new:
        with closing(ChromaStore.open(order.folder, predecessor.collection)) as store:
            store.expect_changes(len(removed) + len(new))
    with closing(ChromaStore.open(order.folder, predecessor.collection)) as store:
        store.delete(removed)
        if vectors is not None:
            store.add([order.keys[n] for n in new], [order.passages[n] for n in new], vectors)
        _check_ids(store, order.keys)
    return Filled(predecessor.collection, dead)


def _check_ids(store: ChromaStore, keys: Sequence[str]) -> None:
    if store.ids() != set(keys):
        raise IndexDamaged("Chroma 没有收下全部向量。")


def _passages_by_key(folder: Path) -> Mapping[str, Passage]:
    passages = read_records(folder / layout.PASSAGES, Passage)
    keys = passage_keys(passages)
    return {keys[number]: passages[number] for number in searchable_numbers(passages)}


def _copy(source: Path, target: Path) -> None:
    """Copy a collection that readers may have open; they write to its database and to nothing else."""
    shutil.copytree(source, target, ignore=lambda _, names: [n for n in names if n.startswith(_DATABASE)])
    with (
        closing(sqlite3.connect(source / _DATABASE)) as read,
        closing(sqlite3.connect(target / _DATABASE)) as written,
    ):
        read.backup(written)
