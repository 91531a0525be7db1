# SPDX-License-Identifier: Apache-2.0
"""Count a register for a forecast by cohorts, out of the tables `patent`, `patent_stock` and `right_state`.

Only what was known at the cut counts, so that a forecast can be made for a day long past and compared with what came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.methods.fees_due import add_months
from zhihang.planning.register_counts import AGES, RegisterCounts

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    Collect = Callable[[ir.Table], pa.Table]

NEVER_GRANTED = ("withdrawn", "refused", "abandoned")
LATE_MONTHS = 36


def count_register(
    patent: ir.Table,
    stock: ir.Table,
    states: ir.Table | None,
    collect: Collect,
    at: date,
    *,
    regions: Sequence[str],
    kind: str = "invention",
    all_known: bool = False,
    lapses_known_after: int = 12,
) -> RegisterCounts:
    """Count applications, grants, ends, rights in force and lapses by cohort, as known by the end of a day.

    Parameters
    ----------
    patent, stock, states
        Tables `patent`, `patent_stock` and, if ends without a grant are recorded, `right_state`.
    collect
        Runs an expression and returns its rows.
    regions
        Codes to count by; a county counts for the code itself, or for the city or province that it lies in.
    all_known
        Applications are known from their filing on, not only from their publication.
    lapses_known_after
        Months until the lapses of a year are all known; later years are left out.
    """
    ours = patent.filter(patent.kind == kind, patent.filing_date.notnull(), patent.filing_date <= at)
    public = ours if all_known else ours.filter(ours.publication_date <= at)
    held = stock.filter(stock.kind == kind, stock.filing_date.notnull(), stock.known_from <= at)
    places = _Places(regions)
    return RegisterCounts(
        at=at,
        filings=places.summed(_filings(public, collect), "year", value="filings"),
        outcomes=_outcomes(ours, states, collect, at, places),
        stock=places.summed(_in_force(held, collect, at), "filing_year", value="in_force"),
        lapses=_lapses(held, collect, at, places, kind, lapses_known_after),
        late=() if all_known else _late(public, collect, places, at),
        kind=kind,
        all_known=all_known,
        simulated=_simulated(ours, collect),
    )


class _Places:
    """The regions asked for; a row's region is the finest of them that holds it."""

    def __init__(self, regions: Sequence[str]) -> None:
        self._wanted = sorted(set(regions), key=lambda code: -len(code.rstrip("0")))
        self._found: dict[str, str] = {}

    def of(self, code: str | None) -> str:
        """Return the region that holds a code; blank if none does."""
        key = code or ""
        if key not in self._found:
            self._found[key] = next((one for one in self._wanted if key and _within(key, one)), "")
        return self._found[key]

    def summed(self, rows: Sequence[dict[str, Any]], *names: str, value: str) -> list[dict[str, Any]]:
        """Sum a value of rows by region and further columns; rows of other regions are left out."""
        sums: dict[tuple[Any, ...], float] = {}
        for row in rows:
            place = self.of(row["region"])
            if place:
                key = (place, *(row[name] for name in names))
                sums[key] = sums.get(key, 0) + row[value]
        return [
            dict(zip(("region", *names, value), (*key, total), strict=True)) for key, total in sums.items()
        ]


def _within(code: str, region: str) -> bool:
    """Whether a division lies in another by its code: 450323 in 450300 and in 450000."""
    if code == region:
        return True
    if region.endswith("0000"):
        return code[:2] == region[:2]
    return region.endswith("00") and code[:4] == region[:4]


def _filings(public: ir.Table, collect: Collect) -> list[dict[str, Any]]:
    years = public.select(public.region, year=public.filing_date.year())
    return _rows(collect, years.group_by(["region", "year"]).aggregate(filings=years.count()))


def _outcomes(
    ours: ir.Table, states: ir.Table | None, collect: Collect, at: date, places: _Places
) -> list[dict[str, Any]]:
    granted = ours.filter(ours.grant_date <= at)
    grants = granted.select(
        granted.region, filing_year=granted.filing_date.year(), year=granted.grant_date.year()
    )
    rows = _rows(
        collect, grants.group_by(["region", "filing_year", "year"]).aggregate(granted=grants.count())
    )
    found = {
        (row["region"], row["filing_year"], row["year"]): {**row, "refused": 0}
        for row in places.summed(rows, "filing_year", "year", value="granted")
    }
    if states is not None:
        for row in places.summed(_ends(ours, states, collect, at), "filing_year", "year", value="refused"):
            key = (row["region"], row["filing_year"], row["year"])
            found[key] = found.get(key, {**row, "granted": 0}) | {"refused": row["refused"]}
    return list(found.values())


