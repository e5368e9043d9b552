"""Word files: what a reader sees in Word, in order, with the numbers that Word computes."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls
from office_parts import document_from, furniture_of, headings_of, passage_with, rows_of

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.limits import Limits
from vectorstore.formats.numbering import written_number
from vectorstore.formats.reader import read_file
from vectorstore.locations import location_of

_NAMESPACES = nsdecls("w")


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _read(document: Any) -> Extracted:
    return read_file(_saved(document), file="规划.docx")


def _lines(document: Any) -> list[str]:
    return _read(document).text.splitlines()


def _with_parts(content: bytes, **changes: str | bytes) -> bytes:
    """The package with parts replaced or added; `__` in a name stands for a slash, `_xml` for .xml."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in changes.items()}
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in named:
                new.writestr(part, old.read(part))
        for name, text in named.items():
            new.writestr(name, text)
    return buffer.getvalue()


def _body(markup: str) -> bytes:
    """A Word file whose body is this markup."""
    document = f'<?xml version="1.0"?><w:document {_NAMESPACES}><w:body>{markup}</w:body></w:document>'
    return _with_parts(_saved(docx.Document()), word__document_xml=document)


def _body_lines(markup: str) -> list[str]:
    return read_file(_body(markup), file="规划.docx").text.splitlines()


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


# --- paragraphs ------------------------------------------------------------------------------------------


def test_paragraphs_and_tables_come_in_their_order_each_with_its_place() -> None:
    document = docx.Document()
    document.add_paragraph("青浦区2024年民政工作要点")
    document.add_paragraph("")
    document.add_paragraph("新建养老院3所。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["指标", "2024年", "床位", "360"], strict=True
    ):
        cell.text = text
    document.add_paragraph("改造住房120户。")
    found = _read(document)
    assert found.text.splitlines() == [
        "青浦区2024年民政工作要点",
        "新建养老院3所。",
        "| 指标 | 2024年 |",
        "| --- | --- |",
        "| 床位 | 360 |",
        "改造住房120户。",
    ]
    places = {
        line: location_of(found.anchors, found.text.index(line), found.text.index(line) + len(line)).text
        for line in ("新建养老院3所。", "| 床位 | 360 |", "改造住房120户。")
    }
    assert places == {"新建养老院3所。": "第2段", "| 床位 | 360 |": "第4段", "改造住房120户。": "第5段"}


def test_heading_styles_make_sections_without_any_numbering() -> None:
    document = docx.Document()
    document.add_paragraph("青浦区养老服务发展规划", style="Title")
    document.add_heading("总体要求", 1)
    document.add_paragraph("坚持以人民为中心。")
    document.add_heading("重点任务", 1)
    document.add_heading("养老服务", 2)
    document.add_paragraph("新建养老院3所。")
    found = _read(document)
    assert headings_of(found) == [
        (1, "青浦区养老服务发展规划"),
        (1, "总体要求"),
        (1, "重点任务"),
        (2, "养老服务"),
    ]
    read = document_from(_saved(document), file="规划.docx")
    assert passage_with(read, "新建养老院").section == ("重点任务", "养老服务")
    assert passage_with(read, "以人民").section == ("总体要求",)


def test_an_outline_level_of_the_paragraph_counts_and_a_style_of_body_text_does_not() -> None:
    found = read_file(
        _body(_p("总体要求", '<w:outlineLvl w:val="0"/>') + _p("正文。", '<w:outlineLvl w:val="9"/>')),
        file="a.docx",
    )
    assert headings_of(found) == [(1, "总体要求")]


