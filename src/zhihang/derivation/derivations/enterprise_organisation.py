# SPDX-License-Identifier: Apache-2.0
"""Derivation of `enterprise_organisation`: which organisation each firm of the register is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.organisation_names.spelling import bare, fold
from zhihang.facts.table import TABLES

Found = Mapping[str, set[str]]


@derivation(
    reads=("enterprise", "organisation", "organisation_name"),
    per="whole",
    uses={"organisation": ("credit_code",), "organisation_name": ("organisation_id", "type", "folded")},
)
def enterprise_organisation(facts: Facts) -> Iterator[pa.RecordBatch]:
    """Each firm with its organisation: by credit code, else by name as written, else by its folded spelling.

    Where a name stands for several organisations none is chosen. Natural persons are no firms and are left out.
    """
    firms = _firms(facts)
    names = facts.table("organisation_name")
    names = names.filter(names.type != "individual")
    known = facts.collect(names.select("name", "organisation_id", "folded")).to_pylist()
    organisations = facts.table("organisation")
    coded = organisations.filter(organisations.credit_code.notnull()).select("credit_code", "organisation_id")
    by_code = _gathered(
        (row["credit_code"], row["organisation_id"]) for row in facts.collect(coded).to_pylist()
    )
    by_name = _gathered((row["name"], row["organisation_id"]) for row in known)
    by_spelling = _gathered((bare(row["folded"] or ""), row["organisation_id"]) for row in known)
    spellings = [bare(text) for text in fold([firm["name"] for firm in firms])]
    rows = [
        _linked(firm, spelling, by_code, by_name, by_spelling)
        for firm, spelling in zip(firms, spellings, strict=True)
    ]
    schema = _schema()
    yield from pa.Table.from_pylist(rows, schema=schema).to_batches()


def _schema() -> pa.Schema:
    table = TABLES["enterprise_organisation"]
    return pa.schema([table.schema.field(name) for name in table.names])


def _firms(facts: Facts) -> list[dict[str, Any]]:
    """Each firm once, with what its newest row says."""
    rows = facts.table("enterprise").select("enterprise", "name", "credit_code", "year")
    ordered = facts.collect(rows.order_by("enterprise", "year", "name")).to_pylist()
    return list({row["enterprise"]: row for row in ordered}.values())


def _gathered(pairs: Any) -> Found:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        if key:
            found.setdefault(key, set()).add(value)
    return found


def _linked(
    firm: Mapping[str, Any], spelling: str, by_code: Found, by_name: Found, by_spelling: Found
) -> dict[str, str | None]:
    tried: Sequence[tuple[str, str | None, Found]] = (
        ("credit_code", firm["credit_code"], by_code),
        ("name", firm["name"], by_name),
        ("spelling", spelling, by_spelling),
    )
    row: dict[str, str | None] = {
        "enterprise": firm["enterprise"],
        "name": firm["name"],
        "organisation_id": None,
    }
    for basis, wanted, known in tried:
        found = known.get(wanted or "", set())
        if len(found) == 1:
            return {**row, "organisation_id": next(iter(found)), "basis": basis, "reason": wanted}
        if found:
            told = f"{wanted}: {', '.join(sorted(found))}"
            return {**row, "basis": "several", "reason": told}
    return {**row, "basis": "none", "reason": "no applicant or holder has this code or name"}
