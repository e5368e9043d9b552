"""What the builders of Chinese questions share: clauses, and words for who is asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.bilingual.phrases import Phrase, phrase

# The named parts of a question's form (see forms.toml), "" for one that is not there.
Pieces = Mapping[str, str]

DO = r"(?:is|are|was|were|will|would|did|do|does|has|have|had|can|could|should|must|shall|may)"
PLANS = re.compile(
    r"\b(?:plan(?:s|ned|ning)? to|want(?:s|ed)? to|aim(?:s|ed)? (?:to|at)|going to|expected to|supposed to|intend(?:s|ed)? to|"
    r"hope(?:s|d)? to|set to|have to|has to|need(?:s)? to|be (?:at )?)\b"
)
BODIES = {
    "department": "部门", "bureau": "部门", "agency": "部门", "authority": "部门", "company": "公司",
    "hospital": "医院", "office": "部门",
    "subdistrict": "街道", "township": "乡镇", "town": "镇", "university": "大学", "school": "学校",
    "community": "社区", "village": "村",
    "county": "县", "place": "地方", "city": "地方", "district": "地方",
}  # fmt: skip


DEGREES = {
    "more": "多", "most": "多", "higher": "高", "highest": "高", "larger": "大", "largest": "多", "bigger": "大", "biggest": "多",
    "lower": "低", "lowest": "低", "fewer": "少", "fewest": "少", "less": "少", "least": "少", "smaller": "小", "smallest": "少",
    "fastest": "快", "slowest": "慢", "faster": "快", "greatest": "多", "greater": "大",
}  # fmt: skip


def statement(text: str) -> Phrase:
    """A clause in Chinese; that something is planned, wanted or to be done says nothing about it."""
    return phrase(PLANS.sub(" ", text))
