"""What somebody wants checked (请核实一下:…,是这样吗): the statement alone, with the one word that asks whether it is so."""

from __future__ import annotations

import re

# 麻烦确认一下:, 帮忙看看这个说法对不对:
_TO_CHECK = re.compile(
    r"^(?:请|麻烦|劳烦|烦请|劳驾|您|你|再|帮我?|帮忙|给我?|来){0,4}"
    r"(?:(?:核实|核对|核查|核验|确认|查证|查核|求证|验证|判断|核一?核|对一?对)(?:一?下)?|[看查]一?下|看看)"
    r"(?:下面|以下|这个?|这句话?|这条|的|说法|数据|数字|数|信息|内容|情况){0,4}"
    r"(?:(?:是不是|是否|有没有|对不对|准不准|真不真|属实|真的|准确|正确|说错|写错|没错|不对|对|准|真)[^:,。]{0,4})?"
    r"[:,。 ]\s*(?=.{6})"
)
# …,是这样吗; …,这个说法准确吗
_IS_IT_SO = re.compile(
    r"[,。;?!、 ]*(?:这|这个?说法|这句话|这个?数据?|这个?情况|以上)?(?:是|有|说得|讲得)?(?:不是)?"
    r"(?:这样|这么回事|真实|真|准确|正确|对|属实|事实)的?(?:吗|么|不|没)[?。!]*$"
)
_ASKS = re.compile(r"[吗么吧?]$|是不是|是否|对不|属实|多少|几|哪|谁|什么|啥|怎|如何")


def statement_alone(text: str) -> str:
    """A statement (folded) that is to be checked, as a question whether it is so; any other text as it is."""
    opening = _TO_CHECK.match(text)
    said = text[opening.end() :] if opening else text
    tail = _IS_IT_SO.search(said)
    if tail and opening:
        return f"{said[: tail.start()]}吗?"
    if tail and re.match(r"[,。;?!、 ]", tail[0]):
        return f"{said[: tail.start()]}吗?"
    return f"{said.rstrip('。!,')}吗?" if opening and not _ASKS.search(said) else said
