"""What a follow-up is about: the subject that it names, else that of the question before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from qa.composing.changes_beside import is_bare_share
from qa.conversation.leaving_out import (
    EVERYWHERE,
    WHICH_TIME,
    about_its_own_subject,
    about_the_same_subject,
    without_thing,
    without_years,
)
from qa.conversation.pointing import (
    PLACE_POINTER,
    SUBJECT_POINTER,
    is_part_of_thing,
    narrowed_subject,
    of_the_thing,
)
from qa.conversation.rewording import FollowUp, asking, in_its_unit, in_parallel, moved, rest_of, the_other
from qa.understanding.antecedents import (
    ASKING,
    Antecedent,
    own_subject,
    subject_of,
    without_particulars,
    year_words,
)
from qa.understanding.question import Near, Question, understand
from qa.understanding.wording import synonyms_in
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.places import bare_name
from vectorstore.sentences import sentence_spans

# Who asks how many of them there are speaks of no single one, whose parts would be asked for.
_COUNTS_THINGS = re.compile("(?:多少|几)[家个所处座支项]")
_WHICH_OF = re.compile("哪(?:一?个|边|家|里|儿)|谁")
# 护理型床位比例: an attribute with what it is an attribute of.
_A_NAME_OF_ITS_OWN = re.compile(r"[\u4e00-\u9fff]{3,}(?:床位|护理员)(?:比例|占比|数量?|总数|人数)")
# 是公办的还是民办的, 现在做到哪一步了: of what was asked about before.
_OF_IT = re.compile(
    r"(?:它|这|那)?(?:是|属于|算)[^,?]{1,8}?还是[^,?]{1,8}|(?:它|这|那)?(?:现在|目前|如今)?(?:做|建|干|推进|进展|进行|办)(?:到|得)?(?:了)?(?:哪一?步|什么(?:程度|阶段|进度)|怎么样|如何|咋样)了?|"
    r"(?:要|该|去)?(?:怎么|如何|咋|在?哪里?|找谁)(?:去)?(?:申请|办理?|领取?|申领)的?"
)
_OWN_MONEY = re.compile(r"[\u4e00-\u9fff]{2}(?:[金款费]|补贴|津贴|补助)$")
# Another time than that of the answer before.
_OTHER_TIME = re.compile(r"明年|去年|今年|当年|第二年|目标|计划|下一步|打算|未来|将来|力争|预计")


@dataclass(frozen=True)
class FollowedUp:
    """A question made complete: `text`, and what ties it to the answer before.

    `near` are the spans that the answer before cited, where `said`, the question's own words, leave open what is
    meant; both empty otherwise. `subject` is the conversation's, "" when the question has one of its own.
    `alternatives` are what else may be meant when `text` has no answer, `stands_for` the wording that the questions after
    it go on from where that differs; `from_list`: it asks for an item of a list given before; `operands` as in
    `Antecedent`.
    """

    text: str
    near: tuple[Near, ...] = ()
    said: str = ""
    subject: str = ""
    alternatives: tuple[str, ...] = ()
    stands_for: str = ""
    from_list: bool = False
    operands: str = ""


def of_a_subject(
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
        other = without_years(text, follow_up, before) or without_thing(text, before)
        return replace(tied, text=text, subject=before.subject, alternatives=(other,) if other else ())
    return _about_its_own(follow_up, tied, before, documents)


def _about_its_own(
    follow_up: FollowUp, tied: FollowedUp, before: Antecedent, documents: Mapping[str, Document]
) -> FollowedUp:
    """A question with a subject of its own, which may be of the one before: 床位呢, after a question about a home."""
    is_one = before.is_thing and (
        is_part_of_thing(follow_up.subject) or not _COUNTS_THINGS.search(before.text)
    )
    is_of_it = is_one and not any(word in before.subject for word in follow_up.subject)
    if tied.near and is_of_it and _is_beside(follow_up, before, documents):
        thing = without_particulars(before.subject, "")
        text = f"{before.place}{before.years}{of_the_thing(before, rest_of(follow_up))}"
        return replace(tied, text=asking(text, before), subject=thing)
    text = about_its_own_subject(follow_up, before, documents)
    if follow_up.place:
        # With a place and a subject of its own nothing is left out but, at most, a year.
        return replace(tied, text=text)
    years = year_words(follow_up.text) or before.years
    # 特困金, after 低保标准: money of another name is no part of it.
    is_other_money = any(_OWN_MONEY.search(word) for word in follow_up.subject)
    others = [] if is_other_money else [f"{before.place}{years}{before.root}{rest_of(follow_up)}"]
    if before.years and before.years in text and not before.asked.plan_years:
        # The year may have been that of the question before alone.
        others.append(text.replace(before.years, ""))
    return replace(tied, text=text, alternatives=tuple(other for other in others if other != text))


def in_other_words(said: str, before: Antecedent, documents: Mapping[str, Document]) -> str:
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


def near_before(said: str, before: Antecedent, documents: Mapping[str, Document]) -> FollowedUp:
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
