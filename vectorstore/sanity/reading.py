"""A document as the rules of source sanity read it: sentences and rows with their amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vectorstore.documents import Document
from vectorstore.folding import folded, simplified
from vectorstore.places import superiors
from vectorstore.structure import Block

UNIT = (
    r"个百分点|%|‰|平方公里|平方米|平米|公里|亩|元|人 ?次|人|名|户|家|所|处|张|个|对|件|条|项|座|岁|倍|位|场次|场|次|批|例|穴|具|"
    r"分钟|分|起|台|套|支|部|期|天|小时|本|只|间|辆|篇|具|宗|册|年|月|日"
)
SCALES = {
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 10**8,
}
_AMOUNT = re.compile(
    r"(?<![\d.A-Za-z〔\[])(\d+(?:,\d{3})*(?:\.\d+)?) ?(亿|千万|百万|十万|万|千|百)?(余|多)? ?"
    rf"({UNIT})(?:/(?:人)?[·.]?(月|年|天|日|次|人|户|张))?"
)
_SENTENCE_END = re.compile(r"[。;!?]")
_ITEM_START = re.compile(r"[,、:()\[\]|]")
_CLAUSE_START = re.compile(r"[,:()\[\]|]")
_AT_LEAST = re.compile(
    r"(?:不低于|不少于|不小于|至少|超过|突破|高于|多于|超|>|≥)(?:每人|每户)?(?:每年|每月)?$"
)
_ABOUT = re.compile(r"(?:约|近|大约|接近|将近)$")
_AT_MOST = re.compile(r"(?:不超过|不高于|不多于|(?<!不)低于|(?<!不)少于|控制在|<|≤|最高)$")
_SAME_UNIT = {"名": "人", "位": "人", "平米": "平方米", "家": "个", "所": "个", "处": "个", "座": "个"}
# What belongs to a figure stands close before it; more is not looked at, so that reading stays linear.
_LONGEST_LEAD = 60
_LONGEST_CLAUSE = 120
_LONGEST_SENTENCE = 500
_RANGE = re.compile(r"\d ?(?:%|万|亿)?[-—–~至到]+$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its unit: `document.text[start:end]`; offsets count from the document's beginning.

    `value` has the scale multiplied in, `step` is the value of its last written digit. `lead` is the wording of
    its own item before it (since the last comma or 、 or figure), from `lead_start`; `clause` the same since the
    last comma or bracket. `relation` is "=", ">" (at least), "<" (at most) or "~" (about).
    """

    start: int
    end: int
    value: float
    step: float
    digits: str
    scale: int
    unit: str
    per: str
    lead: str
    lead_start: int
    clause: str
    after: str
    relation: str
    is_range: bool

    @property
    def is_bare(self) -> bool:
        """Written as whole digits, without a decimal point."""
        return "." not in self.digits

    @property
    def common_unit(self) -> str:
        """Its unit, or the usual one of those that count the same thing (名 → 人)."""
        return _SAME_UNIT.get(self.unit, self.unit)

    @property
    def shown(self) -> str:
        """The figure as written, for messages."""
        scale = next((name for name, value in SCALES.items() if value == self.scale), "")
        return f"{self.digits}{scale}{self.unit}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text in its folded and simplified form, with its amounts in order."""

    start: int
    text: str
    block: Block
    amounts: tuple[Amount, ...]

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Reading:
    """A document with what the rules share. `text` is its folded, simplified form (same offsets)."""

    document: Document
    text: str
    blocks: Sequence[Block]
    sentences: Sequence[Sentence]

    @property
    def rows(self) -> list[Block]:
        """The table rows."""
        return [block for block in self.blocks if block.row is not None]

    @property
    def prose(self) -> list[Block]:
        """Paragraphs and headings."""
        return [block for block in self.blocks if block.kind == "text"]

    @cached_property
    def is_county(self) -> bool:
        """Whether the document speaks for a county, a district of a city, or a city of that level."""
        region = self.document.metadata.region
        if region.endswith(("区", "县", "旗")):
            return not region.endswith(("自治区", "地区", "特别行政区"))
        return region.endswith("市") and any(
            name.endswith(("市", "州", "盟", "地区")) for name in superiors(region)
        )

    def plain(self, words: str) -> str:
        """Words of the structure (a column's name) in the folded and simplified form of `text`."""
        # `simplified` leaves a text alone that has no frequent Traditional character, as a short name may.
        return simplified(f"國{folded(words)}")[1:] if self.is_traditional else folded(words)

    @cached_property
    def is_traditional(self) -> bool:
        """Whether the document is written in Traditional characters."""
        return self.text != folded(self.document.text)

    def years_of(self, block: Block) -> tuple[int, ...]:
        """The years of a block, or of the document."""
        return block.years or self.document.metadata.years


