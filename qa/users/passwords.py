"""Which names and passwords are taken for users of the page, and why the others are not."""

from __future__ import annotations

import re
import unicodedata

from qa.errors import UsersUnusable

SHORTEST, LONGEST = 10, 128
_FEWEST_DIFFERENT = 5
RULES = (
    f"密码至少 {SHORTEST} 个字符、至少 {_FEWEST_DIFFERENT} 种不同的字符；不能含有用户名，"
    "不能是键盘上或字母、数字顺序里连着的一串，也不能是常见密码加几个数字。"
)
_LONGEST_NAME = 32
_NO_LETTERS = re.compile(r"[\W\d_]+")
_TAIL = re.compile(r"[\W\d_]+$")
_NAME = re.compile(r"\w[\w.-]*")
_RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
)
_COMMON = (
    "password",
    "passw0rd",
    "admin",
    "administrator",
    "iloveyou",
    "welcome",
    "letmein",
    "minzheng",
    "woaini",
)


def checked_name(name: str) -> str:
    """The name in its usual form. Raises UsersUnusable with the rule that it breaks."""
    name = unicodedata.normalize("NFKC", name).strip()
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise UsersUnusable(
            "这个用户名不能用。",
            f"用户名是 1—{_LONGEST_NAME} 个汉字、字母、数字，中间可以有 . _ -，不能有空格。",
        )
    return name


def checked_password(password: str, name: str) -> str:
    """The password as it was given. Raises UsersUnusable with the rule that it breaks."""
    problem = _problem(unicodedata.normalize("NFKC", password), name)
    if problem:
        raise UsersUnusable(f"这个密码不能用：{problem}。", RULES)
    return password


def _problem(password: str, name: str) -> str:
    """The first rule that it breaks, empty when it breaks none."""
    folded = password.casefold()
    rules = [
        (len(password) < SHORTEST, f"少于 {SHORTEST} 个字符"),
        (len(password) > LONGEST, f"多于 {LONGEST} 个字符"),
        (any(unicodedata.category(character) == "Cc" for character in password), "含有控制字符"),
        (len(set(folded)) < _FEWEST_DIFFERENT, "不同的字符太少"),
        (name.casefold() in folded, "含有用户名"),
        (any(folded in run or folded in run[::-1] for run in _RUNS), "是连着的一串字符"),
        (_NO_LETTERS.sub("", folded) in _COMMON or _TAIL.sub("", folded) in _COMMON, "是常见密码"),
    ]
    return next((told for broken, told in rules if broken), "")
