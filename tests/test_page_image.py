"""The picture of a page on which the words of a quotation are marked."""

from __future__ import annotations

import io
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy
import pytest
from browser import running_page
from pdf_parts import (
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    can_draw_chinese,
    pdf,
    picture_pdf,
    rule_table,
    scanned,
    wrapped,
    write,
)
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from qa.assistant import Assistant
from qa.library.page_images import marking_of
from qa.settings import Settings
from vectorstore.documents import Document
from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.page_image import Marking, marked_page
from vectorstore.formats.pdf import read_pdf

pytestmark = pytest.mark.thorough

FIRST = (
    "“十四五”期间，全县新增养老床位620张，护理型床位占比提高到58%，社区日间照料中心覆盖率达到96%，"
    "每个乡镇至少建成一所综合性养老服务中心，逐步满足老年人的需要。"
)
SECOND = "到2025年，全县婚姻登记合格率保持100%，公益性公墓实现乡镇全覆盖，社会组织评估率达到70%。"


def document_of(content: bytes) -> Document:
    extracted = read_pdf(content)
    return Document("规划", "规划.pdf", extracted.text, anchors=extracted.anchors)


def marked_area(
    image: bytes, width: float = WIDTH, height: float = HEIGHT
) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of all marks, in points; an error where nothing is marked."""
    picture = Image.open(io.BytesIO(image)).convert("RGB")
    colours = numpy.asarray(picture).astype(int)
    ys, xs = numpy.nonzero((colours[:, :, 0] > 200) & (colours[:, :, 2] < 120))
    scale = picture.width / width
    assert picture.height / scale == pytest.approx(height, abs=2)
    return xs.min() / scale, ys.min() / scale, xs.max() / scale, ys.max() / scale


def image_of(content: bytes, words: str) -> bytes:
    document = document_of(content)
    start = document.text.index(words)
    marking = marking_of(document, start, start + len(words))
    assert marking is not None
    return marked_page(content, marking)


def test_the_quoted_words_are_marked_where_they_are_printed_and_nothing_else():
    def draw(canvas: Canvas) -> None:
        write(canvas, wrapped(SECOND), y=TOP)
        write(canvas, ["　　护理型床位占比提高到58%。"], y=TOP - 200)

    left, top, right, bottom = marked_area(image_of(pdf(draw), "占比提高到58%"))
    baseline = HEIGHT - (TOP - 200)
    assert left == pytest.approx(LEFT + 12 * 7, abs=3)
    assert right == pytest.approx(LEFT + 12 * 13.5, abs=6)
    assert baseline - 14 < top < bottom < baseline + 5


def test_words_over_two_lines_are_marked_on_both():
    _, top, _, bottom = marked_area(
        image_of(pdf(lambda canvas: write(canvas, wrapped(FIRST))), "社区日间照料中心覆盖率达到96%")
    )
    assert bottom - top > 25


def test_running_heads_and_other_pages_do_not_move_the_marks():
    def page(number: int, text: str):
        def draw(canvas: Canvas) -> None:
            write(canvas, ["青岚县民政事业发展规划"], y=HEIGHT - 40, size=9)
            write(canvas, wrapped(text))
            write(canvas, [f"— {number} —"], x=WIDTH / 2, y=40, size=9)

        return draw

    content = pdf(page(1, FIRST), page(2, f"第二年，{FIRST}"), page(3, SECOND))
    left, top, _, _ = marked_area(image_of(content, "到2025年"))
    assert left == pytest.approx(LEFT + 24, abs=4)
    assert top == pytest.approx(HEIGHT - TOP - 10, abs=5)


def test_a_quotation_over_two_pages_is_marked_on_both():
    lines = wrapped(FIRST)
    content = pdf(
        lambda canvas: write(canvas, [*wrapped(SECOND * 8), *lines[:2]]),
        lambda canvas: write(canvas, [*lines[2:], *wrapped(SECOND * 8)]),
    )
    document = document_of(content)
    start = document.text.index(FIRST)
    areas = []
    for page in (1, 2):
        marking = marking_of(document, start, start + len(FIRST), page=page)
        assert marking is not None
        areas.append(marked_area(marked_page(content, marking)))
    assert areas[0][3] > HEIGHT - TOP + 8 * 20
    assert areas[1][3] < HEIGHT - TOP + 2 * 20
    assert marking_of(document, start, start + len(FIRST), page=3) is None
    assert marking_of(document, start, start + 2, page=2) is None


def test_of_equal_cells_the_right_one_is_marked():
    rows = [["地区", "2023年", "2024年"], ["东平县", "820", "820"], ["安丘县", "820", "820"]]
    content = pdf(lambda canvas: rule_table(canvas, rows, [100, 100, 100]))
    document = document_of(content)
    start = document.text.index("820 |", document.text.index("安丘县"))
    marking = marking_of(document, start, start + 3)
    assert marking is not None
    left, top, _, _ = marked_area(marked_page(content, marking))
    assert left == pytest.approx(LEFT + 104, abs=3)
    assert top == pytest.approx(HEIGHT - TOP + 48 + 6, abs=6)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_on_a_page_that_is_shown_turned_the_marks_turn_with_it(turn):
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        write(canvas, wrapped(SECOND), y=400)

    content = pdf(draw)
    wide = HEIGHT, WIDTH
    # The library that draws exchanges the sides of a page that it turns by a quarter.
    width, height = (WIDTH, HEIGHT) if turn == 180 else wide[::-1]
    left, top, right, bottom = marked_area(image_of(content, "到2025年"), width, height)
    long, short = max(right - left, bottom - top), min(right - left, bottom - top)
    assert (right - left > bottom - top) == (turn == 180)
    assert long == pytest.approx(48, abs=8)
    assert short == pytest.approx(13, abs=5)


@pytest.mark.ocr
@pytest.mark.skipif(not can_draw_chinese(), reason="没有中文字体，画不出扫描件")
def test_the_words_of_a_scan_are_marked_too():
    content = picture_pdf(
        scanned(pdf(lambda canvas: write(canvas, wrapped(SECOND, 25), x=40, y=190), size=(420, 240)))
    )
    left, top, right, _ = marked_area(image_of(content, "社会组织评估率"), 420, 240)
    # On the second line, behind 墓实现乡镇全覆盖，.
    assert left == pytest.approx(40 + 9 * 12, abs=12)
    assert right == pytest.approx(40 + 16 * 12, abs=12)
    assert top == pytest.approx(240 - 170 - 10, abs=8)


def test_a_file_that_says_something_else_now_is_shown_without_marks():
    marking = Marking(1, "完全不同的文字", 0, 7)
    image = marked_page(pdf(lambda canvas: write(canvas, ["abcdefg"])), marking)
    with pytest.raises(ValueError, match="zero-size"):
        marked_area(image)


def test_a_page_that_the_file_does_not_have_is_refused():
    with pytest.raises(DocumentUnreadable, match="第9页"):
        marked_page(pdf(lambda canvas: write(canvas, [FIRST])), Marking(9, FIRST, 0, 3))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("library")
    (folder / "规划.pdf").write_bytes(
        pdf(lambda canvas: write(canvas, wrapped(FIRST)), lambda canvas: write(canvas, wrapped(SECOND)))
    )
    (folder / "要点.txt").write_text(SECOND, encoding="utf-8")
    with Assistant.open(Settings(library=folder, index_dir=folder / ".index", llm="none")) as opened:
        yield opened


def test_the_assistant_paints_the_page_of_a_quotation(assistant: Assistant):
    text = assistant.documents["规划"].text
    start = text.index("评估率")
    image = assistant.page_image("规划", start, start + 6)
    assert image is not None
    marked_area(image)


def test_there_is_no_picture_of_what_has_no_pages(assistant: Assistant):
    assert assistant.page_image("要点", 0, 5) is None
    assert assistant.page_image("没有的文件", 0, 5) is None
    assert assistant.page_image("规划", 5, 5) is None
    assert assistant.page_image("规划", -3, 5) is None
    assert assistant.page_image("规划", 0, 10**9) is None


def test_the_page_serves_the_picture_and_shows_it_beside_the_text(assistant: Assistant):
    start = assistant.documents["规划"].text.index("评估率")
    query = urlencode({"name": "规划", "start": start, "end": start + 3})
    settings = assistant.settings
    with running_page(QA_LIBRARY=str(settings.library), QA_INDEX_DIR=str(settings.index_dir)) as page:
        with urlopen(f"{page.address}/page-image?{query}") as response:
            assert response.headers["content-type"] == "image/png"
            marked_area(response.read())
        with urlopen(f"{page.address}/document?{query}") as response:
            shown = response.read().decode()
        assert 'src="page-image?name=' in shown
        assert "原件第2页" in shown
        with pytest.raises(HTTPError) as caught:
            urlopen(f"{page.address}/page-image?{urlencode({'name': '要点', 'start': 0, 'end': 3})}")
        assert caught.value.code == 404
        caught.value.close()
