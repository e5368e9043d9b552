"""Numbers and dates of a sheet as it shows them: 0.6 with the format 0% is 60%, 44197 with yyyy"年" is 2021年."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '#,##0.00;-#,##0.00;"-"',
    45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Number formats that files name by number alone, as Chinese Office shows them."""

_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|_(.)|\*(.)|\[([^\]]*)\]|(AM/PM|A/P|上午/下午)|(General)|(E[+-]0+)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_DATE_LETTERS = frozenset("ymdhsaYMDHSA")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_CURRENCY = re.compile(r"\$([^-\]]*)")
_LONGEST_DIGITS = 30
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format; `tokens` are (kind, text): digit, literal, point, percent, date, exponent, general."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None

    @property
    def is_date(self) -> bool:
        return any(kind == "date" for kind, _ in self.tokens)


def shown_number(value: str, code: str, *, since_1904: bool = False) -> str:
    """A cell's stored number as shown under a number format; the number as it is where the format is not understood.

    Dates count days since 1900 (or 1904), as Excel does.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    if not code or code.lower() == "general" or code == "@":
        return _general(number)
    sections = _sections(code)
    chosen, takes_sign = _choose(sections, number)
    if chosen.is_date:
        return _date(number, chosen, since_1904=since_1904) or _general(number)
    try:
        return _number(abs(number), chosen, sign="-" if number < 0 and not takes_sign else "")
    except InvalidOperation:
        # Larger than any figure with digits of its own.
        return _general(number)


def _general(number: Decimal) -> str:
    """At most 15 digits count, as in the sheet; what the computer's fractions leave behind is rounded away."""
    rounded = Decimal(f"{number:.15g}") if number else Decimal(0)
    if not -15 < rounded.adjusted() < 21:
        return f"{rounded:.10g}"
    written = f"{rounded:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    return tuple(_section(part) for part in _split(code)[:4])


def _split(code: str) -> list[str]:
    parts, current = [], ""
    for match in _TOKEN.finditer(code[:500]):
        if match[0] == ";":
            parts.append(current)
            current = ""
        else:
            current += match[0]
    return [*parts, current]


