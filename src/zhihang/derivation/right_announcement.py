# SPDX-License-Identifier: Apache-2.0
"""Announcements: every change of state of an application, with the day it has effect from and the day it became known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.derivation.right_known import ENDS
from zhihang.derivation.right_term import years_later

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = ("application_id", "state", "effective", "known", "reason", "rank", "is_end", "restores")
#: Order of what became known on one day.
_FILED, _GRANTED, _DOUBTED, _ENDED, _RESTORED = range(5)
_GRACE_MONTHS = 6
"""A fee not paid is paid late within six months of the day it was due (rule 115)."""


def announcements(known: ir.Table, effects: ir.Table) -> ir.Table:
    """Every announcement of every application, in no order (columns: `COLUMNS`)."""
    sound = known.filter(~known.bad_grant)
    parts = [_impossible(known), _filing(sound), _grant(sound), _term(sound)]
    parts += [_missing_grant(sound), _stated_in_force(sound), _undated_end(sound), _stated_end(sound)]
    happened = effects.inner_join(sound, "application_id").view()
    parts += [_ends(happened), _contradicted(happened), _restored(happened)]
    first, *rest = parts
    return first.union(*rest)


def _announcement(
    rows: ir.Table,
    state: str | ir.StringValue,
    effective: ir.DateValue,
    known: ir.DateValue,
    reason: str | ir.StringValue,
    *,
    rank: int,
    is_end: bool | ir.BooleanValue = False,
    restores: bool = False,
) -> ir.Table:
    import ibis

    return rows.select(
        "application_id",
        state=ibis.literal(state) if isinstance(state, str) else state,
        effective=effective.cast("date"),
        known=known.cast("date"),
        reason=ibis.literal(reason) if isinstance(reason, str) else reason,
        rank=ibis.literal(rank, "int32"),
        is_end=ibis.literal(is_end) if isinstance(is_end, bool) else is_end,
        restores=ibis.literal(restores),
    )


def _impossible(known: ir.Table) -> ir.Table:
    """Grant before filing, whichever date one takes: nothing can be said."""
    import ibis

    rows = known.filter(known.bad_grant)
    nothing = ibis.null("date")
    return _announcement(rows, "unknown", nothing, nothing, "grant_before_filing", rank=_DOUBTED)


def _filing(rows: ir.Table) -> ir.Table:
    import ibis

    missing = rows.nothing.ifelse("no_dates", "filing_date_missing")
    reason = rows.filed.isnull().ifelse(missing, "filing")
    state = rows.nothing.ifelse("unknown", ibis.literal("pending"))
    return _announcement(rows, state, rows.filed, rows.filed, reason, rank=_FILED)


def _grant(rows: ir.Table) -> ir.Table:
    rows = rows.filter(rows.granted.notnull())
    return _announcement(rows, "in_force", rows.granted, rows.granted, rows.grant_reason, rank=_GRANTED)


def _term(rows: ir.Table) -> ir.Table:
    import ibis

    rows = rows.filter(
        rows.term_end.notnull() & (rows.granted.notnull() | rows.grant_missing) & (rows.expiries == 0)
    )
    reason = rows.filed.isnull().ifelse("term_at_latest", ibis.literal("term"))
    return _announcement(rows, "expired", rows.term_end, rows.term_end, reason, rank=_ENDED, is_end=True)


def _missing_grant(rows: ir.Table) -> ir.Table:
    rows = rows.filter(rows.grant_missing)
    return _announcement(rows, "unknown", rows.filed, rows.filed, "grant_date_missing", rank=_DOUBTED)


def _stated_in_force(rows: ir.Table) -> ir.Table:
    """Granted on a day that no source gives, and said to be in force on one: in force since then at the latest."""
    rows = rows.filter(rows.grant_missing & (rows.status == "in_force") & rows.status_date.notnull())
    rows = rows.filter(rows.ends == 0)
    return _announcement(rows, "in_force", rows.status_date, rows.status_date, "status", rank=_DOUBTED)


def _without_end(rows: ir.Table) -> ir.Table:
    """Applications that are over by their status, while no event says so; an expiry follows from the term."""
    over = rows.filter(rows.status.isin(ENDS) & (rows.ends == 0))
    by_term = (over.status == "expired") & over.term_end.notnull()
    return over.filter(~by_term)


def _undated_end(rows: ir.Table) -> ir.Table:
    import ibis

    rows = _without_end(rows)
    since = ibis.least(rows.last_but_status, ibis.coalesce(rows.status_date, rows.last_but_status))
    return _announcement(rows, "unknown", since, since, "end_not_dated", rank=_DOUBTED)


def _stated_end(rows: ir.Table) -> ir.Table:
    rows = _without_end(rows)
    rows = rows.filter(rows.status_date.notnull())
    day = rows.status_date
    return _announcement(rows, rows.status, day, day, "status", rank=_ENDED, is_end=True)


def _ends(happened: ir.Table) -> ir.Table:
    """Ends that events announce, or `unknown` where their dates cannot be."""
    import ibis

    rows = happened.filter(happened.effect.isin(ENDS))
    rows = rows.mutate(due=_annuity_due(rows), said=_said_end(rows)).view()
    void = rows.effect == "invalidated"
    given = ibis.coalesce(rows.effective, rows.said)
    by_law = ibis.cases(
        (void & rows.granted.notnull(), rows.granted),
        (given.notnull(), given),
        (rows.effect == "lapsed", ibis.coalesce(rows.due, rows.announced)),
        (rows.effect == "expired", ibis.coalesce(rows.term_end, rows.announced)),
        else_=rows.announced,
    )
    reason = ibis.cases(
        (void, "invalidation"),
        (given.notnull(), "event"),
        ((rows.effect == "lapsed") & rows.due.notnull(), "annuity_due"),
        ((rows.effect == "expired") & rows.term_end.notnull(), "term"),
        else_="announcement",
    )
    rows = rows.mutate(by_law=by_law, reason=reason).view()
    announced = ibis.coalesce(rows.announced, rows.by_law)
    # The law tells the end of the term beforehand, whenever the gazette prints it.
    announced = (rows.effect == "expired").ifelse(rows.by_law, announced)
    begun = ibis.coalesce(rows.granted, rows.filed)
    of_application = rows.effect.isin(["withdrawn", "refused"])
    late = of_application & rows.granted.notnull() & (announced >= rows.granted)
    early = ~late & (rows.by_law < ibis.coalesce(of_application.ifelse(rows.filed, begun), rows.by_law))
    undated = rows.by_law.isnull() & ~((rows.effect == "invalidated") & rows.granted.notnull())
    doubt = ibis.cases(
        (undated, "end_not_dated"),
        (late.fill_null(False), "application_end_after_grant"),
        (early.fill_null(False) & rows.granted.notnull() & ~of_application, "end_before_grant"),
        (early.fill_null(False), "end_before_filing"),
    )
    since = ibis.cases(
        (undated, begun), (late.fill_null(False), announced), (doubt.notnull(), begun), else_=rows.by_law
    )
    return _announcement(
        rows,
        doubt.isnull().ifelse(rows.effect, "unknown"),
        since,
        undated.ifelse(begun, doubt.notnull().ifelse(ibis.greatest(announced, since), announced)),
        ibis.coalesce(doubt, rows.reason),
        rank=_ENDED,
        is_end=doubt.isnull(),
    )


def _annuity_due(rows: ir.Table) -> ir.DateValue:
    """Last anniversary of the filing at least six months before the announcement (M-STAT-03, rule 115)."""
    import ibis

    latest = rows.announced - ibis.interval(months=_GRACE_MONTHS)
    years = latest.year() - rows.filed.year()
    this_year, year_before = years_later(rows.filed, years), years_later(rows.filed, years - 1)
    return (this_year <= latest).ifelse(this_year, year_before)


def _said_end(rows: ir.Table) -> ir.DateValue:
    """Day that the detail of an event names: 终止日期:20131231."""
    text = rows.detail.fill_null("").re_extract(r"(?:终止日期|放弃生效日)[:：]\s*(\d{8})", 1)
    day = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2)
    return (text == "").ifelse(None, day).try_cast("date")


def _contradicted(happened: ir.Table) -> ir.Table:
    """A source says in force on a day after an end was announced, and nothing was restored."""
    import ibis

    rows = happened.filter(happened.effect.isin([end for end in ENDS if end != "expired"]))
    rows = rows.filter(
        (rows.status == "in_force") & (rows.restorations == 0) & (rows.status_date > rows.announced)
    )
    since = ibis.coalesce(rows.effective, rows.announced)
    since = ibis.greatest(since, ibis.coalesce(rows.granted, rows.filed, since))
    return _announcement(rows, "unknown", since, rows.status_date, "status_contradicts_end", rank=_DOUBTED)


def _restored(happened: ir.Table) -> ir.Table:
    """A right given back is in force again, an application pending; from when, the loss it undoes will tell."""
    import ibis

    rows = happened.filter(happened.effect == "restored")
    day = ibis.coalesce(rows.announced, rows.effective)
    granted = (rows.granted <= day).fill_null(False)
    state = granted.ifelse("in_force", ibis.literal("pending"))
    return _announcement(rows, state, ibis.null("date"), day, "restoration", rank=_RESTORED, restores=True)
