"""Whole papers and single fields in everyday words: the tasks and not the chapters, what is wrong in one field, divisions."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_parts import HashEmbedder

from qa.composing.composition import solve
from qa.evidence.solving import Solver
from qa.understanding.plainly import question_itself
from qa.understanding.question import understand
from vectorstore.folding import folded
from vectorstore.index import open_index, synchronise

_PLAN = """桃江县养老服务体系建设“十四五”规划

规划期为2021年至2025年。

一、发展基础
（一）“十三五”时期取得的成效
1.机构床位增加。2020年底全县有养老机构31家，床位2860张。
2.补贴按时发放。全年发放高龄津贴612万元。
（二）存在的问题
一是护理力量不足。全县护理员仅96人，平均年龄53岁。二是农村设施落后，敬老院入住率只有39%。

二、主要任务
（一）健全基本养老服务制度
2022年底前发布基本养老服务清单。
（二）做实居家社区养老服务
建设老年食堂26个。
（三）补齐农村养老服务短板
改造敬老院9所。

三、保障措施
（一）加强组织领导。建立联席会议制度。
（二）加大资金投入。每年安排资金300万元。
"""
_SUMMARY = """宁远县民政局2023年工作总结和2024年工作计划

第一部分 2023年工作总结
一、兜牢底线，救助网络更加严密
（一）提高标准。城市低保标准提高到每人每月702元。
（二）主动发现。新增低保对象318户。
二、聚焦“一老一小”，福利服务更加优质
（一）养老服务扩容。新增床位140张。建成幸福食堂12个。
（二）儿童关爱有力。全县孤儿41人。
三、存在问题
一是养老护理员不足，全县仅63人；二是散埋乱葬尚未根治，火化率只有58%。

第二部分 2024年工作计划
一、织密救助网。城市低保标准提高到每人每月735元。
二、做优养老服务。新建幸福食堂9个。

附：指标完成情况表
| 指标 | 2023年 | 2024年计划 |
|---|---|---|
| 幸福食堂 | 12 | 21 |
"""
_BULLETIN = """铜陵市2023年民政事业发展统计公报

一、综合
截至2023年底，全市辖东城区、西城区、安平县，代管县级云溪市，共有乡镇43个。

二、社会工作和养老服务
（一）提供住宿的服务
全市共有养老机构52家，床位7310张，其中护理型床位4020张。儿童福利机构1家，床位60张。
（二）不提供住宿的服务
全市60周岁及以上老年人口38.4万人，占户籍人口的24.1%。建成老年助餐点117个。
（三）儿童福利
全市共有孤儿143人。
（四）社会工作
持证社会工作者806人。
"""


@pytest.fixture(scope="module")
def solver(tmp_path_factory: pytest.TempPathFactory) -> Solver:
    folder: Path = tmp_path_factory.mktemp("whole-papers")
    (folder / "library").mkdir()
    papers = {
        "桃江县养老服务体系建设“十四五”规划": _PLAN,
        "宁远县民政局2023年工作总结和2024年工作计划": _SUMMARY,
        "铜陵市2023年民政事业发展统计公报": _BULLETIN,
    }
    for title, text in papers.items():
        (folder / "library" / f"{title}.txt").write_text(text, encoding="utf-8")
    embedder = HashEmbedder()
    synchronise(library=folder / "library", index_dir=folder / "index", embedder=embedder)
    return Solver(open_index(index_dir=folder / "index", embedder=embedder))


def _told(question: str, solver: Solver) -> str:
    asked = understand(question_itself(folded(question), ()), solver.index.documents)
    return "\n".join(claim.text for claim in solve(asked, solver).draft.claims)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        (
            "桃江十四五养老规划安排了哪几大块任务？",
            ["健全基本养老服务制度", "做实居家社区", "补齐农村"],
            ["保障措施"],
        ),
        ("桃江养老主要抓哪几块", ["健全基本养老服务制度", "做实居家社区", "补齐农村"], ["发展基础"]),
        ("桃江的规划一共分几大部分", ["一、发展基础", "二、主要任务", "三、保障措施"], []),
        ("桃江养老目前总体情况", ["机构床位增加", "护理力量不足"], ["老年食堂"]),
        ("宁远2023年民政干了哪几块", ["兜牢底线", "福利服务更加优质"], ["存在问题", "织密救助网"]),
        ("宁远2024年主要抓哪几块", ["织密救助网", "做优养老服务"], ["兜牢底线"]),
    ],
)
def test_blocks_of_work_are_the_tasks_of_the_year_and_blocks_of_a_paper_its_chapters(
    solver: Solver, question: str, said: list[str], unsaid: list[str]
) -> None:
    told = _told(question, solver)
    assert [words for words in said if words not in told] == []
    assert [words for words in unsaid if words in told] == []


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("宁远2023年养老总体情况", ["新增床位140张", "幸福食堂12个"], ["孤儿"]),
        (
            "铜陵2023年养老服务总体是个啥情况，几句话讲讲",
            ["养老机构52家", "4020张", "38.4万人"],
            ["孤儿", "儿童", "社会工作者"],
        ),
        ("宁远2023年社会救助做了哪些工作", ["702元", "318户"], ["孤儿"]),
    ],
)
def test_of_a_section_about_several_fields_the_one_asked_for_is_told(
    solver: Solver, question: str, said: list[str], unsaid: list[str]
) -> None:
    first, told = _told(question, solver).split("\n", 1)
    assert first.endswith("主要有以下方面：")
    assert [words for words in said if words not in told] == []
    assert [words for words in unsaid if words in told] == []


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("宁远自己承认殡葬这块差在哪里？", ["散埋乱葬", "58%"], ["护理员"]),
        ("宁远养老人手方面有什么问题", ["63人"], ["散埋乱葬"]),
        ("宁远民政还有哪些短板", ["63人", "58%"], []),
        ("桃江养老有哪些短板", ["护理力量不足", "39%"], ["改造敬老院"]),
    ],
)
def test_what_is_wrong_in_one_field_is_told_without_the_other_problems(
    solver: Solver, question: str, said: list[str], unsaid: list[str]
) -> None:
    told = _told(question, solver)
    assert [words for words in said if words not in told] == []
    assert [words for words in unsaid if words in told] == []


def test_the_divisions_of_a_place_are_named_in_whatever_words_they_are_asked_for(solver: Solver) -> None:
    for question in ("铜陵下面都管哪些县市区，列一下", "铜陵有哪几个县区", "铜陵下辖哪些区县"):
        assert "东城区、西城区、安平县，代管县级云溪市" in _told(question, solver)
    assert _told("铜陵有哪些乡镇", solver) == ""
