"""What each level of government, and who else pays, gives: told by the one sentence that divides a sum among them.

Questions name the levels as people do (上级、市里、区里各出多少), papers as accounts do (中央和省级资金…、市级资金…、区级资金…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.quantities import quantities_in
from qa.understanding.question import Question, understand
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.places import bare_name
from vectorstore.sentences import sentence_spans

# By what a paper calls each payer that a question names.
_PAYERS = {
    "上级": "上级|中央|省",
    "中央": "中央|国家",
    "国家": "中央|国家",
    "省": "省|自治区",
    "市县": "市县|县市|市、县",
    "县区": "县区|区县",
    "市": "市(?!场)",
    "州": "州级|州财政|州本级",
    "区": "区级|区财政|本级|(?<!自治)区",
    "县": "县",
    "镇": "[乡镇]",
    "本级": "本级|[市县区州]级财政",
    "社会": "社会",
    "自筹": "自筹",
    "彩票": "彩票|福彩|公益金",
    "福彩": "彩票|福彩|公益金",
}
_PAYER = (
    r"(?:(?:上级|中央|国家|市县|县区|省|市|州|区|县|镇|本级)(?:财政|里|级|政府|资金|补助)*|"
    r"社会(?:资本|力量|资金)?|自筹|(?:彩票|福彩)公益金)"
)
_ASKS = re.compile(
    rf"(?P<payers>{_PAYER}(?:[、,和与跟及以]|[(][^()]{{1,8}}[)])+(?:{_PAYER}(?:[、,和与跟及以]|[(][^()]{{1,8}}[)])*)+)"
    r"(?:各自?|分别|都)(?:要|得|应|是|拿|出|投|掏|承担|负担|安排|补助|配套|筹|给)*[出入了资]*(?:多少|几)"
)
_NAMED = re.compile("|".join(_PAYERS))
_FEWEST = 2
# What a question calls all the money, which every such sentence divides.
_ALL_OF_IT = re.compile(
    '盘子|的?钱|资金|经费|投资|投入|总共|一共|有?多大|是?多少|计划|安排|预算|规划|整个|总盘子|,|里面?|其中|、|十[一二三四]五|[“”"]'
)
_CLEARLY = 0.1
# 由市、县区财政按3:7比例承担
_RATIO = re.compile(r"(?<!\d)\d{1,2}:\d{1,2}(?::\d{1,2})?的?比例")


def paid_by_levels(asked: Question, solver: Solver) -> Solved | None:
    """The sentence that divides a sum among all the payers asked about; None for other questions, and where none does."""
    text = folded(asked.text)
    for region in asked.regions:
        text = re.sub(rf"{re.escape(region)}(?!级)|{re.escape(bare_name(region))}(?![市县区州]?级)", "", text)
    asks = _ASKS.search(text)
    if asks is None or asked.confirms or asked.is_english or asked.elsewhere:
        return None
    payers = list(dict.fromkeys(_NAMED.findall(asks["payers"])))
    about = understand(_ALL_OF_IT.sub(" ", text[: asks.start()]).strip(), solver.index.documents)
    terms = solver.vocabulary.terms_of(about) if about.content else []
    found = [
        (coverage(terms, plain(said)) if terms else 1.0, source)
        for source, said in _sentences(asked, solver)
        if _divides(said, payers)
    ]
    best = max((score for score, _ in found), default=0.0)
    chosen = [source for score, source in found if score > best - _CLEARLY]
    return _solved(asked, chosen[0], solver) if len(chosen) == 1 else None


def _sentences(asked: Question, solver: Solver) -> Iterator[tuple[Source, str]]:
    for name in asked.documents or tuple(solver.index.documents):
        text = solver.index.documents[name].text
        for passage in _prose(name, solver):
            for start, end in sentence_spans(text, passage.start, passage.end):
                yield Source(passage, start, end), folded(text[start:end])


def _prose(name: str, solver: Solver) -> Sequence[Passage]:
    return [passage for passage in solver.index.of_document(name) if not passage.cells]


def _divides(said: str, payers: Sequence[str]) -> bool:
    """Whether a sentence gives each of the payers a sum of money of its own."""
    if len(payers) < _FEWEST:
        return False
    if _RATIO.search(said):
        return all(re.search(_PAYERS[payer], said) for payer in payers)
    heads, since = [], 0
    for spot in quantities_in(said):
        if spot.quantity.unit == "元" and not spot.quantity.period:
            heads.append(re.split("[,;:。、]", said[since : spot.start])[-1])
        since = spot.end
    taken = {
        payer: [at for at, head in enumerate(heads) if re.search(_PAYERS[payer], head)] for payer in payers
    }
    # 上级 may be 中央和省级 together: these two have one sum, all others one each.
    return all(taken.values()) and len({at for found in taken.values() for at in found}) >= _FEWEST


def _solved(asked: Question, source: Source, solver: Solver) -> Solved:
    said = solver.text_of(source).strip()
    start = solver.index.documents[source.passage.document].text.index(said, source.start)
    shown = said.rstrip(JOINING + ENDING)
    cited = replace(source, start=start, end=start + len(shown))
    owner = owner_of(source.passage)
    claim = Claim(f"{owner}：{shown}。" if owner else f"{shown}。", (cited,))
    return solver.with_evidence(Solved(asked, (), Draft((claim,), is_settled=True), ()), [source.passage])
