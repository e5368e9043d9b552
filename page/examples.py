"""Questions to begin with, chosen by hand for the documents that come with the program."""

from __future__ import annotations

from collections.abc import Collection

_XIALU = "000_52d60fd8ff2f3517"
_XIANGXI = "001_ccb1b5885ede9b5c"
_YANGPU = "002_8cdb794dbca257d9"
_JINGMEN = "003_00c7b75726d8e230"
_SHENGZHOU = "004_43bd6416e6636711"

# Each with the documents that it takes: facts, a table, a list, a comparison and a word in all of them show what can be asked.
_EXAMPLES = (
    ("下陆区2025年区级公益性安葬设施覆盖率的目标是多少？", {_XIALU}),
    ("杨浦2023年建设智慧养老院几家？", {_YANGPU}),
    ("荆门2015年福利彩票一年卖了多少亿元？", {_JINGMEN}),
    ("2022年嵊州计划新建哪两家养老机构？", {_SHENGZHOU}),
    ("2023年杨浦和湘西州的居家适老化改造任务各是多少户？", {_YANGPU, _XIANGXI}),
    ("哪几份文件提到了“五社联动”？", {_XIALU, _XIANGXI, _YANGPU, _JINGMEN, _SHENGZHOU}),
)
MOST = len(_EXAMPLES)


def example_questions(names: Collection[str]) -> list[str]:
    """The examples that the loaded documents (by name) can answer; none for a library of one's own."""
    return [question for question, needed in _EXAMPLES if needed <= set(names)]
