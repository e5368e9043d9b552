"""English questions by their form, put into Chinese."""

from __future__ import annotations

import re

from qa.bilingual.clauses import BODIES, DO, PLANS, Pieces, statement
from qa.bilingual.phrases import Phrase, phrase

MEASURES = re.compile(
    r"(?:率|占比|比例|标准|数|金额|总额|面积|目标|补贴|津贴|补助|工资|投资|资金|费用?|收入|支出|低保|最低生活保障|规模|水平|人口|人|"
    r"活跃度|销量|封顶线|抚恤|增长|总数|数量|善款|床位|户|额|上限|最高|最低|投入|经费|价格|奖励)$"
)
_MONEY = re.compile(r"低保|最低生活保障|补贴|津贴|补助|工资|费|资金|投资|善款|奖|支出|收入|款|标准|救助$")
_PEOPLE = re.compile(
    r"(?:人员|对象|儿童|孤儿|老人|老年人|志愿者|护理员|工作者|群众|干部|居民|学生|残疾人|社工|督导员|主任|专员|移民|士兵|信息员)$"
)


def follow_up(said_in: Pieces) -> str:
    """And in 2020? What about home adaptations?"""
    said = phrase(said_in["rest"])
    if said.core in ("人均", "户均", "平均"):
        return f"{said}多少？"
    return f"那{said}呢？" if str(said) else ""


def of_those(said_in: Pieces) -> str:
    """And for those in institutions?"""
    said = phrase(said_in["rest"])
    return f"那{said}的呢？" if said.core else ""


def confirm(said_in: Pieces) -> str:
    """A statement to be confirmed, or whether a plan mentions something."""
    said = said_in["said"]
    mention = re.search(
        r"\b(?:mention|say anything about|talk about|refer to|cover|include|discuss)s?(?:ed)?\b (?P<what>.+)",
        said,
    )
    if mention:
        who = phrase(said[: mention.start()])
        return f"{who.where}有没有提到{phrase(mention['what'])}？"
    whether = f"{statement(said)}，对吗？"
    # Something that is done already is asked for as a result.
    return (
        re.sub("(?=建成|完成|实现)", "已经", whether, count=1) if re.search(r"\balready\b", said) else whether
    )


def is_there(said_in: Pieces) -> str:
    """Are there any X in Y?"""
    said = phrase(said_in["what"])
    return f"{said.where}有没有{said.core}？" if said.core else ""


def mentions(said_in: Pieces) -> str:
    """Which places mention X?"""
    return f"哪些地方提到{phrase(said_in['what'])}？"


def _whole(pieces: Pieces) -> str:
    """The words behind the question word with those before it (In 2023, how many …)."""
    lead = pieces.get("lead", "").strip()
    return f"{pieces['rest']} in {lead}" if lead else pieces["rest"]


def how_many(said_in: Pieces) -> str:
    """How many X V …: the verbs before what is counted."""
    whole = re.sub(r"\b(?:in total|altogether|overall|in all)\b", "", _whole(said_in))
    span = re.match(r"(days|months|years|hours|minutes|times)\b(?: of| for| does| do| is| are)?", whole)
    if span:
        return f"{statement(whole[span.end() :])}多少{_SPANS[span[1]]}？"
    noun, rest = split_counted(whole)
    rest = _HOLDS.sub(" ", _DONE.sub(r"\g<who> built", rest))
    counted, clause = phrase(noun), phrase(PLANS.sub(" plan ", rest))
    places = [*counted.places, *clause.places]
    times = [*counted.times, *clause.times]
    where = Phrase(places=places, times=times, is_joined=counted.is_joined or clause.is_joined).where
    before = clause.core.replace("规划", "计划")
    each = _EACH_PLACE.search(f"{counted.core}{before}")
    if each:
        counted.core, before = counted.core.replace(each[0], ""), before.replace(each[0], "")
        where += each[0]
    if not counted.core:
        return f"{where}{before}有多少？"
    unit = _unit(noun, counted.core)
    if unit == "户" and (before or len(counted.core) > len(_HOUSEHOLDS)):
        counted.core = counted.core.removesuffix(_HOUSEHOLDS)
    is_said = before in counted.core or (counted.core.startswith("新增") and before in _FOUNDING)
    added = "" if is_said else before
    if counted.core in before:
        return f"{where}{before}多少{unit}？"
    return f"{where}{added}{counted.core}{'分别' if each else ''}多少{unit}？"


# What has been set up is there.
_DONE = re.compile(
    r"(?<=\b)(?:has|have|had)\b(?P<who>.*?)\b(?:set up|built|established|opened|created|completed)\b"
)
_HOLDS = re.compile(r"\b(?:hold|accommodate|contain|comprise)s?$")  # What a thing holds is what it has.
_EACH_PLACE = re.compile("各(?:县区|乡镇)")
_SPANS = {"days": "天", "months": "个月", "years": "年", "hours": "小时", "minutes": "分钟", "times": "次"}
_HOUSEHOLDS = "家庭"
_FOUNDING = ("设立", "建立", "新建", "建设", "建成", "开设", "创建", "设置", "完成")


def split_counted(text: str) -> tuple[str, str]:
    """What is counted, and the clause that says what is done with it."""
    match = re.search(rf"\b(?:{DO}|there|got|get|received?|took|joined|passed|registered|live|work)\b", text)
    return (text[: match.start()], text[match.start() :]) if match and match.start() else (text, "")


