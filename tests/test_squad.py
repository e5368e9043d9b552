"""Public question sets: both layouts are read, become a library, and are scored as their task defines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from index_parts import HashEmbedder

from eval.squad import Measured, answers_to, main, measure, ranks_of, render
from eval.squad_data import QuestionSetInvalid, SquadQuestion, position_of, read_squad, write_library
from eval.squad_scores import exact_match, f1, holds_span, rank_scores, segments, span_scores
from qa.answer import Answer
from qa.settings import Settings
from vectorstore.index import open_index, synchronise

RAILWAY = "广茂铁路是中国广东省一条铁路，起自广州市广州西站，全长364公里，1991年建成通车。"
FOOTBALLER = "赵鹏是中国足球运动员，司职后卫，1997年加入河南建业青年队。"
PALACE = "颐和园位于北京市海淀区，前身为清漪园，占地约290公顷。"


def _nested() -> dict[str, Any]:
    def paragraph(text: str, *questions: dict[str, Any]) -> dict[str, Any]:
        return {"id": "p", "context": text, "qas": list(questions)}

    def question(identifier: str, text: str, *answers: str, **more: Any) -> dict[str, Any]:
        spans = [{"text": answer, "answer_start": 0} for answer in answers]
        return {"id": identifier, "question": text, "answers": spans, **more}

    return {
        "version": "v1.0",
        "data": [
            {
                "title": "广茂铁路",
                "paragraphs": [
                    paragraph(RAILWAY, question("q1", "广茂铁路全长多少公里？", "364公里", "364公里", "364"))
                ],
            },
            {
                "title": "赵鹏",
                "paragraphs": [
                    paragraph(
                        FOOTBALLER,
                        question("q2", "赵鹏哪一年加入河南建业青年队？", "1997年"),
                        question("q3", "赵鹏的身高是多少？", is_impossible=True),
                    )
                ],
            },
            {
                "title": "颐和园",
                "paragraphs": [paragraph(PALACE, question("q4", "颐和园的前身叫什么？", "清漪园"))],
            },
        ],
    }


def _flat() -> list[dict[str, Any]]:
    return [
        {
            "context_id": "T1",
            "context_text": PALACE,
            "title": "颐和园",
            "qas": [
                {"query_id": "T1_0", "query_text": "颐和园的前身叫什么？", "answers": ["清漪园", "清漪园"]}
            ],
        },
        {
            "context_id": "T2",
            "context_text": PALACE,
            "title": "颐和园",
            "qas": [{"query_id": "T2_0", "query_text": "颐和园占地多少？", "answers": ["约290公顷"]}],
        },
    ]


def _written(tmp_path: Path, content: Any, name: str = "set.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_nested_layout_is_read_and_unanswerable_questions_are_left_out(tmp_path: Path) -> None:
    squad = read_squad(_written(tmp_path, _nested()))
    assert squad.paragraphs == (("广茂铁路", RAILWAY), ("赵鹏", FOOTBALLER), ("颐和园", PALACE))
    assert [(q.id, q.answers, q.paragraph) for q in squad.questions] == [
        ("q1", ("364公里", "364"), 0),
        ("q2", ("1997年",), 1),
        ("q4", ("清漪园",), 2),
    ]
    assert squad.left_out == 1


def test_the_flat_layout_is_read_and_a_paragraph_given_twice_is_one(tmp_path: Path) -> None:
    squad = read_squad(_written(tmp_path, _flat()))
    assert squad.paragraphs == (("颐和园", PALACE),)
    assert [(q.id, q.paragraph) for q in squad.questions] == [("T1_0", 0), ("T2_0", 0)]


@pytest.mark.parametrize("content", [{"data": 1}, {"rows": []}, [1], [{"qas": []}], {"data": []}, 3])
def test_what_is_no_question_set_is_refused(tmp_path: Path, content: Any) -> None:
    with pytest.raises(QuestionSetInvalid):
        read_squad(_written(tmp_path, content))


def test_a_paragraph_becomes_a_document_that_begins_with_its_title(tmp_path: Path) -> None:
    squad = read_squad(_written(tmp_path, _nested()))
    write_library(squad, tmp_path / "with")
    write_library(squad, tmp_path / "without", titles=False)
    names = [file.stem for file in sorted((tmp_path / "with").iterdir())]
    assert [position_of(name) for name in names] == [0, 1, 2]
    assert (tmp_path / "with" / f"{names[1]}.md").read_text(encoding="utf-8") == f"# 赵鹏\n\n{FOOTBALLER}\n"
    assert (tmp_path / "without" / f"{names[1]}.md").read_text(encoding="utf-8") == f"{FOOTBALLER}\n"


def test_ranks_are_of_paragraphs_by_their_best_passage(tmp_path: Path) -> None:
    squad = read_squad(_written(tmp_path, _nested()))
    write_library(squad, tmp_path / "library")
    embedder = HashEmbedder()
    synchronise(library=tmp_path / "library", index_dir=tmp_path / "index", embedder=embedder)
    index = open_index(index_dir=tmp_path / "index", embedder=embedder)
    try:
        assert ranks_of(squad.questions, index) == [1, 1, 1]
        elsewhere = SquadQuestion("x", "颐和园的前身叫什么？", ("清漪园",), 0)
        assert ranks_of([elsewhere], index)[0] > 1
        nowhere = SquadQuestion("y", "颐和园的前身叫什么？", ("清漪园",), 99)
        assert ranks_of([nowhere], index) == [0]
    finally:
        index.close()


def test_rank_scores_are_means_over_questions_and_a_miss_is_zero() -> None:
    scores = rank_scores([1, 2, 6, 0])
    assert (scores.count, scores.recall_at_1, scores.recall_at_5) == (4, 0.25, 0.5)
    assert scores.reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)
    assert rank_scores([11]).reciprocal_rank == 0


def test_segments_are_chinese_characters_and_whole_words_of_other_letters() -> None:
    assert segments("《战国无双3》由ω-Force开发 , ２０１０年") == [
        *"战国无双", "3", "由", "ω", "force", *"开发", "2010", "年",
    ]  # fmt: skip


def test_exact_match_ignores_punctuation_width_and_case_and_nothing_else() -> None:
    assert exact_match("《清漪园》。", ["清漪园"])
    assert exact_match("ＤＮＡ", ["dna"])
    assert not exact_match("清漪园林", ["清漪园"])
    assert not exact_match("", [""])


def test_f1_counts_the_longest_common_run() -> None:
    assert f1("清漪园", ["清漪园"]) == 1
    assert f1("前身为清漪园", ["清漪园"]) == pytest.approx(2 * 3 / (6 + 3))
    # 一 … 二 … 三 agree one by one, and no two of them in a row.
    assert f1("一x二y三", ["一二三"]) == pytest.approx(2 * 1 / (5 + 3))
    assert f1("北京", ["上海", "南京"]) == pytest.approx(0.5)
    assert f1("", ["上海"]) == 0


def test_an_answer_holds_a_span_only_as_whole_segments() -> None:
    assert holds_span("广茂铁路：全长364公里。", ["364公里"])
    assert not holds_span("全长1364公里", ["364公里"])


def test_a_refusal_scores_nothing_and_is_counted() -> None:
    question = SquadQuestion("q", "问？", ("清漪园",), 0)
    answers = [
        Answer(text="未找到清漪园。", status="not_found"),
        Answer(text="> 清漪园 [1]", status="answered"),
    ]
    outcomes = answers_to([question, question], lambda _: answers.pop(0))
    assert outcomes == [("", ("清漪园",)), ("清漪园", ("清漪园",))]
    scores = span_scores(outcomes)
    assert (scores.exact_match, scores.f1, scores.holds_span, scores.refused) == (0.5, 0.5, 0.5, 1)


def test_a_set_is_measured_through_the_whole_pipeline(tmp_path: Path) -> None:
    squad = read_squad(_written(tmp_path, _nested()))
    measured = measure(squad, Settings(llm="none", index_dir=tmp_path / "index"), answers=2)
    assert measured.ranking is not None and measured.answers is not None
    assert measured.ranking.recall_at_1 == 1
    assert measured.answers.count == 2
    assert measured.answers.holds_span > 0
    text = render(squad, measured)
    assert "3 段，3 题，另有 1 题没有答案，未计入。" in text
    assert "R@1 1.0000" in text
    again = measure(squad, Settings(llm="none", index_dir=tmp_path / "index"), questions=1, answers=0)
    assert again.answers is None
    assert again.ranking is not None and again.ranking.count == 1


def test_nothing_that_was_not_measured_is_reported(tmp_path: Path) -> None:
    text = render(read_squad(_written(tmp_path, _nested())), Measured(None, None, 1, 0, 0))
    assert "R@1" not in text
    assert "EM" not in text


def test_an_absent_file_is_skipped_with_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.json")]) == 0
    assert "跳过" in capsys.readouterr().out


def test_a_file_of_another_kind_ends_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _written(tmp_path, {"rows": []})
    assert main([str(path), "--index-dir", str(tmp_path / "index")]) == 4
    assert "不是 SQuAD" in capsys.readouterr().err


def test_the_command_prints_what_it_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _written(tmp_path, _flat())
    assert main([str(path), "--index-dir", str(tmp_path / "index"), "--answers", "1"]) == 0
    printed = capsys.readouterr().out
    assert "1 段，2 题。" in printed
    assert "抽取 1 题" in printed
