"""Follow-ups that calculate with what was said before: both together, which is more, what share, how much a month."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from qa.composing.wanted_beside import EACH
from qa.conversation.one_more import ADDS_ONE, with_one_more
from qa.conversation.pointing import narrowed_subject
from qa.conversation.rewording import RECEIVES
from qa.conversation.shares import PART_SHARE, SHARE, SO_MANY_THEN, amount_of_share, share, share_of_first
from qa.conversation.turns_before import OverTurns, each_before, other_place, other_places, subjects_before
from qa.understanding.antecedents import Antecedent, subject_of
from vectorstore.numerals import years_in

_BOTH = (
    r"(?:(?:这|那|上面|前面|刚才)?的?(?:两|几|三|四)(?:个|项|种|类|笔|样|次|回)?"
    r"(?:地方|地区|县区|区县|县市|地|者|家|区|市|县|州|年|项|数字?|部分)?|两者|二者|它们俩?|他们)"
)
_SUM = re.compile(
    rf"{_BOTH}?(?:一?起)?(?:的|都)?(?P<sum>加(?:起来|在?一起|一块儿?|总)|合(?:计|起来|在一起)|一共|总共|总计|共计|拢共)(?:(?:起来|下来))?"
    r"(?:(?:是|有|能|要|为)?(?:多少|几)(?P<unit>[\u4e00-\u9fff]{0,2}?))?(?:呢|啊)?\??"
)
# How many are meant: 三个地方哪个最多.
_HOW_MANY = re.compile("[三四五3-5](?=个|地|家|县|市|区|者|项|种|类|笔|样)")
_PAIR = 2
# 高多少, which tells of two, and not 涨了多少, which may tell of one.
_BY_HOW_MUCH = re.compile("(?P<degree>[高多低少](?:了|出)?)(?:多少|几)")
_COUNTS = {"三": 3, "四": 4, "五": 5}
_WHICH = re.compile(
    rf"{_BOTH}?(?:里|中|当中|之间|相比|比起来|比较)*[,、]?(?P<asks>(?:哪|谁)(?:一?个|边|里|家|儿|一?年|地方|个地方|项|种)*的?(?:更|最|比较|要)?[高低多少大小快慢](?:一?些|一点)?|"
    r"(?:之间|两者)?(?:(?:每个?|一个?)[月年])?(?:之间)?(?:相差|差距|差了?|落差)(?:是|有)?(?:多少|几|多大)[\u4e00-\u9fff]{0,4}?)"
    r"(?P<much>[,、]?(?:相?差|[多高少低大])(?:了|出)?(?:多少|几)[\u4e00-\u9fff]{0,3}?)?(?:呢|啊)?\??"
)
_THAN_IT = re.compile(
    r"(?:这个?)?比(?:它|前者|那个|上一?个|前面(?:那个|的)|刚才(?:那个|的)|上面(?:那个|的))(?P<asks>(?:多|高|少|低|大)(?:了|出)?(?:多少|几)[\u4e00-\u9fff]{0,3}?)\??"
)
# 哪边认知障碍的多: which of the places, of something that was asked for among others.
_WHICH_OF = re.compile(
    r"(?P<who>(?:哪|谁)(?:一?个|边|里|家|儿|地方|个地方)?)的?(?P<thing>[\u4e00-\u9fff]{2,12}?)的?(?P<degree>(?:更|最|比较)?[高低多少大小](?:一?些|一点)?)(?:呢|啊)?\??"
)
# 这三个县区护理型加起来: what is counted is named again.
_NAMED_AGAIN = re.compile(
    r"(?P<all>(?:这|那|上面)?[两三四五]个?(?:地方|地区|县区|区县|县市|区|市|县|州))的?(?P<thing>[\u4e00-\u9fff]{2,8}?)的?(?P<asks>(?:加|合计|合起来|一共|总共|共计).*)"
)
_CHANGED = re.compile(
    r"(?:是|为|等于|相当于)?(?:前者|前面|它|原来|那时)?的?(?:翻了?)?(?:多少|几)[倍番]|(?:这?一年(?:下来|来|里)?)?(?:一共|总共)?(?:还|要|得|再|将|会|应|该|需要?){0,3}(?:多|少|高|低|增加|减少|提高|增长|下降|涨|降)(?:了|出)?(?:多少|几)(?:[\u4e00-\u9fff]|个百分点)?(?:呢)?\??"
)
_END = re.compile("最(?P<degree>[多少高低大小])")
_OTHER_END = re.compile("那?最(?P<degree>[多少高低大小])的?(?:是?(?:哪一?[个里家]|谁))?")
_PERIOD = r"(?:每个?月|一个月|按月|月均|每年|一整?年|全年|按年|半年|[两三四五六\d]个月)"
_CONVERTED = re.compile(
    rf"(?:那|如果)?(?:折合|折算|换算|摊|合|平均|相当于|算|按)*(?:到|成|为|下来|起来)*{_PERIOD}(?:下来|算下来|的话|算)*[,、]?"
    r"(?:一共|总共|大概|大约|合|折合|相当于|是|能|可以|就是|该|应该|给|发|领|拿|有)*(?:多少|几)?(?:元|块|钱|块钱)?(?:呢|啊)?\??"
)
# 散居孤儿多少钱一个月 leaves 散居孤儿钱一个月: for how long it is paid is what another time is put for.
_PAID_FOR = re.compile(rf"(?:的?钱)?{_PERIOD}$|(?:的?钱)$")
_ASKS = re.compile("多少|几")
_HOW_MUCH_MONEY = re.compile("多少(?:钱|元|块)|几(?:块|百|千)")
# What of a thing's state is asked, and not which thing.
_STATES = re.compile("的|目标值?|实际|现状|基期值?|现在|目前")


def calculated_over_turns(said: str, before: Antecedent) -> OverTurns | None:
    """The question in full when `said` only joins or converts what was asked before; None when it does not."""
    for operator, applied in _OPERATORS:
        match = operator.fullmatch(said)
        if match:
            return applied(match, before)
    return None


def _with_one_more(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    sum_of_all = with_one_more(before, said[0])
    return OverTurns(sum_of_all) if sum_of_all else None


def _converted(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """What was asked of the standard goes on being asked, not of what a month of it makes."""
    subject = _PAID_FOR.sub("", before.subject)
    asks = "" if _ASKS.search(said[0]) else "多少钱" if subject != before.subject else "多少"
    text = f"{before.place}{before.years}{subject}{said[0]}{asks}"
    return OverTurns(text, before.text) if subject else None


def _of_named_again(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """三个区护理型加起来 as the sum of what was asked of each, or of a type of it."""
    joined = calculated_over_turns(said["all"] + said["asks"], before)
    if joined is None or said["thing"] in before.subject:
        return joined
    narrower = narrowed_subject(f"{said['thing']}呢", before)
    return OverTurns(joined.text.replace(before.subject, narrower), before.text) if narrower else None


def _added(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    if "年" in said[0] and not _ASKS.search(said[0]):
        # 三年合计呢 names a column.
        return None
    operands = _operands(before, _count_of(said[0]), adds=True) or _joined_before(before)
    return _asked_of(operands, f"{said['sum']}是多少{said['unit'] or ''}", before)


def _held_against(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    operands = _operands(before, _count_of(said[0]), adds=False) or _joined_before(before)
    return _asked_of(operands, said["asks"] + (said["much"] or ""), before)


def _changed(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """涨了多少 from the time asked about before, 高多少 than the place or thing, too."""
    since = _since(before, said[0])
    tells_of_two = _BY_HOW_MUCH.match(said[0])
    if since or (tells_of_two is None and len(years_in(before.operands)) != _PAIR):
        return since
    if tells_of_two is None:
        return _asked_of(before.operands, said[0], before)
    operands = _operands(before, _PAIR, adds=False) or _joined_before(before)
    return _asked_of(operands, f"相差{said[0][tells_of_two.end('degree') :]}", before)


def _joined_before(before: Antecedent) -> str:
    """What the question before joined, by an operator or by naming two places."""
    of_both = "和" in before.place and before.subject
    return before.operands or (f"{before.place}{before.years}{before.subject}" if of_both else "")


def _asked_of(operands: str, asks: str, before: Antecedent) -> OverTurns | None:
    return OverTurns(f"{operands}{asks}", before.text, operands=operands) if operands else None


def _which_of(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """Which of the places last asked about has more of a thing that the question before names; None where it names none."""
    thing = said["thing"]
    pieces = [piece for piece in re.split("[,;?]", before.text) if thing in piece]
    if not pieces:
        return None
    subject = before.subject if thing in before.subject else subject_of(pieces[0], before.asked)
    others = [place.place for place in other_places(before, 1)]
    if not others or not subject:
        return None
    return OverTurns(f"{others[0]}和{before.place}{subject}{said['who']}{said['degree']}", before.text)


def _since(before: Antecedent, asks: str) -> OverTurns | None:
    """The change between the times of the last two questions about one thing; None when they are of one time."""
    previous = before.previous
    if previous is None or previous.place != before.place or not before.subject:
        return None
    years = previous.years or previous.answer_years
    is_same = previous.subject in before.subject or before.subject in previous.subject
    if not (is_same and previous.subject and years and before.years) or years == before.years:
        return None
    first, last = sorted((years, before.years), key=lambda words: years_in(words)[:1])
    text = f"{before.place}{last}{before.subject}比{first}{asks}"
    return OverTurns(text, before.text, operands=f"{before.place}{first}和{last}{before.subject}")


def _averaged(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """平均每户多少, of the money or number asked about last."""
    asked = subject_of(before.text, before.asked)
    if not asked:
        return None
    is_money = re.search(r"钱|资金|投资|投入|补助|金额|花", before.text)
    named = re.search(r"(?:钱|金|费|投资|投入|款|额)$", asked)
    money = "资金" if is_money and not named else ""
    return OverTurns(f"{before.place}{before.years}{asked}{money}{said[0]}", before.text, is_beside=True)


def both_places(said: str, before: Antecedent) -> str:
    """这两个地方 put as the two places asked about last."""
    match = re.search(
        r"(?:这|那)?(?:两|2)个?(?:地方|地区|地(?!名)|区县|县市|家民政局)|(?:他|它)们俩|两地", said
    )
    other = other_place(before)
    if match is None or other is None:
        return said
    return f"{said[: match.start()]}{other.place}和{before.place}{said[match.end() :]}"


def _count_of(said: str) -> int:
    """How many places are meant, two where it is not said."""
    match = _HOW_MANY.search(said)
    return (_COUNTS.get(match[0]) or int(match[0])) if match else _PAIR


def _operands(before: Antecedent, count: int, *, adds: bool) -> str:
    """What the last questions asked about: all of their places (`count` of them at most), or both their years or subjects.

    `adds`: they are added up. "" where they do not go together.
    """
    previous = before.previous
    is_of_one_place = previous is not None and previous.place == before.place and bool(before.subject)
    of_two_times = _of_two_times(previous, before, adds=adds) if previous and is_of_one_place else ""
    if of_two_times and count == _PAIR:
        return of_two_times
    others = other_places(before, count - 1)
    if others:
        # Each place has its own years; they are named where they are the same.
        is_same = all(before.years == other.years for other in others)
        places = "、".join(f"{other.place}{'' if is_same else other.years}" for other in reversed(others))
        return f"{places}和{before.place}{before.years}{before.subject}"
    if previous is None or not before.subject:
        return ""
    if not is_of_one_place:
        return _joined(list(islice(each_before(before), count)))
    # A part and what it is a part of make no sum.
    is_part = previous.subject in before.subject or before.subject in previous.subject
    is_of_one = previous.subject == before.subject or (is_part and count == _PAIR and adds)
    if previous.subject and previous.years == before.years and not is_of_one:
        subjects = [*subjects_before(before, count - 1), before.subject]
        if _HOW_MUCH_MONEY.search(before.text) and all(RECEIVES.search(subject) for subject in subjects):
            # 散居孤儿多少钱: what they get is held against what others get.
            subjects = [f"{subject}标准" for subject in subjects]
        return f"{before.place}{before.years}{'、'.join(subjects[:-1])}和{subjects[-1]}"
    return ""


def _joined(questions: Sequence[Antecedent]) -> str:
    """What questions about several places and things asked about, the latest first; "" where one leaves that open."""
    if not all(one.place and one.subject for one in questions):
        return ""
    *names, last = (f"{one.place}{one.years}{one.subject}" for one in reversed(questions))
    return f"{'、'.join(names)}和{last}"


def _of_two_times(previous: Antecedent, before: Antecedent, *, adds: bool) -> str:
    """One thing in both of the years that were asked about, or as it is and as it is to be; "" for other questions."""
    thing = _STATES.sub("", before.subject)
    if _STATES.sub("", previous.subject) != thing:
        return ""
    if previous.years and before.years not in ("", previous.years):
        return f"{before.place}{previous.years}和{before.years}{before.subject}"
    is_aim_and_now = (previous.asked.aspect == "target") != (before.asked.aspect == "target")
    return f"{before.place}{thing}目标和现在" if is_aim_and_now and not adds else ""


def _at_other_end(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """最少的呢, after 哪个最多; how far apart the two are may be asked next."""
    asked = _END.search(before.text)
    if asked is None or asked["degree"] == said["degree"]:
        return None
    text = before.text[: asked.start("degree")] + said["degree"] + before.text[asked.end("degree") :]
    ends = f"最{asked['degree']}和最{said['degree']}的"
    return OverTurns(text, operands=f"{before.place}{before.years}{before.subject}{ends}")


def _than(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    previous = before.previous
    if previous is None or not before.subject:
        return None
    other = previous.place
    if previous.place == before.place:
        other = previous.years if previous.subject == before.subject else previous.subject
    return OverTurns(f"{before.place}{before.years}{before.subject}比{other}{said['asks']}", before.text)


# What a follow-up may do with what was asked before; the first that it is, is meant.
_OPERATORS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Antecedent], OverTurns | None]], ...] = (
    (SO_MANY_THEN, amount_of_share),
    (SHARE, share),
    (PART_SHARE, share_of_first),
    (ADDS_ONE, _with_one_more),
    (_CONVERTED, _converted),
    (_NAMED_AGAIN, _of_named_again),
    (_THAN_IT, _than),
    (_OTHER_END, _at_other_end),
    (_SUM, _added),
    (_WHICH, _held_against),
    (_CHANGED, _changed),
    (EACH, _averaged),
    (_WHICH_OF, _which_of),
)
