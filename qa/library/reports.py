"""What is told about bringing documents in: progress while it goes on, and a report of every file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from vectorstore.stages import Stage
from vectorstore.summaries import Summary
from vectorstore.synchronisation import Synchronised

FileStatus = Literal[
    "added", "unchanged", "duplicate_of", "newer_version_of", "older_version_of", "restored", "refused"
]
DocumentState = Literal["ready", "waiting", "unreadable", "hidden"]
RemovedHow = Literal["deleted", "hidden"]

STATUS_NAMES: dict[FileStatus, str] = {
    "added": "已加入",
    "unchanged": "没有变化",
    "duplicate_of": "内容相同，未重复加入",
    "newer_version_of": "已加入，是较新的版本",
    "older_version_of": "已加入，是较旧的版本",
    "restored": "已恢复",
    "refused": "未收入",
}


@dataclass(frozen=True)
class Progress:
    """How far the work is: `file` is "" where the stage is not about a single one.

    `percent` of the whole work, 0 to 100, never falling. `seconds_left` is an estimate, None while there is none.
    `page` of `pages` of the file are read; both are 0 for files without pages.
    """

    stage: Stage
    file: str
    percent: float
    seconds_left: float | None
    page: int = 0
    pages: int = 0


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    `source` is the path as given, for a member of an archive followed by its path inside. `name` is the document's
    name in the library, "" for one that did not go in. `other` is the document that it repeats or is a version of;
    `replaced` are the documents whose place it took. `reason` and `hint` say why it was refused and what to do.
    `understood` is None for what was refused or not read again.
    """

    source: str
    status: FileStatus
    name: str = ""
    other: str = ""
    replaced: tuple[str, ...] = ()
    reason: str = ""
    hint: str = ""
    understood: Summary | None = None


@dataclass(frozen=True)
class AddReport:
    """What became of all files. `stopped`: the work was asked to stop; adding the same again goes on from there.

    `index` is None where the index was not brought up to date.
    """

    files: tuple[FileReport, ...]
    stopped: bool = False
    index: Synchronised | None = None

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """The files that did not go in for a reason of their own."""
        return tuple(file for file in self.files if file.status == "refused")


@dataclass(frozen=True)
class ListedDocument:
    """A document of the library: `ready` to be answered from, `waiting` to be indexed, `unreadable`, or `hidden`.

    `is_packaged` tells that its file is not the user's to delete. `corrected` names the fields that the user
    corrected. `understood` is what the index knows of it; `reason` and `hint` say why it is unreadable.
    """

    name: str
    file: str
    state: DocumentState
    is_packaged: bool
    size: int
    corrected: tuple[str, ...] = ()
    understood: Summary | None = None
    reason: str = ""
    hint: str = ""


@dataclass(frozen=True)
class RemovedDocument:
    """A document that was taken out: its file `deleted` (moved to `trash`), or only `hidden`."""

    name: str
    how: RemovedHow
    trash: str = ""
