"""Lines of a text with their offsets, and what kind of page part a line is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vectorstore.folding import folded


@dataclass(frozen=True)
class Line:
    """One line without its surrounding white space, never empty: `text == folded(document)[start:end]`."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """All lines of `text` that hold something, folded, with offsets of their stripped form."""
    return list(_lines(folded(text)))


def _lines(text: str) -> Iterator[Line]:
    for match in re.finditer(r"[^\n\r\u2028\u2029\f\v\x85]+", text):
        stripped = match.group(0).strip()
        if stripped:
            start = match.start() + match.group(0).index(stripped)
            yield Line(start, start + len(stripped), stripped)


# Parts of government web pages around the document itself: navigation, printing, sharing, imprint.
_FURNITURE = re.compile(
    r"^(?:[-·•*>»]\s*)?(?:设为首页|加入收藏|收藏本站|无障碍(?:阅读|浏览)?|长者(?:版|模式|专区)|关怀版|繁體|简体|"
    r"当前位置|您(?:现在)?的位置|你的位置|所在位置|首页\b|网站首页|返回(?:首页|顶部|列表)?|打印|关闭|扫一扫|分享(?:到|至)?|"
    r"字体|字号|【?字体|浏览(?:次数|量)|点击(?:数|率|次数)|阅读(?:次数|量)|来源[::]|责任编辑|编辑[::]|上一[篇条]|下一[篇条]|"
    r"相关(?:链接|附件|文档|阅读)|Produced By|版权所有|主办(?:单位)?[::]|承办(?:单位)?[::]|网站地图|联系我们|"
    r"技术支持|网站标识码|[^ ]{0,6}ICP备|[^ ]{0,4}公网安备|打开(?:微信|手机)|手机(?:版|浏览))",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(r"^>|(?:[^>。]{1,12}\s*>\s*){2,}")
# The block that a government site puts above a document: 索引号, 发布机构, 发文日期 …
_INDEX_LABEL = (
    r"名\s*称|索\s*引\s*号|发布(?:机构|单位|日期|时间)|发文(?:日期|字号|机关|单位)|公开(?:日期|时间|方式)|成文日期|生成日期|"
    r"文\s*号|文件(?:分类|编号)|主题(?:分类|词)|信息(?:分类|来源|类别)|效力状态|有效性|体裁分类|公文种类|组配分类"
)
_INDEX_LINE = re.compile(rf"^\W*(?:{_INDEX_LABEL})\s*[::]")
INDEX_FIELD = re.compile(
    rf"({_INDEX_LABEL})\s*[::]\s*\|?\s*(.*?)(?=\s*\|?\s*(?:{_INDEX_LABEL})\s*[::]|字体\s*[::]|[|]|$)"
)


def is_index_line(line: Line) -> bool:
    """Whether the line belongs to the index-number block, which is metadata and not an answer."""
    return _INDEX_LINE.match(line.text) is not None


def is_furniture(line: Line) -> bool:
    """Whether the line belongs to the page around the document and can never be an answer."""
    if len(line.text) > 120:
        return False
    return bool(_FURNITURE.match(line.text) or _BREADCRUMB.match(line.text)) or is_index_line(line)
