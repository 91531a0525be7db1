# SPDX-License-Identifier: Apache-2.0
"""Where each party is, with the division code of the filing date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.places.place import make_placer, place_columns

if TYPE_CHECKING:
    import ibis.expr.types as ir

ROLES = ("applicant", "assignee", "inventor")
_KEY = ("application_id", "role", "sequence")
_TOLD = ("address", "postcode", "country", "province", "city", "county")


@derivation(
    reads=("party", "application"),
    per="application",
    lists=(
        "region",
        "region_alias",
        "region_history",
        "postcode_prefix",
        "zone_kind",
        "us_state",
        "jp_prefecture",
        "office",
    ),
    decisions=("place",),
    version=3,
)
def party_region(facts: Facts) -> Iterator[pa.RecordBatch]:
    """Division, functional zone and country of each applicant and holder, and of inventors with an address.

    A decision of the office goes first, then the address, the columns of the source, the postcode, and last the name
    of the organisation. The code is the one valid on the filing date; where the day of filing is not known, the last
    day of its year; without any date, the code of today.
    """
    placer = make_placer(facts.codes, facts.decisions("place"))
    for batch in facts.batches(_parties(facts)):
        rows = pa.Table.from_batches([batch])
        days = pa.array(_days(rows), pa.date32())
        answers = place_columns(placer, {name: rows[name] for name in (*_TOLD, "name")}, days)
        columns = [rows[name] for name in _KEY] + answers.columns
        yield from pa.table(columns, names=[*_KEY, *answers.column_names]).combine_chunks().to_batches()


def _parties(facts: Facts) -> ir.Table:
    """Parties with the date of their application; inventors only where something tells their place."""
    party = facts.table("party")
    told = None
    for name in _TOLD:
        given = party[name].notnull()
        told = given if told is None else told | given
    wanted = party.filter(party.role.isin(ROLES) & ((party.role != "inventor") | told))
    dates = facts.table("application").select("application_id", "filing_date", "filing_date_partial")
    joined = wanted.left_join(dates, "application_id")
    return joined.select(*_KEY, *_TOLD, "name", "filing_date", "filing_date_partial")


def _days(rows: pa.Table) -> list[date | None]:
    partial = pc.fill_null(rows["filing_date_partial"].cast(pa.string()), "").to_pylist()
    days = rows["filing_date"].cast(pa.date32()).to_pylist()
    return [day or _year_end(text) for day, text in zip(days, partial, strict=True)]


def _year_end(text: str) -> date | None:
    year = text[:4]
    return date(int(year), 12, 31) if year.isdigit() and len(year) == 4 and year != "0000" else None
