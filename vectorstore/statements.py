"""What a sentence, passage or table cell states: a result, a target, a standard in force, a measure.

Told by wording and by where it stands (see `vectorstore.scopes`), for the genre of government plans. What neither
tells is "": a figure must never be handed out as of a kind that nobody stated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from vectorstore.documents import Document, Metadata, Passage, Statement
from vectorstore.folding import folded, simplified
from vectorstore.numerals import YEAR, years_in
from vectorstore.periods import Years
from vectorstore.scopes import Scope, scope_of, scope_of_heading
from vectorstore.sentences import sentence_spans

_QUOTED = re.compile(r"[《〈][^《》〈〉]*[》〉]|“[^“”]*”|「[^「」]*」|\([^()]*\)|\[[^\[\]]*\]")

# --- wording ---------------------------------------------------------------------------------------------

# Prefaces, principles and situations: they state nothing that was done or is to be done.
_NEITHER = re.compile(
    r"^本(?:规划|方案|要点|计划|意见|办法)|(?:特)?制[定订]本|^(?:为|根据|按照|依据)[^。]*(?:制[定订]|编制)[^。]*[。]?$|具有重要意义|"
    rf"(?:{YEAR}年|时期),?(?:既?是)|^[一二三四五六七八九十]是[^,。]{{2,20}}(?:突出|凸显|上升|精准|机遇期|更高要求|短板)|"
    r"^(?![一二三四五六七八九十]是)[^,。;:]{2,20}(?<!不)是[^,。;:]{3,}[,。]|"
    r"应把握以下原则|如下:?$|存在(?:着)?[^。]{0,12}(?:问题|短板|不足)|面临[^。]{0,12}(?:挑战|机遇|形势|考验)"
)
# What was reached, even among plans.
_REACHED = re.compile(
    r"已(?:经)?(?:建成|完成|达到?|实现|累计|发放|初步|形成|建立|投入|救助|办理|惠及|有\d|开展|启动|全部|全面|配置|试|于|在)(?![^,。;]{0,12}的)|"
    r"截至|截止|目前,?(?:全[省市县区州旗]|我[省市县区州旗]|民政|共|已|有|持证)|(?:^|[,;])[^,;在对将把利整依]{0,10}现有[^,。;]{0,14}\d|荣[获膺]|被(?:评为|命名|授予|表彰|列为|确定)|"
    r"(?:完成|建成|达到|取得|实现|印发|出台|建立|打通|新增|发放|获得|形成|走出|举办|开展|成立)了|圆满完成|顺利完成|成功(?:创建|举办|劝)|"
    r"全年(?:共|累计)|(?<!计划)累计(?!投资|完成投资)(?:救助|发放|办理|完成|建成|注销|开展|投入|为|达|有)|共(?:计)?(?:发放|办理|完成|救助|投入|处置|筛查|竣工|核减|安排)|"
    r"从\d[\d.]*[万亿]?元?[^,。;]{0,6}(?:提高|增加|上升|增长)[到至]|较上?\d{0,4}年?[^,。;]{0,4}(?:增长|提高|下降)\d"
)
# What is to be reached or done.
_AHEAD = re.compile(
    rf"到{YEAR}年|力争|争取(?!资金\d)|确保|计划(?:新|建|累计|投|公开|设|在|完|总|改|到)|拟(?:新|建|投|于|在)|预计|(?<![不现])将(?:以|新|完|建|达|提|增|进|有|继续|开|会|要|按|全|在|重|着)|"
    r"目标[是为]|要(?:达到|完成|实现|建成|确保)|年底前|(?<!\d)\d{1,2}月底?前|建成后|完工后|今后|下一步"
)
# Not 由2015年的320元提高到2020年的550元, which looks back.
_FAR_AHEAD = re.compile(rf"(?<![高加升降少长展大短减])到{YEAR}年(?!底?,?(?:全|我|已|累计))|力争")
# Who signed it, and when.
_SIGNATURE = re.compile(r"(?:[局厅部]|办公[厅室]|政府|委员会|日)\)?$")
_GOAL = re.compile(
    rf"到{YEAR}年|力争|全覆盖(?![、的])|目标(?:是|为)|总目标|应[^,。]{{1,4}}尽[^,。]{{1,4}}$|不少于|不低于|年均增长"
)
# An amount to be reached: with a unit in which things, people, money or shares are counted.
_AMOUNT = re.compile(
    r"(?<![\d.第+〔])\d[\d,]*(?:\.\d+)?\s*[余多百千万亿]{0,3}\s*(?:"
    r"%|‰|亿?元|万?平方米|平米|亩|个(?!月|百)|家|张|名(?!义)|户|人次|人(?![均民])|所|处|座|支|件|对|床|场次?|批|套|辆|穴|项(?!目?重大)|条|棵|具|倍|只|级|篇|起|次|位|类)"
)
_NOT_AN_AMOUNT = re.compile(
    r"\d+(?:周)?岁(?:以[上下])?|以\d[\d—–~至\s-]*[户人家名个][^,。;]{0,4}为|\d+\s*分钟|超过\d+个月|第\d+[届次批个]"
)
_MONEY = r"\d[\d,.]*\s*(?:万)?元"
_STANDARD = re.compile(
    rf"标准(?:分别)?(?:为|是|:)[^。;]{{0,30}}{_MONEY}|按(?:照)?(?:每人)?每[月年季天][^,。;]{{0,12}}{_MONEY}[^,。;]{{0,6}}(?:标准|发放|补助|补贴|给予)|"
    rf"(?:起|执行)[^。;]{{0,20}}标准[^。;]{{0,24}}{_MONEY}|(?:给予|发放|补助|补贴|奖励)[^,。;]{{0,16}}每[人户床月年][^,。;]{{0,10}}{_MONEY}|"
    rf"每[人户床][^,。;]{{0,4}}(?:每[月年天])?(?:补助|补贴|发放|给予|奖励)[^,。;]{{0,8}}{_MONEY}"
)
_NOT_IN_FORCE = re.compile(
    rf"到{YEAR}年|力争|不低于|以上|(?:提高|调整|提升)(?:到|至)|达到|增长|共(?:计)?发放|累计"
)
_IN_MONEY = re.compile(_MONEY)
# Things done for people (改造1850户,每户补助3000元): then the count is what is stated.
_COUNTS = re.compile(r"(?:完成|新建|新增|建成|建设|改造|培育|覆盖|惠及)[^,。;]{0,24}\d+[户人名个家所处张]")
_FROM_A_DAY = re.compile(r"[月日]起[^。;]{0,30}标准")
_WORK = re.compile(
    r"(?:推进|推动|加强|加大|加快|开展|完善|健全|深化|强化|优化|落实|建立|构建|打造|提升|提高|规范|做好|抓好|实施|培育|鼓励|支持|引导|探索|"
    r"扩大|发展|统筹|坚持|持续|积极|依托|充分|全面|严格|推广|搭建|制定|修订|出台|组织|指导|配合|创新|巩固|拓展|丰富|发挥|整合|聚焦|防范|弘扬|"
    r"增强|增加|增设|争取|加快|启动|编制|设立|购买|保障|畅通|改造|举办|宣传|倡导|贯彻|营造|动员|协助|关心|促进|实现|会同|联合|创建|有序|稳步|切实|扎实|大力|完成|谋划|起草|摸清|建成|坚守|签订|增配|试点|给予|实行|采取|选派|安排|投资|壮大|划分)|(?:^|[,;:])(?:建设|新建|做|抓|创|守|争)"
)

# --- tables ----------------------------------------------------------------------------------------------

_TARGET_COLUMN = re.compile(r"目标|计划|预算|规划值|预期值|预计|力争|任务(?!名称|内容|分解)")
_RESULT_COLUMN = re.compile(r"实际|决算|完成(?!时[间限]|年限)|现状|基期|基数|实绩|现值|现有")
_STANDARD_COLUMN = re.compile(r"标准(?:\(|$)|(?:补贴|补助|津贴|救助|保障)(?:金额|额度)")
# Only such a caption speaks for columns that tell nothing themselves.
_TARGET_CAPTION = re.compile(r"任务|目标|计划(?!完成)")
_LONGEST_LEAD = 12
_KINDS_OF_INDICATOR = ("预期性", "约束性", "預期性", "約束性")
_NOT_GIVEN = ("", "—", "-", "——", "–", "/", "--", "无")


def statement_of(
    text: str, *, section: Sequence[str] = (), years: Years = (), metadata: Metadata | None = None
) -> Statement:
    """What a sentence or a run of sentences states: the kind of most of its sentences that tell one.

    `section` are the headings above it, outermost first, `years` those that its surroundings declare, `metadata`
    its document's. As many sentences of one kind as of others, or none that tells, is "".
    """
    scope = scope_of(section=section, years=years, metadata=metadata or Metadata())
    plain = simplified(folded(text))
    sentences = [plain[start:end] for start, end in sentence_spans(plain, 0, len(plain))]
    kinds = [_of_sentence(sentence, scope) for sentence in sentences]
    # A short lead (提高救助标准。) is the title of what follows.
    said = [kind for sentence, kind in zip(sentences, kinds, strict=True) if len(sentence) > _LONGEST_LEAD]
    return _most(said if any(said) else kinds)


def statement_of_column(column: str, *, caption: str = "", metadata: Metadata | None = None) -> Statement:
    """What the figures of a table's column are: 2020年实际 → result, 2025年目标值 → target, 2020年 by its year."""
    name = simplified(folded(column))
    target, result = _TARGET_COLUMN.search(name), _RESULT_COLUMN.search(name)
    if target or result:
        return "" if target and result else "target" if target else "result"
    if _STANDARD_COLUMN.search(name):
        return "standard"
    if not years_in(name):
        return ""
    return _of_year_column(years_in(name), scope_of_heading(caption), (metadata or Metadata()).years)


