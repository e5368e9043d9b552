"""Forms of a text for rules: every one as long as the text, so that offsets hold."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.folding import folded, simplified


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_every_form_is_as_long_as_the_text(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert len(simplified(text)) == len(text)
    assert folded(folded(text)) == folded(text)


def test_full_width_forms_become_their_twins_and_chinese_marks_stay() -> None:
    assert folded("（２０２３）％，：；！？～") == "(2023)%,:;!?~"
    assert folded("。、“”《》—") == "。、“”《》—"
    assert folded("｡､﹐") == "。、,"


def test_spaces_of_every_width_and_of_none_become_one_kind() -> None:
    assert folded("\u3000\u00a0\u2003\u202f\u200b\ufeff") == " " * 6


def test_traditional_characters_are_simplified_one_by_one() -> None:
    assert simplified("廈門市養老服務發展規劃") == "厦门市养老服务发展规划"
    assert simplified("下陆区民政事业“十四五”规划") == "下陆区民政事业“十四五”规划"


def test_the_converter_is_not_loaded_for_simplified_texts() -> None:
    code = "import sys; from vectorstore.folding import simplified; simplified('民政事业'); print('opencc' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "False"
