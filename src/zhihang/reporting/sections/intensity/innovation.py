# SPDX-License-Identifier: Apache-2.0
"""Section: innovation of patent-intensive industries beside the others (M-IND-09)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhihang.reporting.data_table import Column, DataTable, Derived
from zhihang.reporting.document import Block

_ROWS = (
    ("intensity", "专利密集度（件/千人）", 1),
    ("rd_intensity", "研发经费与营业收入之比（%）", 100),
    ("rd_staff_per_10k", "每万名从业人员中研发人员（人）", 1),
    ("revenue_per_head", "人均营业收入（万元）", 1e-4),
)


def innovation(summary: Mapping[str, Any], source: str) -> Iterator[Block]:
    """Yield the profile of the industries in the catalogue and of the others; nothing where neither is known."""
    inside, others = summary["profile"]["intensive"], summary["profile"]["others"]
    if not summary["catalogue"] or all(value is None for value in inside.values()):
        return
    yield DataTable.of(
        (
            {
                "what": label,
                "inside": None if inside[name] is None else inside[name] * scale,
                "others": None if others[name] is None else others[name] * scale,
            }
            for name, label, scale in _ROWS
        ),
        columns=(
            Column("what", "指标"),
            Column("inside", "专利密集型产业", "number", digits=2),
            Column("others", "其他行业", "number", digits=2),
            Column("times", "倍数", "number", digits=2, derived=Derived("ratio", "inside", "others")),
        ),
        title="专利密集型产业与其他行业的创新特征",
        unit="见各行",
        period=f"{summary['year']}年",
        source=source,
        notes=("各项均为合计之比，只包括两项数据都有的行业。",),
    )
