# SPDX-License-Identifier: Apache-2.0
"""The status page: what a store holds, how complete it is, what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from zhihang.quality.counts import largest_applicants, offices, refusals, yearly
from zhihang.quality.coverage import column_coverage, table_rows
from zhihang.quality.published_beside import published_beside_computed
from zhihang.store.store import Store
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir

SIMULATED = Label("含模拟数据，非真实专利。", "Holds simulated data, not real patents.")
TOP = 10
_EMPTY = "—"


@dataclass(frozen=True)
class StatusSection:
    """One table of the page with its title and a note under it."""

    name: str
    title: Label
    rows: list[dict[str, Any]]
    columns: list[str]
    note: str = ""


def status(store: Store, region: str | None = None) -> list[StatusSection]:
    """Return the sections of the status page; `region` adds its published figures beside the computed ones."""
    sections = [
        _files(store),
        _section("tables", Label("数据表", "Tables"), _filled(table_rows(store.table, store.collect))),
        _section("offices", Label("受理局", "Offices"), _rows(store, offices(store.table))),
        _section("filings", Label("历年申请量（件）", "Filings by year and kind"), _years(store, "filing")),
        _section("grants", Label("历年授权量（件）", "Grants by year and kind"), _years(store, "grant")),
        _section(
            "applicants",
            Label("主要申请人（按原文名称）", "Largest applicants, by the name as written"),
            _rows(store, largest_applicants(store.table, top=TOP)),
        ),
        _section("coverage", Label("字段完整度", "Coverage of important columns"), _coverage(store)),
    ]
    if region is not None:
        sections.append(_published(store, region))
    note = 'zhihang query "SELECT * FROM rejection"' if store.manifest.recorded.get("rejection") else ""
    title = Label("未入库记录及原因", "Not taken in, and why")
    sections.append(_section("refusals", title, _rows(store, refusals(store.table, top=TOP)), note))
    return sections


def _files(store: Store) -> StatusSection:
    entries = store.manifest.files
    rows = [
        {
            "file": f"{Path(entry.path).name}!{entry.member}" if entry.member else Path(entry.path).name,
            "reader": entry.reader,
            "records": entry.records,
            "applications": entry.applications,
            "rejected": entry.rejected,
            "simulated": "模拟数据" if entry.simulated else "",
        }
        for entry in entries
    ]
    simulated = any(entry.simulated for entry in entries)
    note = f"{SIMULATED.zh} {SIMULATED.en}" if simulated else ""
    title = Label(
        f"来源文件（截至第 {store.manifest.version} 次运行）",
        f"Source files, as of run {store.manifest.version}",
    )
    return _section("files", title, rows, note)


def _years(store: Store, event: Literal["filing", "grant"]) -> list[dict[str, Any]]:
    """Applications by the year of the event and kind of right; kinds that do not occur are left out."""
    found = _rows(store, yearly(store.table("application"), event))
    names = [name for name in found[0] if any(row[name] for row in found)] if found else []
    return [{name: str(row[name]) if name == "year" else row[name] for name in names} for row in found]


def _coverage(store: Store) -> list[dict[str, Any]]:
    found = column_coverage(store.table, store.collect).to_pylist()
    return [
        {
            "table": row["table"] if row["group"] is None else f"{row['table']} ({row['group']})",
            "column": row["column"],
            "字段": row["zh"],
            "filled": row["filled"],
            "rows": row["rows"],
            "share": _EMPTY if row["share"] is None else f"{row['share']:.1%}",
        }
        for row in found
        if row["rows"]
    ]


def _published(store: Store, region: str) -> StatusSection:
    found = published_beside_computed(store.table, store.collect, region).to_pylist()
    rows = [
        {
            "indicator": row["indicator"],
            "指标": row["zh"],
            "period": row["period"],
            "published": row["published"],
            "unit": row["unit"],
            "computed": row["computed"],
            "status": row["status"],
        }
        for row in found
    ]
    simulated = any(entry.simulated for entry in store.manifest.files)
    note = f"computed: {SIMULATED.zh} {SIMULATED.en}" if simulated else ""
    title = Label(
        f"公布数与库内计数对照（{region}）", f"Published figures beside counts of the store, {region}"
    )
    return _section("published", title, rows, note)


def _filled(found: pa.Table) -> list[dict[str, Any]]:
    return [row for row in found.to_pylist() if row["rows"]]


def _rows(store: Store, expression: ir.Table) -> list[dict[str, Any]]:
    return [dict(row) for row in store.collect(expression).to_pylist()]


def _section(name: str, title: Label, rows: Sequence[Mapping[str, Any]], note: str = "") -> StatusSection:
    return StatusSection(name, title, [dict(row) for row in rows], list(rows[0]) if rows else [], note)