def _ends(ours: ir.Table, states: ir.Table, collect: Collect, at: date) -> list[dict[str, Any]]:
    """Return ends without a grant: withdrawals, refusals, and abandonments of what was never granted."""
    ended = states.filter(
        states.state.isin(NEVER_GRANTED), states.valid_from.notnull(), states.known_from <= at
    )
    ungranted = ours.filter(ours.grant_date.isnull() | (ours.grant_date > at))
    first = ended.group_by("application_id").aggregate(ended=ended.valid_from.min())
    joined = ungranted.join(first, "application_id")
    years = joined.select(joined.region, filing_year=joined.filing_date.year(), year=joined.ended.year())
    return _rows(collect, years.group_by(["region", "filing_year", "year"]).aggregate(refused=years.count()))


def _in_force(held: ir.Table, collect: Collect, at: date) -> list[dict[str, Any]]:
    now = held.filter(held.known_to > at)
    years = now.select(now.region, filing_year=now.filing_date.year())
    return _rows(collect, years.group_by(["region", "filing_year"]).aggregate(in_force=years.count()))


def _lapses(
    held: ir.Table, collect: Collect, at: date, places: _Places, kind: str, known_after: int
) -> list[dict[str, Any]]:
    """Return, for each year whose lapses are known, the rights in force when it began and those that lapsed in it."""
    import ibis

    last = add_months(at, -known_after).year
    if add_months(date(last, 12, 31), known_after) > at:
        last -= 1
    known = ibis.ifelse(held.known_to <= at, held.valid_to.year(), 9999)
    lives = held.select(
        held.region,
        filing_year=held.filing_date.year(),
        begun=held.valid_from.year(),
        ended=known.cast("int64"),
    )
    rows = _rows(
        collect, lives.group_by(["region", "filing_year", "begun", "ended"]).aggregate(rights=lives.count())
    )
    sums: dict[tuple[str, int, int], list[float]] = {}
    for row in places.summed(rows, "filing_year", "begun", "ended", value="rights"):
        filed, begun, ended = row["filing_year"], row["begun"], row["ended"]
        for year in range(max(begun + 1, last - 7), min(ended, last) + 1):
            cell = sums.setdefault((row["region"], filed, year), [0.0, 0.0])
            cell[0] += row["rights"]
            if year == ended and ended - filed < AGES[kind] - 1:  # at the last age the term ends
                cell[1] += row["rights"]
    return [
        {"region": region, "filing_year": filed, "year": year, "in_force": cell[0], "lapsed": cell[1]}
        for (region, filed, year), cell in sums.items()
    ]


def _late(public: ir.Table, collect: Collect, places: _Places, at: date) -> list[dict[str, Any]]:
    """Return applications by month of filing and months until publication, of all regions together."""
    filed, shown = public.filing_date, public.publication_date
    months = public.select(
        public.region,
        month=filed.year() * 12 + filed.month() - 1,
        delay=(shown.year() - filed.year()) * 12 + shown.month() - filed.month(),
    )
    rows = _rows(collect, months.group_by(["region", "month", "delay"]).aggregate(filings=months.count()))
    oldest = at.year * 12 + at.month - 1 - 2 * LATE_MONTHS
    sums: dict[tuple[int, int], float] = {}
    for row in rows:
        if places.of(row["region"]) and row["month"] >= oldest:
            key = (row["month"], min(max(row["delay"], 0), LATE_MONTHS))
            sums[key] = sums.get(key, 0) + row["filings"]
    return [
        {"month": f"{month // 12}-{month % 12 + 1:02}", "delay": delay, "filings": filings}
        for (month, delay), filings in sums.items()
    ]


def _simulated(ours: ir.Table, collect: Collect) -> bool:
    found = _rows(collect, ours.aggregate(simulated=ours.simulated.max()))
    return bool(found and found[0]["simulated"])


def _rows(collect: Collect, expression: ir.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = collect(expression).to_pylist()
    return rows
