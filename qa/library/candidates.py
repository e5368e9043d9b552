"""The files that a user names to be brought in: of folders all inside, of archives their members."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.archive import Member, Refused, members_of
from vectorstore.formats.kinds import shown
from vectorstore.formats.limits import Limits
from vectorstore.intake import safe_name
from vectorstore.reading import read_content

# What systems and editors leave in folders beside the documents.
_LEFT_BEHIND = (".", "~$", "Thumbs.db", "desktop.ini")
_CATALOGUES = ("catalogue.toml", "corrections.toml")


@dataclass(frozen=True)
class Candidate:
    """A file to bring in: `source` as it is told to the user, `file` where it would lie in the library.

    `content` reads it; it raises DocumentUnreadable for what cannot be taken, which may be known from the start.
    """

    source: str
    file: str
    content: Callable[[], bytes]


def named_files(paths: Iterable[Path | str]) -> list[tuple[Path, Path]]:
    """Every file that is named, with its path in the library: of folders all inside, below the folder's name."""
    found: list[tuple[Path, Path]] = []
    for path in map(Path, paths):
        if not path.is_dir():
            found.append((path, Path(path.name)))
            continue
        above = path.resolve().parent
        for parent, folders, files in os.walk(path.resolve()):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found.extend(
                (Path(parent, name), Path(parent, name).relative_to(above))
                for name in sorted(files)
                if not name.startswith(_LEFT_BEHIND) and name not in _CATALOGUES
            )
    return found


def candidates_in(path: Path, inside: Path, limits: Limits) -> Iterator[Candidate]:
    """The file at `path` as a candidate, of an archive its members, one in memory at a time."""
    source = shown(str(path))

    def content() -> bytes:
        return read_content(path, file=shown(path.name), limits=limits)

    try:
        file = "/".join(map(safe_name, inside.parts))
        if path.suffix.lower() == ".zip":
            folder = str(PurePosixPath(file).with_suffix(""))
            for member in members_of(content(), file=file, limits=limits):
                yield _of_member(member, source, folder)
            return
    except DocumentUnreadable as error:
        yield Candidate(source, "", _refusing(error))
        return
    yield Candidate(source, file, content)


def _of_member(member: Member | Refused, archive: str, folder: str) -> Candidate:
    source = f"{archive}/{member.name}"
    if isinstance(member, Refused):
        return Candidate(source, "", _refusing(DocumentUnreadable(member.message, member.hint)))
    return Candidate(source, f"{folder}/{member.name}", lambda: member.content)


def _refusing(error: DocumentUnreadable) -> Callable[[], bytes]:
    def content() -> bytes:
        raise error

    return content
