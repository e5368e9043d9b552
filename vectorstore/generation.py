"""What an index consists of on disk, and the one step that makes a finished one current.

    <index folder>/current                  which generation is current, and the checksum of its manifest
    <index folder>/generations/<id>/        manifest.json, documents, passages, keyword indices, chroma/
    <index folder>/vectors.sqlite3          vectors by content, see vector_cache
    <index folder>/parsed.sqlite3           documents and passages by content, see parsed
    <index folder>/writer.lock, writer.json see writer_lock

A generation never changes once it is current. Its manifest lists its files with checksums, and is itself
vouched for by `current`: whatever is damaged is noticed before it is used. That matters most for Chroma's
binary files, which end the process or give wrong answers when they are damaged.
"""

from __future__ import annotations

import os
import re
import shutil
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import IndexUnusable
from vectorstore.library import LibraryFile
from vectorstore.records import from_json, to_json

SCHEMA = 2
"""Version of this layout. Another number in a manifest means that the index is built anew."""

MANIFEST = "manifest.json"
DOCUMENTS = "documents.jsonl"
PASSAGES = "passages.jsonl"
PARSED = "parsed.sqlite3"
SUMMARIES = "summaries.jsonl"
WORDS = "words"
BIGRAMS = "bigrams"
CHROMA = "chroma"
PROBE = "probe.npy"

_CURRENT = "current"
_GENERATIONS = "generations"
# Chroma adds a row to this file each time it is opened, so its checksum does not last.
_LIVE_FILE = "chroma.sqlite3"


class IndexDamaged(IndexUnusable):
    """The index is missing, incomplete or of another version; building it anew helps."""


class IndexOutdated(IndexDamaged):
    """The index is whole, but another version of the program built it."""

    def __init__(self) -> None:
        super().__init__("索引是另一个版本的程序建立的。")


@dataclass(frozen=True)
class Problem:
    """A file of the library that could not be read, and why, in words for the reader.

    `key` stands for everything that it was read from: while that is the same, it need not be tried again.
    """

    file: str
    message: str
    hint: str
    key: str = ""

    def __str__(self) -> str:
        return self.message + self.hint


@dataclass(frozen=True)
class StoredFile:
    """A file of a generation: path inside it, bytes, CRC-32 (0 for the file that Chroma keeps changing)."""

    path: str
    size: int
    checksum: int


@dataclass(frozen=True)
class Manifest:
    """What a generation was made from and what it holds.

    `library`, `pipeline` and `embedder` identify the inputs. `searchable` of the `passages` are embedded
    and keyword-indexed. `collection` is its name in Chroma, `chroma_url` the server that has it ("" for
    the generation's own folder), `dead` how many removed vectors it still takes room for.
    """

    schema: int
    generation: str
    built_at: str
    library: str
    pipeline: str
    embedder: str
    dimension: int
    chroma_url: str
    collection: str
    documents: int
    passages: int
    searchable: int
    dead: int
    files: tuple[LibraryFile, ...]
    problems: tuple[Problem, ...]
    stored: tuple[StoredFile, ...]


def generation_folder(index_dir: Path, generation: str) -> Path:
    """Return where a generation lies."""
    return index_dir / _GENERATIONS / generation


def current_generation(index_dir: Path) -> str | None:
    """Return the id of the current generation, None if there is none. Cheap: reads one small file."""
    pointer = _read_pointer(index_dir)
    return pointer[0] if pointer else None


def read_manifest(index_dir: Path) -> Manifest | None:
    """Return the manifest of the current generation, None if there is none.

    Raises IndexDamaged if it cannot be trusted or is of another schema.
    """
    pointer = _read_pointer(index_dir)
    if pointer is None:
        return None
    generation, checksum = pointer
    try:
        content = (generation_folder(index_dir, generation) / MANIFEST).read_bytes()
    except OSError as error:
        raise IndexDamaged("索引不完整：缺少清单文件。") from error
    if zlib.crc32(content) != checksum:
        raise IndexDamaged("索引已损坏：清单与记录不符。")
    return _parsed(content)


def manifests(index_dir: Path) -> list[Manifest]:
    """Return the manifests of all finished generations that can be read, in no order."""
    found = []
    for path in (index_dir / _GENERATIONS).glob(f"*/{MANIFEST}"):
        with suppress(OSError, UnicodeDecodeError, IndexDamaged):
            found.append(_parsed(path.read_bytes()))
    return found


def _parsed(content: bytes) -> Manifest:
    text = content.decode("utf-8", "surrogatepass")
    if not text.startswith(f'{{"schema":{SCHEMA},'):
        raise IndexOutdated
    try:
        return from_json(Manifest, text)
    except (TypeError, KeyError, ValueError) as error:
        raise IndexOutdated from error


def _read_pointer(index_dir: Path) -> tuple[str, int] | None:
    try:
        text = (index_dir / _CURRENT).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged("索引已损坏：无法读取当前版本的记录。") from error
    match = re.fullmatch(r"([0-9a-z-]+) ([0-9a-f]{8})\n", text)
    if not match:
        raise IndexDamaged("索引已损坏：当前版本的记录无法辨认。")
    return match[1], int(match[2], 16)


def stored_files(folder: Path) -> tuple[StoredFile, ...]:
    """Describe every file of a finished generation."""
    described = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            live = path.name == _LIVE_FILE
            content = b"" if live else path.read_bytes()
            described.append(
                StoredFile(path.relative_to(folder).as_posix(), path.stat().st_size, zlib.crc32(content))
            )
    return tuple(described)


def check_stored_files(folder: Path, manifest: Manifest, *, contents: bool) -> None:
    """Raise IndexDamaged unless all files are there: in their sizes, with `contents` also unchanged."""
    for stored in manifest.stored:
        path = folder / stored.path
        live = path.name == _LIVE_FILE
        try:
            size = path.stat().st_size
            sound = size > 0 if live else size == stored.size
            if sound and contents and not live:
                sound = zlib.crc32(path.read_bytes()) == stored.checksum
        except OSError as error:
            raise IndexDamaged(f"索引不完整：缺少 {stored.path}。") from error
        if not sound:
            raise IndexDamaged(f"索引已损坏：{stored.path}。")


def write_manifest(folder: Path, manifest: Manifest) -> int:
    """Write the manifest of a generation and return its checksum."""
    content = to_json(manifest).encode("utf-8", "surrogatepass")
    (folder / MANIFEST).write_bytes(content)
    return zlib.crc32(content)


def flush_to_disk(folder: Path) -> None:
    """Make sure that a power failure loses nothing of the folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        _flush(path)
    _flush(folder)
    _flush(folder.parent)


def make_current(index_dir: Path, generation: str, manifest_checksum: int) -> None:
    """Switch to a finished generation: in one step, so that readers see the old one or the new one."""
    fresh = index_dir / f"{_CURRENT}.new"
    fresh.write_bytes(f"{generation} {manifest_checksum:08x}\n".encode())
    _flush(fresh)
    fresh.replace(index_dir / _CURRENT)
    _flush(index_dir)


def remove_generations(index_dir: Path, *, keep: set[str]) -> None:
    """Delete superseded and abandoned generations. Only for the holder of the writer's lock."""
    for folder in (index_dir / _GENERATIONS).iterdir():
        if folder.name not in keep:
            # What a reader on Windows still has open stays until the next time.
            shutil.rmtree(folder, ignore_errors=True)


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder, and writes its entries through by itself.
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
