"""How papers name persons: beside their office, behind a label, among those who came to a meeting."""

from __future__ import annotations

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_ROLE = (
    r"(?:局长|院长|主任|书记|会长|所长|站长|馆长|校长|科长|股长|主席|组长|理事长|秘书长|董事长|经理|"
    r"法人代表|法定代表人|负责人|带头人|联系人|护理员|社工|红旗手|模范|同志|先生|女士)"
)
_NAME = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
# What is labelled as a person's name needs no surname that is known.
_LABELLED = (
    r"(?:联系人|经办人|责任人|负责人|承办人|主持人?|记录人?|出席|列席|请假|缺席|参加人?员?)[:：]\s*"
    r"(?:[^,，;；。:：]{2,14}\s+)?[\u4e00-\u9fff]{2,3}(?=[\s,，、;；。(（]|$)"
)
# A person is named beside what he is: 护理员王程, “三八红旗手”胡海红, 联系人：养老股 张三.
STATES_PERSON = re.compile(
    rf"{_LABELLED}|{_ROLE}[”\"]?[:：]?{_NAME}|{_NAME}(?:同志|先生|女士|等\d*名?同志)|"
    rf"{_NAME}(?:接任|继任|担任|出任|任)[^,，。;；]{{0,12}}{_ROLE}"
)
_DEPUTY = re.compile(rf"副(?={_ROLE})")


def states_office(shown: str, question: str) -> bool:
    """Whether a text names a person beside an office, a deputy's only where a deputy is asked for, and the reverse."""
    asked = _DEPUTY.search(question) is not None
    return any(
        (_DEPUTY.search(shown[max(match.start() - 1, 0) : match.end()]) is not None) == asked
        for match in STATES_PERSON.finditer(shown)
    )


_ATTENDS = re.compile("主持|出席|列席|请假|缺席|参加|参会|记录|签发")
# 谁请假了, 出席的有哪些人.
ASKS_ATTENDANCE = re.compile(
    rf"(?:谁|哪[些几位]个?(?:人|领导|同志)?)(?:没有?|都|在)?(?:{_ATTENDS.pattern})|(?:{_ATTENDS.pattern})(?:人员?|会议)?(?:的)?(?:有|是|都有)(?:谁|哪[些几位])"
)


# 谁写的, 是谁讲的.
ASKS_AUTHOR = re.compile(
    "(?:谁|哪位|哪个(?:人|领导|记者))(?:来)?(?:执笔|撰写|撰稿|起草|写|讲|作|报道)(?:的|了)?(?=[?。,]|$)|(?:作者|执笔人|讲话人|主讲人)(?:是|有)?(?:谁|哪)"
)
_AUTHOR = re.compile(r"(?:执笔人?|撰稿人?|撰写|作者|记者|通讯员|起草人?)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}")
_SPEAKER = re.compile(rf"^[^,。，；;]{{0,24}}{_ROLE}\s*{_NAME}\s*$")


def states_author(shown: str, question: str) -> bool:
    """Whether a text names who wrote a paper, or is the line of a speech that names who gave it."""
    is_spoken = re.search("讲|作", question) is not None
    return _AUTHOR.search(shown) is not None or (is_spoken and _SPEAKER.match(shown.strip()) is not None)


def states_attendance(shown: str, question: str) -> bool:
    """Whether a text names somebody who came to a meeting, led it or stayed away, as the question asks."""
    asked = set(_ATTENDS.findall(question))
    return bool(asked & set(_ATTENDS.findall(shown))) and STATES_PERSON.search(shown) is not None


# 钱谁出, 由谁掏钱: that somebody does or organises something tells it not.
ASKS_PAYER = re.compile(
    "(?:钱|资金|经费|费用|款)(?:该|应该|应当|要|都|又){0,2}(?:由|归|是|让)?(?:谁|哪个(?:部门|单位)|哪一?级)(?:来|去)?(?:出|掏|付|承担|拿|给|垫|负担)|"
    "(?:谁|哪个(?:部门|单位)|哪一?级)(?:来|去)?(?:出|掏|拿|垫|付)(?:这个|这笔|的)?(?:钱|资金|费)|(?:谁|哪个(?:部门|单位)|哪一?级)(?:来|去)?(?:买单|出资|负担)"
)
_PAYER = re.compile(
    "财政|预算|公益金|自筹|出资|(?:资金|经费|费用|补助|津贴)[^,，。;；]{0,16}(?:由|从|纳入|列入|统筹|承担|解决|分担|负担)|(?:个人|单位|家庭|县|市|省|区)[^,，。;；]{0,6}(?:承担|负担|分担)"
)


def states_payer(shown: str, _: str) -> bool:
    """Whether a text tells who bears the cost of something."""
    return _PAYER.search(shown) is not None
