"""Questions that staff hand in become gold questions that pass the checker, or are listed with the reason."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.check_gold import problems_of
from eval.gold import load
from eval.peers.sources import read_texts_of
from eval.staff import Converted, convert, main
from eval.staff_evidence import EvidenceMissing, documents_named, quotes_of_text
from eval.staff_files import Entry, StaffFileInvalid, read_entries
from eval.staff_points import figure_points, term_points
from vectorstore.documents import Document

QINGPU = (
    "青浦区2024年民政工作要点\n"
    "一、养老服务\n新增养老床位500张,其中护理型床位300张。建设智慧养老院3家。\n"
    "二、社会救助\n做好低保、特困、临时救助工作。低保标准提高到1510元。\n"
)
JINGMEN = (
    "荆门市民政事业发展规划\n"
    "一、殡葬改革\n节地生态安葬率达到25%。做好低保、特困、临时救助工作。\n"
    "二、养老服务\n推进医养结合,发展互助养老,培育养老护理员队伍。\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "001_青浦.txt").write_text(QINGPU, encoding="utf-8")
    (folder / "002_荆门.txt").write_text(JINGMEN, encoding="utf-8")
    return folder


@pytest.fixture
def documents(library: Path) -> dict[str, Document]:
    return read_texts_of(library)


def _entry(question: str, answer: str, source: str = "", **more: Any) -> Entry:
    return Entry("第 2 行", question, answer, source, **more)


def _only(converted: Converted) -> Any:
    assert not converted.unusable
    (question,) = converted.questions
    return question


def _why_not(converted: Converted) -> str:
    assert not converted.questions
    return converted.unusable[0][2]


# --- files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_as_excel_writes_it(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["序号", "问 题", "标准答案", "来源"],
        ["1", "床位多少？", "500张", "青浦"],
        ["", "", "", ""],
        ["2", "低保？", "", ""],
    ]
    path = tmp_path / "题目.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    first, second = read_entries(path)
    assert (first.place, first.question, first.answer, first.source) == (
        "第 2 行",
        "床位多少？",
        "500张",
        "青浦",
    )
    assert (second.place, second.unusable) == ("第 4 行", "缺少问题或答案")


def test_a_cell_may_hold_separators_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "题目.csv"
    path.write_text('问题,答案,出处\n"甲,乙？","一\n二","他说""好"""\n', encoding="utf-8")
    (entry,) = read_entries(path)
    assert (entry.question, entry.answer, entry.source) == ("甲,乙？", "一\n二", '他说"好"')


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("甲.csv", "名称,数量\n1,2\n", "没有“问题”和“答案”两列"),
        ("甲.csv", "", "没有“问题”和“答案”两列"),
        ("甲.doc", "问题,答案", "不认识的文件类型"),
    ],
)
def test_a_file_that_is_no_table_of_questions_is_refused(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(StaffFileInvalid, match=reason):
        read_entries(tmp_path / name)


def test_a_file_that_is_not_there_is_an_expected_error(tmp_path: Path) -> None:
    with pytest.raises(StaffFileInvalid, match="无法读取"):
        read_entries(tmp_path / "没有.csv")


def test_an_excel_file_is_read_with_whole_numbers_as_they_look(tmp_path: Path) -> None:
    openpyxl = importlib.import_module("openpyxl")
    workbook = openpyxl.Workbook()
    for row in (["问题", "答案", "出处", "题型"], ["床位多少？", 500.0, None, "单一事实"], [None] * 4):
        workbook.active.append(row)
    workbook.save(tmp_path / "题目.xlsx")
    (entry,) = read_entries(tmp_path / "题目.xlsx")
    assert (entry.question, entry.answer, entry.source, entry.kind) == ("床位多少？", "500", "", "单一事实")
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    with pytest.raises(StaffFileInvalid, match="不是 Excel"):
        read_entries(tmp_path / "坏.xlsx")


def test_without_openpyxl_an_excel_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "题目.xlsx").write_bytes(b"")
    reading = (
        "import sys; from pathlib import Path; sys.modules['openpyxl'] = None\n"
        "from eval.staff_files import StaffFileInvalid, read_entries\n"
        "try: read_entries(Path(sys.argv[1]))\n"
        "except StaffFileInvalid as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", reading, str(tmp_path / "题目.xlsx")],
        cwd=Path(__file__).resolve().parent.parent,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "pip install openpyxl" in done.stdout, done.stderr
    assert "CSV" in done.stdout


# --- points ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "answer", "points"),
    [
        ("新增床位多少？", "新增养老床位500张，其中护理型床位300张。", ["500张", "300张"]),
        ("2025年目标是多少？", "到2025年达到95%。", ["95%"]),
        ("哪一年建成？", "2023年建成。", ["2023年"]),
        ("目标是多少？", "到2025年达到百分之九十五。", ["百分之九十五"]),
        ("建几家？", "建设三家", ["三家"]),
        ("是建500张床位吗？", "是，500张。", ["500张"]),
        ("发文字号是什么？", "民政发〔2021〕12号", ["民政发〔2021〕12号"]),
        ("资金多少？", "1.2万元", ["1.2万元"]),
        ("怎么推进？", "第一批试点，十四五期间推进。", []),
        ("怎么推进？", "推进医养结合。", []),
    ],
)
def test_the_figures_of_the_answer_that_the_question_does_not_name_are_points(
    question: str, answer: str, points: list[str]
) -> None:
    assert figure_points(question, answer) == points