def statement_of_row(
    cells: Iterable[tuple[str, str]], *, caption: str = "", metadata: Metadata | None = None
) -> Statement:
    """What a row states by the columns in which it gives something; "" for a base year beside a target."""
    kinds = set(_of_columns(cells, caption, metadata))
    return kinds.pop() if len(kinds) == 1 else ""


def statement_of_passage(passage: Passage, metadata: Metadata) -> Statement:
    """What a passage states as a whole; nothing for page furniture."""
    if passage.kind == "furniture":
        return ""
    if passage.cells:
        return statement_of_row(passage.cells, caption=passage.caption, metadata=metadata)
    return statement_of(passage.text, section=passage.section, years=passage.years, metadata=metadata)


def statement_at(passage: Passage, start: int, end: int, document: Document) -> Statement:
    """What the sentences of a passage state that `document.text[start:end]` lies in; a row as a whole."""
    if passage.kind != "text":
        return passage.statement
    return _most(_of_sentences(passage, start, end, document))


def statements_in(passage: Passage, start: int, end: int, document: Document) -> frozenset[Statement]:
    """Every kind that is stated in the sentences that `document.text[start:end]` lies in, or in a row's columns."""
    if passage.kind == "furniture":
        return frozenset()
    if passage.cells:
        return frozenset(_of_columns(passage.cells, passage.caption, document.metadata))
    return frozenset(_of_sentences(passage, start, end, document)) - {""}


