"""The page of the library's files: what is brought there is reported, answered from, put right and taken out again."""

from __future__ import annotations

import http.client
import io
import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from browser import RunningPage, ask, running_page, visit
from pdf_parts import pdf, wrapped, write
from web import Reply, send

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ANJI = """安吉县2024年民政工作要点
一、养老服务
2024年，全县新增养老床位200张，建设村级幸福院12个，护理型床位占比达到65%。
"""
PLAN = """{county}2023年民政工作要点
一、养老服务
2023年，{county}新增养老床位{beds}张，改造敬老院2所。
"""


def plan(county: str, beds: int) -> bytes:
    return PLAN.format(county=county, beds=beds).encode()


@dataclass
class Place:
    page: RunningPage
    library: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("documents")
    library = folder / "library"
    library.mkdir()
    (library / "安吉.txt").write_text(ANJI, encoding="utf-8")
    settings = {"QA_LIBRARY": str(library), "QA_INDEX_DIR": str(folder / "index"), "QA_MAX_FILE_MB": "1"}
    with running_page(**settings) as running:
        yield Place(running, library)
    assert running.process.returncode == 0


@pytest.fixture
def tab(place: Place, browser: Browser) -> Iterator[Page]:
    """A tab on the page of the files, idle."""
    with visit(browser, place.page.address) as opened:
        opened.get_by_role("link", name="文件管理").click()
        opened.locator("#documents li").first.wait_for()
        yield opened


def bring(tab: Page, files: dict[str, bytes]) -> str:
    """Choose these files; what the page reports."""
    tab.evaluate("document.getElementById('report').hidden = true")
    chosen: list[Any] = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        for name, content in files.items()
    ]
    tab.locator("#files").set_input_files(chosen)
    tab.locator("#report").wait_for(timeout=120_000)
    return tab.locator("#report").inner_text()


def row(tab: Page, name: str) -> Any:
    return tab.locator("#documents > li").filter(has=tab.get_by_text(name, exact=True))


# ── in the browser ──


def test_files_are_reported_one_by_one_and_answered_from_without_a_restart(tab: Page, place: Place) -> None:
    before = tab.locator("#documents > li").count()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("德清.txt", plan("德清县", 130))
    told = bring(
        tab,
        {
            "青川.txt": plan("青川县", 120),
            "包.zip": archive.getvalue(),
            "空.txt": b"",
            "<img src=x onerror=window.hacked=1>.txt": plan("昌黎县", 140),
            "太大.txt": b"x" * 1_000_001,
        },
    )
    assert "3 个文件在文件库里，2 个未收入" in told
    assert "青川县2023年民政工作要点" in told
    assert "地区：德清县" in told
    assert "1 个章节" in told
    refused = tab.locator("#report .refused").all_inner_texts()
    assert len(refused) == 2
    assert any("太大.txt" in text and "1 MB" in text for text in refused)
    assert any("空.txt" in text for text in refused)
    assert tab.locator("#report img").count() == 0
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("#documents > li").count() == before + 3

    tab.get_by_role("link", name="回到问答页").click()
    tab.get_by_label("问题").wait_for()
    tab.get_by_label("地区").click()
    tab.get_by_role("option", name="德清县").click()
    ask(tab, "2023年新增养老床位多少张？")
    assert "130张" in tab.locator("#answer .answer-text").inner_text()


def test_what_was_misread_is_put_right_and_stays_so(tab: Page) -> None:
    bring(tab, {"要点.txt": "2023年，新增养老床位150张。\n".encode()})
    entry = row(tab, "要点")
    assert "没有读出" in entry.inner_text()
    entry.get_by_role("button", name="更正").click()
    assert tab.get_by_label("标题").evaluate("e => e === document.activeElement")
    tab.get_by_label("标题").fill("蒙阴县2023年要点")
    tab.get_by_label("地区").fill("蒙阴县")
    tab.get_by_label("年份").fill("不知道")
    tab.get_by_role("button", name="保存更正").click()
    tab.get_by_text("看不懂年份").wait_for()
    entry.get_by_role("button", name="更正").click()
    tab.get_by_label("标题").fill("蒙阴县2023年要点")
    tab.get_by_label("地区").fill("蒙阴县")
    tab.get_by_label("文种").fill("总结")
    tab.get_by_label("年份").fill("2023年")
    tab.keyboard.press("Enter")
    entry.get_by_text("地区：蒙阴县").wait_for()
    tab.reload()
    entry.get_by_text("标题：蒙阴县2023年要点").wait_for()
    assert "有人工更正" in entry.inner_text()
    assert "文种：总结" in entry.inner_text()


