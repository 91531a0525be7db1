# SPDX-License-Identifier: Apache-2.0
"""Figures of one firm that cannot stand beside each other: mixed units, parts larger than their whole."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.ingestion.refused import Refusals

MOST_PER_HEAD = 1e8
"""Yuan of output or revenue per employee; above it 万元 was taken for yuan, or the other way round. Our own bound."""
MOST_APART = 2000
"""Output and revenue of one firm further apart than this are in different units. Our own bound."""
_PARTS = (
    ("rd_staff", "employees", "研发人员多于从业人员；more R&D staff than employees"),
    (
        "patent_product_revenue",
        "revenue",
        "专利产品收入大于营业收入；more revenue from patent products than revenue in all",
    ),
)


def check_figures(table: str, rows: pa.Table, refusals: Refusals) -> pa.Table:
    """Blank the figures that contradict each other and tell why."""
    for name in ("output", "revenue", "gross_output"):
        for staff in ("employees", "employment"):
            if name in rows.column_names and staff in rows.column_names:
                each = pc.greater(rows[name], pc.multiply(rows[staff], MOST_PER_HEAD))
                each = pc.and_(each, pc.greater(rows[staff], 0))
                most = f"{MOST_PER_HEAD:.0e}"
                told = f"人均数额过大，元和万元可能混用；more than {most} yuan per employee: yuan and 万元 mixed?"
                rows = _blanked(rows, each, {name: told}, table, refusals)
    if {"output", "revenue"} <= set(rows.column_names):
        rows = _apart(rows, table, refusals)
    for part, whole, told in _PARTS:
        if {part, whole} <= set(rows.column_names):
            rows = _blanked(rows, pc.greater(rows[part], rows[whole]), {part: told}, table, refusals)
    return rows


def _apart(rows: pa.Table, table: str, refusals: Refusals) -> pa.Table:
    high = pc.greater(rows["output"], pc.multiply(rows["revenue"], MOST_APART))
    low = pc.greater(rows["revenue"], pc.multiply(rows["output"], MOST_APART))
    both = pc.and_(pc.greater(rows["output"], 0), pc.greater(rows["revenue"], 0))
    apart = f"output and revenue differ more than {MOST_APART} times: yuan and 万元 mixed?"
    told = f"产值与营业收入相差过大，元和万元可能混用；{apart}"
    return _blanked(
        rows, pc.and_(both, pc.or_(high, low)), {"output": told, "revenue": told}, table, refusals
    )


def _blanked(
    rows: pa.Table, wrong: pa.ChunkedArray, told: Mapping[str, str], table: str, refusals: Refusals
) -> pa.Table:
    mask = pc.fill_null(wrong, False)
    if not pc.any(mask).as_py():
        return rows
    for name, reason in told.items():
        problem = pc.if_else(mask, reason, pa.scalar(None, pa.string()))
        texts = pc.cast(rows[name], pa.string())
        refusals.values(table, name, rows, texts, problem)
        kept = pc.if_else(mask, pa.scalar(None, rows[name].type), rows[name])
        rows = rows.set_column(rows.schema.get_field_index(name), name, kept)
    return rows
