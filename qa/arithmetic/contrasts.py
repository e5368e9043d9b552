"""Pairs of kinds, of which a question that names both means two things."""

from __future__ import annotations

CONTRASTS = (
    ("城市", "农村"), ("城镇", "农村"), ("散居", "集中养育"), ("分散", "集中"), ("结婚", "离婚"), ("困难", "重度"),
    ("公办", "民办"), ("中级", "初级"), ("男", "女"), ("城区", "乡镇"), ("城区", "农村"), ("散居", "机构养育"),
    ("新建", "改建"), ("新建", "改造"), ("新建", "续建"), ("企业", "事业"),
)  # fmt: skip
