"""Gold files and the texts they are checked against: read exactly, refused with the place of the fault."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eval.gold import GoldInvalid, load, read_texts
from qa.errors import DocumentUnreadable, LibraryMissing

QUESTION: dict[str, Any] = {
    "id": "fact-001",
    "part": "dev",
    "kind": "fact",
    "documents": ["plan"],
    "question": "建设智慧养老院几家？",
    "reference": "3家。",
    "points": [["3家", "三家"]],
    "evidence": [{"document": "plan", "quote": "建设智慧养老院3家"}],
}
OTHER = QUESTION | {"id": "fact-002", "history": [{"question": "床位呢？", "answer": "500张。"}]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "guess"}, "kind"),
        ({"forbiden": []}, "forbiden"),
        ({"points": [[]]}, "空白"),
        ({"points": [["3家", " "]]}, "空白"),
        ({"points": []}, "题型"),
        ({"kind": "unanswerable"}, "题型"),
        ({"evidence": []}, "题型"),
        ({"points": "3家"}, "points"),
    ],
)
def test_a_gold_question_that_breaks_the_format_is_refused_with_its_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in (OTHER, QUESTION | change)), encoding="utf-8")
    with pytest.raises(GoldInvalid, match=said) as caught:
        load(path)
    assert "gold.jsonl 第 2 行" in caught.value.message


def test_gold_is_read_from_every_file_of_a_folder_and_an_id_may_stand_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(QUESTION) + "\r\n\n", encoding="utf-8-sig")
    (tmp_path / "b.jsonl").write_text(json.dumps(OTHER), encoding="utf-8")
    assert [question.id for question in load(tmp_path)] == ["fact-001", "fact-002"]
    (tmp_path / "c.jsonl").write_text(json.dumps(QUESTION), encoding="utf-8")
    with pytest.raises(GoldInvalid, match="fact-001 重复"):
        load(tmp_path)


def test_texts_are_the_files_decoded_and_nothing_else(tmp_path: Path) -> None:
    text = "\ufeff建设智慧养老院3家\r\n\u00a0改造睦邻点12个\n"
    (tmp_path / "plan.txt").write_bytes(text.encode())
    assert read_texts(tmp_path) == {"plan": text}
    (tmp_path / "gbk.txt").write_bytes("民政".encode("gbk"))
    with pytest.raises(DocumentUnreadable, match=r"gbk\.txt"):
        read_texts(tmp_path)


def test_a_library_without_documents_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match=re.escape(str(tmp_path))):
        read_texts(tmp_path)
