"""What the library holds as pages of their own: its documents by region, and the indicators of one document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from page.full_text import paper_page
from page.rendering import document_address, document_label
from qa.tables.indicators import Indicator, IndicatorTable

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from vectorstore.documents import Document

_NO_REGION = "未写明地区"


def library_page(assistant: Assistant) -> str:
    """Every document under its region, with its years and number, its full text and its indicators."""
    documents = assistant.documents
    regions: dict[str, list[Document]] = {}
    for document in documents.values():
        regions.setdefault(document.metadata.region or _NO_REGION, []).append(document)
    groups = "".join(
        f"<section><h2>{escape(region)}</h2>"
        f'<ul class="holdings">{"".join(_entry(document, assistant) for document in held)}</ul></section>'
        for region, held in regions.items()
    )
    return paper_page(f"文件库（{len(documents)} 份文件）", groups or "<p>文件库里还没有文件。</p>")


def indicators_page(assistant: Assistant, name: str) -> str:
    """The tables of figures of a document; a click on a column's head sorts by it. Raises QuestionUnusable."""
    tables = assistant.indicators(name)
    label = document_label(assistant.documents[name])
    shown = "".join(_table(table) for table in tables)
    return paper_page(f"指标：{label}", shown or "<p>这份文件里没有带数字的表格。</p>")


def indicators_address(name: str) -> str:
    """The escaped address of a document's indicators."""
    return escape(f"indicators?{urlencode({'name': name})}")


def _entry(document: Document, assistant: Assistant) -> str:
    metadata = document.metadata
    facts = " · ".join(
        fact for fact in (metadata.period, *document.genres, metadata.number, metadata.date) if fact
    )
    links = f'<a class="open-document" href="{document_address(document.name)}">查看全文</a>'
    if assistant.indicators(document.name):
        links += f'<a class="open-document" href="{indicators_address(document.name)}">指标表</a>'
    return (
        f'<li><strong>{escape(metadata.title or document.name)}</strong><span class="facts">{escape(facts)}</span>'
        f'<span class="links">{links}</span></li>'
    )


def _table(table: IndicatorTable) -> str:
    heads = ["指标", "单位", *table.columns, "属性"]
    kept = [any(cells) for cells in zip(*(_cells(row) for row in table.rows), strict=True)]
    head = "".join(_head(title) for title, keep in zip(heads, kept, strict=True) if keep)
    body = "".join(f"<tr>{_row(row, table.document, kept)}</tr>" for row in table.rows)
    return (
        f"<section><h2>{escape(table.caption or '表格')}</h2>"
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(table.caption or "表格")}">'
        f'<table class="sortable"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>'
    )


def _head(title: str) -> str:
    return f'<th scope="col" aria-sort="none"><button type="button" data-action="sort">{escape(title)}</button></th>'


def _cells(row: Indicator) -> tuple[str, ...]:
    return (row.name, row.unit, *row.values, row.kind)


def _row(row: Indicator, document: str, kept: Sequence[bool]) -> str:
    link = f'<a class="open-document" href="{document_address(document, row.start, row.end)}">{escape(row.name)}</a>'
    figures = [
        f'<td class="figure" data-amount="{"" if amount is None else amount}">{escape(value)}</td>'
        for value, amount in zip(row.values, row.amounts, strict=True)
    ]
    cells = [
        f'<th scope="row">{link}</th>',
        f"<td>{escape(row.unit)}</td>",
        *figures,
        f"<td>{escape(row.kind)}</td>",
    ]
    return "".join(cell for cell, keep in zip(cells, kept, strict=True) if keep)
