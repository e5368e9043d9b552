"""Answers, evidence and documents as escaped HTML. Pure functions, no web framework.

Every string that comes from a document, a question, a model or a setting passes through `escape` here or
in `answer_text`; nothing else may put text into the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from page.answer_text import answer_html
from page.excerpts import excerpt_around
from qa.answer import Answer, Citation, Evidence
from vectorstore.documents import Document

_STATUS = {
    "answered": "已回答（依据已核对）",
    "partial": "部分回答（依据已核对）",
    "not_found": "未找到",
}
_PLACES = {"extractive": "原文摘录", "local": "本地模型", "remote": "远程模型"}

_SHOWN_AT_ONCE = 4
_LONGEST_QUESTION_WHOLE = 80
_REGIONS_SHOWN = 6


# --- head of the page --------------------------------------------------------------------------------


def header_html(documents: Mapping[str, Document], *, answers_with: str, model_note: str) -> str:
    """The page's title, what it does, who answers, and the buttons for the library, conversations and exports."""
    return (
        '<a class="skip" href="#question">跳到提问框</a>'
        '<header id="page-header"><h1>民政规划问答</h1>'
        '<nav class="tools" aria-label="工具">'
        f'<a class="open-document" href="library">文件库（{len(documents)}）</a>'
        '<a href="documents">文件管理</a>'
        '<button type="button" data-page="conversations">以前的对话<span id="kept-count"></span></button>'
        '<details class="menu"><summary>导出对话</summary><div>'
        '<button type="button" data-page="export-docx">Word 文件（.docx）</button>'
        '<button type="button" data-page="export-md">Markdown 文件（.md）</button>'
        '<button type="button" data-page="print">打印</button></div></details>'
        '<button type="button" id="theme">深色显示</button></nav>'
        f'<p class="page-facts"><span class="intro">{_loaded(documents)}每一处都能点回原文。</span>'
        f'<span class="badge">{escape(_PLACES.get(answers_with, answers_with))}</span> {escape(model_note)}</p></header>'
    )


def _loaded(documents: Mapping[str, Document]) -> str:
    """Whose documents are loaded, as many as are read at a glance."""
    regions = [r for r in dict.fromkeys(d.metadata.region for d in documents.values()) if r]
    if not regions:
        return "就规划、工作要点和总结提问，"
    named = "、".join(regions[:_REGIONS_SHOWN])
    more = f"等 {len(regions)} 个地区" if len(regions) > _REGIONS_SHOWN else ""
    return f"就{escape(named)}{more}的规划、要点和总结提问，"


def document_label(document: Document) -> str:
    """What readers call a document: its title, and its region where the title does not name it."""
    title = document.metadata.title or document.name
    region = document.metadata.region
    return title if not region or region in title else f"{title}（{region}）"


def document_address(name: str, start: int | None = None, end: int | None = None) -> str:
    """The escaped address of a document's full text, at the quotation where one is given."""
    query: dict[str, str | int] = {"name": name}
    if start is None or end is None:
        return escape(f"document?{urlencode(query)}")
    query |= {"start": start, "end": end}
    return escape(f"document?{urlencode(query)}#quotation")


# --- an answer ---------------------------------------------------------------------------------------


def question_html(question: str, understood: str = "", ground: str = "") -> str:
    """The visitor's question; what was searched for instead, where it was completed; and where, if not everywhere."""
    note = ""
    if understood and _bare(understood) != _bare(question):
        note = f'<p class="understood">按“{escape(understood)}”检索</p>'
    if ground:
        note += f'<p class="understood ground">只查所选范围：{escape(ground)}</p>'
    # A very long one scrolls inside; keyboards then need to get there.
    reach = ' tabindex="0"' if len(question) > _LONGEST_QUESTION_WHOLE else ""
    return f'<h2 class="question"{reach}>{escape(question)}</h2>{note}'


def answer_body_html(text: str, citations: Sequence[Citation] = (), *, turn: int) -> str:
    """The answer's text; markers of `citations` link to their cards, other numbers stay plain text."""
    known = {citation.number for citation in citations}
    used: set[int] = set()

    def marker(number: int) -> str | None:
        if number not in known:
            return None
        # Only the first marker of a number can be the one that its card leads back to.
        anchor = "" if number in used else f' id="{_marker_id(turn, number)}"'
        used.add(number)
        return (
            f'<a class="marker"{anchor} href="#{card_id(turn, number)}"'
            f' aria-label="依据 {number}">[{number}]</a>'
        )

    return f'<div class="answer-text">{answer_html(text, marker)}</div>'


def status_html(answer: Answer) -> str:
    """Whether it was answered, by whom and in how many seconds."""
    by = "原文摘录" if answer.answered_by == "extractive" else f"{answer.answered_by} 作答"
    seconds = answer.timings.get("total")
    took = "" if seconds is None else f"<span>用时 {seconds:.{1 if seconds >= 1 else 2}f} 秒</span>"
    return (
        f'<p class="status"><span class="badge status-{answer.status}">{_STATUS[answer.status]}</span>'
        f"<span>{escape(by)}</span>{took}</p>"
    )


def warnings_html(warnings: Iterable[str]) -> str:
    """What the reader has to know before using the answer; empty without warnings."""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    return f'<div class="notice" role="note"><strong>请留意</strong><ul>{items}</ul></div>' if items else ""


