"""Whether the figures of a sentence are those of a place above, beside or within the one whose paper it stands in."""

from __future__ import annotations

import re

from qa.evidence.amounts import has_amount
from qa.understanding.question import Question
from vectorstore.places import Mention, mentions, namesakes, same_place, superiors
from vectorstore.sentences import clause_spans

# Behind the name of a place that has what follows, before that of one whose wish is followed, and the paper's own place.
_HAS = re.compile(r"(?:全[省州市])?(?:一?共|总共|总计|获|现有|有(?!关)|累计|已建|拥有)")
# Behind the name of a place that did what follows.
_DID = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:底|末)?,?(?:全[省州市县区旗])?(?:新增|新建|建成|建设|完成|发放|实施|培训|救助|办理|城市低保|农村低保|城乡低保)"
)
_REFERS = re.compile("[比较]|对口|支援|根据|按照|依据|落实|由|经|[从自向在]$")
_PART, _LONGEST_NAME = re.compile("[\u4e00-\u9fff]{1,10}[县区市旗]"), 12
_OWN, _OPENING = re.compile("[我本全][省市县区州旗]"), 8


def is_of_superior(question: Question, shown: str, region: str) -> bool:
    """Whether every figure like the one asked for is, in its sentence, that of a place above or beside the one whose
    paper it is (红河州共获项目资金3150万元), which the question does not name."""
    if question.asks != "number" or not region:
        return False
    above = superiors(region)
    is_above, owned = False, []
    for start, end in clause_spans(shown, 0, len(shown)):
        clause = shown[start:end]
        named = [m for m in mentions(clause) if _HAS.match(clause[m.end :]) or _DID.match(clause[m.end :])]
        if named and named[0].start <= _OPENING and not _REFERS.search(clause[: named[0].start]):
            is_above = any(place.name in above for place in named[0].places) or (
                named[0].is_full and _is_elsewhere(named[0], region)
            )
            is_above = is_above and named[0].written not in question.text.replace(region, "")
        elif _OWN.search(clause):
            is_above = False
        if has_amount(question, clause):
            owned.append(is_above)
    return bool(owned) and all(owned)


def opens_with_part(question: Question, wording: str, region: str) -> bool:
    """Whether a sentence begins with a county or district of its paper's place (柳江区原执行…), and the question names none."""
    if question.named or not region or not _PART.match(wording):
        return False
    # What goes on behind the name may run into it for a segmenter (柳江区原执行…), so every beginning is tried.
    beginnings = (wording[:end] for end in range(3, _LONGEST_NAME))
    return any(region in place.parents for name in beginnings for place in namesakes(name))


def _is_elsewhere(mention: Mention, region: str) -> bool:
    """Whether a place that is named is neither a known region itself nor within it."""
    return bool(namesakes(region)) and not any(
        same_place(place.name, region) or region in place.parents for place in mention.places
    )
