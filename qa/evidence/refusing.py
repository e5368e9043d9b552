"""What a refusal says: what was searched, and the nearest thing found, without passing it off as the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source, unmarked
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.premises import stated_figures
from qa.evidence.relevance import Term, coverage, holds, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.evidence.wanted import attribute_of_subject
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from qa.understanding.attributes import asks_opinion
from qa.understanding.plainly import CHATTER
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years, years_in
from vectorstore.sentences import clause_spans

# How much of a question the nearest thing says in its own words; less is about something else.
_NEAR_ENOUGH = 0.55
# A statement that is found in another year says this much of the question.
_SAYS_IT, _FEW = 0.6, 6
_LONGEST_WORDS, _MOST_PLACES = 32, 3
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[章节条、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|[—-]+)\s*"
)
# A figure of something else than what is asked is named by nobody, however near.
_FIGURE = re.compile(r"[<>≥≤约近]?\d[\d,.]*(?:\s*[-—–~至]\s*\d[\d,.]*)?(?:余|多)?[万亿]*(?![\da-zA-Z])")
_MASK = "…"
_THANKS = re.compile("谢|辛苦")


def misplaced(solved: Solved) -> Solved | None:
    """Where a question states a figure of one year that the document gives for another one: that statement, corrected.

    None for other questions, and where something answers.
    """
    asked = solved.asked
    if solved.draft.claims or asked.elsewhere or not asked.years:
        return None
    stated = stated_figures(asked)
    for finding in solved.findings[:_FEW]:
        given = [figure for figure in figures_in(finding.text) if figure.is_amount]
        is_given = any(figure.agrees_with(other) for figure in stated for other in given)
        if is_given and not finding.right_year and finding.coverage >= _SAYS_IT:
            owner = owner_of(finding.passage)
            text = f"与原文不符，这是{describe_years(finding.years)}的。{owner}：{finding.text.rstrip(JOINING + ENDING)}。"
            source = Source(finding.passage, finding.start, finding.end)
            return replace(solved, draft=Draft((Claim(text, (source,)),), is_settled=True))
    return None


def refused(solved: Solved, solver: Solver) -> Solved:
    """A solution without claims, with the nearest thing found in its draft and first among its evidence."""
    asked = solved.asked
    if solved.draft.claims or asked.is_outside or asked.is_english or asks_opinion(asked.text):
        return solved
    finding = None if asked.elsewhere else _nearest(solved, solver)
    if finding is not None:
        told = replace(solved, draft=replace(solved.draft, nearest=_told(asked, finding, solver)))
        return solver.with_evidence(told, [finding.passage])
    places = _places_that_state_it(asked, solver)
    if not places:
        return solved
    return replace(
        solved, draft=replace(solved.draft, nearest=f"写有这项内容的是{'、'.join(places)}的文件。")
    )


def _nearest(solved: Solved, solver: Solver) -> Finding | None:
    """What says most of the question in its own words, when that is enough to be about the same thing."""
    terms = solver.vocabulary.terms_of(solved.asked)
    said = [(coverage(terms, plain(_shown(finding))), finding) for finding in solved.findings]
    near = [(share, finding) for share, finding in said if share >= _NEAR_ENOUGH]
    return max(near, key=lambda pair: (round(pair[0], 2), pair[1].score))[1] if near else None


def _told(asked: Question, finding: Finding, solver: Solver) -> str:
    terms = solver.vocabulary.terms_of(asked)
    document = solver.index.documents[finding.passage.document]
    section = _without_figures(_NUMBERING.sub("", _section_of(finding)), asked.text)
    # One document has just been named as what was searched.
    title = "" if len(asked.documents) == 1 else f"《{document.metadata.title or document.name}》"
    where = f"{title}“{section}”一节里的" if section else f"{title}里的" if title else ""
    words = _without_figures(_words(finding, terms), asked.text)
    return unmarked(f"最接近的是{where}“{words}”，{_why_not(asked, finding)}，不能当作答案。")


def _why_not(asked: Question, finding: Finding) -> str:
    """What keeps the nearest thing from being the answer."""
    attribute = attribute_of_subject(asked)
    if not finding.right_year and finding.years:
        wanted = describe_years(asked.years) or "已经完成的"
        return f"写的是{describe_years(finding.years)}，不是{wanted}"
    if attribute is not None:
        return f"没有写{attribute.name}"
    if asked.asks == "date":
        return "没有写时间"
    return "没有写所问的数" if asked.asks == "number" else "没有写所问的内容"


def _section_of(finding: Finding) -> str:
    heading = finding.passage.section[-1] if finding.passage.section else ""
    return re.split(r"[。，,：:]", heading)[0].strip()[:_LONGEST_WORDS]


def _shown(finding: Finding) -> str:
    """The text of a finding; of a row its name and the names of its columns as well."""
    columns = ";".join(column for column, _ in finding.passage.cells)
    return f"{finding.text};{columns}" if columns else finding.text


def _words(finding: Finding, terms: Sequence[Term]) -> str:
    """The clause of a finding that says most of the question; the name of a row, or the column that says more of it."""
    if finding.passage.cells:
        name = finding.passage.cells[0][1]
        columns = [column for column, _ in finding.passage.cells[1:]]
        best = max(columns, key=lambda column: coverage(terms, plain(column)), default="")
        return name if coverage(terms, plain(name)) >= coverage(terms, plain(best)) else f"{best}（{name}）"
    clauses = [finding.text[start:end] for start, end in clause_spans(finding.text, 0, len(finding.text))]
    best = max(clauses, key=lambda clause: coverage(terms, plain(clause)), default=finding.text)
    words = _NUMBERING.sub("", best.strip()).strip(JOINING + ENDING)
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}{_MASK}"


def _without_figures(words: str, question: str) -> str:
    """Words with every figure masked that neither is a year nor stands in the question."""
    held, text = folded(question), re.sub(r"[\s“”\"]+", "", words)

    def shown(match: re.Match[str]) -> str:
        is_year = text[match.end() :].startswith("年") and bool(years_in(f"{match.group(0)}年"))
        return match.group(0) if is_year or holds(held, match.group(0)) else _MASK

    return re.sub(f"{_MASK}+", _MASK, _FIGURE.sub(shown, text))


def _places_that_state_it(asked: Question, solver: Solver) -> list[str]:
    """Other places of the library whose documents answer the same question for a figure."""
    if asked.asks != "number" or not (asked.regions or asked.elsewhere) or not asked.content:
        return []
    anywhere = replace(asked, regions=(), documents=(), elsewhere=(), named=(), years=(), plan_years=())
    found = [
        finding.passage.region
        for finding in solver.solve(anywhere).answerable
        if finding.coverage >= _NEAR_ENOUGH and finding.passage.region not in asked.regions
    ]
    return [region for region in dict.fromkeys(found) if region][:_MOST_PLACES]


def not_found_text(question: Question, draft: Draft, index: PassageIndex) -> str:
    """What was searched and not found, and the nearest thing, so that the reader knows where to look next."""
    if CHATTER.fullmatch(folded(question.text)):
        polite = "不客气。" if _THANKS.search(question.text) else ""
        return f"{polite}请问文件里的内容，最好写明地区、年份和事项。"
    held = [
        f"{document.metadata.region}《{document.metadata.title or name}》"
        for name, document in index.documents.items()
        if not question.documents or name in question.documents
    ]
    shown = "、".join(held[:8]) + (f"等{len(held)}份文件" if len(held) > 8 else "")
    nearest = draft.nearest
    if question.elsewhere:
        return f"文件库里没有{'、'.join(question.elsewhere)}的文件，无法回答。现有文件：{shown}。{nearest}"
    if question.is_outside:
        return f"未找到：问题问的是{'、'.join(question.regions) or '别的文件'}，不在所选的文件里。所选文件：{shown}。"
    if asks_opinion(question.text):
        return f"未找到：文件里没有评价、预测或建议，只能回答文件写了什么。查过的文件：{shown}。"
    # What is one character long (个, 号) is left of a phrase, and names nothing by itself.
    named = [re.sub("占$", "占比", said) for said in question.content]
    subject = "、".join(dict.fromkeys([said for said in named if len(said) > 1] or named))[:40]
    years = describe_years(question.years)
    what = f"“{years}{subject}”" if subject or years else "这个问题的答案"
    return f"未找到：在{shown}中没有找到{what}的内容。{nearest or '可以换一种说法，或指明地区和年份再问。'}"
