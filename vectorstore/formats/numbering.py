"""Numbers as word processors and web pages write them before the paragraphs of a list: 1., a), 一、, （一）, ①, 甲."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((1000, "千", "仟"), (100, "百", "佰"), (10, "十", "拾"))
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_HTML_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def written_number(number: int, style: str) -> str:
    """A count in a numbering style as WordprocessingML names it; plain digits for styles that no Chinese text uses."""
    if number < 0 or style == "none":
        return ""
    write = _WRITERS.get(style)
    return (write(number) if write else "") or str(number)


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 4) if number else ""


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN if number < 5000 else ():
        count, number = divmod(number, value)
        written += sign * count
    return written


def _sign(*rows: tuple[int, int, int]) -> Callable[[int], str]:
    """Numbers that are one character: (first, last, code of the first) of each run of such characters."""

    def written(number: int) -> str:
        return next((chr(code + number - first) for first, last, code in rows if first <= number <= last), "")

    return written


def _among(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _ideographic(number: int) -> str:
    written = _in_words(number, _DIGITS, unit=1)
    return written[1:] if 10 <= number < 20 else written


def _in_words(number: int, digits: str, *, unit: int) -> str:
    """Up to 9999 in words (二十一, 一百零五); `unit` says which of the unit's two writings."""
    if not 0 < number <= 9999:
        return digits[0] if number == 0 else ""
    written, rest, gap = "", number, False
    for entry in _UNITS:
        count, rest = divmod(rest, entry[0])
        if count:
            written += (digits[0] if gap else "") + digits[count] + str(entry[unit])
        gap = bool(written) and not count
    if rest:
        written += (digits[0] if gap else "") + digits[rest]
    return written


_WRITERS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting"), _ideographic),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand"), _ideographic),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional"),
        lambda number: _in_words(number, _LEGAL, unit=2),
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        _sign((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)),
    ),
    "decimalEnclosedParen": _sign((1, 20, 0x2474)),
    "decimalEnclosedFullstop": _sign((1, 20, 0x2488)),
    "ideographEnclosedCircle": _sign((1, 10, 0x3280)),
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ideographTraditional": _among("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _among("子丑寅卯辰巳午未申酉戌亥"),
}


def list_label(number: int, *, kind: str = "", style: str = "") -> str:
    """The number before an item of an HTML list, by its `type` attribute and its CSS; "" for lists without numbers."""
    if "list-style" in style and "none" in style:
        return ""
    if "cjk-" in style or "chinese" in style:
        return f"{written_number(number, 'chineseCounting')}、"
    return f"{written_number(number, _HTML_KINDS.get(kind, 'decimal'))}. "
