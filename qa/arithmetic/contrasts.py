"""Pairs of kinds, of which a question that names both means two things."""

from __future__ import annotations

import re

CONTRASTS = (
    ("城市", "农村"), ("城镇", "农村"), ("散居", "集中养育"), ("分散", "集中"), ("结婚", "离婚"), ("困难", "重度"),
    ("公办", "民办"), ("中级", "初级"), ("男", "女"), ("城区", "乡镇"), ("城区", "农村"), ("散居", "机构养育"),
    ("新建", "改建"), ("新建", "改造"), ("新建", "续建"), ("企业", "事业"), ("中度", "轻度"), ("重度", "中度"), ("重度", "轻度"),
    ("全失能", "半失能"), ("全自理", "半自理"), ("全护理", "半护理"), ("全护理", "全自理"),
)  # fmt: skip
_JUXTAPOSED = re.compile(
    "|".join(
        # 古城区 is a place and no 城区.
        f"(?<={one})(?<![\u4e00-\u9fff]城区){other}(?![和与、])"
        for pair in CONTRASTS
        for one, other in (pair, pair[::-1])
        if len(one) == len(other) > 1
    )
)


def joined(text: str) -> str:
    """`text` with 和 between two kinds that only stand side by side (公办民办养老机构合计)."""
    return _JUXTAPOSED.sub(lambda match: f"和{match.group(0)}", text)
