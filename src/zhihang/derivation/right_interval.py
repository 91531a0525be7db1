# SPDX-License-Identifier: Apache-2.0
"""Announcements laid out in time: which state holds from when to when, and from when to when it was the state known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

_FIRST, _LAST = "0001-01-01", "9999-12-31"


def intervals(announced: ir.Table) -> ir.Table:
    """Lay the announcements of each application out in the order they became known.

    What is announced later overrides what was known before, from the day it has effect: a state holds until the
    earliest effective day of all later announcements, and was the state known until the next one. An end after an
    end says nothing new, unless it reaches further back; so does a restoration where nothing was lost.
    """
    return _laid_out(_telling(announced))


def _telling(announced: ir.Table) -> ir.Table:
    """Announcements that change something, with the effective day of restorations filled in."""
    import ibis

    rows = _ordered(announced)
    before = ibis.window(group_by="application_id", order_by=_order(rows), rows=(None, -1))
    rows = rows.mutate(
        life=(rows.restores | (rows.state == "in_force")).cast("int32").sum().over(before).fill_null(0)
    ).view()
    lost = rows.is_end.ifelse(rows.effective, None)
    within = ibis.window(group_by=["application_id", "life"], order_by=_order(rows), rows=(None, -1))
    rows = rows.mutate(lost_since=lost.min().over(within)).view()
    again = rows.is_end & (rows.effective >= rows.lost_since).fill_null(False)
    idle = rows.restores & rows.lost_since.isnull()
    rows = rows.filter(~again & ~idle)
    return rows.mutate(effective=rows.restores.ifelse(rows.lost_since, rows.effective)).view()


def _ordered(rows: ir.Table) -> ir.Table:
    """Add the day to sort by: a filing on no known day comes first, any other undated announcement last."""
    import ibis

    undated = (rows["rank"] == 0).ifelse(ibis.date(_FIRST), ibis.date(_LAST))
    return rows.mutate(place=ibis.coalesce(rows.known, undated)).view()


def _order(rows: ir.Table) -> list[ir.Value]:
    return [rows.place, rows["rank"], rows.effective, rows.state, rows.reason]


def _laid_out(rows: ir.Table) -> ir.Table:
    import ibis

    whole = ibis.window(group_by="application_id", order_by=_order(rows))
    later = ibis.window(group_by="application_id", order_by=_order(rows), rows=(1, None))
    rows = rows.mutate(
        sequence=(ibis.row_number().over(whole) + 1).cast("int32"),
        overridden=rows.effective.min().over(later),
        known_to=rows.place.lead().over(whole),
        next_effective=rows.effective.lead().over(whole),
        next_reason=rows.reason.lead().over(whole),
    ).view()
    valid_to = rows.effective.isnull().ifelse(rows.overridden, ibis.greatest(rows.overridden, rows.effective))
    valid_to = rows.overridden.isnull().ifelse(None, valid_to)
    ends_so = rows.next_effective.fill_null(ibis.date(_LAST)) == valid_to
    return rows.select(
        "application_id",
        "sequence",
        "state",
        "reason",
        valid_from=rows.effective,
        valid_to=valid_to,
        known_from=rows.known,
        known_to=rows.known_to.nullif(ibis.date(_LAST)),
        end_reason=valid_to.notnull().ifelse(ends_so.ifelse(rows.next_reason, "overridden"), None),
    )
