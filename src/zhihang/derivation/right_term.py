# SPDX-License-Identifier: Apache-2.0
"""The last day of a right by law: terms from the list `right_term`, longer where the office has compensated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Facts
from zhihang.derivation.faults import Row, refuse

if TYPE_CHECKING:
    import ibis.expr.types as ir

LIST, DECISIONS = "right_term", "term_compensation"
_COLUMNS = ("office", "kind", "filed_from", "filed_before", "years", "counted_from")
_STARTS = ("filing", "grant")
_MONTHS = 12


def term_end(facts: Facts, rows: ir.Table) -> ir.DateValue:
    """First day after the term of each right; null where the list has no term for it.

    `rows` has `office`, `kind`, `filed`, `granted`. The first rule that fits counts; a blank office fits any. Where
    the filing date is missing, the term is counted from the grant: it cannot end later.
    """
    import ibis

    filed = ibis.coalesce(rows.filed, rows.granted)
    branches = []
    for rule in _rules(facts):
        start = filed if rule["counted_from"] == "filing" else rows.granted
        fits = rows.kind == rule["kind"]
        if rule["office"]:
            fits &= rows.office == rule["office"]
        if rule["filed_from"]:
            fits &= filed >= ibis.date(rule["filed_from"])
        if rule["filed_before"]:
            fits &= filed < ibis.date(rule["filed_before"])
        branches.append((fits, years_later(start, int(rule["years"]))))
    return ibis.cases(*branches)


def years_later(day: ir.DateValue, years: int | ir.IntegerValue) -> ir.DateValue:
    """Return the same day some years later; 29 February becomes the 28th where there is none (rule 5)."""
    import ibis

    if isinstance(years, int):
        return (day + ibis.interval(years=years)).cast("date")
    return (day + (years * _MONTHS).as_interval("M")).cast("date")


def compensation(facts: Facts) -> ir.Table:
    """Days by which the office has lengthened terms (`application_id`, `days`), from its own decisions."""
    rows = facts.decisions(DECISIONS)
    refuse(DECISIONS, _decision_faults(rows), todo="Give application_id and days, a whole number above 0.")
    days = {row["application_id"]: int(row["days"]) for row in rows}
    ids = pa.array(list(days), pa.string())
    return facts.values(pa.table({"application_id": ids, "days": pa.array(days.values(), pa.int32())}))


def _rules(facts: Facts) -> Sequence[Row]:
    rows = facts.codes.rows(LIST)
    refuse(LIST, _faults(rows), todo="Give kind, years and what they are counted from; days as 2021-06-01.")
    return rows


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    missing = [name for name in _COLUMNS if not rows or name not in rows[0]]
    yield from (f'no column "{name}"' for name in missing)
    if missing:
        return
    for number, row in enumerate(rows, start=2):
        if not row["years"].isdigit():
            yield f'row {number}: years "{row["years"]}" is no whole number'
        if row["counted_from"] not in _STARTS:
            yield f'row {number}: counted_from "{row["counted_from"]}" is neither filing nor grant'
        for name in ("filed_from", "filed_before"):
            if row[name] and not _is_day(row[name]):
                yield f'row {number}: {name} "{row[name]}" is no day'


def _decision_faults(rows: Sequence[Row]) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        if not row.get("application_id") or not row.get("days", "").isdigit():
            yield f"row {number}: application_id or days cannot be read"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