def notice_html(message: str, hint: str = "") -> str:
    """A problem in the conversation: what happened and what to do."""
    more = f"<p>{escape(hint)}</p>" if hint else ""
    return f'<div class="notice problem" role="alert"><p><strong>{escape(message)}</strong></p>{more}</div>'


def _bare(text: str) -> str:
    """A question without white space, widths of signs and its last mark: they are not worth a note."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("?。.")


# --- evidence ----------------------------------------------------------------------------------------


def card_id(turn: int, number: int) -> str:
    """The element id of a citation's card."""
    return f"turn-{turn}-source-{number}"


def _marker_id(turn: int, number: int) -> str:
    return f"turn-{turn}-marker-{number}"


def citations_html(answer: Answer, documents: Mapping[str, Document], *, turn: int) -> str:
    """One card for each citation, then the other retrieved passages, collapsed."""
    cards = "".join(
        _citation_html(citation, answer.evidence, documents, turn=turn) for citation in answer.citations
    )
    others = [
        evidence
        for evidence in answer.evidence
        if not any(_overlaps(evidence, citation) for citation in answer.citations)
    ]
    heading = f"<h3>依据（{len(answer.citations)}）</h3>" if cards else ""
    return heading + cards + _others_html(others)


def found_html(evidence: Sequence[Evidence]) -> str:
    """What was retrieved, while the answer is still being written."""
    if not evidence:
        return ""
    heading = f"<h3>找到 {len(evidence)} 段相关原文</h3>"
    first = "".join(passage_html(passage) for passage in evidence[:_SHOWN_AT_ONCE])
    return heading + first + _others_html(evidence[_SHOWN_AT_ONCE:])


def passage_html(passage: Evidence) -> str:
    """A retrieved passage that no claim of the answer cites."""
    facts = _facts_html(passage.region, passage.period, labels=passage.labels)
    return (
        f'<article class="card passage"><h4>{escape(passage.title)}</h4>{facts}{_section_html(passage.section)}'
        f'<blockquote class="excerpt">{_lines_html(passage.text)}</blockquote>'
        f"{_open_html(passage.document, passage.start, passage.end)}</article>"
    )


def _others_html(others: Sequence[Evidence]) -> str:
    if not others:
        return ""
    passages = "".join(passage_html(passage) for passage in others)
    return f'<details class="others"><summary>其他相关段落（{len(others)}）</summary>{passages}</details>'


def _citation_html(
    citation: Citation, evidence: Sequence[Evidence], documents: Mapping[str, Document], *, turn: int
) -> str:
    document = documents.get(citation.document)
    number = citation.number
    # The passage knows its own place and year better than a document that speaks about several.
    passage = next((item for item in evidence if _overlaps(item, citation)), None)
    facts = ""
    if document is not None:
        metadata = document.metadata
        region, period = (passage.region, passage.period) if passage else (metadata.region, metadata.period)
        where = (metadata.number, metadata.date, citation.location)
        facts = _facts_html(region, period, *where, labels=citation.labels)
    return (
        f'<article class="card" id="{card_id(turn, number)}" tabindex="-1">'
        f'<h4><a class="card-number" href="#{_marker_id(turn, number)}" aria-label="回到回答中的 {number}">'
        f"[{number}]</a> {escape(citation.title)}</h4>{facts}{_section_html(citation.section)}"
        f'<blockquote class="excerpt">{_highlighted_html(citation, document)}</blockquote>'
        f"{_open_html(citation.document, citation.start, citation.end)}</article>"
    )


def _highlighted_html(citation: Citation, document: Document | None) -> str:
    """The cited words marked in their surroundings; alone if the document has left the library meanwhile."""
    if document is None or document.text[citation.start : citation.end] != citation.quote:
        return f"<mark>{_lines_html(citation.quote)}</mark>"
    around = excerpt_around(document.text, citation.start, citation.end)
    between = '<span class="cell-end"></span>' if around.is_cells else "<br>"
    before = ("…" if around.opens_mid_sentence else "") + _lines_html(around.before, between)
    after = _lines_html(around.after, between) + ("…" if around.closes_mid_sentence else "")
    return f"{before}<mark>{_lines_html(around.quote, between)}</mark>{after}"


def _facts_html(region: str, period: str, *others: str, labels: Sequence[str] = ()) -> str:
    """Whose and of which years it is, then what it states; a label that names the years says them once."""
    dated = any(period and label.startswith(period) for label in labels)
    facts = (region, "" if dated else period, *others)
    known = " · ".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    stated = "".join(f' <span class="label">{escape(label)}</span>' for label in labels)
    return f'<p class="facts">{known}{stated}</p>' if known or stated else ""


def _section_html(section: Sequence[str]) -> str:
    return f'<p class="section">{escape(" › ".join(section))}</p>' if section else ""


def _open_html(name: str, start: int, end: int) -> str:
    return f'<p><a class="open-document" href="{document_address(name, start, end)}">查看全文</a></p>'


def _lines_html(text: str, between: str = "<br>") -> str:
    """Lines as in the text; the white space around their ends takes no room."""
    return re.sub(r"[^\S\n]*\n\s*", between, escape(text))


def _overlaps(evidence: Evidence, citation: Citation) -> bool:
    same = evidence.document == citation.document
    return same and evidence.start < citation.end and citation.start < evidence.end
