"""Web pages as government sites and word processors save them."""

from __future__ import annotations

import email.mime.multipart
import email.mime.text
import time

import pytest
from office_parts import body_of, document_from, furniture_of, headings_of, passage_with, rows_of

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.html import read_html
from vectorstore.formats.mht import read_mht
from vectorstore.formats.reader import read_file

_PAGE = """<?xml version="1.0" encoding="gb2312"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>青浦区2024年民政工作要点_通知公告_青浦区民政局</title><style>p { color: red }</style><script>alert(1)</script></head>
<body onload="alert(2)">
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a>政务公开</a></li><li><a>办事服务</a></li></ul></div>
<div class="dqwz">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; 规划计划</div>
<div id="main"><table width="100%"><tr><td>
<table><tr><td>索 引 号</td><td>AB1234-2024-0001</td><td>发布机构</td><td>青浦区民政局</td></tr>
<tr><td>成文日期：</td><td>2024年3月1日</td><td></td><td></td></tr></table>
<h1>青浦区2024年民政工作要点</h1>
<div class="zoom"><p>&nbsp;&nbsp;2024年，全区民政工作坚持以习近平新时代中国特色社会主义思想为指导，统筹推进各项
工作，不断增强群众的获得感。</p>
<h2>养老服务</h2>
<p>　　新建养老院3所，新增<b>床位</b>360张，<span style="display: none">隐藏</span>
改造&ldquo;适老&rdquo;住房120户。<br>老年助餐点达到50个。</p>
<p align="center">表1 主要指标</p>
<table border=1><tr><td rowspan=2>指标</td><td rowspan=2>单位</td><td colspan=2>现状</td><td colspan=2>目标</td></tr>
<tr><td>2020年</td><td>2021年</td><td>2024年</td><td>2025年</td></tr>
<tr><td>养老床位</td><td>张</td><td>3200</td><td>3300</td><td>4000</td><td>4500</td></tr>
<tr><td rowspan=2>低保标准</td><td>元/月</td><td>900</td><td>950</td><td>1000</td><td>—</td></tr>
<tr><td>元/年<script>x</script></td><td>a|b</td><td colspan=3>12000</td></tr></table>
<ol><li>完善制度</li><li>加强监管</li></ol>
</div></td></tr></table></div>
<div class="related"><a>相关阅读一</a><a>相关阅读二</a></div>
<div class="footer">主办：青浦区民政局 沪ICP备123号</div></body></html>
"""
_CONTENT = _PAGE.encode("gb18030")


def test_the_document_comes_out_line_by_line_and_the_page_around_it_is_marked() -> None:
    page = read_html(_CONTENT)
    assert body_of(page) == [
        "索 引 号：AB1234-2024-0001",
        "发布机构：青浦区民政局",
        "成文日期：2024年3月1日",
        "青浦区2024年民政工作要点",
        "2024年，全区民政工作坚持以习近平新时代中国特色社会主义思想为指导，统筹推进各项工作，不断增强群众的获得感。",
        "养老服务",
        "新建养老院3所，新增床位360张，改造“适老”住房120户。",
        "老年助餐点达到50个。",
        "表1 主要指标",
        "| 指标 | 单位 | 现状 | 现状 | 目标 | 目标 |",
        "| 指标 | 单位 | 2020年 | 2021年 | 2024年 | 2025年 |",
        "| --- | --- | --- | --- | --- | --- |",
        "| 养老床位 | 张 | 3200 | 3300 | 4000 | 4500 |",
        "| 低保标准 | 元/月 | 900 | 950 | 1000 | — |",
        "| 低保标准 | 元/年 | a\\|b | 12000 | 12000 | 12000 |",
        "1. 完善制度",
        "2. 加强监管",
    ]
    assert furniture_of(page) == [
        "首页",
        "政务公开",
        "办事服务",
        "当前位置：首页 > 政务公开 > 规划计划",
        "相关阅读一相关阅读二",
        "主办：青浦区民政局 沪ICP备123号",
    ]
    assert headings_of(page) == [(1, "青浦区2024年民政工作要点"), (2, "养老服务")]
    assert page.title == "青浦区2024年民政工作要点"


