"""What else a question put into Chinese may stand for: plans choose one of several words for an English one."""

from __future__ import annotations

# What one English word may stand for: plans choose one of these, and so does the word list.
_OTHERWISE = (
    ("津贴", "补贴"), ("津贴", "补助"), ("补贴", "津贴"), ("补贴", "补助"), ("补助", "补贴"), ("补贴", "标准"), ("补助", "标准"),
    ("惠民殡葬", "殡葬补贴"), ("易地扶贫搬迁", "迁建"), ("目前城市", "现有"), ("目前", "现有"), ("销量", ""),
    ("长者食堂", "助餐点"), ("助餐点", "长者食堂"), ("建成", "新建"), ("建设", "新建"), ("帮扶", "救助"), ("乡镇", "镇"),
    ("慈善基金", "慈善资金"), ("设立老年人", "建设养老"), ("智慧养老机构", "智慧养老院"), ("老年人助餐点", "助餐点"),
    ("老年人长者食堂", "长者食堂"), ("救助和保护", "抢救保护"), ("试点", ""),
)  # fmt: skip
_MOST_WORDINGS = 4


def other_wordings(asked: str) -> list[str]:
    """What else a question put into Chinese may stand for, with one word chosen otherwise."""
    found = [asked.replace(word, other, 1) for word, other in _OTHERWISE if word in asked]
    return list(dict.fromkeys(found))[:_MOST_WORDINGS]
