"""A follow-up put in the words of the question before: with its place and years, its subject, its way of asking."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.conversation.pointing import PLACE_POINTER, SUBJECT_POINTER
from qa.understanding.antecedents import ASKING, YEAR_WORDS, Antecedent, in_order, year_words
from qa.understanding.kinds import contrasted
from qa.understanding.question import Question
from vectorstore.numerals import years_in
from vectorstore.places import bare_name

# What is so much, while other things are so many.
_MEASURE = re.compile(r"(?:[率比额线值价费金量数级]|比例|标准|面积|目标|补贴|津贴|补助|捐赠)$")
_SPENT, _MONEY = (
    re.compile("(发放|发|拨付|支出|花)了(?=多少)"),
    re.compile("(?:[金费款]|资金|经费|补贴|津贴|补助)$"),
)
_STANDARD = re.compile(r"(?:标准|补贴|津贴|补助|低保)$")
RECEIVES = re.compile(r"(?:孤儿|儿童|特困|五保|对象|老人|老年人|残疾人|三无人员|特困人员)$")
_ASKING_WORDS = {"list": "有哪些", "date": "是什么时候", "place": "在哪里"}
_LONGEST_NAME = 14
_RELATIVE = re.compile("今年|明年|后年")
_MORE_BY = re.compile("比[^,?]{2,12}(?:多|少|高|低|涨|降|增加|提高|减少|增长|上调)了?多少$")
NOW = re.compile("现在|目前|现有|今年|眼下|如今")
ASKS_ALREADY = re.compile(
    r"多少|几|哪|什么|啥|怎|如何|吗|是否|是不是|有没有|多[久大高长]|何时|对比|比较|谁|还是|有无"
)


@dataclass(frozen=True)
class FollowUp:
    """A question in the middle of a conversation: its words without openers, and what it names itself."""

    text: str
    asked: Question
    subject: tuple[str, ...]

    @property
    def place(self) -> str:
        """The places that it names, as one phrase; "" when it names none."""
        names = in_order(self.asked, self.text)
        return "和".join(names) + "和".join(name for name in self.asked.named if name not in names)


def rest_of(follow_up: FollowUp) -> str:
    """The words of a follow-up besides place, years, pronouns and particles."""
    text = follow_up.text
    for name in (*follow_up.asked.regions, *follow_up.asked.elsewhere, *follow_up.asked.named):
        for form in (name, bare_name(name)):
            text = text.replace(form, "")
    text = re.sub(rf"(?:到|至|在)?(?:{YEAR_WORDS.pattern})", "", text)
    text = re.sub(rf"{PLACE_POINTER}|{SUBJECT_POINTER}", "", text)
    text = re.sub(
        r"呢[,、]?|^(?:的|和|与|、|,|在|到(?=$)|是|呢|那|里|也|又|同样|情况)+|[?。!,呢啊呀的]+$", "", text
    )
    return re.sub(r"^(?:怎么样|如何|情况|一样吗?|多少)$", "", text.strip(" ,"))


def moved(text: str, before: Antecedent, follow_up: FollowUp) -> str:
    """The earlier question, asked of another place or year."""
    if follow_up.place:
        old = (*before.asked.regions, *before.asked.elsewhere, *before.asked.named)
        if before.asked.named and not follow_up.asked.regions and not follow_up.asked.elsewhere:
            # 二类区 after 天水市一类区: a part of the same place.
            old = before.asked.named
        forms = [form for name in old for form in (name, bare_name(name)) if form in text]
        first = min((text.index(form) for form in forms), default=0)
        for form in forms:
            text = text.replace(form, "")
        first = min(first, len(text))
        head = re.sub(r"[和与跟、]+$", "", text[:first])
        text = head + follow_up.place + re.sub(r"^[和与跟、]+", "", text[first:])
        if len(old) > 1 and "和" not in follow_up.place:
            text = re.sub(r"(?:哪(?:一?个|边|家|里)?|谁)(?:更|最|比较)?[多少高低大小]", "是多少", text)
    elif before.place and before.place not in text and bare_name(before.place) not in text:
        text = before.place + text
    years = [match.group(0) for match in YEAR_WORDS.finditer(follow_up.text)]
    if years:
        return with_new_years(text, "和".join(years), follow_up.place or before.place)
    # 嵊州现在多少 is of that place's own time.
    return text.replace(before.years, "") if follow_up.place and NOW.search(follow_up.text) else text


def the_other(said: str, before: Antecedent) -> str:
    """The earlier question with the other member of a pair for its own, and another year where one is named with it
    (2020年城市的呢, after 2015年农村低保多少); "" when it names none."""
    bare = re.sub(r"^(?:到|的)+", "", YEAR_WORDS.sub("", said))
    other = contrasted(bare, before.text)
    years = year_words(said)
    if not other and _RELATIVE.fullmatch(bare):
        # 今年呢, after 2023年做了多少户.
        return with_new_years(re.sub("了(?=多少|几)", "", before.text), bare, before.place)
    return with_new_years(other, years, before.place) if other and years else other


def with_new_years(text: str, years: str, place: str) -> str:
    """A question with these years for its own, behind its place where it has none."""
    old = [match for match in YEAR_WORDS.finditer(text) if years_in(match.group(0))]
    if old:
        start, end = old[0].start(), old[-1].end()
        return text[:start] + years + text[end:]
    for form in (place, bare_name(place)) if place else ():
        if form in text:
            position = text.index(form) + len(form)
            return text[:position] + years + text[position:]
    return years + text


def placed(text: str, place: str, years: str, follow_up: FollowUp) -> str:
    """`text` with place and years where a reader expects them: at its head, or behind the place it names."""
    if place:
        pointer = re.search(PLACE_POINTER, text) or re.match(r"(?:它们?|其)(?=的?[\u4e00-\u9fff])", text)
        if pointer:
            head = text[: pointer.start()]
            return f"{head}{place}{years}{re.sub(r'^的', '', text[pointer.end() :])}"
        if text.startswith(tuple(str(number) for number in range(10))) or not years:
            return f"{place}{text}"
        return f"{place}{years}{text}"
    if not years:
        return text
    for name in follow_up.asked.regions:
        for form in (name, bare_name(name)):
            if form in text:
                position = text.index(form) + len(form)
                return text[:position] + years + re.sub(r"^(?:的|在)", "", text[position:])
    return years + text


def in_its_unit(text: str, before: Antecedent) -> str:
    """比上年多了多少 after a question for money asks for money, too."""
    is_money = "元" in (before.asked.unit, before.asked.likely_unit) and not _MEASURE.search(before.subject)
    return f"{text}元" if is_money and _MORE_BY.search(text) else text


def in_parallel(said: str, before: Antecedent) -> str:
    """The earlier question with a name of the same make put for its own: 重度残疾人护理补贴 for 困难残疾人生活补贴(覆盖率)."""
    name = re.sub(r"(?:又|则)?呢?\??$", "", said)
    if not 4 <= len(name) <= _LONGEST_NAME or ASKS_ALREADY.search(said) or not before.subject:
        return ""
    if YEAR_WORDS.search(said):
        return ""
    head, tail = name[:-2], name[-2:]
    position = before.subject.rfind(tail, 0, -2)
    if position <= 0 or head in before.subject or before.subject[: position + 2] not in before.text:
        return ""
    return before.text.replace(before.subject[: position + 2], name)


def asking(text: str, before: Antecedent) -> str:
    """A bare subject (离婚登记呢?) asks what the question before asked."""
    text = re.sub(r"[呢?。]+$", "", text)
    if _MEASURE.search(text) and before.asked.asks in ("date", "place"):
        return f"{text}是多少?"
    if ASKS_ALREADY.search(text):
        return text + "?"
    spent = _SPENT.search(before.text)
    if before.asked.asks == "number" and spent and _MONEY.search(text):
        # What was paid out in all, not what each one gets.
        return f"{text}{spent[1]}了多少?"
    if before.asked.asks == "number":
        # 孤儿呢, after a standard: what they get, and not how many they are.
        text += "标准" if _STANDARD.search(before.subject) and RECEIVES.search(text) else ""
        each = "各" if "和" in before.place and before.place in text else ""
        return f"{text}{each}{'是' if _MEASURE.search(text) else '有'}多少?"
    if before.asked.asks in _ASKING_WORDS:
        return f"{text}{_ASKING_WORDS[before.asked.asks]}?"
    how = (
        re.search(r"怎么(?:做|办|开展|推进|安排)?的?|如何", before.text)
        if ASKING.search(before.text)
        else None
    )
    return f"{text}怎么做?" if how else text + "?"
