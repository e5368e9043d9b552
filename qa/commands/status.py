"""What `qa status` tells: library, index, embedder and model, without building or loading anything large."""

from __future__ import annotations

from typing import Any

from qa.models.choice import choose_model
from qa.settings import Settings
from vectorstore.index import IndexDamaged, IndexOutdated, read_manifest
from vectorstore.library import list_library


def current_status(settings: Settings | None = None) -> dict[str, Any]:
    """Library, index and model as JSON-ready values. Raises LibraryMissing and SettingsInvalid."""
    settings = settings or Settings()
    folders = settings.library_folders
    files = list_library(folders)
    return {
        "library": {
            "folder": str(settings.library),
            "added_to": str(folders.changing),
            "files": [file.file for file in files],
        },
        "index": _index_status(settings),
        "embedding": settings.embedding,
        "model": {"setting": settings.llm, "note": choose_model(settings).note},
    }


def _index_status(settings: Settings) -> dict[str, Any]:
    folder = settings.index_folder
    if folder.exists() and not folder.is_dir():
        return {"folder": str(folder), "state": "unusable"}
    try:
        manifest = read_manifest(folder)
    except IndexDamaged as error:
        state = "outdated" if isinstance(error, IndexOutdated) else "damaged"
        return {"folder": str(folder), "state": state, "message": error.message}
    if manifest is None:
        return {"folder": str(folder), "state": "missing"}
    return {
        "folder": str(folder),
        "state": "present",
        "built_at": manifest.built_at,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "embedder": manifest.embedder,
        "problems": [f"{problem.message}{problem.hint}" for problem in manifest.problems],
    }


def readable_status(status: dict[str, Any]) -> str:
    """The same for people."""
    index = status["index"]
    states = {
        "present": f"{index.get('documents')} 份文件，{index.get('passages')} 个段落（建于 {index.get('built_at')}）",
        "missing": "尚未建立，首次提问或 qa index 时自动建立",
        "unusable": "这里不是文件夹，请用 QA_INDEX_DIR 另指一个文件夹",
        "outdated": "是另一个版本的程序建立的，下次提问或 qa index 时自动更新",
        "damaged": "已损坏，下次提问或 qa index 时自动重建",
    }
    lines = [
        f"文件库：{status['library']['folder']}（{len(status['library']['files'])} 个文件）",
        f"加入的文件放在：{status['library']['added_to']}",
        f"索引：{index['folder']}",
        f"      {states[index['state']]}",
        f"模型：{status['model']['note']}",
    ]
    lines.extend(f"未收入：{problem}" for problem in index.get("problems", []))
    return "\n".join(lines)
