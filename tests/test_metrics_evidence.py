"""The retrieval metrics on passages whose ranks and offsets were worked out by hand."""

from __future__ import annotations

import math

import pytest
from metric_parts import FIRST, GAP, SECOND, TEXT, TEXTS, UNANSWERABLE, answer, citation, passage, question

from eval import metrics
from eval.gold import Quote


def test_evidence_recall_counts_the_quotes_in_the_first_k_passages() -> None:
    asked = question(evidence=(Quote("plan", FIRST), Quote("plan", SECOND)))
    second = TEXT.index(SECOND)
    found = [passage(200, 260), passage(0, len(FIRST)), passage(second, second + len(SECOND))]
    recalls = [metrics.evidence_recall(asked, found, k, texts=TEXTS) for k in (1, 2, 3)]
    assert recalls == [0.0, 0.5, 1.0]


def test_a_quote_counts_from_four_fifths_of_it() -> None:
    asked = question(evidence=(Quote("plan", TEXT[0:10]),))
    assert metrics.evidence_recall(asked, [passage(2, 30)], 5, texts=TEXTS) == 1.0
    assert metrics.evidence_recall(asked, [passage(3, 30)], 5, texts=TEXTS) == 0.0


def test_a_long_quote_counts_when_several_passages_cover_it_and_blank_lines_between_do_not_matter() -> None:
    start = TEXT.index(SECOND)
    asked = question(evidence=(Quote("plan", FIRST + GAP + SECOND),))
    parts = [passage(0, len(FIRST)), passage(start, start + len(SECOND))]
    assert metrics.evidence_recall(asked, parts, 2, texts=TEXTS) == 1.0
    assert metrics.evidence_recall(asked, parts, 1, texts=TEXTS) == 0.0


def test_any_occurrence_of_a_quote_counts_but_the_same_words_of_another_document_do_not() -> None:
    twice = "其他工作另行安排。"
    last = TEXT.rindex(twice)
    asked = question(evidence=(Quote("plan", twice),))
    assert metrics.evidence_recall(asked, [passage(last, len(TEXT))], 5, texts=TEXTS) == 1.0
    other = question(evidence=(Quote("plan", "建设智慧养老院"),))
    assert metrics.evidence_recall(other, [passage(0, 16, "other")], 5, texts=TEXTS) == 0.0


def test_reciprocal_rank_is_that_of_the_first_passage_that_helps() -> None:
    asked = question(evidence=(Quote("plan", FIRST),))
    far, near = passage(200, 260), passage(0, 40)
    assert metrics.reciprocal_rank(asked, [near, far], texts=TEXTS) == 1.0
    assert metrics.reciprocal_rank(asked, [far, far, near], texts=TEXTS) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank(asked, [far], texts=TEXTS) == 0.0
    assert metrics.reciprocal_rank(asked, [], texts=TEXTS) == 0.0


def test_a_passage_inside_a_longer_quote_helps_and_one_at_its_edge_does_not() -> None:
    asked = question(evidence=(Quote("plan", TEXT[0:100]),))
    assert metrics.reciprocal_rank(asked, [passage(20, 60)], texts=TEXTS) == 1.0
    assert metrics.reciprocal_rank(asked, [passage(90, 130)], texts=TEXTS) == 0.0


def test_without_gold_quotes_there_is_nothing_to_score() -> None:
    refused = answer("没有找到。", status="not_found")
    assert metrics.evidence_recall(UNANSWERABLE, [passage(0, 9)], 5, texts=TEXTS) is None
    assert metrics.reciprocal_rank(UNANSWERABLE, [passage(0, 9)], texts=TEXTS) is None
    assert metrics.citation_precision(UNANSWERABLE, answer("", citations=(citation(FIRST),)), TEXTS) is None
    assert metrics.citation_recall(UNANSWERABLE, refused, TEXTS) is None


def test_ndcg_of_one_quote_is_the_discount_of_its_rank() -> None:
    asked = question(evidence=(Quote("plan", FIRST),))
    far, near = passage(200, 260), passage(0, len(FIRST))
    assert metrics.ndcg(asked, [near, far], 5, texts=TEXTS) == 1.0
    assert metrics.ndcg(asked, [far, near], 5, texts=TEXTS) == pytest.approx(1 / math.log2(3))
    assert metrics.ndcg(asked, [far, far, near], 2, texts=TEXTS) == 0.0
    assert metrics.ndcg(UNANSWERABLE, [near], 5, texts=TEXTS) is None


def test_ndcg_of_two_quotes_is_best_with_both_at_once_or_one_after_the_other() -> None:
    second = TEXT.index(SECOND)
    asked = question(evidence=(Quote("plan", FIRST), Quote("plan", SECOND)))
    one, other = passage(0, len(FIRST)), passage(second, second + len(SECOND))
    both, far = passage(0, second + len(SECOND)), passage(200, 260)
    ideal = 1 + 1 / math.log2(3)
    assert metrics.ndcg(asked, [one, other], 5, texts=TEXTS) == pytest.approx(1.0)
    assert metrics.ndcg(asked, [both, far], 5, texts=TEXTS) == pytest.approx(1.0)
    assert metrics.ndcg(asked, [one, far, other], 5, texts=TEXTS) == pytest.approx((1 + 1 / 2) / ideal)
    assert metrics.ndcg(asked, [one, far], 5, texts=TEXTS) == pytest.approx(1 / ideal)