def read(document: Document, blocks: Sequence[Block]) -> Reading:
    """Read the sentences and amounts of all prose. Time grows linearly with the text."""
    text = simplified(folded(document.text))
    sentences = [
        sentence for block in blocks if block.kind == "text" for sentence in _sentences_of(text, block)
    ]
    return Reading(document, text, blocks, sentences)


def _sentences_of(text: str, block: Block) -> Iterator[Sentence]:
    first = block.start
    ends = [match.end() for match in _SENTENCE_END.finditer(text, block.start, block.end)]
    for end in [*ends, block.end]:
        for start in range(first, end, _LONGEST_SENTENCE):
            wording = text[start : min(end, start + _LONGEST_SENTENCE)]
            if wording.strip():
                yield Sentence(start, wording, block, tuple(amounts_in(wording, start)))
        first = end


def amounts_in(text: str, offset: int = 0) -> list[Amount]:
    """All amounts of a folded text that begins at `offset`; years (2021年) are none."""
    found: list[Amount] = []
    behind = item = clause = 0
    for match in _AMOUNT.finditer(text):
        digits, unit = match[1].replace(",", ""), match[4].replace(" ", "")
        if unit == "年" and len(digits) == 4:
            continue
        item = _last_start(_ITEM_START, text, max(item, behind), match.start())
        clause = _last_start(_CLAUSE_START, text, clause, match.start())
        item = max(item, match.start() - _LONGEST_LEAD)
        lead_start = item + offset
        lead = text[item : match.start()]
        if not lead.strip() and found:
            # 2311人、10566万元 and 1845户2967人: both figures belong to the words before the first.
            lead, lead_start = found[-1].lead, found[-1].lead_start
        scale = SCALES.get(match[2] or "", 1)
        decimals = len(digits.partition(".")[2])
        found.append(
            Amount(
                start=match.start() + offset,
                end=match.end() + offset,
                value=float(digits) * scale,
                step=float(scale) / 10**decimals,
                digits=match[1],
                scale=scale,
                unit=unit,
                per=match[5] or "",
                lead=lead,
                lead_start=lead_start,
                clause=text[max(clause, match.start() - _LONGEST_CLAUSE) : match.start()],
                after=text[match.end() : match.end() + 16],
                relation=_relation(text, match),
                is_range=_RANGE.search(text[max(0, match.start() - 8) : match.start()]) is not None,
            )
        )
        behind = match.end()
    return found


def _last_start(pattern: re.Pattern[str], text: str, first: int, last: int) -> int:
    """Where the item begins that ends at `last`: behind the last boundary after `first`."""
    position = first
    for match in pattern.finditer(text, first, last):
        position = match.end()
    while position < last and text[position] == " ":
        position += 1
    return position


def _relation(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - 8) : match.start()]
    after = text[match.end() : match.end() + 2]
    if _AT_MOST.search(before) or after in ("以下", "以内"):
        return "<"
    if _AT_LEAST.search(before) or after in ("以上", "及以"):
        return ">"
    if match[3] or _ABOUT.search(before) or after == "左右":
        return "~"
    return "="
