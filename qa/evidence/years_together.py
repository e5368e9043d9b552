"""A figure of several years together (“十三五”发放10396万元) is none of one of them, and no two of them differ by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim
from qa.evidence.solving import Solved


def told_together(solution: Solved, years: Sequence[int]) -> Solved | None:
    """The solution with the note that it does not part these years; None where its sentence names one of them, or is of fewer."""
    claims = [claim for claim in solution.draft.claims if claim.sources]
    sources = [source for claim in claims for source in claim.sources]
    is_together = all(len(source.passage.years) > len(years) > 1 for source in sources)
    said = "".join(claim.text for claim in claims)
    own = "".join(source.passage.text for source in sources if source.passage.cells)
    is_named = any(f"{year}年" in said.partition("：")[2] + own for year in years)
    if not claims or not is_together or is_named or solution.asked.asks != "number":
        return None
    named = "、".join(f"{year}年" for year in years)
    parted = Claim(f"文中只有各年合在一起的数，没有分别写{named}的，不能比较。")
    draft = replace(solution.draft, claims=(*solution.draft.claims, parted), is_settled=True, is_partial=True)
    return replace(solution, draft=draft)
