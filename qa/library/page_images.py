"""The picture of the page that a quotation stands on, from the library's own file."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from qa.settings import Settings
from vectorstore.documents import Document
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.formats.page_image import Marking
from vectorstore.library import list_library
from vectorstore.reading import read_content

# Pictures that are kept: a reader goes back and forth between a few quotations.
_KEPT = 24

_Key = tuple[str, int, int, int, int]


class PageImages:
    """Paints pages with the words of a quotation marked. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._painted: OrderedDict[_Key, bytes] = OrderedDict()

    def page_image(
        self, document: Document, start: int, end: int, *, page: int | None = None
    ) -> bytes | None:
        """A PNG of a page on which `document.text[start:end]` stands, those words marked as far as they are on it.

        By default that where it begins. None for documents without pages, for offsets outside of the text, for a page
        without any of these words and for a file that is no longer there.
        Raises DocumentUnreadable when the file cannot be read any more.
        """
        marking = marking_of(document, start, end, page=page)
        path = self._path(document) if marking else None
        if marking is None or path is None:
            return None
        key = (document.name, path.stat().st_mtime_ns, start, end, marking.page)
        with self._lock:
            if key in self._painted:
                self._painted.move_to_end(key)
                return self._painted[key]
        with IsolatedReader(self._settings.file_limits) as reader:
            content = read_content(path, file=document.file, limits=reader.limits)
            painted = reader.marked_page(content, marking, file=document.file)
        with self._lock:
            self._painted[key] = painted
            while len(self._painted) > _KEPT:
                self._painted.popitem(last=False)
        return painted

    def _path(self, document: Document) -> Path | None:
        folders = self._settings.library_folders
        found = [
            folder / document.file
            for folder in (folders.own, folders.added)
            if folder is not None and (folder / document.file).is_file()
        ]
        if len(found) < 2:
            return found[0] if found else None
        # The same path in both folders: only the library's list knows which of them has this name.
        entries = (entry for entry in list_library(folders) if entry.name == document.name)
        return next((folders.path(entry) for entry in entries), None)


def marking_of(document: Document, start: int, end: int, *, page: int | None = None) -> Marking | None:
    """What is to be marked on `page`, by default that where the span begins; None where the span is on no such page."""
    anchors = document.anchors
    if not anchors or not 0 <= start < end <= len(document.text):
        return None
    pieces = [
        (anchor.start, following.start if following else len(document.text), anchor.page)
        for anchor, following in zip(anchors, [*anchors[1:], None], strict=True)
    ]
    if page is None:
        page = next((number for first, last, number in pieces if first <= start < last), None)
    elif all(number != page or last <= start or end <= first for first, last, number in pieces):
        return None
    if page is None:
        return None
    text, begin, stop = "", None, 0
    for first, last, number in pieces:
        if number != page:
            continue
        inside = max(first, start), min(last, end)
        if inside[0] < inside[1]:
            begin = len(text) + inside[0] - first if begin is None else begin
            stop = len(text) + inside[1] - first
        text += document.text[first:last]
    return Marking(page, text, begin or 0, stop)
