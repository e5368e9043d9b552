"""What the tests of bringing documents in are made of: a library with a cheap embedder, and plans to put into it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from index_parts import HashEmbedder

from qa.library.documents import Library
from qa.settings import Settings
from vectorstore.index import PassageIndex, open_index


def plan(place: str = "青田县", begin: int = 2021, *, beds: int = 500, note: str = "", date: str = "") -> str:
    """A plan of seven lines that says all about itself."""
    lines = [
        f"{place}民政事业发展规划（{begin}—{begin + 4}年）",
        *([date] if date else []),
        "一、养老服务",
        f"新增养老床位{beds}张，建设社区养老服务设施{beds // 20}处，护理型床位占比达到55%。",
        "二、社会救助",
        f"城市低保标准提高到每人每月{beds + 300}元，临时救助{beds * 3}人次。",
        "三、殡葬改革",
        f"公益性公墓覆盖率达到{beds % 100}%，火化率稳定在98%以上。{note}",
    ]
    return "\n".join(lines) + "\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for file, content in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def settings_in(tmp_path: Path, *, library: Path | None = None) -> Settings:
    folder = library or tmp_path / "library"
    folder.mkdir(exist_ok=True)
    return Settings(library=folder, index_dir=tmp_path / "index", data_dir=tmp_path / "documents", llm="none")


def library_in(tmp_path: Path, *, library: Path | None = None) -> Library:
    """A library of its own, empty at first, whose vectors cost nothing."""
    return Library(settings_in(tmp_path, library=library), embedder=HashEmbedder())


def opened(library: Library) -> PassageIndex:
    return open_index(index_dir=library.settings.index_folder, embedder=HashEmbedder())


def texts_of(library: Library) -> dict[str, str]:
    """The text of each document that can be answered from, by name."""
    index = opened(library)
    try:
        return {name: document.text for name, document in index.documents.items()}
    finally:
        index.close()


def stored_files(folder: Path) -> set[str]:
    """The files of a folder, without what is not the library's; others may come and go meanwhile."""
    return {
        (Path(below) / file).relative_to(folder).as_posix()
        for below, _, files in os.walk(folder)
        for file in files
        if not any(part.startswith(".") for part in (Path(below) / file).relative_to(folder).parts)
    }
