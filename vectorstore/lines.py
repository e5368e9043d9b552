"""Lines of a text with their offsets, and which of them belong to the page around the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vectorstore.folding import folded, simplified
from vectorstore.unbroken import cuts_in

# A line of this length that is most of its text is a text without line breaks.
_LONG = 400
_LINE = re.compile(r"[^\n\r\u2028\u2029\f\v\x1c\x1d\x1e\x85]+")
# What Markdown puts around a line and nobody reads: the mark of a quotation (often a box, 专栏), that of bold type.
_MARKED = re.compile(
    r"\s*(?:>(?:\s+|$)){0,4}(?P<bold>\*\*(?=[^\s*][^*]*\*\*\s*$))?(?P<line>.*?)(?(bold)\*\*)\s*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its surrounding white space and Markdown's marks of quotation and bold, never empty.

    `written == folded(document)[start:end]`; `text` is the same in Simplified characters, for rules.
    `tabs_before` and `tabs_after` count the tabs in the white space that was cut off: empty cells of a table.
    """

    start: int
    end: int
    text: str
    written: str
    tabs_before: int = 0
    tabs_after: int = 0


def lines_of(text: str) -> list[Line]:
    """All lines of `text` that hold something, with offsets of their stripped form.

    A text that lost its line breaks is cut before its numbered sections as if it still had them.
    """
    lines = list(_lines(text))
    if any(len(line.text) >= max(_LONG, len(text) / 2) for line in lines):
        return [piece for line in lines for piece in _pieces(line)]
    return lines


def _pieces(line: Line) -> Iterator[Line]:
    cuts = cuts_in(line.text) if len(line.text) >= _LONG else []
    for first, last in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        written = line.written[first:last].strip()
        if written:
            start = line.start + first + line.written[first:last].index(written)
            end = start + len(written)
            text = line.text[start - line.start : end - line.start]
            yield replace(line, start=start, end=end, text=text, written=written)


def _lines(text: str) -> Iterator[Line]:
    written = folded(text)
    rules = simplified(written)
    for match in _LINE.finditer(written):
        whole = match.group(0)
        marked = _MARKED.fullmatch(whole)
        stripped = marked["line"] if marked else whole.strip()
        if not stripped:
            continue
        before = marked.start("line") if marked else len(whole) - len(whole.lstrip())
        start = match.start() + before
        end = start + len(stripped)
        # One string for both forms where they are equal, as they nearly always are.
        same = rules is written
        after = whole[before + len(stripped) :].count("\t")
        yield Line(
            start, end, stripped if same else rules[start:end], stripped, whole[:before].count("\t"), after
        )


# --- the page around the document ----------------------------------------------------------------------

