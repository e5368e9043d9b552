"""What the index's tests are made of: small libraries, a cheap embedder, a simple walk, a real Chroma server."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.documents import Document, Passage
from vectorstore.embeddings import Embedder
from vectorstore.errors import DocumentUnreadable
from vectorstore.index import DocumentWalk, PassageIndex, Synchronised, open_index, read_manifest, synchronise


class HashEmbedder:
    """Deterministic unit vectors: texts with common pairs of characters are near, different texts differ."""

    def __init__(self, *, dimension: int = 48, name: str = "") -> None:
        self.dimension = dimension
        self.name = name or f"hash/{dimension}"
        self.texts: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = 0.3 * _noise(text, self.dimension)
        for start in range(len(text) - 1):
            vector += _noise(text[start : start + 2], self.dimension)
        return (vector / np.linalg.norm(vector)).astype(np.float32)


@lru_cache(10_000)
def _noise(text: str, dimension: int) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=dimension)


def read_simply(path: Path, *, name: str, file: str) -> Document:
    """A file whose text is `坏` cannot be read."""
    text = path.read_text(encoding="utf-8")
    if text == "坏":
        raise DocumentUnreadable(f"文件“{file}”读不了。", "请换一份。")
    return Document(name=name, file=file, text=text)


def split_by_line(document: Document) -> list[Passage]:
    """One passage a line. `# ` opens a section, `~` marks furniture."""
    passages = []
    section: tuple[str, ...] = ()
    start = 0
    for line in document.text.splitlines(keepends=True):
        text = line.rstrip("\n")
        if text.startswith("# "):
            section = (text[2:],)
        elif text:
            passages.append(
                Passage(
                    document=document.name,
                    start=start,
                    end=start + len(text),
                    text=text,
                    section=section,
                    kind="furniture" if text.startswith("~") else "text",
                    context=" > ".join((document.name, *section)),
                    years=(2023,),
                )
            )
        start += len(line)
    return passages


WALK = DocumentWalk(read_simply, split_by_line)

PLANS = {
    "杨浦.txt": "# 养老\n建设智慧养老院3家。\n新增养老床位500张。\n~第1页\n# 救助\n低保标准提高到1510元。\n",
    "荆门.txt": "# 养老\n建设社区养老服务设施12处。\n# 殡葬\n节地生态安葬率达到25%。\n火化率稳定在98%以上。\n",
    "嵊州.md": "# 儿童\n孤儿基本生活费每月2200元。\n# 养老\n建设智慧养老院3家。\n",
}


def write_library(folder: Path, plans: dict[str, str] = PLANS) -> Path:
    for file, text in plans.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def make_of_another_version(index_dir: Path) -> None:
    """Make an index look as another version of the program leaves it: whole, and of another layout."""
    pointer = index_dir / "current"
    generation = pointer.read_text().split()[0]
    manifest = index_dir / "generations" / generation / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'{"schema":2,', b'{"schema":0,'))
    pointer.write_text(f"{generation} {zlib.crc32(manifest.read_bytes()):08x}\n")


@dataclass
class Place:
    """A library and its index, in a folder of their own."""

    library: Path
    index_dir: Path
    embedder: Embedder = field(default_factory=HashEmbedder)
    chroma_url: str = ""

    def synchronise(self, **options: Any) -> Synchronised:
        return synchronise(
            library=self.library,
            index_dir=self.index_dir,
            embedder=self.embedder,
            chroma_url=self.chroma_url,
            **({"walk": WALK} | options),
        )

    def open(self) -> PassageIndex:
        return open_index(index_dir=self.index_dir, embedder=self.embedder, chroma_url=self.chroma_url)

    def check(self, plans: dict[str, str] | None = None) -> None:
        """What is current serves the library (or the given plans) whole."""
        index = self.open()
        try:
            assert_complete(index, self.plans() if plans is None else plans)
        finally:
            index.close()

    def plans(self) -> dict[str, str]:
        return {path.name: path.read_text(encoding="utf-8") for path in self.library.iterdir()}

    def generations(self) -> set[str]:
        return {folder.name for folder in (self.index_dir / "generations").iterdir()}

    def folder(self) -> Path:
        manifest = read_manifest(self.index_dir)
        assert manifest
        return self.index_dir / "generations" / manifest.generation


def assert_complete(index: PassageIndex, plans: dict[str, str]) -> None:
    """Every passage of the library is there, and found by each of the three searches."""
    expected = [
        passage
        for file, text in sorted(plans.items())
        for passage in split_by_line(Document(name=Path(file).stem, file=file, text=text))
    ]
    assert list(index.passages) == expected
    every = len(expected)
    for number, passage in enumerate(expected):
        assert index.documents[passage.document].text[passage.start : passage.end] == passage.text
        searches = (index.dense, index.by_words, index.by_bigrams)
        for search in searches:
            numbers = [hit for hit, _ in search(passage.searchable, limit=every)]
            assert (number in numbers) == (passage.kind != "furniture"), (search.__name__, passage)
        if passage.kind != "furniture":
            assert index.dense(passage.searchable, limit=1)[0][0] == number


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that another user can reach. pytest's own are closed, and it closes them again and again."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def chroma_server(folder: Path, port: int = 0) -> Iterator[str]:
    """Run `chroma run` on loopback and give its address."""
    port = port or free_port()
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder)]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _await(f"{url}/api/v2/heartbeat")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 30
    while True:
        try:
            opener.open(url, timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
