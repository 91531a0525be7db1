# SPDX-License-Identifier: Apache-2.0
"""Tables of a small region: four industries, some patents, firms and parks, for identifications to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.intensity.facts_seen import FactsSeen
from zhihang.store.engine import Engine

EDITION = "GB/T 4754-2017"
CODES = CodeLists()
FOREVER = date(9999, 12, 31)


def facts_seen(engine: Engine, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> FactsSeen:
    """Facts of the given rows; other tables are empty, missing columns blank."""

    @cache
    def table(name: str) -> Any:
        return engine.values(_rows(name, tables.get(name, ())))

    return FactsSeen(table, engine.collect, CODES, engine.values)


def _rows(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    schema = TABLES[name].schema
    numbered = [{"file_id": 1, "line": line, "run_id": 1, **row} for line, row in enumerate(rows, 2)]
    columns = {
        field.name: pa.array([row.get(field.name) for row in numbered], field.type) for field in schema
    }
    return pa.table(columns, schema=schema)


def patents(
    number: int, industries: Mapping[str, float], year: int, **more: Any
) -> dict[str, list[dict[str, Any]]]:
    """So many inventions granted in a year, all with these shares in industries; in force from the grant on."""
    begin = "-".join([*industries, str(year), str(more.get("organisation_id"))])
    ids = [f"{begin}-{each}" for each in range(number)]
    common = {
        "kind": "invention",
        "origin": "mainland",
        "region": "450302",
        "grant_date": date(year, 6, 1),
        **more,
    }
    return {
        "patent": [{"application_id": one, **common} for one in ids],
        "patent_stock": [
            {"application_id": one, "valid_from": date(year, 6, 1), "valid_to": FOREVER, **common}
            for one in ids
        ],
        "patent_industry": [
            {"application_id": one, "scheme": EDITION, "code": code, "weight": share}
            for one in ids
            for code, share in industries.items()
        ],
    }


def statistics(industry: str, year: int, **figures: Any) -> dict[str, list[dict[str, Any]]]:
    """One row of statistics of an industry in Guilin."""
    row = {
        "industry": industry,
        "industry_edition": EDITION,
        "region": "450300",
        "year": year,
        "scope": "above_scale",
    }
    return {"industry_year": [{**row, **figures}]}


def joined(*parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Tables of several parts, one after the other."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        for name, rows in part.items():
            found.setdefault(name, []).extend(dict(row) for row in rows)
    return found
