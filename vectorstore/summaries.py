"""What was understood of each document, for people: one small record a document, read without opening the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePosixPath

from vectorstore.documents import Document, Passage
from vectorstore.genres import Genre
from vectorstore.library import LibraryFile
from vectorstore.parsed import Parsed
from vectorstore.versions import Edition, versions_among

_STATED = {"title": "标题", "region": "地区", "period": "年份"}


@dataclass(frozen=True)
class Summary:
    """A document of the index: what it says about itself, how much it holds, what to be careful with.

    `format` is the file's ending without the dot. `version` is 新版 or 旧版 with its date where the library holds
    several versions. `unread` says what could not be read, `warnings` what else to look at, in Chinese sentences.
    `genres` are the kinds of paper that it is (规划, 计划, 总结, 政策).
    """

    name: str
    file: str
    format: str
    title: str
    region: str
    period: str
    publisher: str
    number: str
    date: str
    version: str
    sections: int
    tables: int
    passages: int
    unread: tuple[str, ...]
    warnings: tuple[str, ...]
    genres: tuple[Genre, ...] = ()


def summary_of(parsed: Parsed, *, version: str = "") -> Summary:
    """The summary of a document; `version` as the index has it."""
    document, passages = parsed.document, parsed.passages
    metadata = document.metadata
    return Summary(
        name=document.name,
        file=document.file,
        format=PurePosixPath(document.file).suffix.lower().removeprefix("."),
        title=metadata.title,
        region=metadata.region,
        period=metadata.period,
        publisher=metadata.publisher,
        number=metadata.number,
        date=metadata.date,
        version=version,
        sections=len({passage.section for passage in passages if passage.section}),
        tables=_tables(passages),
        passages=sum(passage.kind != "furniture" for passage in passages),
        unread=document.notes,
        warnings=_warnings(document, passages),
        genres=document.genres,
    )


def with_versions(parsed: Sequence[Parsed], files: Sequence[LibraryFile]) -> list[Document]:
    """The documents, those of which there are several versions marked as 新版 or 旧版, with their dates."""
    times = {entry.name: entry.mtime_ns for entry in files}
    editions = [
        Edition(each.document.name, each.document.metadata, each.signature, times[each.document.name])
        for each in parsed
    ]
    versions = versions_among(editions)
    documents = []
    for each in parsed:
        document, version = each.document, versions.get(each.document.name)
        if version is not None:
            name = "新版" if version.kind == "newer" else "旧版"
            date = document.metadata.date
            document = replace(document, version=f"{name}（{date}）" if date else name)
        documents.append(document)
    return documents


def summaries_of(parsed: Sequence[Parsed], documents: Sequence[Document]) -> list[Summary]:
    """The summaries of documents `with_versions`, in their order."""
    return [
        summary_of(each, version=document.version) for each, document in zip(parsed, documents, strict=True)
    ]


def _tables(passages: Sequence[Passage]) -> int:
    """Runs of rows under one caption."""
    runs = groupby(passages, lambda passage: (passage.kind == "row", passage.caption, passage.section))
    return sum(is_row for (is_row, _, _), _ in runs)


def _warnings(document: Document, passages: Sequence[Passage]) -> tuple[str, ...]:
    missing = [shown for field, shown in _STATED.items() if not getattr(document.metadata, field)]
    found = []
    if missing:
        found.append(f"没有读出{'、'.join(missing)}，可以用 qa correct 补上。")
    doubts = {
        (doubt.start, doubt.end)
        for passage in passages
        for doubt in passage.doubts
        if doubt.kind != "repetition"
    }
    if doubts:
        found.append(f"有 {len(doubts)} 处数字可疑或前后不一，可以用 qa check 查看。")
    return tuple(found)
