from __future__ import annotations

import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from qa.understanding.glossary import GLOSSARY, load_glossary
from qa.understanding.script import language_of, to_simplified
from qa.understanding.wording import Synonym, synonyms_in

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
TERMS = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["term"]
WORDINGS = sorted(
    {w for term in TERMS for kind in ("official", "everyday", "english") for w in term.get(kind, ())}
)

# Terms with figures of their own: nobody who asks for one may be handed the other.
KEPT_APART = [
    ("城市低保", "农村低保"),
    ("低保", "低保边缘"),
    ("低保", "低收入家庭"),
    ("低保", "特困供养"),
    ("低保标准", "低保金"),
    ("特困供养", "三无老人"),
    ("集中供养", "分散供养"),
    ("失能", "半失能"),
    ("散居孤儿", "集中养育"),
    ("孤儿", "事实无人抚养儿童"),
    ("困境儿童", "留守儿童"),
    ("困难残疾人生活补贴", "重度残疾人护理补贴"),
    ("重度残疾人护理补贴", "护理补贴"),
    ("高龄津贴", "养老服务补贴"),
    ("床位", "护理型床位"),
    ("养老床位", "护理型床位"),
    ("养老床位", "家庭养老床位"),
    ("护理型床位", "认知障碍照护床位"),
    ("养老机构", "智慧养老院"),
    ("居家养老服务中心", "社区综合为老服务中心"),
    ("结婚登记", "离婚登记"),
    ("结婚登记", "婚姻登记"),
    ("补发结婚证", "补发离婚证"),
    ("跨省通办", "全省通办"),
    ("公墓", "公益性公墓"),
    ("火化率", "节地生态安葬率"),
    ("居委会", "村委会"),
    ("社会组织", "社区社会组织"),
    ("社会组织", "非法社会组织"),
    ("社会团体", "民办非企业单位"),
    ("社会工作者", "持证社工"),
    ("社工师", "助理社工师"),
    ("社工站", "社工机构"),
    ("志愿者", "注册志愿者"),
    ("福利彩票", "福彩公益金"),
    ("命名", "更名"),
    ("新增", "新建"),
    ("十三五", "十四五"),
]


def official_for(text: str) -> dict[str, tuple[str, ...]]:
    return {synonym.written: synonym.official for synonym in synonyms_in(text)}


def write(folder: Path, text: str) -> Path:
    path = folder / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    return path


# ── the glossary ──


def test_the_glossary_is_sound_and_covers_the_field() -> None:
    glossary = load_glossary(GLOSSARY)

    assert glossary.entries == len(TERMS) > 150
    assert len(glossary.english) > 1000


@pytest.mark.thorough
def test_every_wording_is_simplified_and_is_found_when_it_stands_alone() -> None:
    for wording in WORDINGS:
        own = [
            term["official"]
            for term in TERMS
            if wording in (*term["official"], *term.get("everyday", ()), *term.get("english", ()))
        ]
        official = tuple(dict.fromkeys(word for words in own for word in words if word != wording))

        assert to_simplified(wording) == wording
        assert synonyms_in(wording) == ([Synonym(0, len(wording), wording, official)] if official else [])


