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
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_json(record: Any) -> str:
    """Return one line of JSON. Tuples become lists, nested dataclasses objects."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[Record], text: str) -> Record:
    """Return the record that `to_json` wrote. Raises ValueError, TypeError or KeyError for anything else."""
    annotation: Any = kind
    record: Record = _reader(annotation)(json.loads(text))
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
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return a function that turns parsed JSON into a value of the annotated kind."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    origin = get_origin(kind)
    if kind in _AS_THEY_ARE or origin is Literal:
        return lambda value: value
    if origin not in _READERS:
        raise NotImplementedError(f"no way to store a field annotated as {kind}")
    return _READERS[origin](get_args(kind))


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda values: kind(**{name: readers[name](value) for name, value in values.items()})


def _tuple_reader(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if kinds[1:] == (Ellipsis,):
        read = _reader(kinds[0])
        return lambda values: tuple([read(value) for value in values])
    readers = [_reader(kind) for kind in kinds]
    return lambda values: tuple([read(value) for read, value in zip(readers, values, strict=True)])


def _dict_reader(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    read = _reader(kinds[1])
    return lambda values: {key: read(value) for key, value in values.items()}


def _optional_reader(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    (some,) = (kind for kind in kinds if kind is not type(None))
    read = _reader(some)
    return lambda value: None if value is None else read(value)


_AS_THEY_ARE = {str, int, float, bool}
_READERS = {
    tuple: _tuple_reader,
    dict: _dict_reader,
    Union: _optional_reader,
    types.UnionType: _optional_reader,
}
