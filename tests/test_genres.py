"""The kind of paper that a document is (规划, 计划, 总结, 政策), as its title or its headings say."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.documents import Document, Metadata
from vectorstore.genres import genres_of
from vectorstore.metadata import describe

HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize(
    ("title", "genres"),
    [
        ("青川县民政事业发展“十四五”规划", ("规划",)),
        ("某市民政事业发展规划2021—2025年", ("规划",)),
        ("某市养老服务和儿童福利规划", ("规划",)),
        ("2023年全州民政工作要点", ("计划",)),
        ("某市养老服务体系建设三年行动计划（2023—2025年）", ("计划",)),
        ("某区深化殡葬改革实施方案", ("计划",)),
        ("某局2022年工作总结和2023年工作计划", ("计划", "总结")),
        ("某区2023年工作情况及2024年工作打算", ("计划", "总结")),
        ("某市2023年民政事业发展统计公报", ("总结",)),
        ("关于提高2024年城乡低保标准的通知", ("政策",)),
        ("某区临时救助实施办法（试行）", ("政策",)),
        ("某县地名管理条例", ("政策",)),
    ],
)
def test_a_title_ends_with_what_the_paper_is(title: str, genres: tuple[str, ...]) -> None:
    assert genres_of(title, "") == genres


@pytest.mark.parametrize(
    "title",
    [
        "某市民政局关于印发《某市养老服务“十四五”规划》的通知",
        "某市人民政府办公室关于印发某市民政事业发展规划（2021—2025年）的通知",
        "關於印發《某市養老服務發展「十四五」規劃》的通知",
    ],
)
def test_a_notice_that_carries_another_paper_is_of_that_papers_kind(title: str) -> None:
    assert genres_of(title, "") == ("规划",)


def test_a_report_about_a_plan_is_no_plan() -> None:
    assert genres_of("“十三五”规划实施情况评估报告", "") == ("总结",)
    assert genres_of("养老服务规划解读", "") == ()


def test_headings_tell_where_the_title_does_not() -> None:
    text = "某局\n第一部分 2021年工作总结\n做了很多。\n第二部分 2022年工作计划\n要做很多。\n"
    assert genres_of("", text) == ("计划", "总结")


@pytest.mark.parametrize(
    "text",
    [
        "我们要做好工作总结。\n制定工作计划，落实责任。",
        "一、养老服务\n三、下一步工作打算\n",
        "2024年民政工作\n",
    ],
)
def test_what_neither_title_nor_headings_say_stays_open(text: str) -> None:
    assert genres_of("民政信息", text) == ()


def test_a_corrected_title_counts() -> None:
    assert Document("a", "a.txt", "正文", Metadata(title="某县民政工作要点")).genres == ("计划",)


@pytest.mark.parametrize(
    ("file", "genres"),
    [
        ("unseen/funan_summary.md", ("总结",)),
        ("unseen/linjiang_elderly_care.txt", ("规划",)),
        ("unseen/tuoketuo_points.txt", ("计划",)),
        ("unseen/xinjin_standards.txt", ("政策",)),
        ("staff/plans/shiquan_summary_plan.txt", ("计划", "总结")),
    ],
)
def test_whole_documents_are_told_apart(file: str, genres: tuple[str, ...]) -> None:
    text = (HERE / file).read_text(encoding="utf-8")
    assert Document("a", "a", text, describe(text, folder=None, name="a")).genres == genres