def test_the_items_of_a_list_are_points_only_when_the_evidence_states_them_all() -> None:
    assert term_points("哪些救助？", "低保、特困和临时救助", QINGPU) == ["低保", "特困", "临时救助"]
    assert "低保" not in term_points("哪些救助？", "低保、火星救助", QINGPU)


def test_nouns_that_only_the_answer_has_are_points_where_there_is_nothing_else() -> None:
    points = term_points(
        "荆门怎么发展养老？", "要大力推进医养结合，培育护理员队伍，并且做到让所有人满意。", JINGMEN
    )
    assert points
    assert len(points) <= 3
    assert all(point in JINGMEN and point not in "荆门怎么发展养老？" for point in points)


# --- evidence --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "新增养老床位500张,其中护理型床位300张",
        "新增养老床位５００张，其中 护理型床位300张。",
        "青浦要点里写“新增养老床位500张,其中护理型床位300张”",
        "新增養老床位500張,其中護理型床位300張",
    ],
)
def test_a_source_that_quotes_is_found_whatever_its_width_script_and_white_space(
    source: str, documents: dict[str, Document]
) -> None:
    (quote,) = quotes_of_text(source, documents)
    assert (quote.document, quote.quote) == ("001_青浦", "新增养老床位500张,其中护理型床位300张")


def test_a_source_of_several_pieces_is_found_piece_by_piece(documents: dict[str, Document]) -> None:
    quotes = quotes_of_text("建设智慧养老院3家……节地生态安葬率达到25%", documents)
    assert [quote.document for quote in quotes] == ["001_青浦", "002_荆门"]


def test_a_source_that_stands_in_several_places_is_refused(documents: dict[str, Document]) -> None:
    with pytest.raises(EvidenceMissing, match="出现 2 次"):
        quotes_of_text("做好低保、特困、临时救助工作", documents)


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("001_青浦.txt", ["001_青浦"]),
        ("《荆门市民政事业发展规划》第一部分", ["002_荆门"]),
        ("青浦区要点", ["001_青浦"]),
        ("荆门", ["002_荆门"]),
        ("武汉市规划", []),
        ("", []),
    ],
)
def test_a_source_names_a_document_by_file_title_or_place(
    source: str, named: list[str], documents: dict[str, Document]
) -> None:
    assert list(documents_named(source, documents)) == named


# --- questions -------------------------------------------------------------------------------------------


def test_a_source_that_names_only_the_document_gets_the_sentence_that_states_the_figure(
    documents: dict[str, Document],
) -> None:
    question = _only(convert([_entry("建设智慧养老院几家？", "3家", "青浦区")], documents))
    assert question.points == (("3家",),)
    assert [quote.quote for quote in question.evidence] == ["建设智慧养老院3家。"]
    assert (question.kind, question.documents) == ("fact", ("001_青浦",))


def test_a_text_without_figures_is_found_in_the_document_that_the_source_names(
    documents: dict[str, Document],
) -> None:
    question = _only(
        convert([_entry("荆门怎样发展养老？", "推进医养结合，发展互助养老", "荆门市")], documents)
    )
    assert question.kind == "text"
    assert "医养结合" in question.evidence[0].quote


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (_entry("床位多少？", "500张"), "没有写出处"),
        (_entry("床位多少？", "500张", "武汉市规划"), "找不到出处"),
        (_entry("智慧养老院几家？", "5家", "建设智慧养老院3家"), "“5家”不在出处的原文里"),
        (_entry("智慧养老院几家？", "13家", "青浦区"), "没有找到“13家”"),
        (_entry("救助怎么做？", "临时救助", "做好低保、特困、临时救助工作"), "分不清是哪一处"),
    ],
)
def test_what_cannot_be_used_is_listed_with_the_reason(
    entry: Entry, reason: str, documents: dict[str, Document]
) -> None:
    assert reason in _why_not(convert([entry], documents))


def test_the_same_question_is_used_once(documents: dict[str, Document]) -> None:
    entry = _entry("智慧养老院几家？", "3家", "青浦区")
    converted = convert([entry, entry], documents)
    assert len(converted.questions) == 1
    assert "相同" in converted.unusable[0][2]


def test_what_was_concluded_need_not_stand_in_the_source(documents: dict[str, Document]) -> None:
    entry = _entry("非护理型床位多少张？", "200张", "新增养老床位500张,其中护理型床位300张", kind="计算")
    assert _only(convert([entry], documents)).kind == "calculation"