def _section(part: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    is_date = any(m[9] and m[9] in _DATE_LETTERS for m in _TOKEN.finditer(part))
    for match in _TOKEN.finditer(part):
        quoted, escaped, _, _, bracketed, half, general, exponent, sign = match.groups()
        if bracketed is not None:
            found = _CONDITION.fullmatch(bracketed)
            condition = (found[1], Decimal(found[2])) if found else condition
            currency = _CURRENCY.match(bracketed)
            tokens += [("literal", currency[1])] if currency and currency[1] else []
        elif quoted is not None or escaped is not None:
            tokens.append(("literal", quoted if quoted is not None else escaped))
        elif half or general or exponent:
            tokens.append(("half" if half else "general" if general else "exponent", match[0]))
        elif sign is not None:
            tokens.append(_sign_token(sign, is_date=is_date))
    return _Section(tuple(tokens), condition)


def _sign_token(sign: str, *, is_date: bool) -> tuple[str, str]:
    if is_date:
        return ("date", sign) if sign in _DATE_LETTERS else ("literal", sign)
    if sign in "0#?":
        return "digit", sign
    kinds = {".": "point", "%": "percent", ",": "comma", "@": "general"}
    return kinds.get(sign, "literal"), sign


def _choose(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, bool]:
    """(the section for this number, whether it writes a negative number's sign itself)."""
    for section in sections:
        if section.condition is not None and _holds(number, *section.condition):
            return section, False
    if any(section.condition for section in sections):
        return next((s for s in sections if s.condition is None), sections[-1]), False
    if number < 0 and len(sections) > 1:
        return sections[1], True
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


# --- numbers ---------------------------------------------------------------------------------------------


def _number(number: Decimal, section: _Section, *, sign: str) -> str:
    tokens = list(section.tokens)
    digits = [position for position, (kind, _) in enumerate(tokens) if kind == "digit"]
    if ("literal", "/") in tokens and digits:
        # A fraction (# ?/?): the figure itself says as much.
        return sign + _general(number)
    if any(kind == "exponent" for kind, _ in tokens) or not digits:
        shown = [
            _general(number) if kind == "general" else text
            for kind, text in tokens
            if kind in ("general", "literal")
        ]
        return sign + "".join(shown).strip() if any(shown) else sign + _general(number)
    number *= Decimal(100) ** sum(kind == "percent" for kind, _ in tokens)
    # Commas behind the last digit divide by a thousand each; between digits they separate thousands.
    last = digits[-1]
    scale = sum(kind == "comma" for kind, _ in tokens[last:])
    number /= Decimal(1000) ** scale
    grouped = any(kind == "comma" for kind, _ in tokens[:last])
    tokens = [token for token in tokens if token[0] != "comma"]
    point = next((position for position, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    places = [text for kind, text in tokens[point:] if kind == "digit"]
    rounded = number.quantize(Decimal(1).scaleb(-min(len(places), _LONGEST_DIGITS)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    written = _whole(whole, tokens[:point], grouped=grouped) + _fraction(fraction, tokens[point:])
    return (sign if rounded else "") + written.strip()


def _whole(digits: str, tokens: list[tuple[str, str]], *, grouped: bool) -> str:
    """The digits put into their places from the right; the leftmost place takes all that are left."""
    places = sum(kind == "digit" for kind, _ in tokens)
    rest = "" if digits == "0" else digits
    if not places:
        return "".join(text for _, text in tokens) + rest
    written: list[str] = []
    taken = 0
    for kind, text in reversed(tokens):
        if kind != "digit":
            written.append(text)
            continue
        taken += 1
        if taken == places:
            own = rest or ("0" if text == "0" else "")
            if grouped and places:
                own = _grouped(own, already=taken - 1)
        else:
            own, rest = (rest[-1:], rest[:-1]) if rest else ("0" if text == "0" else "", "")
            if grouped and taken % 3 == 0 and rest:
                own = f",{own}"
        written.append(own)
    return "".join(reversed(written))


def _grouped(digits: str, *, already: int) -> str:
    """Thousands separated, where so many digits stand to the right already."""
    pieces: list[str] = []
    for count, digit in enumerate(reversed(digits)):
        if count and (count + already) % 3 == 0:
            pieces.append(",")
        pieces.append(digit)
    return "".join(reversed(pieces))


def _fraction(digits: str, tokens: list[tuple[str, str]]) -> str:
    places = [text for kind, text in tokens if kind == "digit"]
    needed = max((count for count, text in enumerate(places, 1) if text == "0"), default=0)
    kept = digits.rstrip("0")
    kept = digits[: max(len(kept), needed)]
    position = 0
    written = []
    for kind, text in tokens:
        if kind == "digit":
            written.append(kept[position : position + 1])
            position += 1
        elif kind != "point" or kept:
            written.append(text)
    return "".join(written)


# --- dates -----------------------------------------------------------------------------------------------


def _date(number: Decimal, section: _Section, *, since_1904: bool) -> str:
    """ "" for a number that is no date."""
    if not 0 <= number < 2_958_466:
        return ""
    base = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    try:
        moment = base + timedelta(
            days=int(number), seconds=int(((number % 1) * 86_400).to_integral_value(ROUND_HALF_UP))
        )
    except OverflowError:
        return ""
    if not since_1904 and number < 61:
        # Excel believes that there was a 29 February 1900.
        moment += timedelta(days=1)
    is_half = any(kind == "half" for kind, _ in section.tokens)
    return "".join(_date_pieces(section, moment, is_half=is_half)).strip()


def _date_pieces(section: _Section, moment: datetime, *, is_half: bool) -> list[str]:
    runs: list[tuple[str, str]] = []
    for kind, text in section.tokens:
        if kind == "date" and runs and runs[-1][0] == "date" and runs[-1][1][-1].lower() == text.lower():
            runs[-1] = ("date", runs[-1][1] + text)
        else:
            runs.append((kind, text))
    letters = [text[0].lower() if kind == "date" else "" for kind, text in runs]
    pieces = []
    for position, (kind, text) in enumerate(runs):
        if kind == "half":
            pieces.append("上午" if moment.hour < 12 else "下午")
        elif kind != "date":
            pieces.append(text)
        else:
            before = next((letter for letter in reversed(letters[:position]) if letter), "")
            after = next((letter for letter in letters[position + 1 :] if letter), "")
            is_minute = letters[position] == "m" and (before == "h" or after == "s")
            pieces.append(_date_piece(text.lower(), moment, is_minute=is_minute, is_half=is_half))
    return pieces


def _date_piece(run: str, moment: datetime, *, is_minute: bool, is_half: bool) -> str:
    hour = (moment.hour + 11) % 12 + 1 if is_half else moment.hour
    value = {
        "m": moment.minute if is_minute else moment.month,
        "d": moment.day,
        "h": hour,
        "s": moment.second,
    }
    if run[0] == "y":
        return f"{moment.year:04d}" if len(run) > 2 else f"{moment.year % 100:02d}"
    if run[0] == "a" or (run[0] == "d" and len(run) > 2):
        return f"星期{_WEEKDAYS[date(moment.year, moment.month, moment.day).weekday()]}"
    return f"{value[run[0]]:02d}" if len(run) == 2 else str(value[run[0]])
