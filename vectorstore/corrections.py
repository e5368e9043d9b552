"""What the user put right about documents, or hid: `corrections.toml` beside the files that the user added.

The form is the catalogue's (see `vectorstore.catalogue`), by document name, and `hidden = true` for a document that
is not to be answered from. Written whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vectorstore.catalogue import applied, load
from vectorstore.documents import Metadata
from vectorstore.intake import write_atomically

CORRECTIONS = "corrections.toml"
_HIDDEN = "hidden"
_FIRST_LINE = (
    "# 用户的更正和隐藏的文件，由 qa correct、qa remove 写入，也可以手工改。格式同 catalogue.toml。\n"
)


@dataclass(frozen=True)
class Corrections:
    """What was corrected, by document name: the fields of an entry of the catalogue, and who is hidden."""

    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def of(self, name: str) -> Mapping[str, Any]:
        """The corrected fields of one document, empty for one that was left as it is."""
        return self.entries.get(name, {})

    def metadata(self, metadata: Metadata, name: str) -> Metadata:
        """The metadata of the document, corrected. Raises DocumentUnreadable for an entry that cannot be used."""
        entry = self.entries.get(name)
        return metadata if entry is None else applied(metadata, entry, file=CORRECTIONS, name=name)

    def corrected(self, name: str, given: Mapping[str, Any]) -> Corrections:
        """With these fields of one document corrected; None takes the correction of a field back."""
        entry = {key: value for key, value in {**self.of(name), **given}.items() if value is not None}
        entries = {**self.entries, name: entry}
        if not entry:
            del entries[name]
        return replace(self, entries=entries)

    def hiding(self, name: str) -> Corrections:
        """With this document hidden."""
        return replace(self, hidden=self.hidden | {name})

    def showing(self, name: str) -> Corrections:
        """With this document no longer hidden."""
        return replace(self, hidden=self.hidden - {name})

    def without(self, name: str) -> Corrections:
        """Without anything about this document."""
        entries = {other: entry for other, entry in self.entries.items() if other != name}
        return Corrections(entries, self.hidden - {name})


def read_corrections(folder: Path) -> Corrections:
    """Read what `write_corrections` wrote into this folder; nothing where there is none.

    Raises DocumentUnreadable when the file cannot be read.
    """
    path = folder / CORRECTIONS
    if not path.is_file():
        return Corrections()
    entries: dict[str, Any] = {}
    hidden = set()
    for name, entry in load(path).items():
        fields = dict(entry) if isinstance(entry, dict) else entry
        if isinstance(fields, dict) and fields.pop(_HIDDEN, False):
            hidden.add(name)
        if fields or not isinstance(fields, dict):
            entries[name] = fields
    return Corrections(entries, frozenset(hidden))


def write_corrections(folder: Path, corrections: Corrections) -> None:
    """Write into this folder, which is made if need be, in one step."""
    lines = [_FIRST_LINE]
    for name in sorted({*corrections.entries, *corrections.hidden}):
        lines.append(f"\n[{_quoted(name)}]\n")
        if name in corrections.hidden:
            lines.append(f"{_HIDDEN} = true\n")
        lines.extend(f"{key} = {_toml(value)}\n" for key, value in corrections.of(name).items())
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / CORRECTIONS, "".join(lines).encode())


def _toml(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(each) if isinstance(each, str) else str(each) for each in value)}]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'
