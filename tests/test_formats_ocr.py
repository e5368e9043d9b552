"""Scans and pictures: recognised in this program's own process of reading, turned upright, with the right pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from pdf_parts import (
    can_draw_chinese,
    pdf,
    picture_pdf,
    plan_pdf,
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
from vectorstore.formats.images import read_image
from vectorstore.formats.page_image import marked_page
from vectorstore.formats.pdf import read_pdf
from vectorstore.formats.reader import read_file

PLAN = Path(__file__).resolve().parent / "unseen" / "xinjin_standards.txt"
PARAGRAPH = "全市城乡低保标准统一调整为每人每月875元，较原标准每人每月830元提高45元，惠及困难群众四万余人。"
SMALL = (420, 240)
needs_font = pytest.mark.skipif(not can_draw_chinese(), reason="没有中文字体（fonts-noto-cjk），画不出扫描件")


def small_page(canvas: Canvas) -> None:
    write(canvas, wrapped(PARAGRAPH, 25), x=40, y=190)


def picture(image: Image.Image, kind: str = "PNG", **options) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@needs_font
@pytest.mark.ocr
@pytest.mark.parametrize(("turn", "askew"), [(0, 1.5), (90, 0), (180, 0), (270, -1)])
def test_a_picture_is_read_however_it_lies(turn, askew):
    image = scanned(pdf(small_page, size=SMALL), turn=turn, askew=askew)[0]
    assert read_image(picture(image)).text.replace(" ", "").strip() == PARAGRAPH


@needs_font
@pytest.mark.ocr
def test_the_lines_of_a_table_are_found_in_a_picture():
    rows = [["事项", "2023年", "2024年"], ["城市低保", "830", "875"], ["农村低保", "710", "780"]]
    image = scanned(pdf(lambda canvas: rule_table(canvas, rows, [110, 90, 90], x=40, y=190), size=SMALL))[0]
    assert read_image(picture(image, "JPEG")).text.splitlines() == [
        "| 事项 | 2023年 | 2024年 |",
        "| --- | --- | --- |",
        "| 城市低保 | 830 | 875 |",
        "| 农村低保 | 710 | 780 |",
    ]


@needs_font
@pytest.mark.ocr
def test_a_scanned_page_with_text_a_narrower_table_and_its_number_is_read():
    def draw(canvas: Canvas) -> None:
        write(canvas, wrapped(PARAGRAPH * 2, 25), x=40, y=280)
        rule_table(canvas, [["事项", "2024年"], ["城市低保", "875"]], [110, 90], x=40, y=170)
        write(canvas, ["— 3 —"], x=200, y=40)

    text = read_image(picture(scanned(pdf(draw, size=(420, 320)))[0])).text
    assert "| 城市低保 | 875 |" in text.splitlines()
    assert text.startswith(PARAGRAPH[:20])


@needs_font
@pytest.mark.ocr
def test_each_picture_of_a_tiff_is_a_page_and_an_empty_one_is_named():
    first = scanned(pdf(small_page, size=SMALL))[0]
    empty = Image.new("L", first.size, 255)
    content = picture(first, "TIFF", save_all=True, append_images=[empty, first])
    pages: list[tuple[int, int]] = []
    extracted = read_image(content, on_page=lambda page, of: pages.append((page, of)))
    assert {anchor.page for anchor in extracted.anchors} == {1, 3}
    assert extracted.unread == ("第2页没有识别出文字。",)
    assert pages == [(1, 3), (2, 3), (3, 3)]


@needs_font
@pytest.mark.ocr
@pytest.mark.parametrize(
    ("file", "kind", "options"),
    [
        ("照片.webp", "WEBP", {"quality": 80}),
        ("扫描.bmp", "BMP", {}),
        ("扫描.tif", "TIFF", {"compression": "tiff_lzw"}),
        ("传真.tiff", "TIFF", {"compression": "group4"}),
        ("照片.jpg", "JPEG", {"quality": 70}),
    ],
)
def test_pictures_of_every_kind_are_read(file, kind, options):
    image = scanned(pdf(small_page, size=SMALL))[0]
    black_and_white = image.point(lambda grey: 255 if grey > 140 else 0).convert("1")
    content = picture(black_and_white if "传真" in file else image, kind, **options)
    extracted = read_file(content, file=file)
    assert extracted.text.replace(" ", "").strip() == PARAGRAPH
    assert {anchor.page for anchor in extracted.anchors} == {1}


@needs_font
@pytest.mark.ocr
def test_words_on_a_later_page_of_a_tiff_are_marked_there():
    first = scanned(pdf(small_page, size=SMALL))[0]
    second = scanned(
        pdf(lambda canvas: write(canvas, ["公益性公墓覆盖率达到百分之百。"], x=40, y=120), size=SMALL)
    )[0]
    content = picture(first, "TIFF", save_all=True, append_images=[second])
    extracted = read_file(content, file="扫描.tif")
    document = Document("扫描", "扫描.tif", extracted.text, anchors=extracted.anchors)
    start = extracted.text.index("公益性公墓")
    marking = marking_of(document, start, start + 5)
    assert marking is not None
    assert marking.page == 2
    painted = numpy.asarray(Image.open(io.BytesIO(marked_page(content, marking))).convert("RGB")).astype(int)
    ys, _ = numpy.nonzero((painted[:, :, 0] > 200) & (painted[:, :, 2] < 120))
    assert 0.4 < ys.min() / len(painted) < ys.max() / len(painted) < 0.6


@pytest.fixture(scope="module", params=["text", "scan"])
def plan_assistant(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Assistant, dict[str, int]]]:
    """The same plan as a PDF with text and as one of pictures, and on which page each line of it begins."""
    if request.param == "scan" and not can_draw_chinese():
        pytest.skip("没有中文字体（fonts-noto-cjk），画不出扫描件")
    folder = tmp_path_factory.mktemp(request.param)
    content, pages = plan_pdf(PLAN.read_text(encoding="utf-8"))
    (folder / "通知.pdf").write_bytes(content if request.param == "text" else picture_pdf(scanned(content)))
    settings = Settings(library=folder, index_dir=folder / ".index", llm="none")
    with Assistant.open(settings) as opened:
        yield opened, pages


@pytest.mark.ocr
@pytest.mark.parametrize(
    ("question", "figure", "line"),
    [
        ("从2024年7月1日起全市城乡低保标准调整为每人每月多少？", "875元", "从2024年7月1日起"),
        ("特困人员基本生活标准现在是每月多少钱？", "1313元", "（一）基本生活标准"),
        ("2022年东平县的低保标准是多少？", "730", "东平县\t730"),
        ("2024年市级财政安排救助资金多少？", "1.28亿元", "（一）落实资金"),
    ],
)
def test_a_plan_as_text_and_as_scan_is_answered_alike_from_the_right_page(
    plan_assistant, question, figure, line
):
    assistant, pages = plan_assistant
    answer = assistant.ask(question)
    assert figure in answer.text
    text = assistant.documents["通知"].text
    cited = [citation for citation in answer.citations if figure.rstrip("元亿") in citation.quote]
    assert cited
    assert all(text[citation.start : citation.end] == citation.quote for citation in answer.citations)
    page = next(page for begins, page in pages.items() if begins.startswith(line))
    assert cited[0].page == page
    assert cited[0].location == f"第{page}页"


# --- without recognition --------------------------------------------------------------------------------


def test_without_the_component_a_scan_says_what_to_install():
    content = picture_pdf([Image.new("L", (800, 1100), 200)])
    for read, bad in ((read_pdf, content), (read_image, picture(Image.new("L", (80, 80), 200)))):
        with pytest.raises(DocumentUnreadable) as caught:
            read(bad, recognise=False)
        assert "需要安装文字识别组件" in caught.value.message


def test_pages_that_were_not_recognised_are_named_beside_those_that_were_read(tmp_path):
    def scan(canvas: Canvas) -> None:
        path = tmp_path / "scan.png"
        Image.new("L", (600, 850), 190).save(path)
        canvas.drawImage(str(path), 0, 0, 595, 842)

    def text(canvas: Canvas) -> None:
        write(canvas, wrapped(PARAGRAPH))

    extracted = read_pdf(pdf(text, scan, scan, text, scan), recognise=False)
    assert extracted.text.count("875元") == 2
    assert extracted.unread[0].startswith("第2—3、5页是扫描件，需要安装文字识别组件")


def test_characters_without_a_meaning_are_not_passed_off_as_text():
    def draw(canvas: Canvas) -> None:
        write(canvas, ["".join(map(chr, range(0xE100, 0xE100 + 30)))] * 8)

    extracted = read_pdf(pdf(lambda canvas: write(canvas, wrapped(PARAGRAPH)), draw), recognise=False)
    assert extracted.text == f"{PARAGRAPH}\n"
    assert extracted.unread[0].startswith("第2页的文字没有正确的编码")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"\0" * 200])
def test_a_damaged_picture_is_refused(content):
    with pytest.raises(DocumentUnreadable) as caught:
        read_image(content, recognise=True)
    assert "损坏" in caught.value.message


def test_a_picture_that_unfolds_to_a_monstrous_size_is_refused():
    content = picture(Image.new("1", (20_000, 20_000)))
    assert len(content) < 100_000
    with pytest.raises(DocumentUnreadable) as caught:
        read_image(content, recognise=True)
    assert caught.value.hint
