# SPDX-License-Identifier: Apache-2.0
"""Conditions on counts: documents cited, times cited, claims, members of the family, years of life."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from zhihang.retrieval.query import Leaf, Within
from zhihang.retrieval.query_language.tables import Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir

COUNTS: Mapping[str, tuple[str, ...]] = {
    "cites": ("citation",),
    "cited": ("citation", "publication", "cited_by"),
    "claim_count": ("claim",),
    "family_size": ("family",),
    "age": ("right_state", "application"),
}
"""Tables that each count looks into."""
_NONE_IS_ZERO = frozenset({"cites", "cited"})


def counted(name: str, asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    """Hold where the count lies in one of the ranges; no row means 0 for citations, unknown for the others."""
    import ibis

    rows = _COUNTED[name](tables)
    ranges = [leaf for leaf in asked if isinstance(leaf, Within)]
    found = ibis.literal(False)
    for leaf in ranges:
        low, high = _whole(leaf.low), _whole(leaf.high)
        if name in _NONE_IS_ZERO and (low is None or low <= 0):
            more = rows.filter(rows.value > high) if high is not None else rows.limit(0)
            one = ~base.application_id.isin(more.application_id)
            one = one if high is None or high >= 0 else ibis.literal(False)
        else:
            inside = rows.value.notnull()
            inside = inside & (rows.value >= low) if low is not None else inside
            inside = inside & (rows.value <= high) if high is not None else inside
            one = base.application_id.isin(rows.filter(inside).application_id)
        found = found | one
    return found


def _whole(end: object) -> float | None:
    return float(end) if isinstance(end, (int, float)) else None


def _cites(tables: Tables) -> ir.Table:
    rows = tables.table("citation")
    rows = rows.filter(rows.cited_publication_id.notnull())
    return rows.group_by("application_id").aggregate(value=rows.cited_publication_id.nunique())


def _cited(tables: Tables) -> ir.Table:
    """Later documents that cite an application: by the citations in the store, and as vendors list them."""
    import ibis

    citing = tables.table("citation")
    citing = citing.select(
        cited_id="cited_publication_id",
        by=ibis.coalesce(citing.citing_publication_id, citing.application_id),
    )
    published = tables.table("publication").select("application_id", cited_id="publication_id")
    ours = citing.inner_join(published, "cited_id").select("application_id", "by")
    listed = tables.table("cited_by")
    theirs = listed.select(
        "application_id", by=ibis.coalesce(listed.citing_publication_id, listed.citing_text)
    )
    rows = ours.union(theirs)
    return rows.group_by("application_id").aggregate(value=rows.by.nunique())


def _claims(tables: Tables) -> ir.Table:
    rows = tables.table("claim")
    each = rows.group_by("application_id", "publication_id").aggregate(claims=rows.number.nunique())
    return each.group_by("application_id").aggregate(value=each.claims.max())


def _members(tables: Tables) -> ir.Table:
    rows = tables.table("family")
    sizes = rows.group_by("family_id").aggregate(value=rows.application_id.nunique())
    return rows.inner_join(sizes, "family_id").select("application_id", "value").distinct()


def _years(tables: Tables) -> ir.Table:
    """Full years from the filing to the end of the right, or to today while it is in force."""
    import ibis

    states, today = tables.table("right_state"), ibis.date(tables.today)
    granted = states.filter(
        (states.state == "in_force") & (states.valid_from.isnull() | (states.valid_from <= today))
    )
    end = ibis.least(ibis.coalesce(granted.valid_to, today), today)
    last = granted.mutate(end=end)
    last = last.filter(last.valid_from.isnull() | (last.end > last.valid_from) | (last.end == today))
    last = last.group_by("application_id").aggregate(end=last.end.max())
    filed = tables.table("application").select("application_id", "filing_date")
    rows = last.inner_join(filed, "application_id")
    return rows.select(
        "application_id", value=((_number(rows.end) - _number(rows.filing_date)) / 10_000).floor()
    )


def _number(day: ir.DateValue) -> ir.IntegerValue:
    return day.year().cast("int64") * 10_000 + day.month().cast("int64") * 100 + day.day().cast("int64")


_COUNTED: Mapping[str, Callable[[Tables], ir.Table]] = {
    "cites": _cites,
    "cited": _cited,
    "claim_count": _claims,
    "family_size": _members,
    "age": _years,
}