def test_what_the_page_says_about_the_document_is_known() -> None:
    metadata = document_from(_CONTENT, file="要点.html").metadata
    assert metadata.title == "青浦区2024年民政工作要点"
    assert (metadata.region, metadata.years) == ("青浦区", (2024,))
    assert (metadata.publisher, metadata.date) == ("青浦区民政局", "2024年3月1日")


def test_a_cell_below_two_lines_of_names_knows_both_and_its_section() -> None:
    document = document_from(_CONTENT, file="要点.html")
    first, second, _ = rows_of(document)
    assert first == {
        "指标": "养老床位", "单位": "张", "现状2020年": "3200", "现状2021年": "3300", "目标2024年": "4000", "目标2025年": "4500"
    }  # fmt: skip
    assert (second["指标"], second["目标2025年"]) == ("低保标准", "—")
    row = passage_with(document, "4500")
    assert (row.caption, row.section) == ("主要指标", ("养老服务",))


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "no-such-charset", ""])
def test_the_declared_charset_counts_if_the_bytes_are_in_it(encoding: str, declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>新建养老院3所，床位达到360张。</p></body></html>'
    text = read_html(page.encode(encoding)).text
    if (encoding, declared.lower()) not in {("utf-8", "gb2312"), ("utf-8", "gbk")}:
        assert text == "新建养老院3所，床位达到360张。\n"


def test_a_page_in_utf8_that_says_gb2312_is_read_as_what_it_is() -> None:
    page = '<html><meta charset="gb2312"><p>新建养老院3所，床位达到360张，改造住房。</p></html>'
    assert read_html(page.encode()).text == "新建养老院3所，床位达到360张，改造住房。\n"


def test_a_few_broken_bytes_do_not_make_a_page_unreadable() -> None:
    page = ("<meta charset=gbk><p>新建养老院3所。</p>" * 40).encode("gbk")
    text = read_html(page[:700] + b"\xff" + page[700:]).text
    assert text.count("新建养老院3所。") >= 38


def test_a_box_inside_the_document_is_part_of_it_whatever_its_class_is_called() -> None:
    sentence = "新建养老院3所，新增床位360张，改造适老住房120户，继续完善居家社区机构相协调的养老服务体系。"
    page = (
        f'<div class="sidebar"><a>办事指南</a></div><div id="text"><p>{sentence}</p><p>{sentence}</p>'
        f'<div class="sidebar"><p>专栏</p><p>{sentence}</p></div><div class="share"><span>分享</span></div></div>'
    )
    found = read_html(page.encode())
    assert furniture_of(found) == ["办事指南", "分享"]


def test_layout_tables_are_no_data() -> None:
    page = """<table><tr><td><p>新建养老院3所。</p></td><td><table><tr><td>甲</td></tr></table></td></tr>
      <tr><td colspan=2>单独一行</td></tr></table><table><tr><td>一列</td></tr><tr><td>两行</td></tr></table>"""
    assert read_html(page.encode()).text.splitlines() == ["新建养老院3所。", "甲", "单独一行", "一列", "两行"]


def test_a_data_table_inside_a_layout_table_is_one() -> None:
    inner = "<tr><td>指标</td><td>2025年</td></tr><tr><td>床位</td><td>360</td></tr>"
    page = f"<table><tr><td>前文</td></tr><tr><td><table>{inner}</table></td></tr></table>"
    assert rows_of(document_from(page.encode(), file="a.html")) == [{"指标": "床位", "2025年": "360"}]


def test_line_ends_of_the_source_between_chinese_characters_are_nothing() -> None:
    page = "<p>推动养老\n   服务高质量\r\n发展，beds \n 360\n张。</p>"
    assert read_html(page.encode()).text == "推动养老服务高质量发展，beds 360 张。\n"


def test_invisible_characters_do_not_split_words() -> None:
    assert read_html("<p>养老&shy;服&#8203;务&zwnj;。</p>".encode()).text == "养老服务。\n"


@pytest.mark.parametrize(
    ("attributes", "labels"),
    [
        ("", ["1. ", "2. "]),
        ("start=3", ["3. ", "4. "]),
        ("type=a", ["a. ", "b. "]),
        ('style="list-style-type:cjk-ideographic"', ["一、", "二、"]),
        ('style="list-style:none"', ["", ""]),
    ],
)
def test_numbers_that_a_browser_writes_are_written(attributes: str, labels: list[str]) -> None:
    page = f"<ol {attributes}><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>"
    lines = read_html(page.encode()).text.splitlines()
    assert lines == [f"{labels[0]}甲", f"{labels[1]}乙", "丙"]


def test_a_page_saved_as_one_file_is_read() -> None:
    message = email.mime.multipart.MIMEMultipart("related", type="text/html")
    message["Subject"] = "要点"
    message.attach(email.mime.text.MIMEText("<p>新建养老院3所。</p>", "html", "gb2312"))
    message.attach(email.mime.text.MIMEText("<p>图片说明</p>", "plain", "utf-8"))
    assert read_mht(message.as_bytes()).text == "新建养老院3所。\n"
    assert read_file(message.as_bytes(), file="要点.mht").text == "新建养老院3所。\n"
    assert read_file(message.as_bytes(), file="要点.doc").text == "新建养老院3所。\n"


def test_scripts_handlers_and_what_they_fetch_are_not_text() -> None:
    page = (
        "<p onclick=alert(1)>新建<img src=x onerror=alert(2)>养老院</p><iframe src=http://127.0.0.1:9/>a</iframe>"
        "<svg onload=x><text>s</text></svg><noscript>n</noscript><template>t</template><p>&lt;script&gt;</p>"
    )
    assert read_html(page.encode()).text == "新建养老院\n<script>\n"


@pytest.mark.parametrize(
    "page",
    [
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>新建&b;</p>',
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>新建&x;</p>',
        "<p>新建" + "<b>" * 1500 + "养老院",
        "<p>新建</p></div></table></html><p>又一段",
        "<p>新建\x00\x01\x08养老院",
        "<table><tr><td colspan=99999999 rowspan=99999999>新建</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "<table>" * 300 + "<tr><td>新建",
        "<!-- " * 1000 + "--><p>新建",
        "<p " + "a=1 " * 50_000 + ">新建",
        "<a href='javascript:x'>新建</a>" * 20_000,
    ],
    ids=[
        "entities",
        "external",
        "deep",
        "unclosed",
        "control",
        "spans",
        "tables",
        "comments",
        "attributes",
        "links",
    ],
)
def test_hostile_markup_is_read_in_time(page: str) -> None:
    began = time.monotonic()
    text = read_html(page.encode()).text
    assert "新建" in text
    assert "root:" not in text
    assert "aaaa" not in text
    assert time.monotonic() - began < 5


def test_a_page_nested_without_end_is_refused_and_not_cut() -> None:
    with pytest.raises(DocumentUnreadable, match=r"“深\.html”.*嵌套过深"):
        read_file(("<div>" * 100_000 + "新建").encode(), file="深.html")


def test_a_long_page_is_read_in_linear_time() -> None:
    paragraph = "<p><span>新建养老院3所，</span>新增床位360张，改造适老住房120户，完善养老服务体系。</p>"
    began = time.monotonic()
    text = read_html(f"<html><body>{paragraph * 40_000}</body></html>".encode()).text
    assert text.count("\n") == 40_000
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("mark", ["pre", 'div style="white-space: pre-wrap"'])
def test_lines_that_are_shown_as_they_were_typed_are_lines(mark: str) -> None:
    page = f"<p>甲</p><{mark}>一、养老服务\n新增<b>床位</b>200张。\r\n\n二、社会救助</{mark.split(maxsplit=1)[0]}>\n<p>乙\n丙</p>"
    assert read_html(page.encode()).text == "甲\n一、养老服务\n新增床位200张。\n二、社会救助\n乙丙\n"
