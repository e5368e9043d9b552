"""What `qa check` tells: every place of the library's documents that a careful reader would doubt.

Read from the library itself, without index or model.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from qa.settings import Settings
from vectorstore.documents import Document
from vectorstore.doubts import doubts_in, each_once
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.library import list_library
from vectorstore.structure import Block, blocks_of_document
from vectorstore.walk import default_walk, read_library

KINDS = {"damaged": "疑似有误", "contradiction": "前后不一", "repetition": "前后重复"}
_LONGEST_SHOWN = 120


def check_library(settings: Settings | None = None) -> dict[str, Any]:
    """The findings of every document of the library as JSON-ready values.

    `start` and `end` count characters of the document's text, `quote` is that text as written, `row` the table
    row that it stands in. A pair of places that disagree is one finding, the second one its `counterpart`.
    Raises LibraryMissing and SettingsInvalid.
    """
    settings = settings or Settings()
    folders = settings.library_folders
    with IsolatedReader(settings.file_limits) as reader:
        documents, problems = read_library(folders, list_library(folders), read=default_walk(reader).read)
    return {
        "documents": [check_document(document) for document in documents],
        "problems": [f"{problem.message}{problem.hint}" for problem in problems],
    }


def check_document(document: Document) -> dict[str, Any]:
    """The findings of one document, in the order of its text."""
    blocks = blocks_of_document(document)
    findings = [
        {"kind": doubt.kind, **_place(document, blocks, doubt.start, doubt.end), "reason": doubt.message}
        | {"counterpart": _place(document, blocks, *doubt.counterpart) if doubt.counterpart else None}
        for doubt in each_once(doubts_in(document, blocks))
    ]
    return {"document": document.name, "title": document.metadata.title, "findings": findings}


def _place(document: Document, blocks: Sequence[Block], start: int, end: int) -> dict[str, Any]:
    block = blocks[max(0, bisect_right(blocks, start, key=lambda block: block.start) - 1)]
    cells = block.row.named_cells(document.text) if block.row else ()
    return {
        "section": list(block.section),
        "start": start,
        "end": end,
        "quote": document.text[start:end],
        "row": " | ".join(cell for _, cell in cells),
    }


# --- for people ----------------------------------------------------------------------------------------------


def readable_check(checked: dict[str, Any]) -> str:
    """The same for people."""
    lines: list[str] = []
    total = 0
    for document in checked["documents"]:
        findings = document["findings"]
        total += len(findings)
        name = (
            f"《{document['title']}》（{document['document']}）"
            if document["title"]
            else document["document"]
        )
        lines.append(f"{name}：{f'{len(findings)}处' if findings else '没有发现疑点'}")
        for number, finding in enumerate(findings, start=1):
            lines.extend(_finding_lines(number, finding))
        lines.append("")
    lines.append(
        f"共{len(checked['documents'])}份文件，{total}处疑点。规则只提示可疑之处，是否有误请核对原件。"
    )
    return "\n".join(lines)


def _finding_lines(number: int, finding: dict[str, Any]) -> list[str]:
    lines = [
        f"{number:>3}. [{KINDS[finding['kind']]}] {_where(finding)}",
        f"     原文：{_shown(finding)}",
        f"     原因：{finding['reason']}",
    ]
    if finding["counterpart"]:
        other = finding["counterpart"]
        lines.append(f"     另一处：{_shown(other)}（{_where(other)}）")
    return lines


def _where(place: dict[str, Any]) -> str:
    section = " > ".join(place["section"])
    return f"{section} 第{place['start']}字" if section else f"第{place['start']}字"


def _shown(place: dict[str, Any]) -> str:
    """The words as written, on one line; a cell with its row."""
    line = place["row"] or " ".join(place["quote"].split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}……"