# What government web pages offer around a document. A line is page furniture only when it consists of these.
_STRONG = (
    r"设为首页|加入收藏|收藏本站|无障碍(?:阅读|浏览|版)?|长者(?:版|模式|专区|助手)|关怀版|适老(?:化)?(?:版|模式)|繁体(?:中文|版)?|简体(?:中文|版)?|"
    r"(?:网站|返回)?首页|返回(?:顶部|列表|上一页)|打印(?:本页|页面|文章)?|列印|关闭(?:窗口|本页|页面)?|分享(?:到|至)?|"
    r"扫一扫[^。,;]{0,20}|打开(?:微信|手机)[^。,;]{0,16}|(?:手机|移动)(?:版|端|浏览)|字体(?:大小)?|字号|上一[篇条]|下一[篇条]|"
    r"相关(?:链接|附件|文档|阅读|信息)|网站(?:地图|声明)|联系我们|关于我们|版权声明|隐私声明"
)
_WEAK = r"收藏|微信|微博|新浪微博|朋友圈|QQ空间|QQ|复制链接|特大|大|中|小|默认|登录|注册|搜索|A[+-]?"
_PAGE_WORDS = re.compile(rf"(?:{_STRONG}|{_WEAK}){{1,3}}")
_PAGE_WORD = re.compile(_STRONG)
_PAGE_FIELD = re.compile(
    r"[\W_]*(?:浏览(?:次数|量)|点击(?:数|率|次数|量)|阅读(?:次数|量|数)|访问(?:量|次数)|字体(?:大小)?|字号|分享(?:到|至)?|"
    r"(?:当前|所在)位置|[您你](?:现在)?的位置|上一[篇条]|下一[篇条]|责任编辑|相关(?:链接|附件|文档|阅读))\s*[:>][^。;]*"
)
# These can also stand in a project's description: furniture only beside other furniture.
_DOUBTFUL_FIELD = re.compile(
    r"[\W_]*(?:(?:信息)?来源|稿源|编辑|作者|主办(?:单位)?|承办(?:单位)?|协办单位|技术支持)\s*:[^。;]*"
)
_DATED = re.compile(r"(?:19|20)\d{2}[-./年]\d{1,2}")
_IMPRINT = re.compile(
    r"Produced By|版权所有|Copyright|ICP备\s*\d|公网安备\s*\d|网站标识码|政府网站找错", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"[-—–]{1,2}\s*\d{1,4}\s*[-—–]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?"
)
_CONTENTS = re.compile(r"目\s*录|Contents|.{2,60}?[.…·]{3,}\s*\d{1,4}", re.IGNORECASE)
_RULE = re.compile(r"[-=_*~#+·.…—]{3,}")
_CRUMB = r"(?:\s*[^\s>»›,。;:\d]{1,14}\s*[>»›])"
_BREADCRUMB = re.compile(rf"(?:[>»›]{_CRUMB}{{1,8}}|{_CRUMB}{{2,8}})\s*[^>»›,。;:]{{0,20}}")
# The block that a government site puts above a document: 索引号, 发布机构, 发文日期 …
INDEX_LABEL = (
    r"名\s*称|索\s*引\s*号|发布(?:机构|单位|日期|时间)|发文(?:日期|字号|机关|单位)|公开(?:日期|时间|方式)|成文日期|生成日期|"
    r"文\s*号|文件(?:分类|编号)|主题(?:分类|词)|信息(?:分类|来源|类别)|效力状态|有效性|体裁分类|公文种类|组配分类"
)
_INDEX_LINE = re.compile(rf"\W*(?:{INDEX_LABEL})\s*:[^。]*")
INDEX_FIELD = re.compile(
    rf"({INDEX_LABEL})\s*:\s*\|?\s*(.*?)(?=\s*\|?\s*(?:{INDEX_LABEL})\s*:|字体\s*:|[|]|$)"
)
_NUMBERED = re.compile(
    r"(?:第.{1,3}[编篇部章节条]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])"
)
_LONGEST = 120


def is_index_line(line: Line) -> bool:
    """Whether the line is written like one of the index-number block, which is metadata and not an answer."""
    return len(line.text) <= _LONGEST and _INDEX_LINE.fullmatch(line.text) is not None


def furniture_of(lines: Sequence[Line]) -> frozenset[int]:
    """Positions of the lines that belong to the page around the document and can never be an answer."""
    certain: set[int] = set()
    doubtful: list[int] = []
    in_head = True
    for position, line in enumerate(lines):
        in_head = in_head and len(line.text) <= _LONGEST and not _NUMBERED.match(line.text)
        if len(line.text) > _LONGEST:
            continue
        is_index = _INDEX_LINE.fullmatch(line.text) is not None
        is_field = _DOUBTFUL_FIELD.fullmatch(line.text) is not None
        is_source_line = is_field and _DATED.search(line.text) is not None
        if _is_furniture(line.text) or (in_head and (is_index or is_source_line)):
            certain.add(position)
        elif is_index or is_field:
            doubtful.append(position)
    for run in (doubtful, reversed(doubtful)):
        certain.update(position for position in run if {position - 1, position + 1} & certain)
    return frozenset(certain)


def _is_furniture(text: str) -> bool:
    patterns = (_PAGE_FIELD, _PAGE_NUMBER, _CONTENTS, _RULE, _BREADCRUMB)
    if any(pattern.fullmatch(text) for pattern in patterns):
        return True
    if _PAGE_WORD.search(text) and all(map(_PAGE_WORDS.fullmatch, re.findall(r"[^\W_]+[+-]?", text))):
        return True
    return bool(_IMPRINT.search(text)) and "。" not in text
