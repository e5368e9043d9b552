"""Questions about a table as a whole: how many rows, which of them, the highest, the row of a number."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from answer_parts import assert_exact
from pace import within
from plan_parts import JINGMEN, PLAN_NAMES, SHENGZHOU, XIALU, XIANGXI, YANGPU, plan, seed

from qa.assistant import Assistant
from qa.evidence.claims import CitationList
from qa.evidence.solving import Solved, Solver
from qa.tables import looked_up, tabulated
from qa.understanding.question import understand
from qa.understanding.script import to_simplified
from vectorstore.documents import Document, Passage
from vectorstore.passages import passages_of

# Asks whole sets of questions.
pytestmark = pytest.mark.thorough


class Library:
    """Documents and their passages: all that a question about a table needs of an index."""

    def __init__(self, documents: list[Document]) -> None:
        self.documents = {document.name: document for document in documents}
        self.passages = [passage for document in documents for passage in passages_of(document)]

    def table_rows(self) -> Iterator[tuple[int, Passage]]:
        return ((number, passage) for number, passage in enumerate(self.passages) if passage.cells)


SEEDS = Solver(Library([seed(name) for name in (XIALU, XIANGXI, YANGPU, JINGMEN, SHENGZHOU)]))
PLANS = Solver(Library([plan(name) for name in PLAN_NAMES]))


def solved(question: str, solver: Solver = SEEDS) -> Solved | None:
    return tabulated(understand(to_simplified(question), solver.index.documents), solver)


def text_of(solution: Solved, solver: Solver) -> str:
    citations = CitationList(solver.index.documents)
    return "\n".join(citations.rendered(claim) for claim in solution.draft.claims)


def names_of(solution: Solved) -> list[str]:
    """The rows that the answer lists, without white space."""
    bullets = [claim.text for claim in solution.draft.claims if claim.text.startswith("- ")]
    return [re.sub(r"\s", "", bullet[2:].partition("：")[0]) for bullet in bullets]


FULL = ["困难残疾人生活补贴覆盖率", "重度残疾人护理补贴覆盖率"]
CARE, GUARD, VOLUNTEERS = (
    "养老机构护理型床位占比",
    "街道未成年人保护工作站覆盖率",
    "志愿服务站点在社区综合服务设施中的覆盖率",
)
BURIAL, MARRIAGE = "区级公益性安葬(放)设施覆盖率", "婚姻登记“跨省通办”实施率"
CENTRES = "街道范围具备综合功能的养老服务机构覆盖率"
URNS = "公益性骨灰安放设施(含公益性公墓)县级行政区域覆盖率"
URBAN, RURAL = "城市社区综合服务设施覆盖率", "农村社区综合服务设施覆盖率"
SUPPORT = "农村五保供养服务机构集中供养能力"

LISTS = [
    ("下陆几个指标目标是100%？", [*FULL, MARRIAGE, BURIAL]),
    ("下陆2025年目标值低于80%的指标有哪些？", [CARE, CENTRES, GUARD]),
    ("下陆目标在50%到80%之间的指标有哪几个？", [CARE, CENTRES, GUARD, VOLUNTEERS]),
    ("下陆指标表里不是100%的百分比指标有哪些？", [CARE, CENTRES, GUARD, VOLUNTEERS]),
    ("下陆有没有目标达到九成以上的指标？", [*FULL, MARRIAGE, BURIAL]),
    ("下陆主要指标里，目标为80%的和目标为50%的是哪几项？", [GUARD, VOLUNTEERS]),
    ("下陆的指标里单位是万人的有哪几项？", ["社会组织专职工作人员数量", "社会工作专业人才总量"]),
    ("下陆主要指标中，哪些是约束性的、目标又是100%的？", [*FULL, BURIAL]),
    ("下陆哪些指标是预期性的而且目标是100%？", [MARRIAGE]),
    ("下陆约束性的四项分别是哪四项？", [*FULL, BURIAL, CARE]),
    ("下陆跟残疾人有关的指标是哪几项？", FULL),
    ("麻烦看下下陆指标表里带“残疾人”三个字的指标", FULL),
    ("下陆十四五指标中残疾人补贴类指标的目标值", FULL),
    ("下陆社区方面的指标有哪些？", ["每百户居民拥有的城乡社区综合服务设施面积", VOLUNTEERS]),
    ("下陆那张指标表里哪一项没写具体数字？", ["低保标准年度增速"]),
    ("荆门表2中跟殡葬有关的指标有哪些？", ["年均遗体火化率", "节地生态安葬率", URNS]),
    ("荆门“十三五”目标表里农村类指标有哪些？", ["农村低保年保障标准", SUPPORT, RURAL]),
    ("荆门表2哪些指标2015年就已经是100%了？", [SUPPORT, URBAN, RURAL]),
    ("荆门2020年目标和2015年持平的指标有哪些？", [SUPPORT, "年均遗体火化率", URBAN, RURAL]),
    ("荆门“十二五”完成情况表里年均增长空着的是哪几项？", ["孤儿养育床位", "福利彩票销售", "火化区遗体火化率"]),
    (
        "荆门十三五主要指标里年均增长给出了数的有哪些？",
        ["城市低保月保障标准", "农村低保年保障标准", "社会组织数"],
    ),
    ("荆门2015年没有基数的指标是哪一个？", ["社会工作专业人才数"]),
    ("荆门完成情况表里年均增长超过14%的有几项？", ["低保标准(城市)", "低保标准(农村)", "医疗救助政策范围内住院自付费用救助比率"]),
    ("荆门表2里目标不到30%的指标有哪些？", ["节地生态安葬率", "注册志愿者人数占居民人口的比例"]),
    ("荆门2020年目标最高的百分比指标是哪几个", [SUPPORT, URBAN, RURAL]),
    ("荆门表2年均增长最快的三项是哪些？", ["社会组织数", "城市低保月保障标准", "农村低保年保障标准"]),
    ("荆门社会组织数和社工人才数2020年分别要达到多少？", ["社会组织数", "社会工作专业人才数"]),
    ("下陆志愿站点覆盖率、未保站覆盖率、护理型床位占比的目标各是多少？", [VOLUNTEERS, GUARD, CARE]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "names"), LISTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_exactly_the_rows_that_are_meant_are_listed(question: str, names: list[str]) -> None:
    solution = solved(question)
    assert solution is not None
    assert names_of(solution) == names


SENTENCES = [
    ("荆门“十二五”主要指标完成情况表里有几项指标？", ["共6项指标", "低保标准(城市)、低保标准(农村)合为一项"]),
    ("表2有几项指标？", ["荆门市（2016—2020年）：表2共12项指标"]),
    ("请问下陆区民政十四五规划里面一共设了多少项主要指标呀", ["共12项"]),
    ("下陆约束性和预期性指标各有几项？", ["约束性4项，预期性8项"]),
    ("下陆的约束性指标有5项吗？", ["与原文不符", "约束性的共4项"]),
    ("下陆的约束性指标是4项对吗？", ["约束性的共4项"]),
    ("下陆目标100%的指标占全部指标的多少？", ["4项 ÷ 12项 = 约33.3%"]),
    ("荆门“十二五”完成情况表里年均增长最快的是哪个指标？", ["低保标准(农村)，30%"]),
    ("荆门表1里增长最慢的指标是哪个？", ["每千名老人拥有各类养老床位数，13%"]),
    ("荆门表2里年均增长第二高的是哪个？", ["城市低保月保障标准，10%"]),
    ("下陆约束性指标里目标最低的是哪个？", [CARE, "60%"]),
    ("下陆哪个覆盖率目标定得最低？", [GUARD, "50%"]),
    ("荆门表2里2015年基数最低的百分比指标是哪个？", ["节地生态安葬率，4%"]),
    ("荆门十三五表里提升幅度最大的覆盖率指标是哪个？", [URNS, "40%", "70%", "增加30个百分点"]),
    ("荆门表2里提高最多的指标是哪个？", ["单位不同的不能相比", "农村低保年保障标准", URNS]),
    ("荆门“十三五”主要指标表里序号8是哪个指标？", [URBAN]),
    ("下陆指标表最后一项是什么？", [VOLUNTEERS]),
    ("下陆指标表第1项、第6项的计量单位分别是什么？", ["单位为%", "单位为平方米"]),
    ("下陆主要指标第12项：名称、目标值、属性", [VOLUNTEERS, "80%", "预期性"]),
    ("荆门表2第15项是什么？", ["没有第15项", "共12项"]),
    ("荆门表2里节地生态安葬率这一行怎么写的？", ["2015年4%", "2020年目标值26%", "年均增长未给出"]),
    ("下陆未保站覆盖率在指标表里是约束性还是预期性？", [GUARD, "属性为预期性"]),
    ("荆门医疗救助自付费用救助比率，“十二五”完成情况表里年均增长填的百分之几？", ["年均增长15%"]),
    ("荆门十三五指标表有哪几列？", ["项目指标、单位、2015年、2020年目标值、年均增长%"]),
    ("荆门表2的标题是什么？", ["“十三五”时期荆门民政事业发展主要指标"]),
    ("下陆有没有指标的目标低于40%？", ["表中没有2025年目标值低于40%的指标"]),
]


@pytest.mark.parametrize(
    ("question", "said"), SENTENCES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_finding_is_said_first(question: str, said: list[str]) -> None:
    solution = solved(question)
    assert solution is not None
    text = text_of(solution, SEEDS)
    assert [phrase for phrase in said if phrase not in text] == []
    assert any(claim.sources for claim in solution.draft.claims)


OTHER_TABLES = [
    ("青岚县养老指标里约束性的有哪些？", ["护理型床位占比"]),
    ("青岚2025年目标最高的比例指标是哪个？", ["乡镇综合养老服务中心覆盖率，85%"]),
    ("青岚指标表里提升幅度最大的是哪个指标？", ["乡镇综合养老服务中心覆盖率", "增加56.4个百分点"]),
    ("青岚乡镇养老中心覆盖率和护理型床位占比2025年目标各是多少？", ["85%", "60%"]),
    ("大理州任务表里新建最多的是哪个县市？", ["助餐服务（大理市），24个"]),
    ("大理养老服务项目任务表里改造没给出的是哪个县？", ["床位建设（宾川县）：改造未给出"]),
    ("大理州助餐服务新建的有几个县市超过10个？", ["共1项", "助餐服务（大理市）：新建24个"]),
    ("大理任务表里责任单位是市民政局的有哪些？", ["床位建设（大理市）", "助餐服务（大理市）"]),
    ("湖北养老服务处牵头的项目有哪些？", ["新增养老床位", "适老化改造"]),
    ("湖北省哪个项目没填牵头处室？", ["老年人助餐点：牵头处室未给出"]),
    ("湖北任务表第2项是什么？", ["老年人助餐点（年度任务1500个）"]),
    ("约束性指标有哪些？", ["青岚县（2021—2025年）", "廈門市（2021—2025年）", "社區養老服務設施覆蓋率"]),
]


@pytest.mark.parametrize(
    ("question", "said"), OTHER_TABLES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_tables_of_other_shapes_are_asked_in_the_same_way(question: str, said: list[str]) -> None:
    solution = solved(question, PLANS)
    assert solution is not None
    text = text_of(solution, PLANS)
    assert [phrase for phrase in said if phrase not in text] == []


NOT_ABOUT_A_TABLE = [
    "下陆规划有几项基本原则？",
    "荆门“十三五”规划有哪几项主要任务？",
    "杨浦2023年推进哪几个行动？",
    "下陆低保标准是多少？",
    "下陆最低生活保障标准是多少？",
    "下陆护理型床位占比2025年目标是多少？",
    "荆门2015年火化率是多少？",
    "荆门城市低保和农村低保2020年差多少？",
    "荆门2020年社会组织数比2015年多多少？",
    "荆门2020年节地生态安葬率目标，正文和表2写的一样吗？",
    "下陆养老服务有哪些指标要求怎么落实？",
    "下陆指标体系建设有几项任务？",
    "湘西哪个县低保标准最高？",
    "哪个地方的城市低保标准最高？",
    "武汉的约束性指标有哪些？",
    "杨浦的约束性指标有哪些？",
    "荆门2018年的指标有哪些？",
    "下陆表2有几项指标？",
    "湘西2023年主要目标有哪些？",
    "下陆评比表彰了哪些社会组织？",
    "荆门代表性项目有哪些？",
    "荆门主要目标里养老服务有几条？",
    "下陆困难残疾人生活补贴和重度残疾人护理补贴的标准分别是多少？",
    "荆门城市低保标准2015年和2020年分别是多少？",
    "下陆护理型床位占比是不是80%？",
    "下陆有哪些养老服务机构？",
]


@pytest.mark.parametrize("question", NOT_ABOUT_A_TABLE)
def test_what_is_not_asked_of_a_table_is_left_to_others(question: str) -> None:
    assert solved(question) is None


def test_two_documents_that_fit_are_both_answered_with_their_places() -> None:
    solution = solved("哪些指标的目标是100%？")
    assert solution is not None
    leads = [claim.text for claim in solution.draft.claims if not claim.text.startswith("- ")]
    assert [lead[:3] for lead in leads] == ["下陆区", "荆门市"]


def test_every_figure_of_a_listed_row_stands_in_the_row_that_is_cited() -> None:
    for question, _ in LISTS:
        solution = solved(question)
        assert solution is not None
        for claim in solution.draft.claims:
            if not claim.text.startswith("- "):
                continue
            columns = " ".join(column for column, _ in claim.sources[0].passage.cells)
            held = f"{claim.sources[0].passage.text} {columns}"
            assert all(figure in held for figure in re.findall(r"\d+(?:\.\d+)?", claim.text)), claim.text


def test_the_rows_that_answer_come_first_among_the_evidence() -> None:
    solution = solved("下陆约束性指标有哪些？")
    assert solution is not None
    assert [re.sub(r"\s", "", shown.text)[:6] for shown in solution.evidence] == [
        "3|困难残疾",
        "4|重度残疾",
        "7|区级公益",
        "8|养老机构",
    ]


def test_most_questions_cost_less_than_a_millisecond() -> None:
    questions = [understand(question, SEEDS.index.documents) for question in NOT_ABOUT_A_TABLE]
    spent = []
    for _ in range(3):
        for asked in questions:
            begun = time.process_time()
            tabulated(asked, SEEDS)
            spent.append(time.process_time() - begun)
    assert within(sorted(spent)[len(spent) // 2], 0.001)


def test_a_cell_named_by_an_abbreviation_of_its_row_is_found(assistant: Assistant) -> None:
    answer = assistant.ask("下陆护床占比目标是多少")
    assert_exact(answer)
    assert f"{CARE}：2025年目标值60%" in answer.text


def test_an_abbreviation_gives_no_figure_that_the_table_does_not_hold() -> None:
    for question in ("下陆2023年护床占比是多少", "下陆护床占比实际完成多少", "下陆床占率目标是多少"):
        asked = understand(question, SEEDS.index.documents)
        assert looked_up(asked, SEEDS) is None, question


@pytest.mark.parametrize(
    "question",
    [
        "下陆主要指标里约束性的总共有几项？",
        "荆门“十三五”民政主要指标（表2）一共有几项指标？",
        "志愿服务站点覆盖率和街道未保站覆盖率，下陆2025年目标分别是多少？",
        "荆门“十二五”完成情况表里年均增长最快的是哪个指标，多少？",
        "下陆有没有指标的目标低于40%？",
    ],
)
def test_an_answer_from_a_table_is_exact_and_needs_no_model(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert_exact(answer)
    assert answer.status == "answered"
    assert answer.answered_by == "extractive"
    assert answer.timings["total"] < 1
