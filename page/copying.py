"""An answer as it is taken along: its text and its sources, for a document (HTML) and for plain text.

Tables become cells in both: HTML tables for word processors, tab-separated lines for everything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from page.answer_text import answer_html, plain_text, table_html, tables_in
from qa.answer import Answer, Citation
from qa.export.sources import source_of

# At the start of a line or cell; not the signs of a list, of a table's rule, of an empty cell or of a figure.
_FORMULA = re.compile(r"((?:^|\|)[ \t]*(?:\*\*)?)([=@]|[+-](?![-:\d.|\s]))", re.MULTILINE)


def copy_html(answer: Answer) -> str:
    """The buttons below an answer that cites something: copy it with its sources, copy its tables."""
    if not answer.citations:
        return ""
    notes = [footnote(citation) for citation in answer.citations]
    cautions = [f"请留意：{warning}" for warning in answer.warnings]
    said = _without_formulas(answer.text)
    text = "\n".join([plain_text(said), "", *cautions, *notes])
    below = "".join(f"<p>{escape(line)}</p>" for line in (*cautions, *notes))
    buttons = _button("复制（含出处）", text, answer_html(said, lambda _: None) + below)
    tables = tables_in(said)
    if tables:
        buttons += _button(
            "复制表格", "\n\n".join(map(_lines_of, tables)), "<br>".join(map(table_html, tables))
        )
    return buttons


def footnote(citation: Citation) -> str:
    """`[1] 《文件名》（文号），章节，第3页`; what the document does not state is left out."""
    return f"[{citation.number}] {source_of(citation)}"


def _button(label: str, text: str, html: str) -> str:
    # Only ever put on the clipboard by the script, never into the page.
    return f'<button type="button" class="copy" data-text="{escape(text)}" data-html="{escape(html)}">{label}</button>'


def _lines_of(table: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in table)


def _without_formulas(text: str) -> str:
    """A spreadsheet would compute a cell or line that begins like a formula; what documents say is never one."""
    return _FORMULA.sub(r"\1'\2", text)
