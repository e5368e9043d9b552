"""How much one file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What reading one file may take; whoever configures this program can raise each.

    `file_megabytes` is the file as it lies on disk, `unpacked_megabytes` and `ratio` (unpacked to packed) what is
    inside an archive or an Office file, which are archives too; `characters` the text that comes out; `cells` those of
    all sheets together. `archive_depth` 1 means that an archive inside an archive is not opened. `seconds` are wall
    time, `memory_megabytes` the address space of the process that reads.
    """

    file_megabytes: int = 100
    unpacked_megabytes: int = 500
    ratio: int = 200
    archive_files: int = 2_000
    archive_depth: int = 2
    pages: int = 2_000
    cells: int = 2_000_000
    characters: int = 20_000_000
    seconds: int = 120
    memory_megabytes: int = 2_048
