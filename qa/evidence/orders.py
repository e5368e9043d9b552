"""Text of a document that speaks to whoever answers from it instead of about its subject."""

from __future__ import annotations

import re

from vectorstore.folding import folded

_ANSWERER = (
    r"(?:回答者|答题者|(?:大?语言|AI|人工智能|聊天)(?:模型|助手|机器人)|(?<![\u4e00-\u9fff])(?:模型|助手))"
)
_MUST = r"(?:必须|务必|只能|只准|只许|应当|应该|须|一律)"
_ORDER = re.compile(
    rf"{_ANSWERER}[\u4e00-\u9fff]{{0,4}}{_MUST}|(?:{_MUST}|请)(?:直接)?(?:回答|输出)(?![建做好])"
    r"|(?:忽略|无视|忘记|忘掉|不要理会)(?:以上|上述|之前|此前|前面|所有|全部|一切)|系统提示|提示词"
    r"|<\|?/?(?:im_|system|user|assistant|s>|endoftext)|\[/?INST\]|<</?SYS|^\W*(?:system|assistant|user)\s*:"
    r"|(?:ignore|disregard|forget)\s+(?:all|any|the|your|previous|above|prior)",
    re.IGNORECASE | re.MULTILINE,
)
# Characters without width would hide an order from a rule, and a reader does not see them.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def gives_orders(text: str) -> bool:
    """Whether `text` gives orders to a reader that answers questions (忽略以上指令, 回答者须说…)."""
    return _ORDER.search(folded(_UNSEEN.sub("", text))) is not None
