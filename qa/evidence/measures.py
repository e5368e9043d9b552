"""What a figure measures: a standard is no sum that was spent, an increase no total, a place's beds not one home's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.evidence.institutions import names_institution
from qa.evidence.people_counted import counts_people, counts_people_only, counts_some_people, names_people
from qa.evidence.projects import ONCE_BUILT
from qa.evidence.standards import (
    asks_for_standard,
    asks_what_one_gets,
    asks_what_was_spent,
    is_paid_to_all,
    is_standard,
    states_standard,
    tops_up,
)
from qa.figures.values import figures_in
from qa.understanding.question import Question
from qa.understanding.unit_asked import counted_around
from qa.understanding.units import same_kind
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_ASKS_LARGE = re.compile("多少[万亿]元")
_LARGE = re.compile(r"[万亿]|\d{5}|\d,\d{3}")
# What was paid on average is not what the rule grants.
_ASKS_AVERAGE = re.compile("平均(?:下来)?每?一?[人户名位]|[人户]均")
# What is set aside for a year is told as such; what one pays is no subsidy.
_BUDGET, _BUDGETED = re.compile("[预决]算(?!局)"), re.compile("[预决]算|安排|预计")
_FEE = re.compile(
    r"(?:服务|护理|床位|伙食|管理|住宿|代办|手续|工本|照料|火化|安葬)费(?!用?补)|收费|价格|价钱|[卖收]多少|自费"
)
_SUBSIDY, _PAID_BY_ONESELF = (
    re.compile("补助|补贴|奖励|奖补|津贴"),
    re.compile("收费|收取|价格|缴|交费|自付|[理务位宿手]费"),
)
# A share or a multiple of an amount of money is none.
_RELATIVE = re.compile(r"百分|比例|占|几成|倍|率|增速|增幅|增长|[%％]|的多少")
_ASKS_TOTAL = re.compile(
    r"[市区县州旗有](?:多少|几)[个家](?:社区|街道|乡镇|村|养老机构|社会组织)(?=$|[^\u4e00-\u9fff]|[呢啊吗呀])|一共(?:有|是)?(?:多少|几)|一共有|总(?:数|量|共|计)|[年期]?[末底](?:要|应|将|会|能|预计)?(?:达?到|有)(?:了)?(?:多少|几)|[达建增扩]到(?:多少|几)(?!成|分)|共有|现有|目前有|现在有|累计|(?<![要将会能可还的])有(?:多少|几)(?:个?人|名|位|张)[?？]?$|[要会将该]有(?:多少|几)[个家所张名处座](?=$|[?。呢啊吗])"
)
_NEW_ONES = re.compile("^(?!.*(?:建成|基地|项目|综合体|中心)).*新增")
# What was done to some of them in a year (完成年检454家) is no number of all.
_DONE_TO_THEM = re.compile(
    "年检|评估|检查|排查|整改|注销|清退|核查|走访|入选|获评|命名为|荣获|劝散|取缔|查处|打击"
)
_INCREASE = re.compile(
    r"新增|增加|建成后[^,;]{0,8}提供|将提供|新建|新开|增设|新设|增配|扩建|改建|(?:推进|完成|启动)[^,。;]*(?:建设|改造)|(?:建设|扶持|培育|打造|推出|评选)[^,。;有成]{0,12}\d|等\s*\d+[个家]"
)
# Those that are to be registered in a year are not all there are.
_REGISTERED = re.compile("完成[^,。;]{0,12}(?:登记|备案)")
_OF_WHOLE_PLACE = re.compile(r"全[省市县区州旗](?:现有|共有?|有|目前有)?\d")
_FACILITY = re.compile("[\u4e00-\u9fff](?:所|院|站|馆|中心|机构|组织|公墓|食堂|服务点)$")
# What is to be set up is told as such, and not as what there is.
_ASKS_TO_COME = re.compile(
    r"(?:要|将|计划|准备|打算|预计)(?:再|新)?[建增添设](?:成|设|加|立)?[^,。?]{0,6}(?:多少|几)"
)
_TO_COME = re.compile("[建增添设]|达到?|完成|目标|计划|任务|改造|安排|培育|打造")
# What there is was not added, and is told without a word of adding (设有养老床位15472张).
_ASKS_ADDED = re.compile(
    r"(?:新增|增加|增设|新添|净增)(?:了|出)?(?:多少|几)(?!元|钱|万元)|"
    r"(?:新增|增设|新添|净增)(?:了)?[^,;。?\d]{1,12}?(?:多少|几(?!成)|[数量张个家名]?[?。]?$)"
)
_ADDS = re.compile(
    "新[建设开增添办]|增|添|[扩改筹续]建|建成|建[设好起](?!有)|[设成]立|开办|落成|投入使用|投用|提供|培育|"
    "招[聘录募收]|引进|发展"
)
# What could be done in a year is not what is.
_ABLE, _ASKS_ABLE = re.compile(r"能力(?:为|达到?|约|是)?\d"), re.compile("能|可以?|最[多大]|容纳|规模|设计")
# The part of an increase is one, too (新增养老床位1500张,其中护理型900张); a column may note its unit (床位(张):).
_DEED = re.compile("改造|提升|整治")
_IN_PART = re.compile("其中")
# 占比目标是多少 is answered by a share alone.
_ASKS_SHARE = re.compile(
    r"(?:占比|比例|比重|[\u4e00-\u9fff]率)(?:的?(?:目标|指标)值?)?(?:要|应|将|会)?"
    r"(?:是|为|有|达到?|到|提[高升]到)?了?(?:多少|多[高大]|几(?!个百分)|百分之|[?。]?$)"
)
_PERCENT = re.compile("[%％‰]")
_SHARE = re.compile(r"[%％‰]|百分|分之|[一二两三四五六七八九\d]成(?![立为])|倍|全覆盖|\d[:：]\d")
# 床位数 and 示范社区个数 count: no share answers.
_ASKS_COUNT = re.compile(
    "(?<![小系指基])(?:[位家户人个区站点所院构织室目工员者]数|数量|总数)(?:的?目标值?)?(?:现在|目前)?(?:是|有|为)?(?:多少|几)?[?。]?$"
)
_UNIT_OF_COLUMN = re.compile(r"[(（]([^()（）\d]{1,4})[)）](?=\d)")
_COLUMN, _TABLE_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff)）]):(?=\d)"), re.compile(r"(?<=表)\d+")
# So many of each thousand old people are not how many there are.
_RATIO = re.compile(r"每[百千万](?!元)")
_ASKS_RATIO = re.compile(r"每|均|[百千万][名人位]|密度|拥有|标准")
# What was done in five years together was not done in the last of them; what there is at their end is.
_TIME = re.compile(
    r"(?P<period>[“\"]?(?<!第)十[一二三四五]五[”\"]?(?!期?末|末期|规划|计划|纲要|目标|结束)|[三四五345]年(?:来|间|内|里|累计|总|共)|(?:评估|规划|统计)期(?:内|间)?)|(?:19|20)\d\d年|目前|现有|现在|已有|全年|当年"
)
# By how much something rose is not what it rose to, unless both ends are told.
_ASKS_CHANGE = re.compile(
    r"[比较](?:去年|上一?年|前一年|往年|同期|现在|目前|20\d\d年)[^,?]{0,8}?(?:提高|上涨|涨|增加|增长|多|少|下降|减少)了?(?:多少|几)"
)
_CHANGE = re.compile(
    r"(?:提高|上涨|涨|增加|增长|多|下降|减少|降低|新增|上升)[了约]{0,2}\d|从.*\d.*[到至为]|由.*\d.*[到至为]|[比较原]|[增涨降]幅"
)
_SAYS_CHANGE = re.compile("[增减升降涨变差翻净]|提高|多了|少了|[多少]多少|新|扩")
_BY_SO_MUCH = re.compile("(?:减少|增加|下降|上升|增长|提高|降低)了?约?$")
# What was invested so far is not what is to be invested.
_PLANNED_INVESTMENT = re.compile("(?:计划|拟|预计|概算|总)(?:总)?投资")
_INVESTED = re.compile(r"(?:完成|累计|已)投(?:资|入)[^,。;]{0,4}\d")
_ITEM_NUMBER = re.compile(r"^\s*\d{1,2}\s*[.、．](?!\d)")
_STATE = re.compile("达到?|增[加长]|提高|为")
_ALL_TOGETHER = re.compile("总|共|累计")
_AT_HOME = re.compile("家庭(?:养老|照护)?床位")


def is_ratio_unasked(question: Question, name: str) -> bool:
    """Whether what is called so counts by the thousand (每千名老人床位数) and the question is after no such figure."""
    return _RATIO.search(name) is not None and not _asks_for_ratio(question)


def _asks_for_ratio(question: Question) -> bool:
    return _ASKS_RATIO.search(question.text) is not None


def measures_right(question: Question, shown: str, *, context: str) -> bool:
    """Whether a sentence or row gives the kind of measure that a question for a figure asks for.

    `shown` is the sentence or the row's cells, `context` its section path and caption. True for other questions.
    """
    if question.asks != "number":
        return True
    return (
        not (asks_for_standard(question) and not states_standard(question, f"{context} {shown}"))
        and not (asks_what_one_gets(question) and _gives_sums_only(shown))
        and not (_BUDGET.search(question.text) and not _BUDGETED.search(f"{context} {shown}"))
        and not (_FEE.search(question.text) and _SUBSIDY.search(shown) and not _PAID_BY_ONESELF.search(shown))
        and not (_asks_for_money(question) and not _has_unit(shown, "元"))
        and not (_asks_for_share(question) and not _SHARE.search(shown))
        and not (_ASKS_COUNT.search(folded(question.text)) and _gives_shares_only(shown))
        and _some_clause_measures_it(question, shown, context)
        and not _is_at_home_only(question, shown)
        and not (counts_people(question) and not counts_some_people(shown))
    )


def _asks_for_money(question: Question) -> bool:
    return question.likely_unit == "元" and not question.unit and not _RELATIVE.search(question.text)


def _has_unit(shown: str, unit: str) -> bool:
    """Whether some amount is in the unit, or the text says elsewhere that it is (单位:万元)."""
    return any(unit in figure.unit for figure in figures_in(shown)) or unit in shown


def _asks_for_total(question: Question) -> bool:
    is_deed = _INCREASE.search(question.text) or _DEED.search(question.text)
    # 社会组织数 is that of all; what is aimed at may be to be added.
    of_a_plan = question.aspect == "target" or bool(question.years)
    is_number = _ASKS_COUNT.search(folded(question.text)) is not None and not of_a_plan
    # 比例要达到多少: a share is none of a whole and its part.
    is_total = (is_number or _ASKS_TOTAL.search(question.text) is not None) and not is_deed
    return is_total and not _asks_for_share(question)


def _gives_sums_only(shown: str) -> bool:
    """Whether every clause with an amount of money gives what was paid to all together."""
    return _all_say(is_paid_to_all, _paying(shown))


def _gives_shares_only(shown: str) -> bool:
    """Whether the amounts of a text, or the unit that its row notes, are shares and count nothing."""
    units = [figure.unit for figure in figures_in(shown) if figure.is_amount]
    return _PERCENT.search(shown) is not None and not any(unit and not _PERCENT.match(unit) for unit in units)


def _asks_for_share(question: Question) -> bool:
    return question.unit in ("", "%") and _ASKS_SHARE.search(folded(question.text)) is not None


def _some_clause_measures_it(question: Question, shown: str, context: str) -> bool:
    """Whether a clause with an amount in the unit asked for gives no increase for a total, no standard for what was
    spent, no figure to the thousand, and no sum of several years for one of them; True where no clause gives any."""
    is_total, is_ratio = _asks_for_total(question), _asks_for_ratio(question)
    is_spent = asks_what_was_spent(question)

    if _ASKS_TO_COME.search(question.text) and not _TO_COME.search(shown):
        return False
    # What is aimed at by 2020 may be a sum of the years until then.
    is_of_year = len(question.years) == 1 and question.aspect != "target"

    if _ASKS_ADDED.search(folded(question.text)) and not _ADDS.search(shown):
        return False
    # What one project will have is not all that is added.
    is_new = (
        _NEW_ONES.search(question.text) is not None
        # Of the plan of a year that is named what it adds is the number meant.
        or (_ASKS_COUNT.search(folded(question.text)) is not None and not question.years)
    ) and not names_institution(question.text)
    is_of_things = not question.unit and not names_people(question)
    # 军休所几个: of homes and offices, however 几个 may count people.
    is_of_facilities = question.unit == "个" and _names_facility(question)
    is_able = _ASKS_ABLE.search(question.text) is not None
    is_planned = _PLANNED_INVESTMENT.search(question.text) is not None
    is_change = _ASKS_CHANGE.search(folded(question.text)) is not None
    # 多少万元: no standard of some hundreds.
    is_large = _ASKS_LARGE.search(question.text) is not None
    is_paid = "元" in (question.unit[-1:], question.likely_unit)
    is_of_standard = is_paid and asks_for_standard(question)
    is_average = is_paid and _ASKS_AVERAGE.search(question.text) is not None and "标准" not in question.text

    # 城市低保对象多少人: 减少213人 is none of their number.
    is_number = bool(question.unit) and _SAYS_CHANGE.search(question.text) is None

    def measures(clause: str) -> bool:
        return not (
            # What a project will have once it is built is not what there will be in all.
            (is_total and (_INCREASE.search(clause) or ONCE_BUILT.search(clause)))
            or (is_new and ONCE_BUILT.search(clause))
            or (((is_total and is_of_things) or is_of_facilities) and counts_people_only(clause))
            or (
                is_total
                and _DONE_TO_THEM.search(clause)
                and not (_DONE_TO_THEM.search(question.text) or _OF_WHOLE_PLACE.search(clause))
            )
            or (is_total and _REGISTERED.search(clause) and not re.search("登记|备案", question.text))
            or (is_of_standard and tops_up(question, clause))
            or (not is_ratio and _RATIO.search(clause))
            or (is_spent and _has_unit(clause, "元") and is_standard(clause))
            or (is_of_year and _adds_up_years(clause, shown))
            or (not is_able and _ABLE.search(folded(clause)))
            or (is_large and not (_LARGE.search(clause) or _LARGE.search(context)))
            or (is_average and ("标准" in clause or not _has_unit(clause, "元")))
            or (is_planned and _INVESTED.search(clause))
            or (is_change and not _CHANGE.search(folded(clause)))
            or (is_number and _gives_changes_only(clause, question.unit))
        )

    giving = _giving(shown, question.unit or question.likely_unit)
    # What stands behind 其中 is a part of the increase before it.
    whole = [clause for clause in giving if not _IN_PART.match(clause)] if is_total else giving
    return not whole or any(measures(clause) for clause in whole)


def _gives_changes_only(clause: str, unit: str) -> bool:
    """Whether every amount of a clause in this unit tells by how much something became more or less."""
    amounts = [f for f in figures_in(clause) if f.is_amount and same_kind(unit, f.unit)]
    return bool(amounts) and all(_BY_SO_MUCH.search(folded(clause[: f.start])) for f in amounts)


def _adds_up_years(clause: str, shown: str) -> bool:
    before = folded(shown[: shown.find(clause)]) if clause in shown else ""
    said = folded(clause)
    times = list(_TIME.finditer(before + said))
    if not times or not times[-1]["period"]:
        return False
    return _ALL_TOGETHER.search(said) is not None or _STATE.search(said) is None


def _all_say(says_so: Callable[[str], object], clauses: Sequence[str]) -> bool:
    """Whether there are clauses and each of them says so."""
    return bool(clauses) and all(says_so(clause) for clause in clauses)


def _giving(shown: str, unit: str) -> list[str]:
    """The clauses with an amount in a unit like this one."""
    return [clause for clause in _clauses(shown) if _gives(clause, unit)]


def _paying(shown: str) -> list[str]:
    """The clauses with an amount of money."""
    return [clause for clause in _giving(shown, "元") if _has_unit(clause, "元")]


def _gives(clause: str, unit: str) -> bool:
    noted = _UNIT_OF_COLUMN.search(clause)
    if noted and unit and not same_kind(unit, noted[1]):
        return False
    return any(
        f.is_amount and (not unit or not f.unit or same_kind(unit, f.unit)) for f in figures_in(clause)
    )


def _names_facility(question: Question) -> bool:
    """Whether homes, offices or organisations are what a question counts (军休所几个)."""
    return _FACILITY.search(counted_around(folded(question.text))[0]) is not None


def _is_at_home_only(question: Question, shown: str) -> bool:
    """家庭养老床位 are set up in homes and are none of the 养老床位 that a place has."""
    if "床位" not in question.text or "家庭" in question.text:
        return False
    name_of_row = shown.partition(";")[0]
    if ":" in name_of_row and _AT_HOME.search(name_of_row):
        return True
    return _all_say(_AT_HOME.search, [clause for clause in _giving(shown, "张") if "床" in clause])


def _clauses(text: str) -> list[str]:
    """The clauses of a text, a column's name with its value; a table's number is no figure."""
    text = _COLUMN.sub("", _TABLE_NUMBER.sub("", _ITEM_NUMBER.sub("", text)))
    return [text[start:end] for start, end in clause_spans(text, 0, len(text))]