@pytest.mark.parametrize(("one", "other"), KEPT_APART)
def test_no_wording_stands_for_both_of_two_terms_whose_figures_differ(one: str, other: str) -> None:
    for term in TERMS:
        official = set(term["official"])
        assert not {one, other} <= official
    for asked, wrong in ((one, other), (other, one)):
        assert any(asked in term["official"] for term in TERMS), (
            "the pair names a term that the glossary lacks"
        )
        assert all(wrong not in synonym.official for synonym in synonyms_in(f"2023年{asked}是多少"))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[[term]]\nofficial = ["低保"]\nspoken = ["吃低保"]', "低保: unknown key 'spoken'"),
        ('[[terms]]\nofficial = ["低保"]', "unknown key 'terms'"),
        ('[[term]]\neveryday = ["吃低保"]', "no official term"),
        ('[[term]]\nofficial = ["低保", "低保"]', "'低保' twice in one entry"),
        ('[[term]]\nofficial = ["孤儿"]\nenglish = ["orphan", "Orphans"]', "('orphan',) twice in one entry"),
        (
            '[[term]]\nofficial = ["低保"]\n[[term]]\nofficial = ["特困"]\neveryday = ["低保"]',
            "'低保' in more than one",
        ),
        ('several_meanings = ["低保"]\n[[term]]\nofficial = ["低保"]', "'低保' has only one meaning"),
        ('[[term]]\nofficial = "低保"', "every value must be a list of texts"),
        ('[[term]]\nofficial = ["dibao"]', "'dibao' holds no Chinese"),
        ('[[term]]\nofficial = ["低保"]\nenglish = ["低保 standard"]', "'低保 standard' is not English"),
        ('[[term]]\nofficial = ["低保 "]', "'低保 ' is empty or begins or ends with a blank"),
    ],
)
def test_a_mistake_in_the_glossary_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"glossary\.toml") as error:
        load_glossary(write(tmp_path, content))

    assert complaint in str(error.value)


def test_a_wording_may_have_several_meanings_when_the_glossary_says_so(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'several_meanings = ["allowances"]\n'
        '[[term]]\nofficial = ["津贴"]\nenglish = ["allowance"]\n'
        '[[term]]\nofficial = ["补贴"]\nenglish = ["allowance"]\n',
    )

    assert load_glossary(path).english == {("allowance",): ("津贴", "补贴")}


# ── synonyms in a text ──


def test_everyday_words_give_the_terms_that_plans_use() -> None:
    assert official_for("办白事有没有补助,养老院多少张床") == {
        "办白事": ("殡葬",),
        "养老院": ("养老机构",),
        "多少张床": ("床位",),
    }


def test_an_official_term_gives_the_others_of_its_entry() -> None:
    assert official_for("低保") == {"低保": ("最低生活保障",)}
    assert official_for("长护险试点") == {"长护险": ("长期护理保险",)}


def test_the_longer_wording_hides_the_shorter_inside_it() -> None:
    assert official_for("农村低保标准") == {"农村低保": ("农村最低生活保障",)}
    assert official_for("护理型床位占比") == {"护理型床位": ("护理型养老床位",), "占比": ("比例",)}


@pytest.mark.parametrize(
    "text", ["建设智慧养老院3家", "今后事业发展", "未保护工作", "筑牢防火墙", "印发了文件"]
)
def test_a_wording_is_not_found_where_it_is_part_of_another_word(text: str) -> None:
    assert official_for(text) == {}


def test_english_phrases_are_found_in_any_case_number_and_spelling() -> None:
    question = (
        "NURSING HOMES' staff, illegal social organisations and day-care centres per 1000 elderly people?"
    )

    assert official_for(question) == {
        "NURSING HOMES": ("养老机构",),
        "illegal social organisations": ("非法社会组织",),
        "day-care centres": ("日间照料中心", "日间照料", "日托"),
        "per 1000 elderly people": ("每千名老年人", "每千名老人"),
    }


def test_a_five_year_plan_is_recognised_by_name_and_by_its_years() -> None:
    assert official_for("during the 14th Five-Year Plan period") == {
        "14th Five-Year Plan period": ("十四五",)
    }
    assert official_for("2021—2025年的目标") == {"2021—2025": ("十四五",), "目标": ("目标值",)}


@pytest.mark.parametrize("text", ["embed", "bedrock", "villagegreen", "nursing. Home", "nursing, home"])
def test_english_phrases_are_whole_words_in_one_clause(text: str) -> None:
    assert official_for(text) == {}


def test_english_words_are_found_between_chinese_ones() -> None:
    assert official_for("下陆区的nursing home有几家") == {"nursing home": ("养老机构",)}