def _of_sentences(passage: Passage, start: int, end: int, document: Document) -> list[Statement]:
    spans = sentence_spans(document.text, passage.start, passage.end)
    touched = [document.text[first:last] for first, last in spans if first < end and start < last]
    return [
        statement_of(text, section=passage.section, years=passage.years, metadata=document.metadata)
        for text in touched
    ]


def _of_columns(cells: Iterable[tuple[str, str]], caption: str, metadata: Metadata | None) -> list[Statement]:
    """What is stated in the columns in which a row gives something; else what the caption says it is."""
    cells = tuple(cells)
    own = metadata.years if metadata else ()
    # Of an indicator that is 预期性 or 约束性 the years of the plan are those to come, whatever the caption says.
    is_indicator = bool(own) and any(value.strip() in _KINDS_OF_INDICATOR for _, value in cells)
    columns: list[Statement] = []
    for column, value in cells:
        if value.strip() in _NOT_GIVEN:
            continue
        years = years_in(simplified(folded(column)))
        is_ahead = is_indicator and bool(years) and years[-1] >= own[0]
        kind = statement_of_column(column, caption=caption, metadata=metadata)
        columns.append(kind or ("target" if is_ahead else ""))
    told: list[Statement] = [kind for kind in columns if kind]
    is_target = scope_of_heading(caption) != "review" and _TARGET_CAPTION.search(simplified(folded(caption)))
    return told or (["target"] if is_target else [])


def _most(kinds: Iterable[Statement]) -> Statement:
    counted = Counter(kind for kind in kinds if kind)
    if not counted:
        return ""
    kind, count = counted.most_common(1)[0]
    return kind if 2 * count > counted.total() else ""


def _of_year_column(named: Years, scope: Scope, own: Years) -> Statement:
    if scope == "review":
        return "result"
    if not own:
        return ""
    if named[-1] < own[0]:
        return "result"
    return "target" if scope == "goals" and named[-1] >= own[0] else ""


def _of_sentence(text: str, scope: Scope) -> Statement:
    """One sentence, folded and simplified."""
    bare = _QUOTED.sub(lambda quoted: "“”" if quoted[0][0] in "“「" else "", text)
    if _is_standard(text, bare, scope):
        return "standard"
    if scope in ("situation", "rules") or _NEITHER.search(bare) or _SIGNATURE.search(bare):
        return ""
    if scope == "review":
        return "target" if _FAR_AHEAD.search(bare) and not _REACHED.search(bare) else "result"
    if scope == "goals":
        return "target"
    return _by_wording(bare, scope)


def _by_wording(bare: str, scope: Scope) -> Statement:
    ahead, reached = _AHEAD.search(bare), _REACHED.search(bare)
    if reached and not ahead:
        return "result"
    if not ahead and not scope:
        return ""
    if _GOAL.search(bare) or _holds_amount(bare):
        return "target"
    return "measure" if ahead or _WORK.search(bare) else ""


def _is_standard(text: str, bare: str, scope: Scope) -> bool:
    """Whether it gives an amount that holds for each person, rather than one that was or is to be reached."""
    if scope == "rules":
        return _IN_MONEY.search(text) is not None
    if not _STANDARD.search(text):
        return False
    return bool(_FROM_A_DAY.search(text)) or not (_NOT_IN_FORCE.search(text) or _COUNTS.search(bare))


def _holds_amount(bare: str) -> bool:
    return _AMOUNT.search(_NOT_AN_AMOUNT.sub(" ", bare)) is not None