def test_a_document_is_removed_after_a_second_look_and_no_longer_answered_from(
    tab: Page, place: Place
) -> None:
    bring(tab, {"扶沟.txt": plan("扶沟县", 160)})
    entry = row(tab, "扶沟")
    entry.get_by_role("button", name="移除").click()
    entry.get_by_role("button", name="确定移除？").click()
    tab.get_by_text("已移除").wait_for()
    entry.wait_for(state="detached")
    assert not (place.library / "扶沟.txt").exists()
    tab.get_by_role("link", name="回到问答页").click()
    ask(tab, "扶沟县2023年新增养老床位多少张？")
    assert "160" not in tab.locator("#answer .answer-text").inner_text()


def test_of_a_long_paper_the_page_that_is_read_is_shown(tab: Page) -> None:
    lines = wrapped(plan("沙洋县", 170).decode() * 3)
    paper = pdf(*[lambda canvas: write(canvas, lines) for _ in range(250)])
    tab.locator("#files").set_input_files(
        [{"name": "长.pdf", "mimeType": "application/pdf", "buffer": paper}]
    )
    tab.wait_for_function("/第\\d+\\/250页/.test(document.getElementById('stage').textContent)")
    assert "约剩" in tab.locator("#stage").inner_text()
    tab.get_by_role("button", name="停止").click()
    tab.get_by_text("已停止").wait_for(timeout=60_000)


# ── over HTTP ──


def batch(place: Place) -> str:
    return str(json.loads(send(place.page.address, "/documents/batch", json_body={}).text)["batch"])


def upload(place: Place, name: str, content: bytes, *, identifier: str = "", **headers: str) -> Reply:
    path = f"/documents/file?batch={identifier or batch(place)}&name={quote(name)}"
    return send(place.page.address, path, body=content, headers=headers)


def idle(place: Place) -> dict[str, Any]:
    """The state once nothing is going on."""
    for _ in range(600):
        state: dict[str, Any] = json.loads(send(place.page.address, "/documents/state").text)
        if not state["work"]["running"]:
            return state
        time.sleep(0.1)
    raise AssertionError("the work did not end")