def test_a_word_with_several_meanings_gives_them_all() -> None:
    assert official_for("the allowance") == {"allowance": ("补贴", "津贴")}


def test_a_text_without_known_words_gives_nothing() -> None:
    assert synonyms_in("") == synonyms_in("😀\x00\ud800") == synonyms_in("今天天气") == []


@settings(deadline=None)
@given(st.lists(st.sampled_from([*WORDINGS, " ", ",", "的", "\n", "😀", "X", "7", "İ"])).map("".join))
def test_spans_are_exact_in_order_and_apart(text: str) -> None:
    synonyms = synonyms_in(text)

    assert all(text[s.start : s.end] == s.written and s.official for s in synonyms)
    assert all(s.written not in s.official for s in synonyms)
    assert all(left.end <= right.start for left, right in pairwise(synonyms))


# ── Traditional Chinese ──


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_simplified_text_is_never_changed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert to_simplified(text) == text
    assert language_of(text) == "zh-Hans"


@pytest.mark.quick(3)
@pytest.mark.parametrize("variety", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_whole_plan_in_traditional_characters_comes_back_exactly(path: Path, variety: str) -> None:
    text = path.read_text(encoding="utf-8")
    traditional = OpenCC(variety).convert(text)

    assert traditional != text
    assert language_of(traditional) == "zh-Hant"
    assert to_simplified(traditional) == text


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("養老機構護理型牀位佔比", "养老机构护理型床位占比"),
        ("身後事", "身后事"),
        ("甚麼是長護險", "什么是长护险"),
        ("隨著發展,顯著提高,著力推進", "随着发展,显著提高,着力推进"),
        ("乾隆年間的乾淨街道", "乾隆年间的干净街道"),
        ("資訊化", "资讯化"),
    ],
)
def test_traditional_questions_read_as_simplified(traditional: str, simplified: str) -> None:
    assert to_simplified(traditional) == simplified


@pytest.mark.parametrize(
    "text", ["毕昇路", "朱镕基", "乾隆", "著名的什么", "瞭望", "嵊州市", "", "😀", "\ud800", "beds"]
)
def test_rare_characters_of_simplified_chinese_stay(text: str) -> None:
    assert to_simplified(text) == text


@settings(deadline=None)
@given(st.text())
def test_conversion_keeps_every_offset(text: str) -> None:
    assert len(to_simplified(text)) == len(text)


def test_a_question_in_simplified_chinese_does_not_load_the_converter() -> None:
    code = (
        "import sys; from qa.understanding.wording import synonyms_in; "
        "from qa.understanding.script import language_of, to_simplified as s; "
        "print(s('下陆区低保标准'), language_of('嵊州市😀'), len(synonyms_in('低保'))); "
        "print('opencc' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        check=True,
        capture_output=True,
        encoding="utf-8",
        cwd=GLOSSARY.parent.parent,
    )

    assert result.stdout.split() == ["下陆区低保标准", "zh-Hans", "1", "False"]


# ── the question's language ──


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("下陆区2025年护理型床位占比的目标是多少?", "zh-Hans"),
        ("2025?", "zh-Hans"),
        ("", "zh-Hans"),
        ("下陆区的KPI", "zh-Hans"),
        ("请问 nursing home beds 有多少", "zh-Hans"),
        ("下陆区(下陸區)的标准", "zh-Hans"),
        ("下陸區低保標準", "zh-Hant"),
        ("請問 nursing home beds 有多少", "zh-Hant"),
        ("How many beds?", "en"),
        ("beds", "en"),
        ("What is 下陆区's target?", "en"),
        ("What is the coverage target of 湘西土家族苗族自治州 in 2023?", "en"),
    ],
)
def test_the_language_of_a_question_is_recognised(text: str, language: str) -> None:
    assert language_of(text) == language
