"""Bringing files into the library one by one: what is known already, what is a version of what, what is refused."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from qa.library.candidates import Candidate
from qa.library.holdings import files_of, taken_out
from qa.library.reports import FileReport, FileStatus
from vectorstore.corrections import write_corrections
from vectorstore.errors import DocumentUnreadable
from vectorstore.intake import moved_in, staged
from vectorstore.library import LibraryFile, LibraryFolders, described
from vectorstore.parsed import Keys, Parsed, ParsedCache, parse_file, parse_library
from vectorstore.stages import OnStage
from vectorstore.summaries import summary_of
from vectorstore.versions import Edition, is_newer, same_paper
from vectorstore.walk import DocumentWalk

_NUMBERED = re.compile(r"（\d+）$")


class Adding:
    """Takes candidates into the library's folder. Only for the holder of the right to change it.

    Each file goes in wholly or not at all; the index is not touched. Files that are as they were when they were
    `known` are not read again.
    """

    def __init__(
        self,
        folders: LibraryFolders,
        *,
        known: Sequence[LibraryFile],
        walk: DocumentWalk,
        kept: ParsedCache,
        replacing: bool,
        on_stage: OnStage,
    ) -> None:
        self._folders = folders
        self._walk = walk
        self._kept = kept
        self._replacing = replacing
        self._on_stage = on_stage
        self._entries = {entry.name: entry for entry in files_of(folders, hidden=True, known=known)}
        self._corrections = folders.corrections()
        shown = [entry for entry in self._entries.values() if entry.name not in self._corrections.hidden]
        parsed, _ = parse_library(folders, shown, walk=walk, kept=kept)
        self._editions = {each.document.name: self._edition(each) for each in parsed}

    def take(self, candidate: Candidate, *, done: int, total: int) -> FileReport:
        """Take one file in and tell what became of it."""
        try:
            self._on_stage("读取", candidate.source, done, total)
            content = candidate.content()
            digest = hashlib.sha256(content).hexdigest()
            known = next((entry for entry in self._entries.values() if entry.sha256 == digest), None)
            if known is not None:
                return self._take_known(candidate, known)
            self._on_stage("理解", candidate.source, done, total)
            return self._take_new(candidate, content)
        except DocumentUnreadable as error:
            return FileReport(candidate.source, "refused", reason=error.message, hint=error.hint)

    def _take_known(self, candidate: Candidate, known: LibraryFile) -> FileReport:
        """A content that is here already; with `replacing`, older versions that an interrupted run left give way."""
        stem, own = PurePosixPath(candidate.file).stem, PurePosixPath(known.file).stem
        status: FileStatus = "unchanged" if _NUMBERED.sub("", own) == stem or own == stem else "duplicate_of"
        if known.name in self._corrections.hidden:
            status = "restored"
            self._corrections = self._corrections.showing(known.name)
            write_corrections(self._folders.changing, self._corrections)
        replaced = []
        edition = self._editions.get(known.name)
        if self._replacing and edition is not None:
            older = [other for other in self._versions_of(edition) if is_newer(edition, other)]
            replaced = [self._take_out(other.name) for other in older]
        other = known.name if status == "duplicate_of" else ""
        return FileReport(candidate.source, status, known.name, other, tuple(replaced))

    def _take_new(self, candidate: Candidate, content: bytes) -> FileReport:
        folder = self._folders.changing
        file = self._free(candidate.file)
        draft = staged(folder, PurePosixPath(file).name, content)
        try:
            entry = self._described(draft, PurePosixPath(file).stem, file)
            parsed = parse_file(draft, entry, walk=self._walk, corrections=self._corrections)
            if all(passage.kind == "furniture" for passage in parsed.passages):
                shown = PurePosixPath(candidate.file).name
                raise DocumentUnreadable(f"文件“{shown}”里没有可以检索的正文。", "请确认文件打开后有正文。")
            edition = self._edition(parsed, entry)
            others = self._versions_of(edition)
            older = [other for other in others if is_newer(edition, other)]
            place = self._place_of(candidate.file, older, others) or entry
            moved_in(folder, draft, place.file)
        except BaseException:
            shutil.rmtree(draft.parent, ignore_errors=True)
            raise
        replaced = self._settle(self._described(folder / place.file, place.name, place.file), parsed, older)
        status: FileStatus = ("newer_version_of" if older else "older_version_of") if others else "added"
        related = [*older, *others]
        return FileReport(
            candidate.source,
            status,
            place.name,
            related[0].name if related else "",
            replaced,
            understood=summary_of(replace(parsed, document=replace(parsed.document, name=place.name))),
        )

    def _place_of(self, file: str, older: list[Edition], others: list[Edition]) -> LibraryFile | None:
        """The file whose place a new one takes: that of the same path, unless that is a newer version of it."""
        is_added = self._folders.added is not None
        namesake = next(
            (e for e in self._entries.values() if e.file == file and e.is_added == is_added), None
        )
        if not self._replacing or namesake is None:
            return None
        is_newer_one = namesake.name in {o.name for o in others} - {o.name for o in older}
        return None if is_newer_one else namesake

    def _settle(self, entry: LibraryFile, parsed: Parsed, older: list[Edition]) -> tuple[str, ...]:
        """Remember a file that has gone in, and take out what it replaces; returns the documents that gave way."""
        gone = [entry.name] if entry.name in self._entries else []
        if parsed.document.file == entry.file:
            self._kept.put(Keys(self._folders, self._walk, self._corrections).of(entry), parsed)
        self._entries[entry.name] = entry
        self._editions[entry.name] = self._edition(parsed, entry)
        if self._replacing:
            gone += [self._take_out(other.name) for other in older if other.name != entry.name]
        return tuple(gone)

    # --- the library as it stands ----------------------------------------------------------------------------

    def _versions_of(self, edition: Edition) -> list[Edition]:
        return [
            other
            for other in self._editions.values()
            if other.name != edition.name and same_paper(edition, other)
        ]

    def _edition(self, parsed: Parsed, entry: LibraryFile | None = None) -> Edition:
        entry = entry or self._entries[parsed.document.name]
        return Edition(entry.name, parsed.document.metadata, parsed.signature, entry.mtime_ns)

    def _free(self, file: str) -> str:
        """The path with a number behind the name where that is another document's already."""
        path = PurePosixPath(file)
        taken = {PurePosixPath(entry.file).stem for entry in self._entries.values()} | set(self._entries)
        number = 2
        while path.stem in taken or (self._folders.changing / path).exists():
            path = PurePosixPath(file).with_stem(f"{PurePosixPath(file).stem}（{number}）")
            number += 1
        return str(path)

    def _described(self, path: Path, name: str, file: str) -> LibraryFile:
        entry = described(path, name, file, is_added=self._folders.added is not None)
        if entry is None:
            raise DocumentUnreadable(
                f"文件“{file}”刚放进文件库就不见了。", "请检查是否有其他程序在清理该文件夹。"
            )
        return entry

    def _take_out(self, name: str) -> str:
        _, self._corrections = taken_out(self._folders, self._entries[name], self._corrections)
        self._editions.pop(name, None)
        if name not in self._corrections.hidden:
            del self._entries[name]
        return name