def test_a_file_above_the_limit_is_413_in_chinese_whether_or_not_it_says_its_size(place: Place) -> None:
    reply = upload(place, "大.txt", b"x" * 1_000_001)
    assert reply.status == 413
    assert "超过了 1 MB" in json.loads(reply.text)["error"]

    where = urlsplit(place.page.address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    path = f"/documents/file?batch={batch(place)}&name={quote('大.txt')}"
    connection.request(
        "POST",
        path,
        body=(b"x" * 65_536 for _ in range(17)),
        encode_chunked=True,
        headers={"transfer-encoding": "chunked"},
    )
    answered = connection.getresponse()
    assert answered.status == 413
    assert "超过了 1 MB" in json.loads(answered.read())["error"]
    connection.close()


OUTWARD = (
    "../../逃.txt",
    "/etc/逃.txt",
    "..\\..\\逃.txt",
    "a\0b\n逃.txt",
    ".逃.txt",
    "逃" * 85 + ".txt",
    "con.txt",
)


def test_no_name_can_lead_out_of_the_library(place: Place) -> None:
    idle(place)
    identifier = batch(place)
    for number, name in enumerate(OUTWARD):
        reply = upload(place, name, plan("长河县", number + 1), identifier=identifier)
        assert reply.status == 200, (name, reply.text)
        kept = json.loads(reply.text)["name"]
        assert not set(kept) & set("/\\\0\n"), name
        assert not kept.startswith("."), name
        assert len(kept.encode()) <= 255, name
    assert send(place.page.address, "/documents/add", json_body={"batch": identifier}).status == 200
    report = idle(place)["work"]["done"]["files"]
    assert len(report) == len(OUTWARD)
    assert not [file for file in report if file["status"] == "refused"], report
    outside = [path for path in place.library.parent.rglob("*逃*") if place.library not in path.parents]
    assert not outside


@pytest.mark.parametrize("name", ["", "..", "/", "\0", "...."])
def test_a_name_without_a_letter_is_refused(place: Place, name: str) -> None:
    reply = upload(place, name, b"x")
    assert reply.status == 400
    assert "文件名" in reply.text


def test_another_site_can_neither_upload_nor_remove(place: Place) -> None:
    identifier = batch(place)
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert upload(place, "a.txt", b"x", identifier=identifier, **headers).status == 403
        removal = send(place.page.address, "/documents/remove", json_body={"name": "安吉"}, headers=headers)
        assert removal.status == 403
    assert (place.library / "安吉.txt").exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("add", {"batch": "unknown"}),
        ("add", {"batch": 5}),
        ("add", {"batch": "x" * 1000}),
        ("add", []),
        ("remove", {"name": ["安吉"]}),
        ("remove", {}),
        ("restore", {"name": ""}),
        ("correct", {"name": "安吉", "fields": {"years": [1]}}),
        ("correct", {"name": "安吉", "fields": {"title": "x" * 1000}}),
        ("correct", {"name": "安吉"}),
        ("explode", {"name": "安吉"}),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_and_changes_nothing(
    place: Place, path: str, body: Any
) -> None:
    before = idle(place)["work"]["number"]
    reply = send(place.page.address, f"/documents/{path}", json_body=body)
    assert 400 <= reply.status < 500
    assert "Traceback" not in reply.text
    assert idle(place)["work"]["number"] == before


def test_an_unknown_document_is_named_and_the_page_goes_on(place: Place) -> None:
    idle(place)
    assert send(place.page.address, "/documents/remove", json_body={"name": "没有这份"}).status == 200
    error = idle(place)["work"]["error"]
    assert "没有这份" in error["message"]
    assert "qa list" not in error["hint"]


def test_only_one_change_goes_on_at_a_time(place: Place) -> None:
    idle(place)
    order = {"name": "安吉", "fields": {"number": "安民〔2024〕1号"}}
    first = send(place.page.address, "/documents/correct", json_body=order)
    second = send(place.page.address, "/documents/correct", json_body=order)
    assert (first.status, second.status) == (200, 409)
    assert "请等它完成" in json.loads(second.text)["error"]
    listed = {document["name"]: document for document in idle(place)["documents"]}
    assert listed["安吉"]["understood"]["number"] == "安民〔2024〕1号"


# ── last, because it leaves much to be indexed ──


def test_a_long_work_shows_its_progress_answers_meanwhile_and_can_be_stopped(
    tab: Page, place: Place, browser: Browser
) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for number in range(100):
            lines = "\n".join(
                f"第{n}项：推进第{number}个街道的社区服务站建设，服务居民{n}人。" for n in range(20)
            )
            packed.writestr(f"街道{number}.txt", f"长河县2023年工作要点{number}\n{lines}\n")
    tab.locator("#files").set_input_files(
        [{"name": "很多.zip", "mimeType": "application/zip", "buffer": archive.getvalue()}]
    )
    tab.get_by_role("heading", name="正在处理：很多.zip").wait_for()
    tab.wait_for_function("document.getElementById('bar').value > 0")
    assert "%" in tab.locator("#stage").inner_text()
    with visit(browser, place.page.address) as other:
        ask(other, "安吉县2024年新增养老床位多少张？")
        assert "200张" in other.locator("#answer .answer-text").inner_text()
    assert tab.locator("#work").is_visible(), "answered while the work was still going on"
    tab.get_by_role("button", name="停止").click()
    tab.get_by_text("已停止").wait_for(timeout=60_000)
    assert not tab.locator("#work").is_visible()
