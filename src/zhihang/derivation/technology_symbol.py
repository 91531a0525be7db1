# SPDX-License-Identifier: Apache-2.0
"""The IPC symbols that say what an application is about, and its equal shares in the units of a concordance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.concordance import Concordance
from zhihang.derivation.derivation import Facts

if TYPE_CHECKING:
    import ibis.expr.types as ir

UNALLOCATED = "unallocated"
_NO_SYMBOL = "no IPC or CPC symbol"


def technology_symbols(facts: Facts) -> ir.Table:
    """Symbols (`application_id`, `symbol`) of the best kind an application has.

    Best are IPC symbols for the invention, or not said what for; then IPC symbols for additional information; then
    CPC symbols in the same order. Section Y of the CPC has no counterpart in the IPC and is left out.
    """
    import ibis

    rows = facts.table("classification")
    rows = rows.filter(rows.scheme.isin(["ipc", "cpc"]) & ~rows.symbol.startswith("Y"))
    additional = (rows.value.fill_null("") == "additional").cast("int32")
    ranked = rows.select(
        "application_id", "symbol", rank=(rows.scheme == "cpc").cast("int32") * 2 + additional
    )
    best = ranked.mutate(best=ranked["rank"].min().over(ibis.window(group_by=ranked.application_id)))
    return best.filter(best["rank"] == best.best).select("application_id", "symbol").distinct()


def distinct_symbols(facts: Facts, symbols: ir.Table) -> list[str]:
    """Every symbol that occurs, once, in order."""
    found = facts.collect(symbols.select("symbol").distinct()).column("symbol").to_pylist()
    return sorted(symbol for symbol in found if symbol)


def allocation(facts: Facts, concordance: Concordance, *, missing: str) -> ir.Table:
    """Shares of every application in the codes of a concordance (`application_id`, `code`, `weight`, `reason`).

    An application counts equally in each unit its symbols belong to; a unit's share goes to codes by the weights of
    the concordance. A unit whose condition fails gives way to the others. What no unit places is `unallocated`, so
    that the weights of each application sum to 1; `missing` is the reason where the concordance has no entry.
    """
    symbols = technology_symbols(facts)
    occurring = distinct_symbols(facts, symbols)
    named = facts.values(_pairs("symbol", "unit", ((s, concordance.unit_of(s)) for s in occurring)))
    units = symbols.inner_join(named, "symbol").select("application_id", "unit").distinct()
    if concordance.conditions:
        units = units.anti_join(
            _barred(facts, symbols, units, concordance, occurring), ["application_id", "unit"]
        )
    counted = units.group_by("application_id").aggregate(units=units.count())
    shares = facts.values(_shares(concordance, {concordance.unit_of(s) for s in occurring}, missing))
    placed = units.inner_join(counted, "application_id").inner_join(shares, "unit")
    placed = placed.mutate(part=placed.share / placed.units.cast("float64"))
    placed = placed.group_by("application_id", "code").aggregate(
        weight=placed.part.sum().round(9), reason=placed.reason.min()
    )
    return placed.union(_without_symbols(facts, units)).select("application_id", "code", "weight", "reason")


def _without_symbols(facts: Facts, units: ir.Table) -> ir.Table:
    import ibis

    rest = facts.table("application").select("application_id").anti_join(units, "application_id")
    return rest.select(
        "application_id",
        code=ibis.literal(UNALLOCATED),
        weight=ibis.literal(1.0, "float64"),
        reason=ibis.literal(_NO_SYMBOL),
    )


def _barred(
    facts: Facts, symbols: ir.Table, units: ir.Table, concordance: Concordance, occurring: Iterable[str]
) -> ir.Table:
    """Units of applications that do not count beside another symbol the application carries."""
    asked = concordance.condition_units
    known = facts.values(
        _pairs("symbol", "carried", ((s, u) for s in occurring for u in concordance.carried(s) if u in asked))
    )
    carried = symbols.inner_join(known, "symbol").select("application_id", "carried").distinct()
    rows = [
        (unit, c.not_with, c.unless_with or "")
        for unit, every in concordance.conditions.items()
        for c in every
    ]
    conditions = facts.values(
        pa.table(
            [list(column) for column in zip(*rows, strict=True)], names=["unit", "not_with", "unless_with"]
        )
    )
    met = units.inner_join(conditions, "unit").view()
    met = met.semi_join(carried, ["application_id", met.not_with == carried.carried])
    excused = carried.view()
    barred = met.anti_join(excused, ["application_id", met.unless_with == excused.carried])
    return barred.select("application_id", "unit").distinct()


def _shares(concordance: Concordance, units: Iterable[str], missing: str) -> pa.Table:
    rows: list[tuple[str, str, float, str | None]] = []
    for unit in sorted(units):
        of = concordance.shares.get(unit)
        rows += (
            [(unit, code, share, None) for code, share in of.items()]
            if of
            else [(unit, UNALLOCATED, 1.0, missing)]
        )
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    types = (pa.string(), pa.string(), pa.float64(), pa.string())
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=["unit", "code", "share", "reason"])


def _pairs(first: str, second: str, pairs: Iterable[tuple[str, str]]) -> pa.Table:
    left, right = [], []
    for one, other in pairs:
        left.append(one)
        right.append(other)
    return pa.table({first: pa.array(left, pa.string()), second: pa.array(right, pa.string())})
