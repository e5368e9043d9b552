"""Settings, all of them `QA_*` environment variables; nothing else in the environment is read.

A key such as OPENAI_API_KEY that happens to lie in the environment is ignored: nothing leaves the machine
unless a `QA_*` variable says so.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import SettingsInvalid
from vectorstore.formats.limits import Limits
from vectorstore.library import LibraryFolders

APPLICATION = "civil-affairs-qa"
PROJECT = Path(__file__).resolve().parent.parent


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / APPLICATION


def _data_folder() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / APPLICATION


class Settings(BaseSettings):
    """How this program runs. Read from the environment by `Settings()`; pass keywords to override.

    Every field `name` is the variable `QA_NAME`. Raises SettingsInvalid for an unknown `QA_*` variable or
    a value that cannot be used.
    """

    model_config = SettingsConfigDict(env_prefix="QA_", frozen=True, extra="forbid", env_ignore_empty=True)

    library: Path = Field(default=PROJECT / "seeds", description="文件库所在文件夹")
    index_dir: Path | None = Field(default=None, description="索引所在文件夹（可随时删除）")
    data_dir: Path | None = Field(default=None, description="加入的文件所在文件夹（文件库本身不能改动时）")
    chroma_url: str = Field(default="", description="Chroma 服务地址；空则用内嵌的 Chroma")

    llm: Literal["auto", "local", "none", "openai"] = Field(default="auto", description="用哪个模型作答")
    llm_base_url: str = Field(default="", description="OpenAI 兼容接口的地址")
    llm_model: str = Field(default="", description="模型名称")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="接口密钥")
    llm_timeout: float = Field(default=60.0, gt=0, allow_inf_nan=False, description="等待模型的秒数")
    local_model: Path | None = Field(default=None, description="自备的 GGUF 模型文件")
    model_dir: Path | None = Field(default=None, description="本地模型权重所在文件夹")
    evidence_tokens: int = Field(default=420, ge=100, description="交给模型的依据的词元上限")
    reading_tokens: int = Field(
        default=3000, ge=0, description="接口后的大模型每问通读多少词元的原文；0 则只请它措辞"
    )

    embedding: Literal["local", "openai"] = Field(default="local", description="用哪个向量模型")
    embedding_base_url: str = Field(default="", description="OpenAI 兼容向量接口的地址")
    embedding_model: str = Field(default="", description="向量模型名称")
    embedding_api_key: SecretStr = Field(default=SecretStr(""), description="向量接口密钥")

    feedback: Path | None = Field(default=None, description="网页反馈记到哪个文件（每行一条 JSON）")

    host: str = Field(default="127.0.0.1", description="网页监听的地址")
    port: int = Field(default=7860, ge=0, le=65535, description="网页监听的端口")
    users: Path | None = Field(default=None, description="网页用户的文件（用 qa user 维护）；有它就须登录")

    max_file_mb: int = Field(default=100, ge=1, description="一个文件最多多少 MB")
    max_file_seconds: int = Field(default=120, ge=1, description="读取一个文件最多多少秒")
    max_file_memory_mb: int = Field(default=2048, ge=256, description="读取文件的进程最多用多少 MB 内存")
    max_file_pages: int = Field(default=2000, ge=1, description="一个 PDF 最多多少页")
    max_archive_files: int = Field(default=2000, ge=1, description="一个压缩包里最多多少个文件")
    max_archive_depth: int = Field(default=2, ge=1, description="压缩包里套压缩包的层数上限")
    max_archive_ratio: int = Field(default=200, ge=10, description="解压后与压缩包大小之比的上限")
    max_unpacked_mb: int = Field(default=500, ge=1, description="解压后最多多少 MB")

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsInvalid(*_explain(error)) from error

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_variables(cls, values: dict[str, Any]) -> dict[str, Any]:
        known = {f"QA_{name.upper()}" for name in cls.model_fields}
        unknown = sorted(
            name for name in os.environ if name.upper().startswith("QA_") and name.upper() not in known
        )
        if unknown:
            raise SettingsInvalid(
                f"不认识的设置：{'、'.join(unknown)}。",
                f"请改正或取消该环境变量。可用的设置：{'、'.join(sorted(known))}。",
            )
        return values

    @model_validator(mode="after")
    def _endpoint_is_complete(self) -> Settings:
        for part in ("llm", "embedding"):
            if getattr(self, part) == "openai" and not (
                getattr(self, f"{part}_base_url") and getattr(self, f"{part}_model")
            ):
                name = part.upper()
                raise SettingsInvalid(
                    f"QA_{name}=openai 还缺少接口地址或模型名称。",
                    f"请同时设置 QA_{name}_BASE_URL 和 QA_{name}_MODEL（需要密钥的接口再加 QA_{name}_API_KEY）。",
                )
        return self

    @property
    def index_folder(self) -> Path:
        """Where the derived index lives: `QA_INDEX_DIR`, or a folder of this library's own.

        In a checkout that is `.qa/` beside the code (ignored by git), elsewhere the user's cache, one
        folder per library so that two libraries never take turns in one index.
        """
        if self.index_dir is not None:
            return self.index_dir
        return self._own_folder("index", _cache_folder())

    @property
    def library_folders(self) -> LibraryFolders:
        """Where the library's files lie, and where new ones go.

        Into the library itself, but for the packaged documents and a folder that cannot be written: those stay as
        they are, and what is added lies in `QA_DATA_DIR`, or in a folder of the user's own.
        """
        is_packaged = self.library.resolve() == PROJECT / "seeds"
        if not is_packaged and os.access(self.library, os.W_OK):
            return LibraryFolders(self.library)
        return LibraryFolders(self.library, self.data_dir or self._own_folder("documents", _data_folder()))

    def _own_folder(self, name: str, elsewhere: Path) -> Path:
        in_checkout = (PROJECT / "pyproject.toml").is_file()
        home = PROJECT / ".qa" if in_checkout else elsewhere
        if in_checkout and self.library.resolve() == PROJECT / "seeds":
            return home / name
        library_key = hashlib.sha256(str(self.library.resolve()).encode()).hexdigest()[:12]
        return home / f"{name}-{library_key}"

    @property
    def file_limits(self) -> Limits:
        """What reading one file may take (`QA_MAX_…`)."""
        return Limits(
            file_megabytes=self.max_file_mb,
            seconds=self.max_file_seconds,
            memory_megabytes=self.max_file_memory_mb,
            pages=self.max_file_pages,
            archive_files=self.max_archive_files,
            archive_depth=self.max_archive_depth,
            ratio=self.max_archive_ratio,
            unpacked_megabytes=self.max_unpacked_mb,
        )

    @property
    def feedback_file(self) -> Path:
        """Where readers' feedback is appended: `QA_FEEDBACK`, or beside the index in a checkout, else the user's data."""
        if self.feedback is not None:
            return self.feedback
        if (PROJECT / "pyproject.toml").is_file():
            return PROJECT / ".qa" / "feedback.jsonl"
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        return data / APPLICATION / "feedback.jsonl"

    @property
    def weights_folder(self) -> Path:
        """Where the local model's weights live: `QA_MODEL_DIR`, or the user's cache, shared by checkouts."""
        return self.model_dir or _cache_folder() / "models"


_WANTED = {
    "int": "需要一个整数",
    "float": "需要一个数字",
    "finite": "需要一个有限的数字",
    "greater": "数值太小",
    "less": "数值太大",
    "literal": "不在可选的值里",
    "extra": "没有这一项设置",
}


def _explain(error: ValidationError) -> tuple[str, str]:
    parts = []
    for problem in error.errors():
        name = f"QA_{str(problem['loc'][0]).upper()}" if problem["loc"] else "设置"
        wanted = next(
            (text for kind, text in _WANTED.items() if problem["type"].startswith(kind)), "无法使用"
        )
        choices = problem.get("ctx", {}).get("expected")
        parts.append(f"{name} {wanted}{f'（可选：{choices}）' if choices else ''}")
    return f"设置无法使用：{'；'.join(parts)}。", "请改正这些环境变量；README 的“设置”一节列出了全部设置。"
