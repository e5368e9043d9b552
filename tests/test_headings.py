"""Which lines are headings, which are numbered statements, and which only look numbered."""

from __future__ import annotations

import pytest

from vectorstore.headings import Heading, heading_of
from vectorstore.lines import lines_of


def _heading(text: str) -> Heading | None:
    (line,) = lines_of(text)
    return heading_of(line)


def _label(text: str) -> str:
    heading = _heading(text)
    assert heading is not None
    return text[heading.label_start : heading.label_end]


@pytest.mark.parametrize(
    ("text", "style", "ordinals"),
    [
        ("第一章　总则", "chapter", (1,)),
        ("第十二节 养老服务", "division", (12,)),
        ("第三部分：保障措施", "part", (3,)),
        ("第二條　適用範圍", "article", (2,)),
        ("专栏一：社会救助提升工程", "box", (1,)),
        ("專欄2　重點項目", "box", (2,)),
        ("二十一、附则", "ideographic", (21,)),
        ("（一）指导思想。", "bracketed-ideographic", (1,)),
        ("( 六 ) 健全体系", "bracketed-ideographic", (6,)),
        ("㈢加强领导", "bracketed-ideographic", (3,)),
        ("1．提高标准", "arabic", (1,)),
        ("12、提高标准", "arabic", (12,)),
        ("⒊提高标准", "arabic", (3,)),
        ("（3）提高标准", "bracketed-arabic", (3,)),
        ("4）提高标准", "half-bracketed-arabic", (4,)),
        ("②提高标准", "circled", (2,)),
        ("1.2 主要目标", "decimal-2", (1, 2)),
        ("2.3.10主要目标", "decimal-3", (2, 3, 10)),
        ("——社会救助", "dash", ()),
        ("### 社会救助", "markdown-3", ()),
        ("附件2：", "appendix", (2,)),
    ],
)
def test_a_numbered_title_is_a_heading(text: str, style: str, ordinals: tuple[int, ...]) -> None:
    heading = _heading(text)
    assert heading is not None
    assert (heading.style, heading.ordinals, heading.kind) == (style, ordinals, "title")


@pytest.mark.parametrize(
    "text",
    [
        "1.2万元以上的救助实行一事一议",
        "3.5亿元资金全部到位。",
        "12.5%的床位用于失能老年人。",
        "2021.06.18",
        "2021年1月1日起，标准提高。",
        "第一书记到村任职。",
        "第三方评估机构参与考核，出具评估报告，公布评估结果，并向社会公开，接受群众监督。",
        "第一条生产线建成投产。",
        "第一部《慈善法》颁布实施以来，慈善组织数量稳步增长，慈善活动日益规范，公众参与日益广泛。",
        "一、二等奖各1名。",
        "一是提高标准。",
        "—",
        "--",
        "3",
        "十四五时期",
        "专栏报道了我区养老服务的经验做法，引起各地广泛关注，省内外多家单位前来学习考察，收效良好。",
        "附件所列项目由各单位负责。",
    ],
)
def test_running_text_is_no_heading(text: str) -> None:
    heading = _heading(text)
    assert heading is None or heading.kind == "item"


def test_the_title_before_a_text_is_its_label_without_the_stop() -> None:
    text = "（一）提高救助标准。城市低保标准不低于650元/月。"
    heading = _heading(text)
    assert heading is not None
    assert heading.kind == "titled"
    assert _label(text) == "（一）提高救助标准"
    assert text[heading.body_start :] == "城市低保标准不低于650元/月。"


def test_a_numbered_sentence_has_no_title() -> None:
    for text in (
        "1.新增养老床位360张。改造床位200张。",
        "（1）对遭遇突发事件、意外伤害、重大疾病或其他特殊原因导致基本生活暂时陷入困境的家庭给予救助。",
        "2.落实责任；",
        "3、低保标准提高到2000元。按月发放。",
    ):
        heading = _heading(text)
        assert heading is not None
        assert heading.kind == "item"
        assert _label(text) == ""


def test_an_item_that_begins_with_a_year_is_numbered() -> None:
    heading = _heading("1.2021年，全市新增养老床位500张，改造完成300户，培训护理员200人。")
    assert heading is not None
    assert heading.ordinals == (1,)


def test_an_overlong_title_of_an_upper_style_is_a_title_and_a_long_item_is_not() -> None:
    title = "全面推进县域养老服务体系建设试点工作加快补齐县乡村三级养老服务网络短板弱项不断满足多样化多层次服务需求"
    assert len(title) > 42
    upper, lower = _heading(f"（二）{title}"), _heading(f"2.{title}")
    assert upper is not None and lower is not None
    assert (upper.kind, lower.kind) == ("title", "item")


def test_an_article_is_labelled_by_its_number() -> None:
    assert _label("第六条　本细则由县民政局负责解释。") == "第六条"
    assert _label("第一条　目的") == "第一条　目的"


def test_the_signs_of_markdown_are_no_part_of_a_title() -> None:
    assert _label("## 一、总体要求 ##") == "一、总体要求"
    assert _label("**一、总体要求**") == "一、总体要求"
    assert _heading("**提高**救助**标准**") is None


def test_what_a_paper_asks_heads_its_answer_on_the_same_line_or_below() -> None:
    assert _label("问：哪些人可以领？") == "哪些人可以领？"
    assert _label("【问题三】怎么申请？") == "怎么申请？"
    heading = _heading("问：从什么时候开始？答：自4月1日起。")
    assert heading is not None
    assert heading.kind == "titled"
    assert "问：从什么时候开始？答：自4月1日起。"[heading.body_start :] == "答：自4月1日起。"


def test_a_proposal_in_a_title_is_no_statement_of_its_figure() -> None:
    heading = _heading("（三）关于将护理补贴提高到每月300元的建议。受财力所限，暂不具备条件。")
    assert heading is not None
    assert heading.kind == "titled"
