"""Plans from other places, years and hands, read by the same rules as the seeds."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from plan_parts import PLAN_NAMES, assert_sound, every_document, expected, passage_with, plan

from vectorstore.documents import Document
from vectorstore.lines import lines_of
from vectorstore.passages import passages_of
from vectorstore.structure import blocks_of


@pytest.mark.parametrize("name", PLAN_NAMES)
def test_a_plan_says_of_itself_what_its_text_states(name: str) -> None:
    stated = asdict(plan(name).metadata)
    del stated["genres"]  # see test_genres.py
    stated["years"] = list(stated["years"])
    assert stated == expected(name)["metadata"]


@pytest.mark.parametrize("name", PLAN_NAMES)
def test_every_statement_stands_in_its_section_with_its_years(name: str) -> None:
    found = [passage for passage in passages_of(plan(name)) if passage.kind == "text"]
    for section in expected(name)["sections"]:
        for phrase in section["holds"]:
            passage = passage_with(found, phrase)
            assert passage.section == tuple(section["path"]), phrase
            if "years" in section:
                assert passage.years == tuple(section["years"]), phrase


@pytest.mark.parametrize("name", PLAN_NAMES)
def test_every_row_of_a_table_is_found_with_its_cells_in_place(name: str) -> None:
    document = plan(name)
    rows = [passage for passage in passages_of(document) if passage.kind == "row"]
    tables = expected(name).get("tables", [])
    wanted = [
        (
            table["caption"],
            tuple(table["section"]),
            tuple(table["years"]),
            tuple(zip(table["columns"], row, strict=True)),
        )
        for table in tables
        for row in table["rows"]
    ]
    assert [(row.caption, row.section, row.years, row.cells) for row in rows] == wanted


@pytest.mark.parametrize("name", PLAN_NAMES)
def test_page_furniture_is_kept_apart_and_nothing_else_is(name: str) -> None:
    furniture = [passage.text for passage in passages_of(plan(name)) if passage.kind == "furniture"]
    wanted = expected(name).get("furniture", {}).get("lines", [])
    unmet = [line for line in wanted if not any(text.startswith(line) for text in furniture)]
    contents = [text for text in furniture if "……" in text]
    assert not unmet
    assert len(furniture) <= len(wanted) + len(contents)


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.name)
def test_passages_are_exact_in_order_and_apart(document: Document) -> None:
    assert_sound(document)


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.name)
def test_every_line_but_titles_headings_and_table_headers_is_in_exactly_one_passage(
    document: Document,
) -> None:
    metadata = document.metadata
    blocks = blocks_of(document.text, title=metadata.title, years=metadata.years)
    headings = {block.start for block in blocks if block.is_heading}
    covered = [0] * (len(document.text) + 1)
    for passage in passages_of(document):
        for position in range(passage.start, passage.end):
            covered[position] += 1
    for line in lines_of(document.text):
        counts = {covered[p] for p in range(line.start, line.end) if not document.text[p].isspace()}
        if line.start in headings:
            assert counts == {0}, line.text
        else:
            # The title of a numbered paragraph is its section's label; what follows it is the passage.
            assert max(counts) == 1, line.text
            assert covered[line.start + len(line.text.rstrip("| ")) - 1] == 1, line.text


@pytest.mark.parametrize("document", every_document(), ids=lambda document: document.name)
def test_a_row_names_each_of_its_cells_and_cites_its_characters(document: Document) -> None:
    for block in blocks_of(document.text, years=document.metadata.years):
        if block.row is not None:
            for cell in block.row.cells:
                assert document.text[cell.start : cell.end].strip() == document.text[cell.start : cell.end]
                assert not cell.text or cell.end <= block.end
            assert block.start <= block.row.cells[-1].start
