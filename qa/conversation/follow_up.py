"""Follow-up questions made complete from the conversation before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answer import Turn
from qa.composing.changes_beside import is_bare_share
from qa.conversation.asking_again import asks_again
from qa.conversation.english_follow_up import english_completed
from qa.conversation.in_parts import of_one_part, put_anew, what_comes_next
from qa.conversation.leaving_out import (
    EVERYWHERE,
    WHICH_TIME,
    about_its_own_subject,
    about_the_same_subject,
    without_thing,
    without_years,
)
from qa.conversation.over_turns import both_places, calculated_over_turns
from qa.conversation.pointing import (
    PLACE_POINTER,
    SUBJECT_POINTER,
    is_part_of_thing,
    narrowed_subject,
    with_items,
    with_years,
)
from qa.conversation.rewording import (
    FollowUp,
    asking,
    in_its_unit,
    in_parallel,
    moved,
    rest_of,
    the_other,
)
from qa.conversation.standing_alone import names_count, stands_alone
from qa.conversation.turns_before import of_its_kind
from qa.understanding.antecedents import (
    ASKING,
    Antecedent,
    antecedent_of,
    own_subject,
    subject_of,
    without_particulars,
    year_words,
)
from qa.understanding.homophones import as_meant
from qa.understanding.kinds import on_the_same_scale
from qa.understanding.plainly import CHATTER
from qa.understanding.question import Near, Question, understand
from qa.understanding.wording import synonyms_in
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.places import bare_name
from vectorstore.sentences import sentence_spans

# Further back nobody points.
_REMEMBERED = 8
_OPENING = re.compile(
    r"^(?:(?:那么|那(?=[\u4e00-\u9fff\d“])(?!里|边|儿|个|些|年|一年|次|项|时|块)|然后|还有(?!哪|谁)|另外|其中的?|同样|再问一?下|再问|顺便(?:问一?下)?|"
    r"好的?|嗯+|哦+|噢|行|谢谢你?|明白了?|知道了|换成|换作|(?:再?说)?回到|说回|如果是|要是|再看看?|接着|请问|问一?下|我?想问(?:一?下)?)[,、。!:]*)+"
)
# Who corrects what was understood names only what is right: 不对,我问的是嵊州.
_CORRECTING = re.compile(
    r"^(?:(?:不对|不是(?=[,，。]|这个|那个)|错了|搞错了?|弄错了|说错了|我?(?:打|写)错了|更正(?:一下)?)(?:这个|那个|的)?[,、。!]*)?"
    r"(?:我|咱)?(?:刚才)?(?:想)?(?:(?:问|说|指|要)的?(?:其实)?(?:是|就是)|是(?:问|说|指)|要问的?是?)(?=[\u4e00-\u9fff\d])|"
    r"^(?:不对|错了|搞错了?|弄错了|说错了|更正(?:一下)?)[,、。!]*(?:应该)?是?|"
    r"^不是[^,。?]{1,12}[,。](?:而?是)?(?=[\u4e00-\u9fff\d])"
)
_NEW_SUBJECT = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,2})(?:先?不(?:说|谈|问|聊|管)(?:这个|那个|它|这些)?了?|换个(?:问题|话题|别的)|问(?:点|个|你?一?个)?别的|"
    r"另外(?:一个|的)问题|说(?:点|回|个)别的|另问)(?:[,。;:!]|问一?下|$)*"
)
# Another matter, of whatever year: 再问一下,社会组织有多少个.
_ASIDE = re.compile("(?:谢谢你?|好的?|明白了?|知道了)?[,、。!]*(?:再问|再请问|顺便|另外)")
_ASKS_WHAT_IS = re.compile("(?<![要将会能可还的])有(?:多少|几)")
# Who asks how many of them there are speaks of no single one, whose parts would be asked for.
_COUNTS_THINGS = re.compile("(?:多少|几)[家个所处座支项]")
_WHICH_OF = re.compile("哪(?:一?个|边|家|里|儿)|谁")
_HAN_WORDS = re.compile(r"[\u4e00-\u9fff]{5}")
# 护理型床位比例: an attribute with what it is an attribute of.
_A_NAME_OF_ITS_OWN = re.compile(r"[\u4e00-\u9fff]{3,}(?:床位|护理员)(?:比例|占比|数量?|总数|人数)")
_LISTED = re.compile(r"第[一二两三四五六七八九十\d]{1,2}|最后一?[个项条]")
# 是公办的还是民办的, 现在做到哪一步了: of what was asked about before.
_OF_IT = re.compile(
    r"(?:它|这|那)?(?:是|属于|算)[^,?]{1,8}?还是[^,?]{1,8}|(?:它|这|那)?(?:现在|目前|如今)?(?:做|建|干|推进|进展|进行|办)(?:到|得)?(?:了)?(?:哪一?步|什么(?:程度|阶段|进度)|怎么样|如何|咋样)了?"
)
# Another time than that of the answer before.
_OTHER_TIME = re.compile(r"明年|去年|今年|当年|第二年|目标|计划|下一步|打算|未来|将来|力争|预计")
# How Chinese is written, since the result is read by people.
_FULL_WIDTH = str.maketrans({",": "，", "?": "？", ";": "；", ":": "：", "!": "！", "(": "（", ")": "）"})


@dataclass(frozen=True)
class FollowedUp:
    """A question made complete: `text`, and what ties it to the answer before.

    `near` are the spans that the answer before cited, where `said`, the question's own words, leave open what is
    meant; both empty otherwise. `subject` is the conversation's, "" when the question has one of its own.
    `alternative` is what else may be meant when `text` has no answer, `stands_for` the wording that the questions after
    it go on from where that differs; `from_list`: it asks for an item of a list given before; `operands` as in
    `Antecedent`.
    """

    text: str
    near: tuple[Near, ...] = ()
    said: str = ""
    subject: str = ""
    alternative: str = ""
    stands_for: str = ""
    from_list: bool = False
    operands: str = ""


# The spans that the answer to a complete question cites, the year that they are of ("" when of several), and the wording
# that was answered.
Cited = Callable[[FollowedUp], tuple[tuple[Near, ...], str, str]]


def _nothing_cited(_: FollowedUp) -> tuple[tuple[Near, ...], str, str]:
    return (), "", ""


def completed(text: str, earlier: Sequence[Turn], documents: Mapping[str, Document]) -> str:
    """`text` with what it leaves out taken from the conversation before it; see `followed_up`."""
    return followed_up(text, earlier, documents).text


def followed_up(
    text: str, earlier: Sequence[Turn], documents: Mapping[str, Document], cited: Cited = _nothing_cited
) -> FollowedUp:
    """`text` with what it leaves out taken from the conversation before it (oldest turn first).

    Place, years, kind (目标, 实际) and subject are each carried over when the new question leaves them out and
    they still fit: never a place into a question about all places, never a subject into one with its own.
    Earlier answers only tell what a pronoun or an ordinal points at; `cited` tells where they come from.
    The result reads as a question of its own.
    """
    before: Antecedent | None = None
    for turn in earlier[-_REMEMBERED:]:
        if CHATTER.fullmatch(folded(turn.question)):
            continue
        # 23年底 is understood as the year it is, in the first question as in the later ones.
        first = FollowedUp(as_meant(folded(turn.question), documents)[0])
        whole = _completed_once(turn.question, before, documents) if before else first
        spans, years, answered = cited(whole)
        # What was understood otherwise goes on from there: 下陆呢 without the year of the place before.
        stood = whole.alternative if answered and answered == whole.alternative else whole.text
        known = antecedent_of(
            Turn(whole.stands_for or stood, turn.answer),
            before,
            documents,
            kept=whole.subject,
            cited=(spans, years),
            from_list=whole.from_list,
            operands=whole.operands,
        )
        before = known if known.is_about_something or before is None else before
    if before is None or not before.is_about_something:
        return FollowedUp(text)
    whole = _completed_once(text, before, documents)
    shown = text if whole.text == folded(text) else whole.text.translate(_FULL_WIDTH)
    return replace(whole, text=shown, alternative=whole.alternative.translate(_FULL_WIDTH))


def _completed_once(text: str, before: Antecedent, documents: Mapping[str, Document]) -> FollowedUp:
    said, _ = as_meant(folded(text), documents)
    if CHATTER.fullmatch(said):
        return FollowedUp(text)
    asked = understand(said, documents)
    if asked.is_english or (before.asked.is_english and not _HAN_WORDS.search(said)):
        return FollowedUp(english_completed(said, asked, before))
    whole = _in_full(said, before, documents)
    return whole if whole.text else FollowedUp(text)


def _in_full(said: str, before: Antecedent, documents: Mapping[str, Document]) -> FollowedUp:
    """A Chinese question with what it leaves out; its text is "" when nothing but an opening is left of it."""
    fresh, is_aside = _NEW_SUBJECT.match(said), _ASIDE.match(said) is not None
    said = said[fresh.end() :] if fresh else _CORRECTING.sub("", said)
    said = _OPENING.sub("", said).strip(" ,")
    if said and asks_again(said):
        return FollowedUp(before.text, subject=before.subject)
    is_alone = stands_alone(said, documents)
    if is_alone or names_count(said):
        # What 六仗 is may be told by the paper that is spoken of, or by another.
        return FollowedUp(said) if is_alone else FollowedUp(f"{before.place}{said}", alternative=said)
    before, said = of_its_kind(said, of_one_part(said, before), documents)
    planned = what_comes_next(said, before, documents) or put_anew(said, before)
    own, said = said, with_years(said, before)
    calculated = planned or calculated_over_turns(re.sub(r"呢?[?。]*$", "", said), before)
    over_turns = None if fresh else calculated
    if over_turns:
        tied = _near(own, before, documents) if over_turns.is_beside else FollowedUp("")
        return replace(
            tied,
            text=over_turns.text,
            subject=before.subject,
            stands_for=over_turns.stands_for,
            operands=over_turns.operands,
        )
    with_item = with_items(said, before, documents)
    from_list = with_item != said and _LISTED.search(said) is not None
    said = both_places(with_item, before)
    said = re.sub(r"(?<=年)(?:那|这)(?:一?次|回)|^(?:那|这)(?:一?次|回)|呢[,、]?(?=.)|呢?[?。]*$", "", said)
    rescaled = on_the_same_scale(said, before.text)
    if rescaled:
        return replace(_near(own, before, documents), text=rescaled)
    other = _in_other_words(said, before, documents)
    if other or not said:
        # 农村的呢, after 清水县城市低保: the other may be one for the whole place.
        whole = other
        for name in before.asked.named:
            whole = whole.replace(name, "")
        return FollowedUp(other, alternative="" if whole == other else whole)
    if is_aside and _ASKS_WHAT_IS.search(said):
        before = replace(before, years="")
    tied = replace(_near(own, before, documents), from_list=from_list)
    return _of_a_subject(said, tied, before, documents, is_fresh=fresh is not None)


def _of_a_subject(
    said: str, tied: FollowedUp, before: Antecedent, documents: Mapping[str, Document], *, is_fresh: bool
) -> FollowedUp:
    """The question about the subject that it names, else about the one before."""
    asked = understand(said, documents)
    follow_up = FollowUp(said, asked, _subject(asked, before))
    if follow_up.subject and is_fresh:
        return FollowedUp(said)
    narrower = narrowed_subject(said, before)
    if narrower and not follow_up.place and not EVERYWHERE.search(said):
        text = asking(f"{before.place}{before.years}{narrower}", before)
        if _WHICH_OF.search(before.text) and before.subject in before.text:
            text = before.text.replace(before.subject, narrower)
        return replace(tied, text=text, subject=narrower)
    part = re.fullmatch(r"[\u4e00-\u9fff]{2,5}", said)
    if part and before.asked.named and not follow_up.place and _stands_in(said, before, documents):
        # 安丘 after 东平县: another part of the same place.
        return replace(tied, text=before.text.replace(before.asked.named[0], said))
    if is_bare_share(said):
        # The share of what was asked about last, not of the whole that the conversation is about.
        before = replace(before, subject=subject_of(before.text, before.asked) or before.subject)
        said = said if ASKING.search(said) else f"{said}是多少"
        follow_up = FollowUp(said, asked, follow_up.subject)
    if not follow_up.subject:
        text = in_its_unit(about_the_same_subject(follow_up, before, documents), before)
        alternative = without_years(text, follow_up, before) or without_thing(text, before)
        return replace(tied, text=text, subject=before.subject, alternative=alternative)
    is_one = before.is_thing and (
        is_part_of_thing(follow_up.subject) or not _COUNTS_THINGS.search(before.text)
    )
    is_of_it = is_one and not any(word in before.subject for word in follow_up.subject)
    if tied.near and is_of_it and _is_beside(follow_up, before, documents):
        thing = without_particulars(before.subject, "")
        text = f"{before.place}{before.years}{thing}{rest_of(follow_up)}"
        return replace(tied, text=asking(text, before), subject=thing)
    text = about_its_own_subject(follow_up, before, documents)
    years = "" if follow_up.place or year_words(said) else before.years
    with_both = (
        f"{follow_up.place or before.place}{years or year_words(said)}{before.root}{rest_of(follow_up)}"
    )
    return replace(tied, text=text, alternative="" if text == with_both else with_both)


def _in_other_words(said: str, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """The earlier question with a name of the same make for its own, of another place where one is named; "" for others."""
    asked = understand(said, documents)
    bare = said
    for region in asked.regions:
        bare = bare.replace(region, "").replace(bare_name(region), "")
    bare = bare.removeprefix("的")
    which = WHICH_TIME.fullmatch(bare)
    if which and WHICH_TIME.search(before.text):
        # 最后一次呢, after 第一次涨到多少.
        return WHICH_TIME.sub(which[0], before.text)
    other = the_other(bare, before) or in_parallel(bare, before)
    return moved(other, before, FollowUp(said, asked, ())) if other and bare != said else other


def _stands_in(name: str, before: Antecedent, documents: Mapping[str, Document]) -> bool:
    """Whether a name that is no term of the field stands in the documents asked about."""
    return not synonyms_in(name) and any(name in documents[held].text for held in before.asked.documents)


def _subject(asked: Question, before: Antecedent) -> tuple[str, ...]:
    """The words of a question that say what it is about; of an attribute alone, when it names more than one."""
    own = [] if _OF_IT.fullmatch(folded(asked.text).rstrip("?。")) else own_subject(asked)
    content = "".join(asked.content)
    if (
        not own
        and not before.is_thing
        and _A_NAME_OF_ITS_OWN.fullmatch(content)
        and content not in before.subject
    ):
        return (content,)
    return tuple(own)


def _is_beside(follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]) -> bool:
    """Whether the sentences that the answer before was taken from say all that the question is about."""
    said = ""
    for name, start, end in before.near:
        text = documents[name].text
        line = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        for begin, stop in sentence_spans(text, line[0], line[1] if line[1] >= 0 else len(text)):
            said += text[begin:stop] if begin < end and start < stop else ""
    return bool(said) and all(word in folded(said) for word in follow_up.subject)


def _near(said: str, before: Antecedent, documents: Mapping[str, Document]) -> FollowedUp:
    """What was cited before, for a question that names neither another place nor another time."""
    own = re.sub(
        rf"^(?:其中|里面|当中)的?|^(?:{SUBJECT_POINTER}|{PLACE_POINTER})(?:里面|当中|里|中)?的?", "", said
    )
    asked = understand(said, documents)
    names_other = asked.regions or asked.elsewhere or asked.years or asked.plan_years or year_words(said)
    if names_other or not own or EVERYWHERE.search(said) or _OTHER_TIME.search(said):
        return FollowedUp("")
    if is_bare_share(own):
        # 占比呢 leaves out even of what.
        own = f"{subject_of(before.text, before.asked)}{own}"
    return FollowedUp("", near=before.near, said=own)
