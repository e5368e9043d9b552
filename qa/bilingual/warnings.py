"""Warnings about doubtful figures, in English."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.bilingual.amounts import in_calculation
from qa.bilingual.labels import HAN, in_marks

_QUOTED = re.compile(r"原文此处(?P<quotes>(?:“[^”]*”|「[^」]*」)+)(?P<message>.+?)。?")
_CORRECTED = re.compile(r"问题中的(“[^”]*”)按(“[^”]*”)理解。")
# How the note on an answer begins that a model holds to be what is asked.
NOT_ITS_WORDS = "问题里的说法在原文里没有找到"
# What is told of an answer that stands out in meaning where the question's own words were not found.
NEAREST_IN_MEANING = f"{NOT_ITS_WORDS}；这是意思最接近的一句，请对照原文，核对是不是同一件事。"
# The note on an answer that its words make likely to be what is asked.
WORDED_OTHERWISE = "原文用词与问题不完全一致，请对照原文，核对是不是同一件事。"
# What is told of an answer that a model has read out of the passages.
READ_BY_MODEL = "以上由模型 {name} 通读文件后从原文中找出，请对照原文核对。"
READ_OTHERWISE = (
    "模型 {name} 通读文件后找出的（列在前面）与程序按字面查到的（列在后面）不同，请对照原文核对。"
)
READ_NOT_STATED = "模型通读后认为这些文件没有写明所问的内容；以上是程序按字面查到的，请核对是不是所问的事。"
_READ = (
    (
        WORDED_OTHERWISE,
        "The document's words are not quite the question's: please check that they are about the same thing.",
    ),
    (
        "通读文件后从原文中找出",
        "A model that read the documents found this; please check that it answers the question.",
    ),
    (
        "与程序按字面查到的（列在后面）不同",
        "A model that read the documents found another place than the question's words did; both are given, please check.",
    ),
    (
        "认为这些文件没有写明",
        "A model that read the documents holds that they do not state what is asked; please check what was found.",
    ),
)
_EACH = {"月": "per month", "人": "per person", "户": "per household"}
_HEADS = (
    ("疑似缺小数点", "a decimal point seems to be missing"),
    ("疑似小数点有误", "the decimal point seems to be wrong"),
    ("比例超过100%，疑有误", "a share of more than 100% is doubtful"),
    ("年龄不合常理，数字疑有误", "the age is implausible"),
    ("远离这类指标的通常数值，数字或小数点疑有误", "far from what such an indicator usually is"),
    ("与文中另一处文字相同而数字不同", "another place in the document has the same words with another figure"),
    ("同一文件的起止年份前后不一", "the document gives two different periods for the same paper"),
    ("增幅与首末两个数不符", "the growth rate does not fit the first and last figures"),
    ("各部分之和与总数不符", "the parts do not add up to the total"),
    ("部分大于总数", "a part is larger than the total"),
    ("占比与前面的数不符", "the share does not fit the figures before it"),
    ("所说的项数与所列不符", "the number of items said is not the number listed"),
    ("与前文重复", "it repeats an earlier passage"),
)  # fmt: skip
_DETAILS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"此处为(.+?)，另一处为(.+)"), lambda m: f"here {in_calculation(m[1])}, elsewhere {in_calculation(m[2])}"),
    (
        re.compile(r"按(.+?)计，平均每(月|人|户|[^约]{1,4})约([\d.]+)元，不合常理"),
        lambda m: f"over {_listed(m[1])} it makes about RMB {m[3]} {_EACH.get(m[2], 'each')}, which is implausible",
    ),
    (re.compile(r"由(.+?)到(.+?)，年均约(.+?)%，表中作(.+?)%.*"),
     lambda m: f"from {m[1]} to {m[2]} makes about {m[3]}% a year, the table gives {m[4]}%"),
    (re.compile(r"总数为([^，]+)，疑有误"), lambda m: f"the total is {in_calculation(m[1])}"),
    (re.compile(r"相加为(.+?)，总数为(.+)"),
     lambda m: f"they add up to {in_calculation(m[1])}, the total is {in_calculation(m[2])}"),
    (re.compile(r"(.+?)占(.+?)的(.+?)，文中作(.+)"),
     lambda m: f"{in_calculation(m[1])} of {in_calculation(m[2])} is {m[3]}, the text says {m[4]}"),
    (re.compile(r"说(\d+)项，列出(\d+)项"), lambda m: f"{m[1]} said, {m[2]} listed"),
)  # fmt: skip


def _listed(text: str) -> str:
    return ", ".join(in_calculation(piece) for piece in text.split("、"))


def english_warning(text: str) -> str:
    """A warning in English; what no rule knows stays in Chinese, in quotation marks behind an English word or two."""
    corrected = _CORRECTED.fullmatch(text)
    if corrected:
        return f"{corrected[1]} in the question was read as {corrected[2]}."
    if text.startswith("模型没有完成回答"):
        return (
            f"The model did not finish its answer, so the document's own words are given. ({in_marks(text)})"
        )
    if text.startswith(NOT_ITS_WORDS):
        said_by = (
            "this is the sentence nearest in meaning"
            if text == NEAREST_IN_MEANING
            else "a model holds this sentence to be what is asked"
        )
        return f"The document does not use the question's words; {said_by}, so please check."
    for said, english in _READ:
        if said in text:
            return english
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return f"Doubtful: {quoted['quotes']}: {_message(quoted['message'])}."
    return f"Note: {in_marks(text)}" if HAN.search(text) else text


def _message(message: str) -> str:
    where = re.match(r"与(表格|正文|同一表|.{1,6}?)中的另一处不一致", message)
    head = "it disagrees with another place in the document" if where else ""
    rest = message[where.end() :] if where else message
    if not head:
        for chinese, english in _HEADS:
            if message.startswith(chinese):
                head, rest = english, message[len(chinese) :]
                break
        else:
            return in_marks(message)
    rest = re.sub(r"^[：，,]", "", rest)
    for pattern, english_detail in _DETAILS:
        match = pattern.fullmatch(rest)
        if match:
            return f"{head}: {english_detail(match)}"
    return f"{head} ({in_marks(rest)})" if rest else head
