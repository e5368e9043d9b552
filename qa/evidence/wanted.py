"""What a question wants of a sentence: a figure, date or place of the kind asked for, of the very subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.evidence.amounts import has_amount, is_bare_count
from qa.evidence.belonging import belongs
from qa.evidence.institutions import institutions_in, is_institution, names_institution
from qa.evidence.measures import is_ratio_unasked, measures_right
from qa.evidence.nouns import attribute_of, counted_in, subjects_beside, subjects_of
from qa.evidence.people_counted import counts_people, counts_some_people
from qa.evidence.relevance import Term, plain
from qa.evidence.row_names import (
    headings_of_row,
    is_another_of_its_kind,
    is_of_part,
    is_within_another,
    name_of_row,
    names_of_row,
)
from qa.evidence.stages import counts_same_stage, is_of_same_stage
from qa.evidence.suitability import has_date, is_as_fine_as_asked
from qa.evidence.vocabulary import Vocabulary
from qa.evidence.yes_or_no import asks_whether, says_whether
from qa.figures.tiers import age_in, is_of_age
from qa.figures.values import figures_in
from qa.understanding.asking import asked_which
from qa.understanding.attributes import Attribute, attribute_asked, states_place
from qa.understanding.kinds import is_of_the_other
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.places import bare_name
from vectorstore.sentences import clause_spans

_ASKS_MENTION = re.compile("(?:有没有|是否|有无|是不是)(?:提到|提及|提过|写到|写过|讲到|说到|涉及|出现)")
_TWO_WORDS = 4
# 养老机构22家,其中公办7家: the kind stands apart from what it is a kind of.
_KIND_OF_HOME = re.compile("^(?:公办|民办|社会办|公建民营)")
_NO_OTHER_WORDING = 2
_FIRM = "公司"
_COVERAGE = "覆盖率"
_ASKS_COVERAGE = re.compile(
    "覆盖率(?:的?目标)?(?:[是为要]|要?达到?|到)?了?(?:多少|百分之几)?[?？]?(?:(?:达?到)?了?100%了?(?:吗|没有?)?)?[?？。]*$"
)
_SHARES = ("覆盖率", "占比", "比例", "比重")
_NAMES_SHARE = re.compile("[\u4e00-\u9fff]率|占|比[例重]|增[长速幅]|提高|[上下]降|倍|折|优惠|补[贴助]")
_DEED_ALONE = re.compile(r"[^\d,，。;；:：]{0,4}\d")
# How a sentence begins that goes on about the one before.
_NAMES = re.compile("即|分别|包括|名为|是|为|“")
# 下达时间 is told by a date.
_TIMES = frozenset(("时间", "日期"))
_GOES_ON = re.compile("[(（]|分管|责任|牵头|选址|位于|地址|坐落|其|该|由|项目|建成后|占地|总")
# What says this much of the question is about it, though it lack one of its nouns.
_SAYS_ENOUGH, _SAYS_NEARLY_ALL, _MANY = 0.65, 0.8, 3


@dataclass(frozen=True)
class Wanted:
    """What a question wants of a sentence: its terms, what it counts, the nouns that it is about.

    `attribute` is what it asks of its subject beside figures, `named_last` what a bare name of what is wanted asks.
    """

    question: Question
    terms: Sequence[Term]
    counted: Sequence[str]
    subjects: Sequence[tuple[str, ...]]
    named_last: Sequence[str]
    attribute: Attribute | None
    vocabulary: Vocabulary

    @classmethod
    def by(cls, question: Question, vocabulary: Vocabulary) -> Wanted:
        """What a question wants, worked out once for all sentences."""
        attribute = attribute_of_subject(question)
        asking = attribute.asking(question.text) if attribute else ""
        is_beside = attribute is not None or question.asks == "place" or asks_whether(question)
        return cls(
            question,
            vocabulary.terms_of(question),
            counted_in(question),
            subjects_beside(question, asking) if is_beside else subjects_of(question),
            attribute_of(question),
            attribute,
            vocabulary,
        )

    def is_right_kind(self, shown: str, context: str, *, is_row: bool, led_by: str = "") -> bool:
        """Whether the text gives a figure of the unit and measure asked for, of the very home asked about.

        `led_by`: what stands before it up to the last full stop, which names whose home's it is where it does not.
        """
        question = self.question
        if not (belongs(question, shown, context) and says_whether(question, shown, context)):
            return False
        if question.asks == "date":
            is_fine = is_as_fine_as_asked(folded(question.text), folded(shown))
            told = _tells_when(question, shown, is_row=is_row)
            return told and is_fine and is_of_same_stage(question.text, shown)
        if self.attribute is not None or question.asks == "place":
            states = self.attribute.states if self.attribute else states_place
            is_near = self.attribute is not None and self.attribute.is_near and not is_row
            return states(folded(self._beside_subject(shown) if is_near else shown), question.text)
        which = asked_which(folded(question.text))
        if question.asks != "number" or (which and not any(kind in shown for kind in which)):
            return not which or any(kind in shown for kind in which)
        return self._gives_figure(shown, context, is_row=is_row, led_by=led_by)

    def _beside_subject(self, shown: str) -> str:
        """The clauses that name the subject asked about, and those that go on with what it is; all where none does."""
        if not self.subjects:
            return shown
        clauses = [shown[start:end] for start, end in clause_spans(shown, 0, len(shown))]
        last = [wording for wording in self.subjects[-1] if len(wording) >= len(self.subjects[-1][0])]
        kept: list[str] = []
        for number, clause in enumerate(clauses):
            follows = bool(kept) and kept[-1] == clauses[number - 1] and _NAMES.match(clause)
            if follows or any(wording in plain(clause) for wording in last):
                kept.append(clause)
        beside = "".join(kept)
        # A name in quotation marks may hold a comma (“翰墨飘香,幸福养老”).
        return beside if beside and beside.count("“") == beside.count("”") else shown

    def _gives_figure(self, shown: str, context: str, *, is_row: bool, led_by: str) -> bool:
        question = self.question
        if is_row and is_within_another(name_of_row(shown), question.text):
            return False
        if is_row and (
            is_of_part(question, name_of_row(shown)) or is_ratio_unasked(question, name_of_row(shown))
        ):
            return False
        if not counts_same_stage(folded(question.text), folded(shown)):
            return False
        own, age = plain(f"{context} {shown}"), age_in(question.text)
        shown = f"{shown};{context}" if is_row else shown
        if led_by and not names_institution(shown):
            own = plain(f"{context} {led_by} {shown}")
        homes = [
            subject
            for subject in self.subjects
            if (len(subject[0]) > 2 or subject[0] == _FIRM) and is_institution(subject[0])
        ]
        return (
            (
                (is_row and (not question.unit or is_bare_count(question, shown)))
                or has_amount(question, shown)
                or _covers_all(question, shown)
            )
            and measures_right(question, shown, context=context)
            and (age is None or is_of_age(age, shown) is not False)
            and all(
                any(_KIND_OF_HOME.sub("", wording) in own for wording in home if len(wording) >= len(home[0]))
                for home in homes
            )
            and all(name in own for name in self._institutions_apart())
        )

    def _institutions_apart(self) -> list[str]:
        """The homes that a question names in words that the dictionary takes apart (社会福利 中心)."""
        names = [name for piece in self.question.content for name in institutions_in(plain(piece))]
        apart = [name for name in names if not any(name in wording for s in self.subjects for wording in s)]
        # 下陆敬老院 is one home where the papers call it so, and not those of 下陆.
        asked = plain(self.question.text)
        own = [f"{bare_name(r)}{n}" for r in self.question.regions for n in institutions_in(asked)]
        return [*apart, *(name for name in own if name in asked and self.vocabulary.writes(name))]

    def _gives_stated_figure(self, shown: str, missing: Sequence[tuple[str, ...]]) -> bool:
        """Whether a text gives the figure of a statement to be confirmed; what it leaves out is what may be wrong."""
        if not self.question.confirms or len(missing) != 1:
            return False
        given = [figure for figure in figures_in(shown) if figure.is_amount and figure.unit]
        stated = [figure for figure in figures_in(self.question.text) if figure.is_amount and figure.unit]
        return any(figure.agrees_with(other) for figure in stated for other in given)

    def mentions_it(self, covered: float) -> bool:
        """Whether what covers so much of a question whether something is mentioned (有没有提到…) mentions that very thing."""
        return not _ASKS_MENTION.search(self.question.text) or covered >= _SAYS_NEARLY_ALL

    def is_right_subject(
        self, shown: str, context: str, before: str, covered: float, *, is_row: bool, led_by: str = ""
    ) -> bool:
        """Whether the text names what is counted and, in it or before it, every noun.

        What says nearly all of the rest may lack a noun that the library does not know: people call things by
        other names.
        """
        own = plain(shown if is_row else until_last_figure(self.question, shown))
        # 4.家庭养老床位:建设600张。 What is counted is said before the colon alone.
        is_titled = led_by.rstrip().endswith((":", "：")) and _DEED_ALONE.match(shown) is not None
        title = plain(led_by) if is_titled and not is_row else ""
        if is_row or (self.question.asks != "number" and not _GOES_ON.match(shown)):
            # What other rows are called says nothing of this one. A figure's owner may be named in the sentence before;
            # who builds what is said in one.
            before = plain(context)
        is_told = bool(set(self.named_last) & _TIMES) and has_date(shown)
        if (
            self.named_last
            and not is_told
            and not any(wording in held for wording in self.named_last for held in (own, before))
        ):
            return False
        if self.counted and not any(_names(f"{title}{own}", wording) for wording in self.counted):
            return False
        if self.question.asks == "number" and is_of_the_other(self.question.text, own, before):
            return False
        called = f"{names_of_row(shown)} {headings_of_row(shown)} {context}" if is_row else ""
        if is_row and is_another_of_its_kind(self.subjects, plain(called)):
            return False
        missing = [
            subject
            for subject in self.subjects
            if not any(wording in held for held in (own, before) for wording in subject)
            and not (self.question.asks == "number" and _is_the_only_share(subject[0], own))
            and not (subject[0] == _COVERAGE and _covers_all(self.question, shown))
        ]
        is_last = bool(missing) and missing[-1] == self.subjects[-1] and len(missing[-1]) <= _NO_OTHER_WORDING
        if is_last and covered < _SAYS_NEARLY_ALL and not self.vocabulary.knows(missing[-1][0]):
            # What is measured has no other name than the asker's (保护热线).
            return False
        unknown = not any(self.vocabulary.knows(subject[0]) for subject in missing)
        # What a figure counts or measures is named last: 两张清单 are no 床位.
        is_one_of_many = len(missing) == 1 and len(self.subjects) >= _MANY and missing[0] != self.subjects[-1]
        return not missing or covered >= (
            _SAYS_ENOUGH
            if unknown or asks_whether(self.question) or self._gives_stated_figure(shown, missing)
            else _SAYS_NEARLY_ALL
            if is_one_of_many
            else 1
        )


def _is_the_only_share(noun: str, text: str) -> bool:
    """Whether a share is asked for, and a text gives one without saying of what kind (完成95%的目标任务)."""
    return noun in _SHARES and text.count("%") == 1 and not _NAMES_SHARE.search(text)


def _tells_when(question: Question, shown: str, *, is_row: bool) -> bool:
    """Whether a text says when; the years that head the columns of a row are those of its figures alone."""
    if not is_row or figures_in(question.text):
        return has_date(shown)
    return any(has_date(cell.partition(":")[2]) for cell in shown.split(";"))


def _covers_all(question: Question, shown: str) -> bool:
    """全覆盖 is a share of 100%, though no figure says so."""
    return _ASKS_COVERAGE.search(question.text) is not None and "全覆盖" in shown


def attribute_of_subject(question: Question) -> Attribute | None:
    """What a question asks of its subject beside a figure or a date; None when it asks for one of these."""
    attribute = attribute_asked(question.text) if not question.confirms else None
    is_figure = question.asks in ("number", "date") and attribute is not None and not attribute.is_digits
    return None if is_figure else attribute


def until_last_figure(question: Question, sentence: str) -> str:
    """A sentence up to the end of its last clause that gives a figure like the one asked for."""
    if question.asks != "number":
        return sentence
    clauses = clause_spans(sentence, 0, len(sentence))
    is_of_people = counts_people(question)
    ends = [
        end
        for start, end in clauses
        if has_amount(question, sentence[start:end])
        and (not is_of_people or counts_some_people(sentence[start:end]))
    ]
    return sentence[: ends[-1]] if ends else sentence


def _names(text: str, wording: str) -> bool:
    """Whether `text` says a noun, or both halves of one that is put together (历史婚姻数据 for 历史数据)."""
    half = len(wording) // 2
    named = re.escape(_KIND_OF_HOME.sub("", wording))
    # 民办非企业单位 is no 企业.
    return re.search(f"(?<![非未]){named}", text) is not None or (
        len(wording) == _TWO_WORDS and wording[:half] in text and wording[half:] in text
    )
