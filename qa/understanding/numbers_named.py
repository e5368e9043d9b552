"""A number asked for by its name (社会组织数, 养老床位的总数量是多少): the thing that it counts, and the unit it is counted in.

Text is folded throughout.
"""

from __future__ import annotations

import re

_NAME = "的?(?:(?P<number>总?数量?)|总量)"
_ASKED = "(?:的?目标值?)?(?:一共|总共|现在|目前)?(?:是|有|为)?(?:什么|多少|几)?呢?[?。]*$"
_AT_END = re.compile(
    f"(?:(?P<thing>[\u4e00-\u9fff]*?(?!总)[\u4e00-\u9fff]){_NAME}|(?P<bare>数量|总数)){_ASKED}"
)
_NAMED = re.compile(f"(?P<thing>[\u4e00-\u9fff]{{2,}}?){_NAME}")
# What ends so and counts nothing: 指数, 倍数, 天数, 金额总数.
_COUNTS_NOTHING = re.compile("[指系参基倍分岁次天函少多无级额钱款率小]$")
# 登记量, 床位保有量: so much of it, and as little a share as a number.
_SO_MUCH = re.compile(f"[\u4e00-\u9fff]{{2}}量{_ASKED}")
_UNITS = (
    ("张", re.compile("床位$")),
    ("户", re.compile("(?:户|家庭)$")),
    ("对", re.compile("对$")),
    ("人", re.compile("(?:[人员者童儿民]|[社职义]工|学生|对象)$")),
    # Homes and bodies are counted by the 家, and neither people nor occasions are.
    (
        "家",
        re.compile("(?:组织|机构|养老院|敬老院|服务站|社工站|中心|食堂|公墓|社区|街道|乡镇|居委会)$"),
    ),
)


def thing_of(name: str) -> str:
    """What a name counts that is a number's as a whole (社会组织总数 → 社会组织); "" where it is none or counts no things."""
    named = _NAMED.fullmatch(name)
    return named["thing"] if named and not _COUNTS_NOTHING.search(named["thing"]) else ""


def unit_of(thing: str) -> str:
    """The unit in which a thing is counted (床位 → 张), "" where that does not go without saying."""
    return next((unit for unit, ends in _UNITS if ends.search(thing)), "")


def thing_asked(text: str) -> str:
    """What a question counts that ends in a number's name (荆门社会组织数是多少 → 荆门社会组织), else ""."""
    asked = _AT_END.search(text)
    thing = asked["thing"] or "" if asked else ""
    return "" if _COUNTS_NOTHING.search(thing) else thing


def asks_by_name(text: str) -> bool:
    """Whether a question asks for a number of things by its name, be it the name alone (总数是多少): no share answers it."""
    asked = _AT_END.search(text)
    return asked is not None and bool(asked["bare"] or (asked["number"] and thing_asked(text)))


def asks_how_much_by_name(text: str) -> bool:
    """Whether it asks so for a number, or for how much there is of something (登记量多少)."""
    return asks_by_name(text) or _SO_MUCH.search(text) is not None
