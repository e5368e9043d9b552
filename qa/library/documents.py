"""The library as its keeper sees it: bring documents in, take them out, list them, put right what was misread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qa.errors import DocumentUnknown
from qa.library.adding import Adding
from qa.library.candidates import candidates_in, named_files
from qa.library.correcting import checked_fields
from qa.library.holdings import files_of, is_users, taken_out
from qa.library.listing import listed_document
from qa.library.pace import Pace
from qa.library.reports import (
    AddReport,
    FileReport,
    ListedDocument,
    OnProgress,
    RemovedDocument,
    ShouldStop,
)
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from vectorstore.corrections import Corrections, write_corrections
from vectorstore.embeddings import Embedder
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.generation import PARSED, SUMMARIES, IndexDamaged, Manifest, generation_folder, read_manifest
from vectorstore.intake import changing, put_away
from vectorstore.library import LibraryFile
from vectorstore.parsed import ParsedCache
from vectorstore.records import read_records
from vectorstore.stages import WorkStopped, ignored
from vectorstore.summaries import Summary
from vectorstore.synchronisation import Synchronised, synchronise
from vectorstore.walk import DocumentWalk, default_walk


class Library:
    """The library and the index of one set of settings. Safe to use from several threads and processes: they take turns.

    `embedder` replaces the one of the settings (a page has one loaded already), `walk` the way from files to passages.
    Everything raises the expected errors of `qa.errors`.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        embedder: Embedder | None = None,
        walk: DocumentWalk | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.folders = self.settings.library_folders
        self._embedder = embedder
        self._walk = walk

    # --- bringing in -----------------------------------------------------------------------------------------

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        replace: bool = False,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> AddReport:
        """Copy files into the library (of folders all inside, of ZIP archives their members) and index them.

        Bad files are refused one by one. A content that is here already goes in no second time. With `replace` a
        newer version takes the place of the older ones, and a file that of the same name; without, both stay.
        Killed or stopped at any moment, every file is wholly in or wholly out; adding the same again completes it.
        """
        pace = Pace(on_progress, should_stop)
        reports: list[FileReport] = []
        try:
            with self._reading(pace) as walk:
                with changing(self.folders.changing), self._kept() as kept:
                    adding = Adding(
                        self.folders,
                        known=self._known(),
                        walk=walk,
                        kept=kept,
                        replacing=replace,
                        on_stage=pace.taking_in,
                    )
                    named = named_files(paths)
                    for done, (path, inside) in enumerate(named):
                        for candidate in candidates_in(path, inside, self.settings.file_limits):
                            reports.append(adding.take(candidate, done=done, total=len(named)))
                index = (
                    self._synchronised(walk, pace) if files_of(self.folders, known=self._known()) else None
                )
        except WorkStopped:
            return AddReport(tuple(reports), stopped=True)
        pace.finish()
        return AddReport(tuple(reports), index=index)

    def update(
        self, *, on_progress: OnProgress | None = None, should_stop: ShouldStop | None = None
    ) -> Synchronised:
        """Bring the index in step with the library, whatever was changed in it by hand. Raises WorkStopped."""
        pace = Pace(on_progress, should_stop)
        with self._reading(pace) as walk:
            return self._synchronised(walk, pace)

    def unpack(self, archives: Iterable[LibraryFile]) -> tuple[FileReport, ...]:
        """Put the members of archives that lie in the library itself beside them, each as `add` does; index nothing.

        An archive of which something went in is put into the trash: its members are the documents now. The folders of
        others, where nothing may change, are left alone.
        """
        reports: list[FileReport] = []
        with self._reading(Pace(None, None)) as walk, changing(self.folders.changing), self._kept() as kept:
            adding = Adding(
                self.folders,
                known=self._known(),
                walk=walk,
                kept=kept,
                replacing=False,
                on_stage=ignored,
            )
            for archive in archives:
                path = self.folders.path(archive)
                if not is_users(self.folders, archive) or not path.is_file():
                    continue
                candidates = candidates_in(path, Path(archive.file), self.settings.file_limits)
                taken = [adding.take(candidate, done=0, total=1) for candidate in candidates]
                reports.extend(taken)
                if any(report.status != "refused" for report in taken):
                    put_away(self.folders.changing, path)
        return tuple(reports)

    # --- taking out ------------------------------------------------------------------------------------------

    def remove(self, names: Iterable[str]) -> tuple[RemovedDocument, ...]:
        """Take documents out, by name or file. The user's files go into the folder `.trash`, others are hidden.

        Raises DocumentUnknown, before anything is changed, for a name that the library does not hold.
        """
        with changing(self.folders.changing):
            corrections = self.folders.corrections()
            entries = [self._entry(name) for name in dict.fromkeys(names)]
            removed = []
            for entry in entries:
                trash, corrections = taken_out(self.folders, entry, corrections)
                removed.append(RemovedDocument(entry.name, "deleted" if trash else "hidden", trash))
        if files_of(self.folders, known=self._known()):
            self.update()
        return tuple(removed)

    def restore(self, names: Iterable[str]) -> tuple[str, ...]:
        """Show hidden documents again. Raises DocumentUnknown for a name that is not hidden."""
        with changing(self.folders.changing):
            corrections = self.folders.corrections()
            wanted = tuple(dict.fromkeys(names))
            for name in wanted:
                if name not in corrections.hidden:
                    raise DocumentUnknown(
                        f"“{name}”不是隐藏的文件。",
                        f"隐藏的文件：{'、'.join(sorted(corrections.hidden)) or '无'}。",
                    )
                corrections = corrections.showing(name)
            write_corrections(self.folders.changing, corrections)
        self.update()
        return wanted

    # --- looking at, putting right ---------------------------------------------------------------------------

    def list(self) -> tuple[ListedDocument, ...]:
        """Every document of the library, as files stand now, with what the index knows of each; loads nothing large."""
        manifest, summaries = self._indexed()
        known = {entry.name: entry.sha256 for entry in manifest.files} if manifest else {}
        problems = {problem.file: problem for problem in manifest.problems} if manifest else {}
        corrections = self.folders.corrections()
        entries = files_of(self.folders, hidden=True, known=manifest.files if manifest else ())
        return tuple(
            listed_document(
                entry,
                is_indexed=known.get(entry.name) == entry.sha256,
                problem=problems.get(entry.file),
                summary=summaries.get(entry.name),
                corrections=corrections,
                is_packaged=not is_users(self.folders, entry),
            )
            for entry in entries
        )

    def path_of(self, name: str) -> Path:
        """Where the file of a document lies, for showing the original. Raises DocumentUnknown."""
        return self.folders.path(self._entry(name))

    def correct(  # noqa: PLR0913 - the fields of a document, all by name
        self,
        name: str,
        *,
        title: str | None = None,
        region: str | None = None,
        period: str | None = None,
        publisher: str | None = None,
        number: str | None = None,
        date: str | None = None,
        genre: str | None = None,
        reset: bool = False,
    ) -> ListedDocument:
        """Put right what was misread of a document; the correction stays when the file changes or is indexed anew.

        None leaves a field as it is, "" empties it. `period` is read as years (2021—2025年), `genre` is one or several
        of `vectorstore.genres.GENRES` (总结、计划), or "" to go by the title. With `reset` earlier corrections are
        dropped first. Raises DocumentUnknown and CorrectionInvalid.
        """
        given = checked_fields(
            {
                "title": title,
                "region": region,
                "period": period,
                "publisher": publisher,
                "number": number,
                "date": date,
                "genre": genre,
            }
        )
        with changing(self.folders.changing):
            entry = self._entry(name)
            corrections = self.folders.corrections()
            self._store_correction(entry, corrections, given, reset=reset)
        self.update()
        return next(document for document in self.list() if document.name == entry.name)

    # --- parts -----------------------------------------------------------------------------------------------

    def _store_correction(
        self, entry: LibraryFile, corrections: Corrections, given: Mapping[str, Any], *, reset: bool
    ) -> None:
        if reset and entry.name in corrections.entries:
            corrections = corrections.corrected(entry.name, dict.fromkeys(corrections.of(entry.name)))
        write_corrections(self.folders.changing, corrections.corrected(entry.name, given))

    def _entry(self, name: str) -> LibraryFile:
        entries = files_of(self.folders, known=self._known())
        found = next((entry for entry in entries if name in (entry.name, entry.file)), None)
        if found is None:
            raise DocumentUnknown(f"文件库里没有“{name}”。", "运行 qa list 查看全部文件的名称。")
        return found

    def _known(self) -> tuple[LibraryFile, ...]:
        manifest, _ = self._indexed()
        return manifest.files if manifest else ()

    def _indexed(self) -> tuple[Manifest | None, dict[str, Summary]]:
        index_dir = self.settings.index_folder
        try:
            manifest = read_manifest(index_dir)
            if manifest is None:
                return None, {}
            path = generation_folder(index_dir, manifest.generation) / SUMMARIES
            return manifest, {summary.name: summary for summary in read_records(path, Summary)}
        except (IndexDamaged, OSError, TypeError, KeyError, ValueError):
            # It will be built anew; until then nothing is known.
            return None, {}

    @contextmanager
    def _reading(self, pace: Pace) -> Iterator[DocumentWalk]:
        with IsolatedReader(self.settings.file_limits, on_page=pace.page) as reader:
            yield self._walk or default_walk(reader)

    @contextmanager
    def _kept(self) -> Iterator[ParsedCache]:
        self.settings.index_folder.mkdir(parents=True, exist_ok=True)
        with ParsedCache(self.settings.index_folder / PARSED) as kept:
            yield kept

    def _synchronised(self, walk: DocumentWalk, pace: Pace) -> Synchronised:
        self._embedder = self._embedder or choose_embedder(self.settings)
        return synchronise(
            library=self.folders,
            index_dir=self.settings.index_folder,
            embedder=self._embedder,
            chroma_url=self.settings.chroma_url,
            on_stage=pace.indexing,
            walk=walk,
        )
