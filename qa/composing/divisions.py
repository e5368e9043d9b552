"""The divisions of a place, asked for in any words (下面都管哪些县市区): the sentence that names them, or the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.places import bare_name
from vectorstore.sentences import clause_spans

_COUNTIES = "县市区|市县区|县区市|区县市|区县|县区|市县|县市|市区|旗县|县|区"
_TOWNS = "乡镇街道|街道乡镇|镇街|街镇|乡镇|镇乡|乡|镇|街道"
# All that such a question says, its place taken out.
_ASKED = re.compile(
    r"(?:全?[市县区州省])?(?:下面|底下|下边|境内|辖区|里头?)?(?:现在|目前|一共|总共|都|共)*(?:的)?(?:管辖|下辖|辖|管着?|分成?|包括|包含|有|是)*(?:了)?"
    rf"(?:哪些个?|哪几个|几个|什么|啥|多少个?)(?P<kind>{_COUNTIES}|{_TOWNS})(?:都?(?:有|是|叫)(?:哪些|什么|啥))?"
    r"[,。?!呢啊呀]*(?:请|帮我|给我|麻烦)?(?:列|说|讲|报|数|写)?(?:出来|一?下|一列|全|名字)?[,。?!呢啊]*"
)
_NAMES_WANTED = re.compile("哪|什么|啥")
_NAME = re.compile(r"[\u4e00-\u9fff]{1,12}?(?:自治县|县|区|市|旗|乡|镇|街道)")
_RULES = re.compile("辖|代管")
_FEWEST = 2
# Whose column names a table's rows after places.
_OF_PLACES = re.compile("地区|县|区|市|乡镇|镇|街道|行政区划")
_SUMS = re.compile("合计|总计|小计|全[市县区州省]|本级")


def divided(asked: Question, solver: Solver) -> Solved | None:
    """The sentence of the one paper asked about that names the divisions of its place, else the places of a table's rows.

    Without claims where their names are asked for and nothing names two of them; None for other questions.
    """
    found = _ASKED.fullmatch(_without_place(asked))
    if found is None or len(asked.documents) != 1 or asked.confirms:
        return None
    kinds = _kinds_of(found["kind"])
    claims = _in_a_sentence(kinds, asked, solver) or _in_a_table(kinds, asked, solver)
    if not claims and not _NAMES_WANTED.search(asked.text):
        return None
    if not claims:
        # What only mentions a town names none of the towns.
        return Solved(asked, (), Draft(()), ())
    solved = Solved(asked, (), Draft(tuple(claims), is_settled=True), ())
    return solver.with_evidence(solved, [claims[-1].sources[0].passage])


def _kinds_of(asked: str) -> tuple[str, ...]:
    """The endings of the names asked for; 县区 stands for whatever divisions of that rank there are."""
    if asked in _TOWNS.split("|"):
        return ("乡", "镇", "街道") if len(asked) > 1 and asked != "街道" else (asked,)
    return ("县", "区", "市", "旗") if len(asked) > 1 else (asked,)


def _without_place(asked: Question) -> str:
    text = folded(asked.text)
    for region in asked.regions:
        for name in (region, bare_name(region)):
            text = text.replace(folded(name), "", 1)
    return text


def _in_a_sentence(kinds: tuple[str, ...], asked: Question, solver: Solver) -> list[Claim]:
    """The clauses from 辖 on that name divisions of such a kind."""
    name = asked.documents[0]
    text = solver.index.documents[name].text
    for passage in solver.index.of_document(name):
        for source in () if passage.cells else sentences_of(passage, text):
            clauses = [
                (start, stop)
                for start, stop in clause_spans(text, source.start, source.end)
                if _RULES.search(text[start:stop]) and _names_such(text[start:stop], kinds)
            ]
            said = "".join(text[start:stop] for start, stop in clauses)
            if clauses and len(_named(said, kinds)) >= _FEWEST:
                span = Source(passage, clauses[0][0], clauses[-1][1])
                quoted = text[span.start : span.end].rstrip(JOINING + ENDING)
                return [Claim(f"{owner_of(passage)}：{quoted}。", (span,))]
    return []


def _named(said: str, kinds: tuple[str, ...]) -> list[str]:
    said = re.sub("^.*?(?:下辖|管辖|辖|代管)", "", said)
    pieces = re.split("[、,，和]|代管|县级", said)
    return [piece for piece in pieces if _NAME.match(piece) and piece.rstrip("。;；").endswith(kinds)]


def _names_such(said: str, kinds: tuple[str, ...]) -> bool:
    return bool(_named(said, kinds))


def _in_a_table(kinds: tuple[str, ...], asked: Question, solver: Solver) -> list[Claim]:
    """The names of the rows of the first table whose rows are called after places."""
    for rows in _tables(asked.documents[0], solver):
        named = [(value, source) for value, source in rows if value.endswith(kinds)]
        if len(named) >= _FEWEST and len(named) == len(rows):
            owner = owner_of(named[0][1].passage)
            head = Claim(f"{owner}：文中没有专门写明，表格按以下{len(named)}个地方列出：")
            return [head, *(Claim(f"- {value}", (source,)) for value, source in named)]
    return []


def _tables(name: str, solver: Solver) -> Iterator[list[tuple[str, Source]]]:
    """The names of the rows of each table of places, sums left out."""
    rows: list[tuple[str, Source]] = []
    caption = None
    for passage in solver.index.of_document(name):
        if not passage.cells:
            continue
        column, value = passage.cells[0]
        if rows and passage.caption != caption:
            yield rows
            rows = []
        caption = passage.caption
        if _OF_PLACES.search(column) and value and not _SUMS.search(value):
            rows.append((value.strip(), Source(passage, passage.start, passage.end)))
    if rows:
        yield rows
