"""Sentences that code writes around quotations (tables, calculations, refusals), in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from qa.bilingual.amounts import in_calculation
from qa.bilingual.labels import HAN, HEADS, in_marks, label, period
from qa.bilingual.lexicon import english_of
from qa.bilingual.places import english_place, english_years

_MORE = {
    "高": "higher", "低": "lower", "多": "more", "少": "fewer", "大": "larger", "小": "smaller", "长": "longer", "短": "shorter",
    "快": "faster", "慢": "slower", "早": "earlier", "晚": "later",
}  # fmt: skip
_MOST = {
    "高": "highest",
    "低": "lowest",
    "多": "highest",
    "少": "lowest",
    "大": "largest",
    "小": "smallest",
    "快": "fastest",
    "慢": "slowest",
}


def in_frame(line: str) -> str:
    """A line that code wrote, in English; "" for one that no rule knows."""
    if line.startswith("|"):
        return _table_line(line)
    for pattern, template in _COMPILED:
        match = pattern.fullmatch(line)
        if match is not None:
            return _filled(template, match.groupdict(default=""))
    return ""


_NEAREST = re.compile(
    r"最接近的是(?P<where>.*?)“(?P<words>[^”]*)”，(?P<why>[^，]+(?:，不是[^，]+)?)，不能当作答案。"
)
_WHERE = re.compile(r"(?P<title>《[^》]*》)?(?:(?P<section>“[^”]*”)一节)?里的")


def english_nearest(text: str) -> str:
    """What a refusal says of the nearest thing found, in English; "" for a refusal that names nothing."""
    stated = re.fullmatch("写有这项内容的是(.+)的文件。", text)
    if stated:
        return f"It is stated in documents of {', '.join(map(english_place, stated[1].split('、')))}."
    if unspoken := re.fullmatch("(?:全文|各份文件)没有提到(“[^”]+”)。", text):
        return f"It does not speak of {unspoken[1]} at all."
    nearest = _NEAREST.fullmatch(text)
    if nearest is None:
        return in_marks(text) if text else ""
    why = re.fullmatch("写的是(.+)，不是(.+)", nearest["why"])
    said = (
        f"it is of {english_years(why[1])}, not {english_years(why[2])}"
        if why
        else "it does not say what is asked for"
    )
    place = _WHERE.fullmatch(nearest["where"])
    section = f" in the section {place['section']}" if place and place["section"] else ""
    title = f" of {place['title']}" if place and place["title"] else ""
    return f"The nearest thing is “{nearest['words']}”{section}{title}; {said}, so it is no answer."


def _filled(template: str, pieces: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+):(\w+)\}", lambda m: _PIECES[m[2]](pieces[m[1]]), template)


def _table_line(line: str) -> str:
    cells = re.split(r"(?<!\\)\|", line)[1:]
    if all(cell.strip() in HEADS or not cell.strip() or set(cell.strip()) <= {"-"} for cell in cells):
        return "|" + "|".join(f" {HEADS.get(c.strip(), c.strip())} " if c.strip() else c for c in cells)
    shown = []
    for number, cell in enumerate(cells):
        text = cell.strip()
        if not text or not HAN.search(text):
            shown.append(cell)
        elif number == 0:
            shown.append(f" {label(text)} ")
        else:
            shown.append(f" {HEADS.get(text) or period(text) or in_marks(text)} ")
    return "|" + "|".join(shown)


def _sided(text: str) -> str:
    """荆门市2000个、嵊州市300个 → Jingmen City 2,000, …: sides with their figures."""
    pieces = []
    for piece in re.split(r"[、，]", text):
        match = re.match(r"(\d{4}年|[^\d约]+)(.*)", piece)
        pieces.append(f"{label(match[1])} {in_calculation(match[2])}".strip() if match else piece)
    return ", ".join(pieces)


def calculation(text: str) -> str:
    """The lines of a calculation behind 计算：, in English."""
    text = text.rstrip("。")
    for chinese, english in _IN_CALCULATIONS:
        text = text.replace(chinese, english)
    text = re.sub(r"（“([^”]*)”较高）", lambda m: f" ({label(m[1])} is higher)", text)
    text = in_calculation(text)
    text = re.sub(r"[“\"]?([\u4e00-\u9fff]{2,})[”\"]?", lambda m: english_of(m[1]) or f"“{m[1]}”", text)
    return text.replace("；", "; ").replace("= 约", "= about ").replace("约", "about ")


_NOTES = {
    "（其余各项单位不同或没有数字，未比较）": " (the others have other units or no figures and were not compared)",
    "（有的是结果，有的是目标或标准，比较时请注意）": " (some are results, others targets or standards: compare with care)",
    "（各处的年份不同，比较时请注意）": " (the figures are of different years: compare with care)",
}
_IN_CALCULATIONS = (
    ("按月和按年的标准不能直接相减，折成一年再算：", "Monthly and yearly standards put by the year: "),
    ("（增长）", " (increase)"),
    ("（下降）", " (decrease)"),
)
_WORDS = {
    "指标": "indicators", "项目": "items", "两者相同": "They are the same", "各处相同": "They are the same",
    "两者一样": "They are the same", "各处一样": "They are the same", "没有变化": "No change",
}  # fmt: skip


def _owned(text: str) -> str:
    """A name with the place and years before it, where it has them."""
    match = re.match(r"(?P<place>[\u4e00-\u9fff]{2,20})（(?P<years>[\d—年、]+)）：", text)
    if match:
        rest = text[match.end() :]
        lead = f"{english_place(match['place'])} ({english_years(match['years'])}): "
        return lead + (_owned(rest) if rest else "")
    return english_of(text) or (in_marks(text) if HAN.search(text) else text)


def _name(name: str) -> str:
    english = english_of(name)
    return f"{english} ({in_marks(name)})" if english else in_marks(name)


def _steps(text: str) -> str:
    return f"By the year: {in_calculation(text.removeprefix('折成一年：').rstrip('。'))}. " if text else ""


def _rest(text: str) -> str:
    """What follows a ranking: a note in brackets, a stop, the difference."""
    for chinese, english in _NOTES.items():
        text = text.replace(chinese, english)
    head, _, calculated = text.partition("计算：")
    head = head.replace("。", ".")
    return f"{head} Calculation: {calculation(calculated)}." if calculated else head or "."


def _value(text: str) -> str:
    return (period(text) or in_marks(text)) if HAN.search(text) else text


# How a piece of a Chinese frame is put into English, by the word behind the colon in a template below.
_PIECES: Mapping[str, Callable[[str], str]] = {
    "amount": in_calculation,
    "amounts": lambda text: ", ".join(in_calculation(piece) for piece in text.split("、")),
    "calculation": calculation,
    "figure": str,
    "label": lambda text: ", ".join(label(piece) for piece in text.split("、")),
    "marks": in_marks,
    "more": lambda text: _MORE.get(text) or in_marks(text),
    "most": lambda text: _MOST[text],
    "name": _name,
    "note": lambda text: _NOTES.get(text) or (f" ({in_marks(text.strip('（）'))})" if text else ""),
    "owned": _owned,
    "place": lambda text: f"{english_place(text)} " if text else "",
    "rest": _rest,
    "sides": _sided,
    "steps": _steps,
    "value": _value,
    "word": lambda text: _WORDS[text],
}
_SIZE = "[高低多少大小快慢]"
_FRAMES = (
    ("计算：(?P<a>.+)", "Calculation: {a:calculation}."),
    (
        "单位不同（(?P<a>.+)），不能直接计算。",
        "The units differ ({a:marks}), so this cannot be calculated directly.",
    ),
    (
        "口径不同.+不能直接计算。",
        "Not all figures say whether they are monthly or yearly, so this cannot be calculated directly.",
    ),
    (
        "年份不同，不能直接计算。",
        "The figures are of different years, so this cannot be calculated directly.",
    ),
    ("基数为0，不能计算增长的百分比。", "The base is 0, so no percentage can be calculated."),
    (
        "各处的数字口径不同（有的是每人的标准，有的是总额），不能直接比较。",
        "Some of the figures are standards for one person, others totals; they cannot be compared directly.",
    ),
    (
        "各处数字的单位不同，不能直接比较。",
        "The figures are in different units and cannot be compared directly.",
    ),
    (
        "各处的数字有的是结果，有的是目标或标准，不宜直接排名。",
        "Some of the figures are results, others targets or standards, so they are not ranked.",
    ),
    ("文中未提及：(?P<a>.+)。", "Not mentioned in the documents: {a:label}."),
    (
        r"文件库里共有(?P<a>\d+)个地区，这里只查了与所问最相关的(?P<b>\d+)个；要查别的地区请写明地区。",
        "The library covers {a:figure} places; only the {b:figure} most relevant were searched. Name a place to ask of it.",
    ),
    (
        rf"(?P<steps>折成一年：.+?。)?(?P<a>[^，。]+?)更(?P<more>{_SIZE}|[长短早晚])，(?P<b>[^，。]+?)更(?P<less>.)(?P<rest>.*)",
        "{steps:steps}{a:label} is {more:more}, {b:label} is {less:more}{rest:rest}",
    ),
    (
        rf"(?P<steps>折成一年：.+?。)?从(?P<from>{_SIZE})到(?P<to>{_SIZE})：(?P<sides>[^。（]+)(?P<rest>.*)",
        "{steps:steps}From {from:most} to {to:most}: {sides:sides}{rest:rest}",
    ),
    ("(?P<a>两者相同|各处相同|两者一样|各处一样|没有变化)(?P<rest>.*)", "{a:word}{rest:rest}"),
    ("(?:有变化|不一样)：(?P<sides>[^。（]+)(?P<rest>.*)", "They differ: {sides:sides}{rest:rest}"),
    (
        r"文中(?P<a>\d+)处的数字一致，都是(?P<b>.+)。",
        "The document gives the same figure in {a:figure} places: {b:amount}.",
    ),
    (
        "文中各处的数字不一致：(?P<a>.+)，请向发文单位核实。",
        "The figures in the document do not agree: {a:amounts}. Please verify with the issuing authority.",
    ),
    ("两个数说的不是同一个时间：(?P<a>.+)。", "The two figures are of different times: {a:figure}."),
    (
        "与所问说法一致的是(?P<a>[^；]+)；(?P<b>.+)说的是另一项。",
        "What is asked about is {a:amount}; {b:amount} is a figure of something else.",
    ),
    (
        "(?P<a>[^和]+)和(?P<b>[^和]+)不是同一口径的数，各见上面的原文。",
        "{a:amount} and {b:amount} are not figures of the same thing; see the words above.",
    ),
    (
        "这处数字存疑，原因见提醒，请向发文单位核实。",
        "This figure is doubtful (see the warning). Please verify with the issuing authority.",
    ),
    ("文中没有找到与它不一致的另一处。", "No other place in the document disagrees with it."),
    ("注意：表格中另作(?P<a>.+)。", "Note: the table gives {a:figure}."),
    ("注意：正文另一处写作(?P<a>.+)。", "Note: another place in the text says {a:figure}."),
    ("(?P<a>.+)，主要有以下方面：", "{a:owned}, mainly the following:"),
    (
        r"(?P<place>[\u4e00-\u9fff]{2,12})?(?P<title>《.+》|全文)共有(?P<b>[一二两三四五六七八九十\d]+)(?:个专栏|个部分|章)：",
        "{place:place}{title:figure} has these parts:",
    ),
    (r"(?P<a>.+?)的共(?P<b>\d+)项：", "{b:figure} items, {a:owned}:"),
    ("(?P<a>.+?)的(?P<b>指标|项目)有：", "{a:owned} {b:word}:"),
    ("(?P<b>指标|项目)有：", "the {b:word}:"),
    (
        r"(?:指标表|项目表|表\d*)共(?P<a>\d+)项(?P<b>指标|项目)(?P<note>（.+）)?。",
        "the table has {a:figure} {b:word}{note:note}.",
    ),
    (r"(?P<a>[^，。：]{1,20}?)(?P<b>\d+)项", "{b:figure} {a:owned}"),
    (
        rf"(?P<a>[^，。：]{{1,40}}?)最(?P<most>{_SIZE})的是(?P<name>[^，。]+)，(?P<b>[^（）。]+)(?P<note>（[^（）]+）)?。",
        "{a:owned}, {most:most}: {name:name}, {b:amount}{note:note}.",
    ),
    (
        r"(?P<a>.{2,60})合计(?P<b>[\d.万亿]+[^。]{0,6})。计算：(?P<c>.+)",
        "{a:owned}, total: {b:amount}. Calculation: {c:calculation}.",
    ),
    (
        r"(?P<a>.+)的(?P<b>\d+)项，全部(?P<c>\d+)项；(?P<d>.+)。",
        "{b:figure} of {c:figure} items are {a:owned}; {d:calculation}.",
    ),
    (
        r"(?P<place>[\u4e00-\u9fff]{2,12})?(?P<title>《.+》)的(?P<a>[\u4e00-\u9fff]{2,8})：(?P<b>.+)。",
        "{place:place}{title:figure}, {a:owned}: {b:value}.",
    ),
)
_COMPILED = tuple((re.compile(pattern), template) for pattern, template in _FRAMES)