def test_an_answer_that_says_there_is_none_makes_an_unanswerable_question(
    library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "题目.csv"
    path.write_text("问题,答案,出处\n有几座火星基地？,文件中没有提到,\n", encoding="utf-8")
    question = _only(convert(read_entries(path), read_texts_of(library)))
    assert (question.kind, question.points, question.evidence) == ("unanswerable", (), ())


def test_the_parts_take_turns_within_a_kind_and_the_test_part_comes_first(
    documents: dict[str, Document],
) -> None:
    entries = [
        _entry("智慧养老院几家？", "3家", "青浦区"),
        _entry("低保标准多少？", "1510元", "青浦区"),
        _entry("安葬率多少？", "25%", "荆门"),
    ]
    questions = convert(entries, documents, name="bureau").questions
    assert [(q.id, q.part) for q in questions] == [
        ("bureau-001", "test"),
        ("bureau-002", "dev"),
        ("bureau-003", "test"),
    ]


# --- feedback --------------------------------------------------------------------------------------------


def _feedback(**fields: Any) -> str:
    line = {
        "time": "2026-11-22T10:00:00+08:00",
        "question": "青浦新增养老床位多少张？",
        "answer": "青浦区2024年：新增养老床位500张 [1]。",
        "verdict": "有用",
        "citations": [
            {
                "number": 1,
                "document": "001_青浦",
                "start": 21,
                "end": 32,
                "quote": "新增养老床位500张",
                "title": "要点",
            }
        ],
    }
    return json.dumps(line | fields, ensure_ascii=False)


def _converted(tmp_path: Path, library: Path, *lines: str) -> Converted:
    path = tmp_path / "反馈.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return convert(read_entries(path), read_texts_of(library))


def test_a_useful_answer_stands_with_what_it_cited(tmp_path: Path, library: Path) -> None:
    question = _only(_converted(tmp_path, library, _feedback()))
    assert question.reference == "青浦区2024年：新增养老床位500张。"
    assert question.points == (("500张",),)
    assert question.evidence[0].quote == "新增养老床位500张"


def test_a_corrected_answer_replaces_the_wrong_one_and_finds_its_own_evidence(
    tmp_path: Path, library: Path
) -> None:
    line = _feedback(
        verdict="没用", reason="数字不对", corrected="其中护理型300张", question="护理型床位多少张？"
    )
    question = _only(_converted(tmp_path, library, line))
    assert question.points == (("300张",),)
    assert "护理型床位300张" in question.evidence[0].quote


def test_a_useless_answer_without_a_corrected_one_is_listed(tmp_path: Path, library: Path) -> None:
    assert "没有写正确答案" in _why_not(_converted(tmp_path, library, _feedback(verdict="没用")))


def test_a_refusal_that_was_useful_makes_an_unanswerable_question(tmp_path: Path, library: Path) -> None:
    line = _feedback(answer="未找到：没有武汉的文件。", status="not_found", citations=[])
    assert _only(_converted(tmp_path, library, line)).kind == "unanswerable"


def test_a_follow_up_keeps_its_history(tmp_path: Path, library: Path) -> None:
    line = _feedback(history=[{"question": "青浦的养老目标？", "answer": "见要点。"}])
    question = _only(_converted(tmp_path, library, line))
    assert question.kind == "follow_up"
    assert question.history[0].question == "青浦的养老目标？"


def test_a_line_that_is_no_feedback_is_listed_and_does_not_stop_the_others(
    tmp_path: Path, library: Path
) -> None:
    converted = _converted(tmp_path, library, "{broken", _feedback(verdict="也许"), _feedback())
    assert len(converted.questions) == 1
    assert [place for place, _, _ in converted.unusable] == ["第 1 行", "第 2 行"]


# --- the command -----------------------------------------------------------------------------------------


def test_the_command_writes_a_gold_file_that_the_checker_accepts(
    tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LIBRARY", str(library))
    path, out = tmp_path / "题目.csv", tmp_path / "staff.jsonl"
    path.write_text(
        "问题,答案,出处\n"
        "青浦建设智慧养老院几家？,3家,青浦区\n"
        "青浦低保标准提高到多少？,1510元,低保标准提高到1510元\n"
        "荆门的安葬率目标？,30%,荆门市\n",
        encoding="utf-8",
    )
    assert main([str(path), "-o", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "未能采用 1 条" in printed
    assert "第 4 行" in printed
    assert "写入 2 题" in printed
    assert problems_of(out, library=library) == []
    assert [question.part for question in load(out)] == ["test", "dev"]


def test_the_command_writes_nothing_where_nothing_can_be_used(
    tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LIBRARY", str(library))
    path, out = tmp_path / "题目.csv", tmp_path / "staff.jsonl"
    path.write_text("问题,答案\n床位多少？,500张\n", encoding="utf-8")
    assert main([str(path), "-o", str(out)]) == 1
    assert not out.exists()
    assert main([str(path), "-o", str(out), "--name", "Staff1"]) == 4
    assert "小写字母" in capsys.readouterr().err