def _unit(english: str, chinese: str) -> str:
    if re.search(r"床位$", chinese):
        return "张"
    # Students from poor families are no families.
    counted = re.split(r"\b(?:of|for|from|in|with|at|among|by|on|under|to)\b", english)[0]
    if re.search(r"households?|famil(?:y|ies)", counted):
        return "户"
    if re.search(r"couples?|marriages?|divorces?|weddings?", counted) or re.search(
        "(?:结婚|离婚)登记$", chinese
    ):
        return "对"
    if _PEOPLE.search(chinese) or chinese.endswith("人"):
        return "人"
    if _MONEY.search(chinese):
        return ""
    return "个"


def how_much(said_in: Pieces) -> str:
    """How much is X?"""
    said = statement(re.sub(rf"^{DO} ", "", _whole(said_in)))
    if not said.core:
        return ""
    if said.core.startswith("增发"):
        return f"{said.where}{said.core.removeprefix('增发')}增发多少？"
    if re.search(r"(?:率|占比|比例|面积)$", said.core):
        return f"{said}是多少？"
    for benefit, money in _PAID.items():
        if re.fullmatch(f"(?:每年)?(?:{_SPENDING})?(?:{benefit})(?:{_SPENDING})?", said.core) and re.search(
            _SPENDING, said.core
        ):
            return f"{said.where}发放{money}多少钱？"
    if said.core.endswith("募集"):
        return f"{said.where}募集{said.core.removesuffix('募集')}多少钱？"
    return f"{said}是多少钱？"


# What was spent on a benefit is the money paid out, not its standard.
_PAID = {
    "最低生活保障|低保": "低保金", "特困人员": "特困供养金", "临时救助": "临时救助金", "高龄津贴": "高龄津贴",
    "城乡低保": "城乡低保金",
}  # fmt: skip


_SPENDING = "支出|发放|资金|投入|花费|使用"


def how_often(said_in: Pieces) -> str:
    """How often are X reviewed?"""
    return f"{statement(said_in['rest'])}多久一次？"


def how_long(said_in: Pieces) -> str:
    """How long does X last?"""
    return f"{statement(said_in['rest'])}多长时间？"


def how(said_in: Pieces) -> str:
    """How does X do Y?"""
    said = statement(said_in["rest"])
    paid = re.search(r"\b(?:fund|finance|pay for)\b (?P<what>.+)", said_in["rest"])
    if paid:
        return f"{said.where}怎么保障{phrase(paid['what']).core}经费投入？"
    return f"{said.where}怎么{said.core}？" if said.core else ""


def when(said_in: Pieces) -> str:
    """When will X be done?"""
    said = statement(said_in["rest"])
    if re.fullmatch("(?:文件|通知|总结)?(?:发布|发放|印发)", said.core):
        return f"{said.where}文件的发布日期是哪天？"
    return f"{said.where}{_newly(said.core)}是什么时候？"


def where(said_in: Pieces) -> str:
    """Where is X?"""
    said = statement(said_in["rest"])
    return f"{said.where}{_newly(said.core)}在哪里？"


def whence(said_in: Pieces) -> str:
    """Where does X come from?"""
    said = statement(said_in["rest"])
    return f"{said.where}{said.core}来源有哪些？" if said.core else ""


def _newly(core: str) -> str:
    """新增公墓建成 → 新建公墓; how many there are is not asked (三大公墓)."""
    core = re.sub("^[两二三四五六七八九十]大", "", core)
    new = re.fullmatch("新增(.+?)(?:建成|建设|新建|开设)", core)
    return f"新建{new[1]}" if new else core


def who(said_in: Pieces) -> str:
    """Who is responsible for X?"""
    return f"{statement(said_in['rest'])}由谁负责？"


def which_body(said_in: Pieces) -> str:
    """Which department does X?"""
    said = statement(said_in["rest"])
    return f"{said.where}哪个{BODIES[said_in['body'].rstrip('s')]}{said.core}？"


def what_is(said_in: Pieces) -> str:
    """What is X?"""
    said = statement(_whole(said_in))
    if not said.core:
        return ""
    # What allowance firefighters get is asked for as a figure, whoever they are.
    is_measure = re.match("最[高低]", said.core) or MEASURES.search(re.sub("[A-Za-z ]+$", "", said.core))
    return f"{said}是多少？" if is_measure else f"{said}是什么？"


def number_of(said_in: Pieces) -> str:
    """The number of X."""
    said = phrase(said_in["rest"])
    return f"{said}多少{_unit(said_in['rest'], said.core)}？" if said.core else ""


def bare(said_in: Pieces) -> str:
    """A bare name of what is wanted; of two years or places, a comparison."""
    said = phrase(said_in["rest"])
    if not said.known:
        return ""
    if len(said.times) > 1 or (said.is_joined and len(said.places) > 1):
        said.is_joined = True
        return f"{said}对比"
    return f"{said}是多少？" if said.core.endswith("目标") else f"{said}？"


def summary(said_in: Pieces) -> str:
    """Summarize how X develops Y; tell me about Y in X."""
    said = statement(said_in["what"])
    return f"{said.where}{said.core}有哪些安排？" if said.core else ""
