"""One plan in every format gives the same answers, cited to the character and to the place in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from answer_parts import assert_exact
from question_sets import index_with_known_vectors
from written_out import PLAN, as_docx, as_html, as_mht, as_xlsx, as_zip

from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import Settings
from vectorstore.formats.archive import Member, members_of

pytestmark = pytest.mark.thorough

# In the plan's table: cells, whole rows, columns, sums.
TABLE_QUESTIONS = {
    "临江市有哪些约束性指标？": ["护理型床位占比", "月探访率"],
    "临江市预期性指标有几个？": ["4项"],
    "临江市养老床位2025年比2020年增加多少张？": ["860张"],
    "临江市2025年老年大学的目标是几所？": ["3"],
    "临江市2020年特殊困难老年人月探访率是多少？": ["76"],
}
TEXT_QUESTIONS = {
    "临江市福利彩票公益金投入了多少？": ["1480万元"],
    "改建床位每张补贴多少钱？": ["3000元"],
    "临江市存在哪些问题？": ["27%", "312名", "9家"],
    "临江市养老服务联席会议有多少个部门参加？由谁牵头？": ["14个部门", "市民政局"],
    "临江市老年助餐点城区比乡镇多多少个？": ["= 20个"],
}
WHOLE = {**TABLE_QUESTIONS, **TEXT_QUESTIONS}
FORMATS = ("docx", "xlsx", "html", "mht", "zip")


def _library(folder: Path, suffix: str) -> None:
    folder.mkdir()
    if suffix == "zip":
        for member in members_of(as_zip(), file="资料.zip"):
            if isinstance(member, Member):
                (folder / Path(member.name).name).write_bytes(member.content)
        return
    written = {"docx": as_docx, "html": as_html, "mht": as_mht, "xlsx": as_xlsx, "txt": PLAN.read_bytes}
    (folder / f"专项规划.{suffix}").write_bytes(written[suffix]())


class Opened(dict[str, Assistant]):
    """Extractive assistants over the plan by its format, each opened when it is first asked for."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def __missing__(self, suffix: str) -> Assistant:
        library, index = self._base / suffix, self._base / f"{suffix}-index"
        _library(library, suffix)
        index_with_known_vectors("alike", library, index)
        self[suffix] = Assistant.open(Settings(library=library, index_dir=index, llm="none"))
        return self[suffix]


@pytest.fixture(scope="module")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """An assistant over the plan in each format, and as the text that it was."""
    opened = Opened(tmp_path_factory.mktemp("alike"))
    yield opened
    for assistant in opened.values():
        assistant.close()


def _said(answer: Answer) -> str:
    """What an answer says, whatever signs stand between the cells that it quotes."""
    return re.sub(r"[\s|]", "", answer.text)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_answers_are_those_that_the_text_gives(assistants: Opened, suffix: str) -> None:
    differing = {}
    for question, wanted in (TABLE_QUESTIONS if suffix == "xlsx" else WHOLE).items():
        answer = assistants[suffix].ask(question)
        document = assistants[suffix].documents[answer.citations[0].document] if answer.citations else None
        assert_exact(answer, {document.name: document.text} if document else {})
        as_text = _said(assistants["txt"].ask(question))
        missing = [word for word in wanted if word not in answer.text]
        if missing or (suffix != "xlsx" and _said(answer) != as_text):
            differing[question] = (missing, answer.text, as_text)
    assert not differing


def _citation_with(answer: Answer, words: str) -> tuple[int | None, str]:
    (found,) = {(c.page, c.location) for c in answer.citations if words in c.quote}
    return found


def test_a_citation_in_a_word_file_names_the_paragraph(assistants: Opened) -> None:
    text = assistants["docx"].ask("改建床位每张补贴多少钱？")
    lines = [line for line in assistants["docx"].documents["专项规划"].text.split("\n") if "---" not in line]
    paragraph = next(number for number, line in enumerate(lines, 1) if "改建床位每张补贴3000元" in line)
    assert _citation_with(text, "3000元") == (None, f"第{paragraph}段")


def test_a_citation_of_a_cell_in_a_sheet_names_the_row(assistants: Opened) -> None:
    answer = assistants["xlsx"].ask("临江市2025年老年大学的目标是几所？")
    assert _citation_with(answer, "老年大学") == (None, "表“主要指标”第9行")


@pytest.mark.parametrize("suffix", ["html", "mht", "txt"])
def test_formats_without_places_name_none(assistants: Opened, suffix: str) -> None:
    assert _citation_with(assistants[suffix].ask("改建床位每张补贴多少钱？"), "3000元") == (None, "")


def test_what_is_around_the_page_answers_nothing(assistants: Opened) -> None:
    for suffix in ("html", "mht"):
        passages = assistants[suffix].ask("扫一扫在手机打开当前页，首页互动交流是什么？").evidence
        assert not any("扫一扫" in passage.text or "互动交流" in passage.text for passage in passages)
