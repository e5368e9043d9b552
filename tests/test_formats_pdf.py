"""PDFs with a text layer: reading order, paragraphs, tables, what belongs to the page, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_parts import HEIGHT, LATIN, LEFT, TOP, WIDTH, pdf, rule_table, wrapped, write
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.pdf import read_pdf

_DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PARAGRAPH = (
    "“十四五”期间，全县城乡居民最低生活保障标准年均增长不低于百分之六，特困人员集中供养能力显著增强，"
    "新增养老床位620张，护理型床位占比提高到58%，社区日间照料中心覆盖率达到96%，每个乡镇至少建成一所综合性养老服务中心。"
)
SECOND = "到2025年，全县婚姻登记合格率保持100%，公益性公墓实现乡镇全覆盖，社会组织评估率达到70%，志愿服务站点覆盖全部社区。"


def page_of(extracted, words: str) -> int | None:
    start = extracted.text.index(words)
    return [anchor for anchor in extracted.anchors if anchor.start <= start][-1].page


def furniture_of(extracted) -> list[str]:
    return [extracted.text[span.start : span.end] for span in extracted.furniture]


def test_a_hard_wrapped_chinese_paragraph_is_one_line():
    extracted = read_pdf(pdf(lambda canvas: write(canvas, wrapped(PARAGRAPH) + wrapped(SECOND))))
    assert extracted.text == f"{PARAGRAPH}\n{SECOND}\n"


def test_paragraphs_without_indentation_end_with_a_short_line():
    first = f"{PARAGRAPH}这是重点工作。"
    lines = wrapped(first, indent=0) + wrapped(SECOND, indent=0)
    extracted = read_pdf(pdf(lambda canvas: write(canvas, lines)))
    assert extracted.text == f"{first}\n{SECOND}\n"


def test_more_space_between_two_full_lines_separates_paragraphs():
    first, second = PARAGRAPH[:36], PARAGRAPH[36:72]

    def draw(canvas: Canvas) -> None:
        y = write(canvas, [first, second], y=TOP)
        write(canvas, [first, second], y=y - 20)

    assert read_pdf(pdf(draw)).text == f"{first}{second}\n{first}{second}\n"


def test_a_broken_latin_word_is_whole_again_and_words_keep_their_space():
    lines = ["The county will establish a community nurs-", "ing service in each township of the area"]
    extracted = read_pdf(pdf(lambda canvas: write(canvas, lines, font=LATIN)))
    assert (
        extracted.text
        == "The county will establish a community nursing service in each township of the area\n"
    )


def test_two_figures_at_a_line_break_never_become_one():
    first = "各年度新增床位数依次为一百二十张、一百四十张、一百六十张，即120 140"

    def draw(canvas: Canvas) -> None:
        write(canvas, [first, "160 张，均按期完成。"])

    assert "140 160" in read_pdf(pdf(draw)).text


def test_numbered_headings_stand_on_their_own_lines():
    def draw(canvas: Canvas) -> None:
        y = write(canvas, ["　　一、发展基础", *wrapped(PARAGRAPH)])
        write(canvas, ["　　（一）社会救助", *wrapped(SECOND)], y=y)

    assert read_pdf(pdf(draw)).text.split("\n")[:3] == ["一、发展基础", PARAGRAPH, "（一）社会救助"]


def test_two_columns_are_read_one_after_the_other():
    left = [f"左栏第{number}行写的是养老服务设施的建设情况" for number in range(8)]
    right = [f"右栏第{number}行写的是社会救助对象的认定办法" for number in range(8)]

    def draw(canvas: Canvas) -> None:
        write(canvas, ["青岚县民政工作简报"], x=200, size=20)
        write(canvas, left, y=TOP - 60, size=10)
        # The lines of the right column do not stand on those of the left one.
        write(canvas, right, x=320, y=TOP - 67, size=10)

    text = read_pdf(pdf(draw)).text
    assert text.index("简报") < text.index("左栏第0行") < text.index("左栏第7行") < text.index("右栏第0行")
    assert text.index("右栏第0行") < text.index("右栏第7行")


def test_running_heads_and_page_numbers_are_set_aside_and_cut_no_sentence():
    lines = wrapped(PARAGRAPH * 3)

    def page(number: int, part: list[str]):
        def draw(canvas: Canvas) -> None:
            write(canvas, ["青岚县民政事业发展规划"], y=HEIGHT - 40, size=9)
            write(canvas, part)
            write(canvas, [f"— {number} —"], x=WIDTH / 2, y=40, size=9)

        return draw

    extracted = read_pdf(pdf(page(1, lines[:4]), page(2, lines[4:8]), page(3, lines[8:])))
    assert PARAGRAPH * 3 in extracted.text
    assert furniture_of(extracted) == [
        text for number in (1, 2, 3) for text in ("青岚县民政事业发展规划", f"— {number} —")
    ]
    assert page_of(extracted, "— 2 —") == 2


def test_a_head_that_names_its_own_section_beside_the_number_is_furniture():
    sections = ["一、养老服务", "二、社会救助", "三、儿童福利", "四、社会事务"]

    def page(number: int):
        def draw(canvas: Canvas) -> None:
            head = [sections[number], f"{number + 5}"] if number % 2 else [f"{number + 5}", sections[number]]
            for text, x in zip(head, (LEFT, WIDTH - 140), strict=True):
                write(canvas, [text], x=x, y=HEIGHT - 40, size=9)
            write(canvas, wrapped(f"第{number}部分的内容：{PARAGRAPH}"))

        return draw

    furniture = furniture_of(read_pdf(pdf(*map(page, range(4)))))
    assert furniture == ["5 一、养老服务", "二、社会救助 6", "7 三、儿童福利", "四、社会事务 8"]


@pytest.mark.parametrize("form", ["第{}页 共3页", "{}", "- {} -", "{}/3", "Page {} of 3"])
def test_page_numbers_of_every_form_are_furniture(form):
    def page(number: int):
        def draw(canvas: Canvas) -> None:
            write(canvas, wrapped(f"第{number}部分的内容：{PARAGRAPH}"))
            write(canvas, [form.format(number)], x=WIDTH / 2, y=40, size=9)

        return draw

    extracted = read_pdf(pdf(page(1), page(2), page(3)))
    assert furniture_of(extracted) == [form.format(number) for number in (1, 2, 3)]


def test_a_line_that_pages_begin_with_is_no_running_head():
    def page(number: int):
        return lambda canvas: write(canvas, wrapped(f"第{number}季度新增养老床位{number}0张。{SECOND}"))

    assert furniture_of(read_pdf(pdf(page(1), page(2), page(3), page(4)))) == []


HEADER = ["指标", "单位", "2020年", "2025年", "属性"]
ROWS = [
    ["城市低保标准", "元/月", "650", "900", "预期性"],
    ["养老机构护理型床位占比", "%", "48", "58", "约束性"],
    ["每千名老人床位", "张", "35.5", "40", "预期性"],
    ["社会工作站覆盖率", "%", "60", "100", "预期性"],
]
WIDTHS = [150, 60, 70, 70, 70]


def test_a_ruled_table_is_a_pipe_table_below_its_caption():
    def draw(canvas: Canvas) -> None:
        y = write(canvas, wrapped(SECOND))
        y = write(canvas, ["表1 “十四五”主要指标"], x=220, y=y - 20)
        rule_table(canvas, [HEADER, *ROWS], WIDTHS, y=y)

    lines = read_pdf(pdf(draw)).text.splitlines()
    assert lines[0] == SECOND
    assert lines[1].replace(" ", "") == "表1“十四五”主要指标"
    assert lines[2:4] == ["| 指标 | 单位 | 2020年 | 2025年 | 属性 |", "| --- | --- | --- | --- | --- |"]
    assert lines[4] == "| 城市低保标准 | 元/月 | 650 | 900 | 预期性 |"
    assert len(lines) == 8


def test_a_table_that_is_placed_on_the_page_as_a_picture_is_read_where_it_is_shown():
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("outer")
        canvas.beginForm("table")
        rule_table(canvas, [HEADER, *ROWS], WIDTHS)
        canvas.endForm()
        canvas.scale(0.8, 0.8)
        canvas.doForm("table")
        canvas.endForm()
        write(canvas, wrapped(PARAGRAPH), y=700)
        canvas.translate(30, -60)
        canvas.scale(0.9, 0.9)
        canvas.doForm("outer")

    lines = read_pdf(pdf(draw)).text.splitlines()
    assert lines[:2] == [PARAGRAPH, "| 指标 | 单位 | 2020年 | 2025年 | 属性 |"]
    assert lines[-1] == "| 社会工作站覆盖率 | % | 60 | 100 | 预期性 |"


def test_a_table_over_two_pages_is_one_with_each_row_on_its_page():
    def page(rows: list[list[str]], number: int):
        def draw(canvas: Canvas) -> None:
            rule_table(canvas, [HEADER, *rows], WIDTHS)
            write(canvas, [f"第{number}页"], x=WIDTH / 2, y=40, size=9)

        return draw

    extracted = read_pdf(pdf(page(ROWS[:2], 1), page(ROWS[2:], 2)))
    table = [line for line in extracted.text.splitlines() if line.startswith("|")]
    assert len(table) == 2 + len(ROWS)
    assert "第1页" not in "".join(table)
    assert page_of(extracted, "| 养老机构") == 1
    assert page_of(extracted, "| 每千名老人") == 2
    assert page_of(extracted, "第1页") == 1


def test_a_line_that_says_that_the_table_goes_on_does_not_cut_it():
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [HEADER, *ROWS[:2]], WIDTHS)

    def second(canvas: Canvas) -> None:
        y = write(canvas, ["续表"], x=260)
        rule_table(canvas, [HEADER, *ROWS[2:]], WIDTHS, y=y)

    extracted = read_pdf(pdf(first, second))
    assert extracted.text.count("| 指标 |") == 1
    assert furniture_of(extracted) == ["续表"]


def test_merged_cells_stand_where_they_begin_and_lines_of_a_cell_are_one():
    rows = [
        ["类别", "标准（元/月）", None, "备注"],
        ["^", "2020年", "2025年", "^"],
        ["城乡居民\n最低生活保障", "650", "900", "按年调整"],
        ["特困供养", "845", "1170", "^"],
    ]
    extracted = read_pdf(pdf(lambda canvas: rule_table(canvas, rows, [140, 80, 80, 100])))
    assert extracted.text.splitlines() == [
        "| 类别 | 标准（元/月） |  | 备注 |",
        "| --- | --- | --- | --- |",
        "|  | 2020年 | 2025年 |  |",
        "| 城乡居民最低生活保障 | 650 | 900 | 按年调整 |",
        "| 特困供养 | 845 | 1170 |  |",
    ]


def test_a_frame_around_text_is_no_table():
    def draw(canvas: Canvas) -> None:
        canvas.rect(LEFT - 6, TOP - 130, 460, 150)
        write(canvas, ["　　专栏1 养老服务重点工程", *wrapped(PARAGRAPH)])

    assert read_pdf(pdf(draw)).text == f"专栏1 养老服务重点工程\n{PARAGRAPH}\n"


def test_columns_of_figures_without_lines_are_a_table():
    def draw(canvas: Canvas) -> None:
        y = write(canvas, wrapped(SECOND)) - 20
        for row in [HEADER, *ROWS]:
            for cell, x in zip(row, (72, 230, 300, 370, 440), strict=True):
                write(canvas, [cell], x=x, y=y, size=10)
            y -= 18
        write(canvas, wrapped(PARAGRAPH), y=y - 20)

    lines = read_pdf(pdf(draw)).text.splitlines()
    assert lines[1] == "| 指标 | 单位 | 2020年 | 2025年 | 属性 |"
    assert lines[4] == "| 养老机构护理型床位占比 | % | 48 | 58 | 约束性 |"
    assert lines[-1] == PARAGRAPH


def test_a_table_between_three_lines_is_a_table_of_two_columns():
    rows = [["事项", "办理期限"], ["婚姻登记", "当场办结"], ["收养登记", "三十日内"]]

    def draw(canvas: Canvas) -> None:
        for y in (TOP + 18, TOP - 4, TOP - 44):
            canvas.line(LEFT, y, 400, y)
        for number, row in enumerate(rows):
            for cell, x in zip(row, (90, 280), strict=True):
                write(canvas, [cell], x=x, y=TOP - 18 * number, size=10)

    assert read_pdf(pdf(draw)).text.splitlines()[2:] == ["| 婚姻登记 | 当场办结 |", "| 收养登记 | 三十日内 |"]


def test_between_three_lines_a_long_name_may_come_near_to_the_next_heading():
    rows = [
        ["事项", "是否公开", "办理期限"],
        ["外国人在本地收养子女登记", "", "三十日内"],
        ["婚姻登记", "是", "当场办结"],
    ]

    def draw(canvas: Canvas) -> None:
        for y in (TOP + 18, TOP - 4, TOP - 44):
            canvas.line(LEFT, y, 400, y)
        for number, row in enumerate(rows):
            for cell, x in zip(row, (90, 213, 300), strict=True):
                write(canvas, [cell], x=x, y=TOP - 18 * number, size=10)

    assert read_pdf(pdf(draw)).text.splitlines() == [
        "| 事项 | 是否公开 | 办理期限 |",
        "| --- | --- | --- |",
        "| 外国人在本地收养子女登记 |  | 三十日内 |",
        "| 婚姻登记 | 是 | 当场办结 |",
    ]


def test_a_pipe_in_a_cell_does_not_make_another_cell():
    rows = [["事项", "内容"], ["编号", "甲|乙"], ["数量", "3"]]
    assert "| 编号 | 甲\\|乙 |" in read_pdf(pdf(lambda canvas: rule_table(canvas, rows, [100, 200]))).text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_read(turn):
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        write(canvas, wrapped(PARAGRAPH), y=400)

    assert read_pdf(pdf(draw)).text == f"{PARAGRAPH}\n"


def test_a_table_that_lies_on_its_side_is_read():
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        rule_table(canvas, [HEADER, *ROWS], WIDTHS, x=100, y=-100)

    assert "| 养老机构护理型床位占比 | % | 48 | 58 | 约束性 |" in read_pdf(pdf(draw)).text


def test_larger_type_marks_a_heading_where_there_is_no_number():
    def draw(canvas: Canvas) -> None:
        y = write(canvas, ["青岚县民政事业发展规划"], x=170, size=22, leading=50)
        for title in ("发展基础", "重点任务"):
            y = write(canvas, [title], y=y, size=16, leading=30)
            y = write(canvas, wrapped(PARAGRAPH), y=y) - 10

    extracted = read_pdf(pdf(draw))
    marked = [(extracted.text[head.start : head.end], head.level) for head in extracted.headings]
    assert marked == [("青岚县民政事业发展规划", 1), ("发展基础", 2), ("重点任务", 2)]
    assert extracted.title == "青岚县民政事业发展规划"


def test_a_title_on_two_centred_lines_is_one():
    def draw(canvas: Canvas) -> None:
        write(canvas, wrapped(PARAGRAPH), y=TOP - 100)
        canvas.setFont("STSong-Light", 22)
        canvas.drawCentredString(LEFT + 216, TOP, "青岚县人民政府关于印发民政事业")
        canvas.drawCentredString(LEFT + 216, TOP - 34, "发展“十四五”规划的通知")

    assert read_pdf(pdf(draw)).text.startswith("青岚县人民政府关于印发民政事业发展“十四五”规划的通知\n")


# --- what cannot be read --------------------------------------------------------------------------------


def refusal(content: bytes, **options) -> DocumentUnreadable:
    with pytest.raises(DocumentUnreadable) as caught:
        read_pdf(content, **options)
    assert caught.value.hint
    return caught.value


def test_a_pdf_with_a_password_is_refused_and_says_so():
    content = pdf(lambda canvas: write(canvas, [SECOND]), encrypt="secret")
    assert "密码" in refusal(content).message


def test_a_truncated_pdf_is_refused_or_says_that_something_is_missing():
    content = pdf(*[lambda canvas: write(canvas, wrapped(PARAGRAPH))] * 5)
    for kept in (10, len(content) // 3, len(content) // 2, len(content) - 60):
        try:
            extracted = read_pdf(content[:kept])
        except DocumentUnreadable as error:
            assert error.message
        else:
            assert any("不完整" in note for note in extracted.unread)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"\0" * 5000])
def test_what_is_no_pdf_is_refused(content):
    assert "损坏" in refusal(content).message


def test_a_pdf_of_too_many_pages_is_refused_with_both_numbers():
    message = refusal(pdf(*[lambda canvas: None] * 6), most_pages=5).message
    assert "6 页" in message
    assert "5 页" in message


def test_an_empty_pdf_is_refused():
    assert "没有读到文字" in refusal(pdf(lambda canvas: None)).message


@pytest.mark.thorough
def test_three_thousand_pages_are_read_to_the_end():
    def page(number: int):
        return lambda canvas: write(canvas, [f"　　第{number}号文件的摘要。"])

    extracted = read_pdf(pdf(*map(page, range(1, 3001))))
    assert page_of(extracted, "第2999号") == 2999
    assert extracted.text.count("\n") == 3000


@pytest.mark.skipif(not _DEJAVU.is_file(), reason="没有 DejaVu 字体")
def test_letters_printed_as_one_sign_are_all_read():
    pdfmetrics.registerFont(TTFont("DejaVu", str(_DEJAVU)))
    extracted = read_pdf(
        pdf(lambda canvas: write(canvas, ["The o\ufb03ce and its sta\ufb00"], font="DejaVu"))
    )
    assert extracted.text == "The office and its staff\n"
