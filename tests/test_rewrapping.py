"""Texts that were broken at a fixed width: their paragraphs are read as one line, and no other text is touched."""

from __future__ import annotations

import textwrap

import pytest
from plan_parts import SEEDS

from vectorstore.formats.reader import read_file

FIRST = "2023年3月至5月，县审计局对2022年度困难群众救助补助资金管理使用情况进行了审计，涉及资金1.46亿元，反映问题5个方面17个。"
SECOND = "截至2023年9月30日，已整改到位14个，正在整改3个；追回资金58.3万元，上缴财政结余资金213万元，整改率82.4%，追责问责11人。"


def _read(text: str) -> list[str]:
    return read_file(text.encode(), file="报告.txt").text.split("\n")


def _broken(*paragraphs: str, width: int = 30, indent: str = "　　") -> str:
    return "\n".join(
        textwrap.fill(paragraph, width, initial_indent=indent, break_on_hyphens=False)
        for paragraph in paragraphs
    )


@pytest.mark.parametrize("width", [24, 30, 36])
def test_the_lines_of_a_paragraph_broken_at_a_fixed_width_are_one_line_again(width: int) -> None:
    text = f"一、总体情况\n{_broken(FIRST, SECOND, width=width)}\n二、下一步工作\n"
    assert [line.strip() for line in _read(text)] == ["一、总体情况", FIRST, SECOND, "二、下一步工作", ""]


def test_a_numbered_section_begins_its_own_line_without_any_indentation() -> None:
    text = _broken(f"1.{FIRST}", f"2.{SECOND}", f"3.{FIRST}", indent="")
    assert _read(text)[:3] == [f"1.{FIRST}", f"2.{SECOND}", f"3.{FIRST}"]


def test_rows_of_a_table_stay_lines() -> None:
    rows = "| 项目 | 目标 |\n|---|---|\n| 床位 | 60 |\n"
    assert rows.strip() in "\n".join(_read(f"{_broken(FIRST, SECOND)}\n\n{rows}"))


def test_a_text_whose_lines_are_paragraphs_is_the_file_decoded_and_nothing_else() -> None:
    short = "建设一批为老服务综合体\n改造一批公办养老机构\n" * 8
    for text in (f"一、总体情况\r\n{FIRST}\r\n{FIRST}{SECOND}\r\n", short):
        assert read_file(text.encode(), file="报告.txt").text == text
    for seed in SEEDS.glob("*.txt"):
        assert read_file(seed.read_bytes(), file=seed.name).text == seed.read_bytes().decode()
