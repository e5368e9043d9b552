"""What an earlier question and its answer offer to point back at: the subject, the place, the items of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa.answer import Turn
from qa.understanding.asking import COUNTED
from qa.understanding.known_places import known_places
from qa.understanding.listed_items import lists_something
from qa.understanding.question import Near, Question, understand
from qa.understanding.wording import synonyms_in
from qa.understanding.words import attribute_words, generic_words
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in
from vectorstore.places import bare_name

YEAR_WORDS = re.compile(
    rf"[“\"]?[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间|末)?|{YEAR}\s*(?:年?\s*[-—–~至到]+\s*{YEAR}\s*)?年(?:度|底|末)?"
)
_HELD_AGAINST = re.compile(rf"[比较](?:{YEAR_WORDS.pattern})")
# The part of a question that asks: 是多少, 有几家, 在哪里, 怎么….
ASKING = re.compile(
    rf"(?:一共|总共|合计|大概|各|分别|具体|现在|应该|到底)*(?:是|为|有|要|(?<![金协总员事工学商])会|能|达到?|到|在|叫|做|占)*"
    r"(?:(?:哪(?:一?个|边|家)|谁)(?:地方)?的?(?:更|最|比较)?[多少高低大小快慢早晚]|"
    rf"(?:多少|几)(?:钱|元|块钱?)的?(?:一个?月|一年|每个?月|每年)|多少(?:万|亿)?(?:[人户场批]次|[{COUNTED}]|[\u4e00-\u9fff](?=[?。]*$))?|几(?:万|亿)?[{COUNTED}]|百分之[多几]少?|哪(?:些|里|儿|一?年|个月|天|个|几[{COUNTED}]|[两三四五六七八九十][{COUNTED}]|(?=[?。]*$))|"
    r"(?:是)?什么(?:时[候间])?|啥|何时|怎么样?|如何|多[久大高长]|为什么)"
)
_ADDRESSING = re.compile(
    r"^(?:请问|问一?下|我?想(?:问|知道|了解)一?下?|麻烦|帮我?查?一?下?|查一?下|告诉我)+[,:]?"
)
_ACTS = (
    "完成|达到|新建|建成|建设|新增|改建|兴建|发展|发放|培育|培养|创建|打造|推进|推动|实施|开展|安排|投入|销售|提高|扶持|落实|办理|重点|"
    "现有|目前|现在|已经|计划|力争|预计|打算|准备|将要|一共|总共|全年|全[省市县区州]"
)
_LEADING = re.compile(rf"^(?:{_ACTS}|[的要将会拟能应建办发卖募做有了到达给把对在和与跟比,、 ])+")
_TRAILING = re.compile(
    rf"(?:{_ACTS}|具体指?|指的?|提高到?了?|(?:调整|提高|上调|涨|调)过|涨到?了?|提到?了?|达到?了?|完成了?|定的?|"
    rf"[的了要是有到为在拟,、;。?!吗呢吧募卖建办发花查 ]|{YEAR}年)+$"
)
_WHICH_HAS_MORE = re.compile(
    r"(?:哪(?:一?个|边|家|里|儿)|谁)的?([^,?哪谁]{2,}?)的?(?:更|最|比较)?[多高少低大小][?。]*$"
)
# How an answer begins that states whose it is: 下陆区（2021—2025年）：….
_OWNER = re.compile(r"^[-*\s]*([\u4e00-\u9fff]{2,12}?)(?:\([^)\n]{4,24}\))?:", re.MULTILINE)
_NOUN_TAGS = ("n", "vn", "an", "l", "i", "j", "eng")
_SEVERAL_WORDS = 4
# 康养中心能提供多少床位: it is the centre that the conversation is about.
_HAS = re.compile(
    r"^(.{2,}?(?:中心|项目|院|基地|平台|站|园|馆|工程|综合体|公寓)(?:[一二三四五]期)?)(?:能|可以?|将|要|会|一共|总共|现在|建成后|里面?|里头)*"
    r"(?:提供|拥有|设有?|配备?|容纳|接待|有|新增)(?:了|到)?(?:多少|几)"
)
_DOING = re.compile(r"[卖办发建募花用拨投收捐][了出到过给]|[要将想拟再][建办发修开招设做改]")
_STATED = re.compile(
    rf"(?:是|为|达到|有)?\d[\d,.]*(?:万|亿)?(?:元|%|人次|平方米|[{COUNTED}])(?:/[年月]|每[年月])?[?。!]*$"
)
_PARTICULAR = re.compile(r"的?(?:总?投资|(?:占地|用地|建筑)?面积|占地|选址|地址|地点|时间|封顶线|起付线)$")
# A subject that is a thing, for which 它 stands rather than for the place.
_THING = re.compile(
    r"(?:中心|项目|机构|院|基地|平台|站|点|机制|工程|行动|试点|制度|设施|园|墓|馆|协会|总会|组织|队|大厅|食堂|学校|基金|奖|模式|品牌|政策|体系|综合体|公寓)(?:[一二三四五]期)?(?:工程|项目)?(?:选址|建设)?$"
)


@dataclass(frozen=True)
class Antecedent:
    """An earlier question, complete in itself, with what a follow-up may take from it.

    `place` is as people write it (下陆区), "" when the question is about no place or all of them; `years` are its
    year words (2025年), `subject` what it asks about, without place, years and the words that ask; `sides` the two
    places or years that it, or else a question before it, compares. `near` are the spans that its answer cites,
    `answer_years` the one year that they are of (2021年), `previous` the question before it, `listed_by` the one whose
    answer listed what this one asks an item of; `operands` what its answer held against each other or added up (荆门市
    2015年和2020年城市低保), "" where it did not.
    """

    text: str
    asked: Question
    answer: str
    place: str
    years: str
    subject: str
    sides: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    answer_years: str = ""
    previous: Antecedent | None = None
    listed_by: Antecedent | None = None
    operands: str = ""

    @property
    def is_thing(self) -> bool:
        """Whether the subject is something that 它 may stand for."""
        return _THING.search(without_particulars(self.subject, "")) is not None

    @property
    def root(self) -> str:
        """The subject without what only narrows it: 养老机构 of 公办养老机构, when that was asked about before."""
        previous = self.previous
        narrows = previous and previous.subject and self.subject.endswith(previous.subject)
        return previous.root if previous and narrows else self.subject

    @property
    def is_about_something(self) -> bool:
        """Whether there is anything to carry over."""
        return bool(self.subject or self.place)


def antecedent_of(
    turn: Turn,
    before: Antecedent | None,
    documents: Mapping[str, Document],
    *,
    kept: str = "",
    cited: tuple[tuple[Near, ...], str] = ((), ""),
    from_list: bool = False,
    operands: str = "",
) -> Antecedent:
    """What `turn` offers, whose question must be complete already, and what is left of the one `before`.

    `kept` is the subject that the conversation keeps, `cited` what the answer rests on and the year of that;
    `from_list`: it asks for an item of what was listed before.
    """
    text = _asking_again(folded(turn.question))
    asked = understand(text, documents)
    # 比2023年高多少: the year that it is held against is not its own.
    years = year_words(_HELD_AGAINST.sub("", text)) or (
        before.years if kept and before and YEAR_WORDS.search(text) else ""
    )
    return Antecedent(
        text=text,
        asked=asked,
        answer=turn.answer,
        place=_place(asked, turn.answer, documents),
        # 十三五市级: without a word between them the two would be read as one name.
        years=re.sub(r"五([”\"]?)$", r"五\1期间", years),
        subject=kept or subject_of(text, asked),
        sides=_sides(asked, text) or (before.sides if before else ()),
        near=cited[0],
        answer_years=cited[1],
        previous=before,
        listed_by=_listed_by(turn.answer, before, from_list=from_list),
        operands=operands,
    )


def _listed_by(answer: str, before: Antecedent | None, *, from_list: bool) -> Antecedent | None:
    """The question whose answer listed what is spoken of, until another answer lists something."""
    if before is None or lists_something(answer):
        return None
    return before.listed_by or (before if from_list else None)


def _asking_again(text: str) -> str:
    """A statement as the question that it answers (低保标准890元 → 低保标准是多少), since the questions after it ask."""
    return text if ASKING.search(text) else _STATED.sub("是多少", text)


def in_order(asked: Question, text: str) -> list[str]:
    """The places that a question names, of the library or elsewhere, in the order of the text."""
    places = [*asked.regions, *asked.elsewhere]
    return sorted(places, key=lambda name: text.find(bare_name(name)))


def year_words(text: str) -> str:
    """The words that name the time asked about, "" when there are none or several times are compared."""
    found = [match.group(0) for match in YEAR_WORDS.finditer(text) if years_in(match.group(0))]
    return found[0] if len(set(found)) == 1 else ""


def _place(asked: Question, answer: str, documents: Mapping[str, Document]) -> str:
    """The place of a question, else the only one whose figures its answer gave."""
    named = [name for name in asked.named if name not in "".join(asked.regions)]
    if asked.regions or asked.elsewhere or named:
        return "和".join(in_order(asked, asked.text)) + "和".join(named)
    of_documents = {documents[name].metadata.region for name in asked.documents} - {""}
    if len(of_documents) == 1:
        return next(iter(of_documents))
    known = set(known_places(documents).regions)
    owners = {match[1] for match in _OWNER.finditer(folded(answer))} & known
    return next(iter(owners)) if len(owners) == 1 else ""


def subject_of(text: str, asked: Question) -> str:
    """What a question is about: without address, place, years, and the words that only ask."""
    text = _ADDRESSING.sub("", text)
    has = _HAS.match(text)
    if has:
        text = has[1]
    for name in (*asked.regions, *asked.elsewhere, *asked.named):
        for form in (name, bare_name(name)):
            text = text.replace(form, "")
    text = re.sub(r"有没有|是不是|是否|有无|是[^,?]{1,8}还是.*$", "", text)
    # 哪个新增床位多: which of them has more is no part of it.
    text = _WHICH_HAS_MORE.sub(r"\1", text)
    text = ASKING.sub("", YEAR_WORDS.sub("", re.sub(r"[?。!]+$", "", text)))
    pieces = [_TRAILING.sub("", _LEADING.sub("", piece)) for piece in re.split(r"[,;]", text)]
    return next((piece for piece in sorted(pieces, key=len, reverse=True) if len(piece) > 1), "")


def own_subject(asked: Question) -> list[str]:
    """Words of a question that say what it is about, rather than which side of something said before.

    A verb alone (惠及多少人?) needs a subject, unless it names a matter of the field (收养) or has more around it.
    """
    import rjieba  # noqa: PLC0415 - loads its dictionary

    empty = generic_words() | attribute_words()
    pieces = [piece for piece in asked.content if piece not in empty]
    terms = {
        word for piece in pieces for synonym in synonyms_in(piece) for word in rjieba.cut(synonym.written)
    }
    words = [
        (word, tag)
        for piece in pieces
        for word, tag in rjieba.tag(piece)
        if len(word) >= 2 and word not in empty and not _DOING.fullmatch(word)
    ]
    nouns = [word for word, tag in words if tag.startswith(_NOUN_TAGS) or word in terms]
    return nouns or [word for word, _ in words if sum(len(other) for other, _ in words) >= _SEVERAL_WORDS]


def without_particulars(subject: str, rest: str) -> str:
    """The subject for a question about something else of it: 康养中心, not 康养中心投资, when it goes on with 床位."""
    attribute = any(rest.startswith(word) and word[0] not in "一每" for word in attribute_words())
    while True:
        shorter = _PARTICULAR.sub("", subject)
        if attribute:
            ending = next((word for word in attribute_words() if subject.endswith(word)), "")
            shorter = min(shorter, subject.removesuffix(ending), key=len)
        if len(shorter) < 2 or shorter == subject:
            return subject
        subject = shorter


def _sides(asked: Question, text: str) -> tuple[str, ...]:
    """The two places or years of a question, for 前者 and 后者; empty unless there are just two."""
    places = in_order(asked, text)
    if len(places) == 2:
        return tuple(places)
    years = list(dict.fromkeys(re.findall(rf"{YEAR}(?=年?)", text)))
    return tuple(f"{year}年" for year in years) if len(years) == 2 else ()
