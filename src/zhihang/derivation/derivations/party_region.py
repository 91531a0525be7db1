# SPDX-License-Identifier: Apache-2.0
"""Where each party is, with the division code of the filing date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.places.side_by_side import placed

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
    batches = map(_with_day, facts.batches(_parties(facts)))
    for rows, answers in placed(batches, facts.codes, facts.decisions("place")):
        columns = [rows[name] for name in _KEY] + [column.combine_chunks() for column in answers.columns]
        yield pa.record_batch(columns, names=[*_KEY, *answers.column_names])


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


def _with_day(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Put the day whose code is wanted in place of the dates."""
    columns = [batch[name] for name in (*_KEY, *_TOLD, "name")]
    return pa.record_batch([*columns, pa.array(_days(batch), pa.date32())], [*_KEY, *_TOLD, "name", "day"])


def _days(rows: pa.RecordBatch) -> list[date | None]:
    partial = pc.fill_null(rows["filing_date_partial"].cast(pa.string()), "").to_pylist()
    days = rows["filing_date"].cast(pa.date32()).to_pylist()
    return [day or _year_end(text) for day, text in zip(days, partial, strict=True)]


def _year_end(text: str) -> date | None:
    year = text[:4]
    return date(int(year), 12, 31) if year.isdigit() and len(year) == 4 and year != "0000" else None
