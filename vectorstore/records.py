"""Frozen dataclasses as JSON and back, by their annotations alone.

A field that is added to a dataclass travels without a change here.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_json(record: Any) -> str:
    """Return one line of JSON. Tuples become lists, nested dataclasses objects."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[Record], text: str) -> Record:
    """Return the record that `to_json` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    record: Record = _reader(kind)(json.loads(text))
    return record


def write_records(path: Path, records: Iterable[Any]) -> None:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(to_json(record) + "\n" for record in records)


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """Read what `write_records` wrote; errors as `from_json`."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return [from_json(kind, line) for line in file]


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return a function that turns parsed JSON into a value of the annotated kind."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            read = _reader(arguments[0])
            return lambda values: tuple(read(value) for value in values)
        readers = [_reader(argument) for argument in arguments]
        return lambda values: tuple(read(value) for read, value in zip(readers, values, strict=True))
    if origin is list:
        read = _reader(arguments[0])
        return lambda values: [read(value) for value in values]
    if origin is dict:
        read = _reader(arguments[1])
        return lambda values: {key: read(value) for key, value in values.items()}
    if origin in {Union, types.UnionType}:
        (some,) = (argument for argument in arguments if argument is not type(None))
        read = _reader(some)
        return lambda value: None if value is None else read(value)
    return lambda value: value


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}

    def read(values: dict[str, Any]) -> Any:
        return kind(**{name: readers[name](value) for name, value in values.items()})

    return read
