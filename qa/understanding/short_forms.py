"""Short ways of asking put as the questions that they stand for: 概括几点, 2010年到2015年怎么变的, 三创创的是哪些."""

from __future__ import annotations

import re
from functools import reduce

# 概括几点, 说要点就行, 三五句话讲清, 别太细 behind the question: how it is to be told, which is as an overview.
_TELL = "(?:概括|归纳|总结|列举?|梳理|提炼|概述|介绍|[说讲谈](?:一?[说讲谈])?|[写答])"
_SO_FEW = "(?:几|[两二三四五六](?:[、到至]?[两三四五六七])?|主要)个?"
_THE_MAIN = "(?:要点|重点|大概|大意|要紧|主要|关键|核心)(?:内容|的)?"
_ENOUGH = "(?:就|便)?(?:行|好|可以|即可|够|成)?了?吧?"
_IN_A_FEW_POINTS = re.compile(
    "[,;。? ]+(?:请|帮我|给我|麻烦|简单|简要|简短|大致|大概|只|就|用|[挑拣捡抓拿]着?){0,3}"
    f"(?:{_TELL}(?:一下|出来?|成|为|个)?(?:{_SO_FEW}(?:大?[点条句]话?|方面)|{_THE_MAIN})|{_THE_MAIN}(?:{_TELL}|(?=[就便行好可即]))|"
    f"{_SO_FEW}(?:[点条]|句话){_TELL}?(?:清楚?|完|明白)?|(?:别|不用|不要|无需)(?:[讲说写])?(?:得)?(?:太|那么)(?:啰嗦|细|长|复杂|详细|多)|"
    f"(?<=[,;。? ])简(?:短|单|明|要|洁)(?:一?[点些]|扼要)?{_TELL}?){_ENOUGH}[?。]*$"
)
# 有几项重点任务: which they are tells how many.
_SO_MANY_TASKS = re.compile(
    "(?:一共|总共|共)?有(?:几|多少)大?[项条个](?P<what>(?:重点|主要)?(?:任务|举措|措施|做法))(?=[?。]*$)"
)
# 未成人, 未成年: the people.
_MINORS = re.compile("未成(?:人|年(?!人))")
# 2010年到2015年…怎么变的: both figures are wanted.
_HOW_IT_CHANGED = re.compile(
    r"(?P<from>20\d\d)年?(?:到|至|[-—–~])+(?P<to>20\d\d)年(?P<what>[^,?]{0,24}?)"
    r"(?:(?:是|都|有)?(?:怎么|怎样|如何|咋|啥|什么|哪些|多大)的?(?:变化?|变动|涨|提高|增长|降|调整)[了的过]*|的?(?:变化|变动)(?:情况)?)(?=[?。]*$)"
)
# 三创创的是哪些: what is counted in the name.
_ITS_ITEMS = re.compile(
    r"[“\"]?(?P<name>[两二三四五六七八九十](?P<what>[\u4e00-\u9fff]))[”\"]?(?:分别|都|各|又)*(?P=what)的?(?:都|分别)?(?:是|了)?(?=哪|什么|啥)"
)
# 从哪儿请: who it is.
_FROM_WHERE_CHOSEN = re.compile(
    "(?:是|都)?从哪[里儿]?(?:些人)?(?:中|里)?(?:来)?(?:请|选|挑|聘|选拔|抽调|招)(?:来|出来?)?的?(?=[?。]*$)"
)
_IN_FULL = (
    (_IN_A_FEW_POINTS, ",概括一下"),
    (_SO_MANY_TASKS, r"有哪些\g<what>"),
    (_MINORS, "未成年人"),
    (_HOW_IT_CHANGED, r"\g<from>年和\g<to>年\g<what>各是多少"),
    (_ITS_ITEMS, r"“\g<name>”是"),
    (_FROM_WHERE_CHOSEN, "由谁担任"),
)


def in_full(text: str) -> str:
    """`text` (folded) with each of these in full."""
    return reduce(lambda said, pair: pair[0].sub(pair[1], said), _IN_FULL, text)
