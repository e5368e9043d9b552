"""Lines and page furniture: what a government web page puts around a plan, and what only begins like it."""

from __future__ import annotations

import pytest
from plan_parts import JINGMEN, SHENGZHOU, XIALU, XIANGXI, YANGPU, passages, seed

from vectorstore.lines import furniture_of, lines_of
from vectorstore.passages import passages_of


def _furniture(text: str) -> list[str]:
    lines = lines_of(text)
    return [text[lines[position].start : lines[position].end] for position in sorted(furniture_of(lines))]


@pytest.mark.parametrize(
    "line",
    [
        "- 设为首页",
        "设为首页 | 加入收藏 | 长者版",
        "当前位置：首页 > 政务公开 > 规划计划",
        ">公开>部门信息公开>市民政局>规划计划",
        "首页 » 通知公告 » 正文",
        "【字体：大 中 小】",
        "字体:[ ]",
        "打印 关闭",
        "【打印本页】【关闭窗口】",
        "分享到：微信 微博",
        "扫一扫在手机打开当前页",
        "浏览次数：1284",
        "责任编辑：某某",
        "上一篇：2022年工作总结",
        "Produced By 大汉网络 大汉版通发布系统",
        "版权所有：某县人民政府 某ICP备05001234号",
        "主办单位：某市民政局 网站标识码：1234567890",
        "— 12 —",
        "第 3 页 共 10 页",
        "目　录",
        "第一章 总则…………………3",
        "====================",
        "返回顶部",
    ],
)
def test_lines_of_the_page_are_furniture(line: str) -> None:
    assert _furniture(f"正文第一段内容。\n{line}\n正文第二段内容。") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "关闭整治不达标养老机构12家。",
        "打印发放政策明白卡3万份。",
        "分享经验做法，推广先进典型。",
        "分享养老服务经验",
        "首页公开服务事项32项。",
        "来源于省级财政的补助资金860万元。",
        "编辑印发《民政政策汇编》2000册。",
        "返回原籍的流浪乞讨人员94人。",
        "联系我们身边的困难群众，开展结对帮扶。",
        "字体规范、标识统一，完成地名标志更新1200块。",
        "手机版“救助通”上线运行，受理申请3000件。",
        "相关附件由各单位自行下载。",
        "承办单位：市社会福利院",
        "来源：福利彩票公益金和财政补助",
        "名称：康养中心项目，床位500张",
        "≥30",
        ">30",
        "A>B",
        "主题分类：养老服务",
    ],
)
def test_sentences_that_begin_like_furniture_are_text(line: str) -> None:
    assert _furniture(f"一、重点任务\n{line}\n做好总结。") == []


def test_doubtful_fields_are_furniture_beside_furniture() -> None:
    assert _furniture("正文。\n打印 关闭\n主办单位：某市民政局\n技术支持：某公司") == [
        "打印 关闭",
        "主办单位：某市民政局",
        "技术支持：某公司",
    ]


def test_the_index_block_is_furniture_in_the_head_of_a_text() -> None:
    block = "索 引 号: 0001/2024-7 发布日期: 2021-06-18\n文 号: 主题分类: 民政"
    assert _furniture(f"{block}\n标题\n一、总则\n名称：某项目") == block.split("\n")


@pytest.mark.parametrize(
    ("name", "beginnings"),
    [
        (XIALU, ["- 设为首页", "- 加入收藏", "- 无障碍阅读", "- 长者版", "名 称", "索 引 号", "文 号"]),
        (XIANGXI, []),
        (YANGPU, []),
        (
            JINGMEN,
            [
                "当前位置",
                ">公开",
                "索引号",
                "发布机构",
                "发文字号",
                "发布日期",
                "扫一扫",
                "打印",
                "Produced By",
            ],
        ),
        (SHENGZHOU, ["索 引 号", "发布机构"]),
    ],
)
def test_the_furniture_of_the_seeds_is_never_offered_as_text(name: str, beginnings: list[str]) -> None:
    furniture = [passage for passage in passages_of(seed(name)) if passage.kind == "furniture"]
    assert len(furniture) == len(beginnings)
    for passage, beginning in zip(furniture, beginnings, strict=True):
        assert passage.text.startswith(beginning)
        assert passage.section == ()


def test_lines_are_stripped_of_every_kind_of_space_and_keep_their_offsets() -> None:
    text = "\ufeff\u3000第一行\u00a0\r\n\n\t第二行 \u200b\u2028第三行\x85第四行"
    lines = lines_of(text)
    assert [line.written for line in lines] == ["第一行", "第二行", "第三行", "第四行"]
    assert all(text[line.start : line.end] == line.written for line in lines)


def test_traditional_characters_are_simplified_for_rules_and_kept_as_written() -> None:
    (line,) = lines_of("第一節　養老服務發展")
    assert line.text == "第一节 养老服务发展"
    assert line.written == "第一節 養老服務發展"


def test_a_source_line_under_the_title_is_furniture_and_a_source_elsewhere_is_not() -> None:
    source = "来源：人民日报2025-10-11 09:29"
    assert _furniture(f"养老规划\n{source}\n一、总则") == [source]
    assert _furniture(f"养老规划\n一、总则\n{source}\n正文。") == []


def test_a_text_without_line_breaks_is_cut_before_its_numbered_sections() -> None:
    body = "各项工作扎实推进，成效显著。" * 20
    text = f"工作总结一、甲工作。{body}二、乙工作。{body}其中一、二等奖各一名。三、丙工作。(一)丁。{body}(二)戊。{body}"
    beginnings = [text[line.start : line.start + 4].rstrip("。") for line in lines_of(text)]
    assert beginnings == ["工作总结", "一、甲工", "二、乙工", "三、丙工", "(一)丁", "(二)戊"]


def test_an_enumeration_in_a_paragraph_among_others_is_left_whole() -> None:
    paragraph = "一、甲工作扎实推进。二、乙工作扎实推进。三、丙工作扎实推进。" * 30
    text = f"{paragraph}\n" + "另一段落，同样很长。\n" * 200
    assert lines_of(text)[0].written == paragraph


@pytest.mark.quick(2)
@pytest.mark.parametrize("word", ["扫一扫", "首页", "打印本页", "QQ空间", "- ", "> ", "一>"])
def test_no_repetition_of_page_words_makes_the_reading_slow(word: str) -> None:
    # Patterns that try every way to divide such a line would not come back.
    assert len(_furniture(f"{word * (118 // len(word))}。")) <= 1
    assert passages(word * 20_000)


def test_markdown_marks_of_quotation_and_bold_are_no_part_of_a_line() -> None:
    text = "> **专栏1 养老工程**\n>\n> 1. 新建3所，**总投资**1.2亿元。\n>5万元以下的\n**a** 与 **b**"
    shown = [text[line.start : line.end] for line in lines_of(text)]
    assert shown == ["专栏1 养老工程", "1. 新建3所，**总投资**1.2亿元。", ">5万元以下的", "**a** 与 **b**"]
