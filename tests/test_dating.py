"""The time that a figure is of: what its sentence, its headings and its plan say, held against what is asked."""

from __future__ import annotations

from plan_parts import passage_with, passages

from qa.evidence.dating import is_beyond, is_of_asked_half, is_of_asked_time, is_on_the_way, years_of_quote
from qa.evidence.rows import owner_of
from qa.understanding.question import Question, understand

PLAN = (
    "甲县养老行动方案（2023—2025年）\n一、存在的问题\n持证社工仅有46人。\n二、行动目标\n"
    "到2023年底，护理员达到27人，护理型床位占比达到58%；到2025年底，护理型床位占比达到63%以上。\n火化率达到45%。\n"
    "三、上半年工作情况\n新增床位30张。"
)
PASSAGES = passages(PLAN, described=True)


def _asked(text: str) -> Question:
    return understand(text, {})


def _years_of(quote: str) -> tuple[int, ...]:
    passage = passage_with(PASSAGES, quote)
    start = passage.start + passage.text.index(quote)
    return years_of_quote(passage, start, start + len(quote))


def test_a_clause_quoted_without_the_year_that_opens_its_sentence_is_of_that_year() -> None:
    assert _years_of("护理型床位占比达到58%") == (2023,)
    assert _years_of("护理型床位占比达到63%以上") == (2025,)
    assert _years_of("火化率达到45%") == (2023, 2024, 2025)


def test_whose_figure_it_is_is_told_with_the_year_of_its_sentence() -> None:
    passage = passage_with(PASSAGES, "58%")
    start = passage.start + passage.text.index("护理型床位占比达到58%")
    assert owner_of(passage, (start, start + 12)) == "2023年"
    assert owner_of(passage) == "2023—2025年"


def test_what_a_plan_is_to_reach_is_no_figure_of_its_first_year() -> None:
    passage = passage_with(PASSAGES, "火化率")
    assert not is_of_asked_time(_asked("甲县2023年火化率多少"), passage, "火化率达到45%。")
    assert is_of_asked_time(_asked("甲县2025年火化率多少"), passage, "火化率达到45%。")
    assert is_of_asked_time(_asked("甲县火化率多少"), passage, "火化率达到45%。")


def test_what_a_plan_finds_wanting_is_no_figure_of_its_last_year() -> None:
    passage = passage_with(PASSAGES, "46人")
    assert not is_of_asked_time(_asked("甲县2025年持证社工多少人"), passage, passage.text)
    assert is_of_asked_time(_asked("甲县持证社工多少人"), passage, passage.text)


def test_what_is_planned_for_one_half_of_a_year_is_nothing_of_the_other() -> None:
    passage = passage_with(PASSAGES, "新增床位30张")
    assert not is_of_asked_time(_asked("甲县下半年新增床位多少张"), passage, passage.text)
    assert is_of_asked_time(_asked("甲县上半年新增床位多少张"), passage, passage.text)
    assert is_of_asked_half(_asked("甲县下半年新增多少张"), "上半年工作情况", "下半年再新增30张。")
    assert is_of_asked_half(_asked("甲县上半年和下半年各新增多少张"), "上半年工作情况")


def test_where_no_year_is_asked_about_a_target_on_the_way_gives_way_to_the_last() -> None:
    passage = passage_with(PASSAGES, "58%")
    assert is_on_the_way(_asked("甲县护理型床位占比"), passage, "到2023年底，护理型床位占比达到58%；")
    assert not is_on_the_way(_asked("甲县护理型床位占比"), passage, "到2025年底，护理型床位占比达到63%以上。")
    assert not is_on_the_way(
        _asked("甲县2023年护理型床位占比"), passage, "到2023年底，护理型床位占比达到58%；"
    )


def test_what_something_is_raised_to_after_the_year_of_a_paper_is_not_in_it() -> None:
    passage = passage_with(passages("甲县高龄津贴通知\n80周岁以上每人每月40元。"), "40元")
    assert is_beyond(_asked("高龄津贴2026年涨到多少"), passage, "每人每月40元", "2025年4月22日")
    assert not is_beyond(_asked("高龄津贴2025年涨到多少"), passage, "每人每月40元", "2025年4月22日")
    assert not is_beyond(_asked("高龄津贴2026年涨到多少"), passage, "2026年提高到60元", "2025年4月22日")