def test_tracked_changes_are_read_as_accepted() -> None:
    assert _body_lines(
        "<w:p><w:r><w:t>新建</w:t></w:r><w:del><w:r><w:delText>五所</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>3所</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>养老院。</w:t></w:r></w:moveTo></w:p>"
    ) == ["新建3所养老院。"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    lines = _body_lines(_p("新建", "<w:rPr><w:del/></w:rPr>") + _p("养老院3所。") + _p("新增床位。"))
    assert lines == ["新建养老院3所。", "新增床位。"]


def test_links_content_controls_fields_breaks_and_signs_are_read_as_shown() -> None:
    assert _body_lines(
        "<w:p><w:hyperlink><w:r><w:t>见附件</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>一</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:r><w:softHyphen/><w:t>养\u00ad老\u200b</w:t><w:noBreakHyphen/><w:t>服务</w:t><w:br/>"
        '<w:t>第二行</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/><w:t>7</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>'
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的段落</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ) == ["见附件一养老-服务", "第二行7", "控件里的段落"]


def test_a_table_of_contents_is_page_furniture() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{_p('总体要求 1')}</w:sdtContent></w:sdt>"
    )
    found = read_file(_body(contents + _p("总体要求") + _p("正文。")), file="a.docx")
    assert furniture_of(found) == ["总体要求 1"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{_p('框中的文字。')}</w:txbxContent>"
    lines = _body_lines(
        '<w:p xmlns:mc="urn:mc" xmlns:v="urn:v" xmlns:wps="urn:wps"><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent>'
        f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines == ["正文。", "框中的文字。"]


def test_headers_and_footers_are_furniture_and_page_numbers_are_nothing() -> None:
    document = docx.Document()
    document.add_paragraph("新建养老院3所。")
    section = document.sections[0]
    section.header.paragraphs[0].text = "青浦区民政局文件"
    section.footer.paragraphs[0].text = "— 1 —"
    found = _read(document)
    assert furniture_of(found) == ["青浦区民政局文件"]
    assert found.text.splitlines() == ["新建养老院3所。", "青浦区民政局文件"]


def test_footnotes_follow_their_paragraph() -> None:
    body = (
        '<w:p><w:r><w:t>养老床位</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>达到360张。</w:t></w:r></w:p>'
        + _p("下一段。")
    )
    notes = (
        f'<w:footnotes {_NAMESPACES}><w:footnote w:type="separator" w:id="0">{_p("线")}</w:footnote>'
        f'<w:footnote w:id="2">{_p("指护理型床位。")}</w:footnote></w:footnotes>'
    )
    content = _with_parts(_body(body), word__footnotes_xml=notes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relationships = archive.read("word/_rels/document.xml.rels").decode()
    added = relationships.replace(
        "</Relationships>", '<Relationship Id="f" Type="x/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    content = _with_parts(content, **{"word___rels__document_xml.rels": added})
    assert read_file(content, file="a.docx").text.splitlines() == [
        "养老床位达到360张。",
        "注：指护理型床位。",
        "下一段。",
    ]


# --- numbering -------------------------------------------------------------------------------------------


def _level(number: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def _numbered(*paragraphs: tuple[str, int, str], levels: str, overrides: str = "") -> list[str]:
    """Lines of paragraphs (list, level, text): lists 1 and 2 are of one definition, 2 with the overrides."""
    numbering = (
        f'<w:numbering {_NAMESPACES}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{overrides}</w:num></w:numbering>'
    )
    body = "".join(
        _p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
        for list_id, level, text in paragraphs
    )
    content = _with_parts(_body(body), word__numbering_xml=numbering)
    return read_file(content, file="a.docx").text.splitlines()


_CHINESE = (
    _level(0, "chineseCountingThousand", "%1、")
    + _level(1, "chineseCounting", "（%2）")
    + _level(2, "decimal", "%3.")
    + _level(3, "decimalEnclosedCircle", "%4")
)


def test_chinese_numbers_of_every_level_are_written_and_start_again_below_the_next() -> None:
    assert _numbered(
        ("1", 0, "总体要求"),
        ("1", 1, "指导思想"),
        ("1", 1, "基本原则"),
        ("1", 0, "重点任务"),
        ("1", 1, "养老服务"),
        ("1", 2, "床位建设"),
        ("1", 3, "新建"),
        ("1", 3, "改造"),
        ("1", 2, "老年助餐"),
        ("1", 3, "网点"),
        levels=_CHINESE,
    ) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "二、重点任务",
        "（一）养老服务",
        "1. 床位建设",
        "① 新建",
        "② 改造",
        "2. 老年助餐",
        "① 网点",
    ]


def test_a_second_list_of_the_same_definition_goes_on_unless_it_starts_anew() -> None:
    paragraphs = (("1", 0, "甲"), ("1", 0, "乙"), ("2", 0, "丙"), ("2", 0, "丁"))
    assert _numbered(*paragraphs, levels=_CHINESE) == ["一、甲", "二、乙", "三、丙", "四、丁"]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert _numbered(*paragraphs, levels=_CHINESE, overrides=anew) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_numbers_of_several_levels_are_put_together() -> None:
    levels = _level(0, "chineseCounting", "第%1章") + _level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert _numbered(("1", 0, "总则"), ("1", 1, "目的"), ("1", 1, "依据"), levels=levels) == [
        "第一章 总则",
        "1.1 目的",
        "1.2 依据",
    ]


def test_a_level_that_never_starts_again_counts_through() -> None:
    levels = _level(0, "chineseCounting", "第%1章") + _level(
        1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'
    )
    paragraphs = (("1", 0, "总则"), ("1", 1, "目的"), ("1", 0, "附则"), ("1", 1, "解释"))
    assert _numbered(*paragraphs, levels=levels)[-1] == "第二条 解释"


def test_bullets_and_unknown_lists_have_no_number() -> None:
    assert _numbered(("1", 0, "甲"), ("9", 0, "乙"), ("0", 0, "丙"), levels=_level(0, "bullet", "●")) == [
        "甲",
        "乙",
        "丙",
    ]


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (20, "ideographDigital", "二〇"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (36, "decimalEnclosedCircle", "㊱"),
        (99, "decimalEnclosedCircle", "99"),
        (3, "ideographTraditional", "丙"),
        (4, "decimalFullWidth", "４"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (7, "someFutureStyle", "7"),
    ],
)
def test_numbers_are_written_in_every_style_that_chinese_texts_use(
    number: int, style: str, written: str
) -> None:
    assert written_number(number, style) == written


# --- tables ----------------------------------------------------------------------------------------------


def _table(rows: list[list[str]]) -> Any:
    document = docx.Document()
    document.add_paragraph("表1 主要指标")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return document, table


def test_merged_cells_give_every_row_and_column_its_names() -> None:
    document, table = _table(
        [
            ["指标", "单位", "现状", "", "目标"],
            ["", "", "2019年", "2020年", "2025年"],
            ["低保标准", "城市", "900", "950", "1200"],
            ["", "农村", "700", "750", "1100"],
        ]
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    read = document_from(_saved(document), file="规划.docx")
    rural = rows_of(read)[1]
    assert rural == {
        "指标": "低保标准",
        "单位": "农村",
        "现状2019年": "700",
        "现状2020年": "750",
        "目标2025年": "1100",
    }
    assert passage_with(read, "1100").caption == "主要指标"


def test_a_title_inside_the_table_and_a_note_below_are_lines_of_their_own() -> None:
    document, table = _table(
        [
            ["社会救助指标", "", ""],
            ["指标", "单位", "2025年"],
            ["低保", "元", "900"],
            ["注：预期性指标。", "", ""],
        ]
    )
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(3, 0).merge(table.cell(3, 2))
    assert _lines(document)[1:] == [
        "社会救助指标",
        "| 指标 | 单位 | 2025年 |",
        "| --- | --- | --- |",
        "| 低保 | 元 | 900 |",
        "注：预期性指标。",
    ]


def test_a_frame_around_text_is_no_table() -> None:
    document, table = _table([["专栏一 养老工程"], ["1.床位建设。新增360张。"]])
    table.cell(1, 0).add_paragraph("2.老年助餐。建成50个。")
    assert _lines(document)[1:] == ["专栏一 养老工程", "1.床位建设。新增360张。", "2.老年助餐。建成50个。"]


def test_a_table_inside_a_cell_follows_the_outer_one() -> None:
    document, table = _table([["项目", "内容", "备注"], ["床位", "见下", ""], ["助餐", "50个", ""]])
    inner = table.cell(1, 2).add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in inner.rows for c in row.cells), ["地区", "张", "青浦", "360"], strict=True
    ):
        cell.text = text
    assert _lines(document)[1:] == [
        "| 项目 | 内容 | 备注 |",
        "| --- | --- | --- |",
        "| 床位 | 见下 |  |",
        "| 助餐 | 50个 |  |",
        "",
        "| 地区 | 张 |",
        "| --- | --- |",
        "| 青浦 | 360 |",
    ]


def test_pipes_and_paragraphs_inside_a_cell_do_not_break_its_row() -> None:
    document, table = _table([["指标", "数量"], ["甲|乙", "3"]])
    table.cell(1, 1).add_paragraph("（含改造）")
    assert _lines(document)[-1] == "| 甲\\|乙 | 3 （含改造） |"
    assert rows_of(document_from(_saved(document), file="a.docx")) == [
        {"指标": "甲\\|乙", "数量": "3 （含改造）"}
    ]


# --- broken and hostile files ----------------------------------------------------------------------------


def test_pictures_are_said_to_be_unread() -> None:
    found = read_file(
        _body(
            '<w:p><w:r><w:t>正文。</w:t></w:r><w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r></w:p>'
        ),
        file="a.docx",
    )
    assert found.unread == ("文件里有1张图片或图表，图中的文字没有读取。",)


_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {_NAMESPACES}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (_LAUGHS, "实体定义"),
        (_LAUGHS.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16"), "实体定义"),
        ('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">' + "<w/>", "实体定义"),
        ("<w:document", "内部结构已损坏"),
        ("", "内部结构已损坏"),
        ("<w:document xmlns:w='urn:w'><w:body/></w:document>", "没有可读的文字"),
        ("<html/>", "没有可读的文字"),
    ],
)
def test_a_main_part_that_is_no_document_is_refused(document: str | bytes, said: str) -> None:
    with pytest.raises(DocumentUnreadable, match=said) as error:
        read_file(_with_parts(_saved(docx.Document()), word__document_xml=document), file="坏.docx")
    assert "坏.docx" in error.value.message
    assert error.value.hint


def test_a_package_without_its_main_part_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_saved(docx.Document()))) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            if part != "word/document.xml":
                new.writestr(part, old.read(part))
    with pytest.raises(DocumentUnreadable, match="已损坏"):
        read_file(buffer.getvalue(), file="坏.docx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(share: float) -> None:
    content = _saved(docx.Document())
    with pytest.raises(DocumentUnreadable, match="已损坏或不完整"):
        read_file(content[: int(len(content) * share)], file="坏.docx")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _with_parts(_body(_p("正文。")), word__document_xml="<w>" + " " * 60_000_000 + "</w>")
    began = time.monotonic()
    with pytest.raises(DocumentUnreadable, match="解压后过大"):
        read_file(bomb, file="弹.docx", limits=Limits(ratio=50))
    assert time.monotonic() - began < 10


def test_styles_and_lists_that_lead_in_circles_come_to_an_end() -> None:
    styles = (
        f'<w:styles {_NAMESPACES}><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    numbering = (
        f'<w:numbering {_NAMESPACES}><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="a"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    body = _p(
        "新建养老院。",
        '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="99999999"/><w:numId w:val="1"/></w:numPr>',
    )
    content = _with_parts(_body(body), word__styles_xml=styles, word__numbering_xml=numbering)
    assert read_file(content, file="a.docx").text == "新建养老院。\n"


def test_tables_nested_without_end_are_read_as_far_as_they_make_sense() -> None:
    nested = "".join("<w:tbl><w:tr><w:tc>" for _ in range(400)) + _p("最里") + "</w:tc></w:tr></w:tbl>" * 400
    found = read_file(_body(_p("正文。") + nested), file="a.docx")
    assert found.text == "正文。\n"
    assert any("嵌套过深" in note for note in found.unread)


def test_a_row_that_says_it_spans_a_million_columns_is_harmless() -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>{_p("甲")}</w:tc><w:tc>{_p("乙")}</w:tc>'
    began = time.monotonic()
    lines = _body_lines(f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 200}</w:tbl>")
    assert len(lines) == 201
    assert time.monotonic() - began < 10


@pytest.mark.thorough
def test_a_hundred_thousand_paragraphs_are_read_in_time() -> None:
    body = "".join(
        _p(f"新建养老院{number}所，新增床位360张，改造适老住房120户。") for number in range(100_000)
    )
    content = _body(body)
    began = time.process_time()
    found = read_file(content, file="长.docx")
    assert found.text.count("\n") == 100_000
    assert found.anchors[-1].paragraph == 100_000
    assert time.process_time() - began < 15
