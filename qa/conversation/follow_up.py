"""Follow-up questions made complete from the conversation before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qa.answer import Turn
from qa.composing.continuing import OF_ALL
from qa.conversation.asking_again import asks_again
from qa.conversation.english_follow_up import english_completed
from qa.conversation.in_parts import of_one_part, put_anew, what_comes_next
from qa.conversation.its_subject import FollowedUp, in_other_words, near_before, of_a_subject
from qa.conversation.over_turns import both_places, calculated_over_turns
from qa.conversation.pointing import with_item_beside, with_items, with_years
from qa.conversation.standing_alone import asks_of_its_place_again, names_count, stands_alone
from qa.conversation.turns_before import of_its_kind
from qa.understanding.antecedents import Antecedent, antecedent_of
from qa.understanding.homophones import as_meant
from qa.understanding.kinds import on_the_same_scale
from qa.understanding.plainly import CHATTER
from qa.understanding.question import Near, understand
from vectorstore.documents import Document
from vectorstore.folding import folded

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
# 低保户呢城市的: the thing first, and then which of it.
_TURNED = re.compile(r"^([\u4e00-\u9fff]{2,8})呢[,、]?([\u4e00-\u9fff]{2,6})的\??$")
# Another matter, of whatever year: 再问一下,社会组织有多少个.
_ASIDE = re.compile("(?:谢谢你?|好的?|明白了?|知道了)?[,、。!]*(?:再问|再请问|顺便|另外)")
_ASKS_WHAT_IS = re.compile("(?<![要将会能可还的])有(?:多少|几)")
# 福彩那边增长多少 speaks of a matter, 乡镇街道那一级 of a level, and neither of a place spoken of before.
_THAT_SIDE = re.compile(r"(?<=[\u4e00-\u9fff]{2})[这那](?:边|一?块儿?|一?头)(?=[\u4e00-\u9fff\d])")
_THAT_LEVEL = re.compile(r"(?<=[\u4e00-\u9fff]{2})[这那]一?(?:级|层级?)别?的?")
_HAN_WORDS = re.compile(r"[\u4e00-\u9fff]{5}")
_LISTED = re.compile(r"第[一二两三四五六七八九十\d]{1,2}|最后一?[个项条]")
# How Chinese is written, since the result is read by people.
_FULL_WIDTH = str.maketrans({",": "，", "?": "？", ";": "；", ":": "：", "!": "！", "(": "（", ")": "）"})


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
    before, last = None, FollowedUp("")
    for turn in earlier[-_REMEMBERED:]:
        if CHATTER.fullmatch(folded(turn.question)):
            continue
        # 23年底 is understood as the year it is, in the first question as in the later ones.
        first = FollowedUp(as_meant(folded(turn.question), documents)[0])
        whole = _completed_once(turn.question, before, last, documents) if before else first
        if before and whole is last:
            continue
        spans, years, answered = cited(whole)
        # What was understood otherwise goes on from there: 下陆呢 without the year of the place before.
        stood = answered if answered in whole.alternatives else whole.text
        known = antecedent_of(
            Turn(whole.stands_for or stood, turn.answer),
            before,
            documents,
            kept=whole.subject,
            cited=(spans, years),
            from_list=whole.from_list,
            operands=whole.operands,
        )
        if known.is_about_something or before is None:
            before, last = known, whole
    if before is None or not before.is_about_something:
        return FollowedUp(text)
    whole = _completed_once(text, before, last, documents)
    shown = text if whole.text == folded(text) else whole.text.translate(_FULL_WIDTH)
    others = tuple(other.translate(_FULL_WIDTH) for other in whole.alternatives)
    return replace(whole, text=shown, alternatives=others)


def _completed_once(
    text: str, before: Antecedent, last: FollowedUp, documents: Mapping[str, Document]
) -> FollowedUp:
    """`text` in full after the question `before`, which was made complete as `last`."""
    said, _ = as_meant(folded(text), documents)
    if CHATTER.fullmatch(said):
        return FollowedUp(text)
    asked = understand(said, documents)
    if asked.is_english or (before.asked.is_english and not _HAN_WORDS.search(said)):
        return FollowedUp(english_completed(said, asked, before))
    whole = _in_full(said, before, last, documents)
    return whole if whole.text else FollowedUp(text)


def _on_its_own(said: str, before: Antecedent, documents: Mapping[str, Document]) -> FollowedUp | None:
    """A question that takes nothing from the conversation but, at most, its place; None for others."""
    if asks_of_its_place_again(said, before, documents):
        return FollowedUp(f"{before.place}{said}" if OF_ALL.match(said) else said)
    if stands_alone(said, documents):
        return FollowedUp(said)
    # What 六仗 is may be told by the paper that is spoken of, or by another.
    return FollowedUp(f"{before.place}{said}", alternatives=(said,)) if names_count(said) else None


def _in_full(
    said: str, before: Antecedent, last: FollowedUp, documents: Mapping[str, Document]
) -> FollowedUp:
    """A Chinese question with what it leaves out; its text is "" when nothing but an opening is left of it."""
    fresh, is_aside = _NEW_SUBJECT.match(said), _ASIDE.match(said) is not None
    said = said[fresh.end() :] if fresh else _CORRECTING.sub("", said)
    said = _TURNED.sub(r"\2的\1呢", _OPENING.sub("", said).strip(" ,"))
    said = _THAT_LEVEL.sub("级", _THAT_SIDE.sub("", said))
    if said and asks_again(said):
        return last
    alone = _on_its_own(said, before, documents)
    if alone:
        return alone
    before, said = of_its_kind(said, of_one_part(said, before), documents)
    planned = what_comes_next(said, before, documents) or put_anew(said, before)
    own, said = said, with_years(said, before, documents)
    calculated = planned or calculated_over_turns(re.sub(r"呢?[?。]*$", "", said), before)
    over_turns = None if fresh else calculated
    if over_turns:
        tied = near_before(own, before, documents) if over_turns.is_beside else FollowedUp("")
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
    rescaled = on_the_same_scale(said, before.text) or with_item_beside(said, before, documents)
    if rescaled:
        return replace(near_before(own, before, documents), text=rescaled)
    other = in_other_words(said, before, documents)
    if other or not said:
        # 农村的呢, after 清水县城市低保: the other may be one for the whole place.
        whole = other
        for name in before.asked.named:
            whole = whole.replace(name, "")
        return FollowedUp(other, alternatives=() if whole == other else (whole,))
    if is_aside and _ASKS_WHAT_IS.search(said):
        before = replace(before, years="")
    tied = replace(near_before(own, before, documents), from_list=from_list)
    return of_a_subject(said, tied, before, documents, is_fresh=fresh is not None)
