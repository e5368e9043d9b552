"""The library's `catalogue.toml`: what a text does not state about itself, or states wrongly."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from vectorstore.documents import Metadata
from vectorstore.errors import DocumentUnreadable
from vectorstore.genres import GENRES
from vectorstore.numerals import describe_years

CATALOGUE = "catalogue.toml"
KNOWN = tuple(field.name for field in fields(Metadata) if field.name != "period")
"""What an entry may say; `period` follows from `years`."""


def completed(metadata: Metadata, *, folder: Path, name: str) -> Metadata:
    """`metadata` with what the catalogue in `folder` says of the file `name` (without its ending).

    Raises DocumentUnreadable when the catalogue cannot be read or its entry cannot be used.
    """
    path = folder / CATALOGUE
    if not path.is_file():
        return metadata
    return applied(metadata, load(path).get(name, {}), file=CATALOGUE, name=name)


def applied(metadata: Metadata, entry: object, *, file: str, name: str) -> Metadata:
    """`metadata` with what one entry of such a file says; `file` and `name` of the entry are for the error.

    Raises DocumentUnreadable when the entry cannot be used.
    """
    where = f"目录文件“{file}”中“{name}”一项无法使用："
    hint = "请改正该文件，或删去这一项。"
    if not isinstance(entry, dict):
        raise DocumentUnreadable(f"{where}应当写成 [{name}] 一节。", hint)
    unknown = sorted(set(entry) - set(KNOWN))
    if unknown:
        raise DocumentUnreadable(f"{where}未知的项 {'、'.join(unknown)}。", f"可用的项：{'、'.join(KNOWN)}。")
    given = {key: _checked(key, value, where, hint) for key, value in entry.items()}
    years = given.get("years", metadata.years)
    return replace(metadata, **{**given, "period": describe_years(years)})


def load(path: Path) -> dict[str, Any]:
    """The entries of such a file by name. Raises DocumentUnreadable when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DocumentUnreadable(
            f"目录文件“{path.name}”打不开：{reason}。", "请检查读取权限，或删去该文件。"
        ) from error
    except ValueError as error:
        position = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"第 {position[1]} 行第 {position[2]} 列" if position else "编码不是 UTF-8，或内容"
        raise DocumentUnreadable(
            f"目录文件“{path.name}”不是正确的 TOML：{place}有误。", "请改正或删去该文件后重试。"
        ) from error


def _checked(key: str, value: object, where: str, hint: str) -> Any:
    if key == "years":
        if isinstance(value, list) and all(type(year) is int and 1900 <= year <= 2100 for year in value):
            return tuple(sorted(set(value)))
        raise DocumentUnreadable(f"{where}years 应当是年份的列表，例如 [2021, 2022]。", hint)
    if key == "genres":
        if isinstance(value, list) and all(genre in GENRES for genre in value):
            return tuple(genre for genre in GENRES if genre in value)
        raise DocumentUnreadable(
            f'{where}genres 应当是文种的列表，例如 ["{GENRES[0]}"]。', f"可用的文种：{'、'.join(GENRES)}。"
        )
    if not isinstance(value, str):
        raise DocumentUnreadable(f"{where}{key} 应当是带引号的文字。", hint)
    return value
