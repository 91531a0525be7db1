# SPDX-License-Identifier: Apache-2.0
"""The record page: all the store shows of one application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhihang.facts.table import PROVENANCE
from zhihang.store.merging import merged_tables
from zhihang.store.origin import Origin, application_id_of
from zhihang.store.snapshot import Snapshot

LONGEST = 300
"""Characters of a value that are told with its origin."""
_OWN = {column.name for column in PROVENANCE}


def record_page(snapshot: Snapshot, ids: Iterable[str]) -> dict[str, Any]:
    """Return the application as `facts` and its other tables as `parts`, blank columns left out."""
    application_id = application_id_of(snapshot, sorted(set(ids)))
    parts: dict[str, list[dict[str, Any]]] = {}
    facts: dict[str, Any] = {}
    for table in merged_tables():
        rows = snapshot.table(table.name)
        found = snapshot.engine.collect(rows.filter(rows.application_id == application_id)).to_pylist()
        shown = [{name: row[name] for name in table.names if name != "application_id"} for row in found]
        if table.name == "application":
            facts = {"application_id": application_id, **_filled(found[0])}
        elif shown:
            used = [name for name in shown[0] if any(row[name] is not None for row in shown)]
            ordered = sorted(shown, key=lambda row: tuple(str(row.get(k) or "").zfill(6) for k in table.key))
            title = f"{table.label.zh} {table.label.en}"
            parts[title] = [{name: row[name] for name in used} for row in ordered]
    return {"facts": facts, "parts": parts}


def origin_page(found: Origin) -> list[dict[str, Any]]:
    """Return the values of an application by table: names of table and column, value, whether it counts, who tells it."""
    tables = {table.name: table for table in merged_tables()}
    parts: dict[str, dict[str, Any]] = {}
    for one in found.told():
        table = tables[one.table]
        part = parts.setdefault(
            one.table, {"zh": table.label.zh, "en": table.label.en, "table": one.table, "values": []}
        )
        label = next(column.label for column in table.columns if column.name == one.column)
        part["values"].append(
            {
                "key": one.key,
                "column": one.column,
                "zh": label.zh,
                "en": label.en,
                "value": str(one.value)[:LONGEST],
                "counts": one.counts,
                "told_by": list(one.told_by),
            }
        )
    return list(parts.values())


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name not in _OWN}


def organisation_page(card: dict[str, Any]) -> dict[str, Any]:
    """Return the card of an organisation as `facts` and `parts`."""
    lists = {key: value for key, value in card.items() if isinstance(value, list)}
    facts = {
        key: value
        for key, value in card.items()
        if key not in lists and value is not None and key not in _OWN
    }
    titles = {
        "members": "名称及依据 Names and evidence",
        "parts": "下属机构 Parts",
        "portfolio": "专利 Portfolio",
    }
    return {"facts": facts, "parts": {titles.get(key, key): rows for key, rows in lists.items()}}
