"""Taken from the page: Word and Markdown files, and the reader's verdict for the evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from browser import RunningPage, ask
from page_parts import BURIAL, RENOVATION, SMART_HOMES, fetch

from eval.staff_files import read_entries

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_an_answer_becomes_a_word_file_and_the_conversation_a_markdown_file(
    tab: Page, tmp_path: Path
) -> None:
    ask(tab, BURIAL)
    ask(tab, RENOVATION)
    tab.locator("#answer summary", has_text="存为").click()
    with tab.expect_download() as taken:
        tab.locator("#answer").get_by_role("button", name="Word 文件").click()
    assert taken.value.suggested_filename.endswith(".docx")
    taken.value.save_as(tmp_path / "answer.docx")
    paper = docx.Document(str(tmp_path / "answer.docx"))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert RENOVATION in texts
    assert BURIAL not in texts
    assert [cell.text for cell in paper.tables[0].rows[1].cells][:2] == [
        "杨浦区",
        "完成居家环境适老化改造300户",
    ]
    assert any(text.startswith("[2] 《2023年全州民政工作要点》，") for text in texts)

    tab.get_by_text("导出对话").click()
    with tab.expect_download() as taken:
        tab.locator("header").get_by_role("button", name="Markdown 文件").click()
    taken.value.save_as(tmp_path / "conversation.md")
    text = (tmp_path / "conversation.md").read_text(encoding="utf-8")
    assert text.count("\n## ") == 2
    assert "[^1]: 《下陆区民政事业“十四五”规划》（下民政发〔2021〕12号），二、总体思路" in text
    assert "[^3]: 《2023年全州民政工作要点》" in text


def test_an_export_without_answers_says_so(tab: Page) -> None:
    tab.get_by_text("导出对话").click()
    tab.locator("header").get_by_role("button", name="Word 文件").click()
    tab.get_by_text("还没有可以导出的回答").first.wait_for()


def test_feedback_goes_to_a_file_that_the_evaluation_reads(tab: Page, feedback_file: Path) -> None:
    ask(tab, SMART_HOMES)
    tab.locator("#answer").get_by_role("button", name="有用").click()
    tab.locator("#answer [aria-pressed=true]", has_text="有用").wait_for()
    ask(tab, "长者食堂呢？")
    tab.locator("#answer").get_by_role("button", name="没用").click()
    dialog = tab.get_by_role("dialog", name="这条回答哪里不好？")
    dialog.get_by_label("数字不对").check()
    dialog.get_by_label("补充说明").fill("应为区级")
    dialog.get_by_label("正确的回答").fill("新建社区长者食堂7家")
    dialog.get_by_role("button", name="提交").click()
    dialog.wait_for(state="hidden")
    useful, useless = read_entries(feedback_file)[-2:]
    assert useful.question == SMART_HOMES
    assert "3家" in useful.answer
    assert useful.quotes[0].quote == "建设智慧养老院3家"
    assert (useless.question, useless.answer) == ("长者食堂呢？", "新建社区长者食堂7家")
    assert useless.history[0].question == SMART_HOMES
    last = feedback_file.read_text(encoding="utf-8").splitlines()[-1]
    assert "数字不对：应为区级" in last


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("export", {"format": "exe", "turns": []}),
        ("export", {"format": "docx", "turns": [{"question": 1}]}),
        ("feedback", {"verdict": "有用", "turns": []}),
        ("feedback", ["有用"]),
        ("feedback", {"verdict": "没用", "turns": [{"question": "问", "stage": "done"}]}),
    ],
)
def test_what_is_no_export_and_no_feedback_is_refused_in_chinese(
    page: RunningPage, feedback_file: Path, path: str, content: object
) -> None:
    kept = feedback_file.read_bytes() if feedback_file.exists() else b""
    status, _, text = fetch(f"{page.address}/{path}", content)
    assert status == 400
    assert "没有" in text
    assert (feedback_file.read_bytes() if feedback_file.exists() else b"") == kept


def test_a_form_of_another_site_cannot_send_feedback(page: RunningPage) -> None:
    status, _, _ = fetch(f"{page.address}/feedback", {"verdict": "有用", "turns": []}, kind="text/plain")
    assert status in (400, 403)
