# SPDX-License-Identifier: Apache-2.0
"""Worked examples of indicators: small tables made from the rows an example gives, and the value they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from zhihang.facts.table import TABLES

USUAL: Mapping[str, Any] = {
    "office": "CN",
    "kind": "invention",
    "route": "national",
    "pct_entry": False,
    "origin": "mainland",
    "country": "CN",
    "region": "450300",
    "applicant_type": "enterprise",
    "service": True,
    "applicants": 1,
    "overseas_family": False,
    "emerging": False,
    "pledged": False,
    "high_value": False,
    "simulated": False,
}
"""What a patent of an example is where the example does not say otherwise."""
FAR = date(9999, 12, 31)


def example_tables(given: Sequence[Mapping[str, Any]]) -> dict[str, pa.Table]:
    """Return the tables that the rows of an example stand for.

    A row with `indicator` is an observation. Any other is a patent: columns of table `patent` as needed, `times: n`
    for n equal ones, `in_force: [from, to]` for its time in force, `end_known` for the day its end became known,
    `others` for the divisions of its further applicants, and `fields` or `industries` with weights.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _TABLES}
    if any("indicator" not in row for row in given):
        rows["patent"].append(dict(_FRAME))
    for line, row in enumerate(given, start=1):
        if "indicator" in row:
            rows["observation"].append({"file_id": 1, "line": line, "status": "published", **row})
            continue
        for number in range(row.get("times", 1)):
            _add(rows, row, f"CN{line:06d}{number:06d}")
    return {name: _table(name, found) for name, found in rows.items()}


def _add(rows: dict[str, list[dict[str, Any]]], row: Mapping[str, Any], number: str) -> None:
    own = {key: value for key, value in row.items() if key not in _OWN}
    patent = {**USUAL, **own, "application_id": number}
    patent.setdefault("filing_date", patent.get("grant_date"))
    _add_applicants(rows, patent, [patent["region"], *row.get("others", [])])
    rows["patent"].append(patent)
    if "in_force" in row:
        start, end = (*row["in_force"], None)[:2]
        times = {"valid_from": start, "valid_to": end or FAR}
        known = {"known_from": start, "known_to": row.get("end_known", end) or FAR}
        rows["patent_stock"].append({**patent, "sequence": 1, **times, **known})
    for table, key, column in (
        ("patent_field", "fields", "field"),
        ("patent_industry", "industries", "code"),
    ):
        for value, weight in row.get(key, {}).items():
            rows[table].append({"application_id": number, column: str(value), "weight": float(weight)})


def _add_applicants(
    rows: dict[str, list[dict[str, Any]]], patent: dict[str, Any], regions: Sequence[Any]
) -> None:
    if len(regions) > 1:
        patent["applicants"] = len(regions)
    for sequence, region in enumerate(regions, start=1):
        party = {"application_id": patent["application_id"], "role": "applicant", "sequence": sequence}
        place = {"region": region, "region_now": region, "country": patent["country"]}
        rows["party_region"].append({**party, **place})
        if patent.get("organisation_id"):
            organisation = {"organisation_id": patent["organisation_id"], "type": patent["applicant_type"]}
            rows["party_organisation"].append({**party, "part": 1, **organisation})
            if organisation not in rows["organisation"]:
                rows["organisation"].append(organisation)


_FRAME: Mapping[str, Any] = {
    "application_id": "frame",
    "kind": "other",
    "origin": "unknown",
    "simulated": False,
    "filing_date": date(1985, 4, 1),
    "publication_date": date(2040, 12, 31),
}
"""A record that nothing counts: it says that the example's data reach from 1985 to 2040."""
_OWN = frozenset({"times", "in_force", "end_known", "others", "fields", "industries"})
_TABLES = (
    "patent",
    "patent_stock",
    "observation",
    "patent_field",
    "patent_industry",
    "party_region",
    "party_organisation",
    "organisation",
)


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    schema = TABLES[name].schema
    unknown = {key for row in rows for key in row} - set(schema.names)
    if unknown - {"publication_date"}:
        raise KeyError(f"table {name} has no column {sorted(unknown)}")
    columns = {f.name: pa.array(_values([row.get(f.name) for row in rows], f.type), f.type) for f in schema}
    return pa.table(columns, schema=schema)


def _values(given: list[Any], kind: pa.DataType) -> list[Any]:
    if pa.types.is_string(kind):
        return [None if value is None else str(value) for value in given]
    if pa.types.is_date(kind):
        return [date.fromisoformat(value) if isinstance(value, str) else value for value in given]
    return given
