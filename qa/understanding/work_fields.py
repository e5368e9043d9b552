"""The fields of work of civil affairs: by which words one is meant, and by which words a paper speaks of it."""

from __future__ import annotations

_FIELDS = (
    (("养老", "养老服务", "为老服务", "老龄", "老年人", "老人"), ("养老", "老年", "老人", "护理型")),
    (("殡葬", "丧葬", "白事", "身后事"), ("殡", "葬", "火化", "骨灰", "公墓")),
    (("儿童", "儿童福利", "未成年人", "孩子"), ("儿童", "孤儿", "未成年")),
    (("社会救助", "救助", "兜底保障"), ("救助", "低保", "特困", "五保", "供养")),
    (("基层治理", "社区治理"), ("社区", "居委", "村委")),
    (("社工", "社会工作", "社工人才"), ("社会工作", "社工")),
    (("残疾", "残疾人", "残障"), ("残疾",)),
    (("婚姻", "婚姻登记", "结婚"), ("婚姻", "结婚", "离婚")),
    (("慈善", "慈善事业"), ("慈善", "捐赠", "福利彩票")),
    (("福彩", "福利彩票"), ("福利彩票", "福彩")),
    (("收养",), ("收养",)),
    (("地名", "区划地名"), ("地名", "区划", "命名")),
    (("优抚", "优抚安置"), ("优抚", "抚恤", "退役", "退伍", "复退", "军休", "双拥", "烈士")),
    (("移民", "移民安置"), ("移民", "搬迁", "库区")),
)
# What headings call a field besides.
_IN_HEADINGS = {"养老": ("一老", "高龄", "敬老"), "儿童": ("一小", "孤儿"), "社会救助": ("低保", "特困")}


def words_of_field(wording: str) -> tuple[str, ...]:
    """What a paper says of the field of work that is called so (殡葬: 葬, 火化, …); () for what is no field's name."""
    return tuple(word for names, words in _FIELDS if wording in names for word in words)


def fields_in(text: str) -> tuple[tuple[str, ...], ...]:
    """The fields of work that a text speaks of, each by the words by which it is meant, the longest first."""
    return tuple(
        tuple(sorted(names, key=len, reverse=True))
        for names, words in _FIELDS
        if any(said in text for said in (*names, *words))
    )


def fields_named(heading: str) -> frozenset[str]:
    """The fields of work that a heading names, each by its first name (社会工作和养老服务: 社工, 养老). `heading` is folded."""
    return frozenset(
        names[0]
        for names, _ in _FIELDS
        if any(name in heading for name in (*names, *_IN_HEADINGS.get(names[0], ())))
    )
