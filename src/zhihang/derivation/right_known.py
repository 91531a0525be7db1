# SPDX-License-Identifier: Apache-2.0
"""What the records say of each application: its dates, which of them can be believed, and how its status is worded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Facts
from zhihang.derivation.right_term import compensation, term_end

if TYPE_CHECKING:
    import ibis.expr.types as ir

ENDS = ("lapsed", "expired", "abandoned", "ended", "withdrawn", "refused", "invalidated")
_OF_RIGHT = ("lapsed", "expired", "abandoned", "ended", "invalidated")


def known_of(facts: Facts, effects: ir.Table) -> ir.Table:
    """One row per application with what its life is told from.

    `filed`, `granted`, `grant_reason`; `bad_grant` (every grant date is before the filing), `grant_missing` (granted,
    no date); `term_end`; `status` (a state, or null), `status_date`; `ends` (events that end it), `restorations`,
    `events`; `last_evidence` (last day any record speaks of), `nothing` (no date at all).
    """
    rows = facts.table("application")
    rows = rows.select(
        "application_id",
        "office",
        "kind",
        "grant_date",
        "legal_status_date",
        filed=rows.filing_date,
        word=rows.legal_status.re_extract(r"^\s*([^|;；,，]*[^|;；,，\s])", 1).lower(),
    )
    for part in (_published(facts), _happened(facts), _effected(effects), compensation(facts)):
        rows = _beside(rows, part, "application_id")
    rows = _beside(rows, facts.values(_status_words(facts)), "word")
    return _settled(facts, rows)


def _beside(rows: ir.Table, part: ir.Table, key: str) -> ir.Table:
    """Put the columns of `part` beside `rows`, without its key."""
    renamed = part.rename({f"{key}_": key})
    return rows.left_join(renamed, rows[key] == renamed[f"{key}_"]).drop(f"{key}_")


def _published(facts: Facts) -> ir.Table:
    rows = facts.table("publication")
    grant = rows.stage == "grant"
    return rows.group_by("application_id").aggregate(
        published_grant=rows.publication_date.min(where=grant),
        last_published=rows.publication_date.max(),
        grants_published=grant.fill_null(False).cast("int32").max(),
    )


def _happened(facts: Facts) -> ir.Table:
    rows = facts.table("legal_event")
    return rows.group_by("application_id").aggregate(last_event=rows.event_date.max(), events=rows.count())


def _effected(effects: ir.Table) -> ir.Table:
    granted = effects.effect == "grant"
    return effects.group_by("application_id").aggregate(
        grant_event=effects.announced.min(where=granted),
        grant_events=granted.cast("int32").sum(),
        ends=effects.effect.isin(ENDS).cast("int32").sum(),
        restorations=(effects.effect == "restored").cast("int32").sum(),
        expiries=(effects.effect == "expired").cast("int32").sum(),
    )


def _status_words(facts: Facts) -> pa.Table:
    rows = [row for row in facts.codes.rows("legal_status_word") if row["right_state"]]
    return pa.table(
        {
            "word": pa.array([row["word"].lower() for row in rows]),
            "status": pa.array([row["right_state"] for row in rows]),
            "status_group": pa.array([row["state"] for row in rows]),
        }
    )


def _settled(facts: Facts, rows: ir.Table) -> ir.Table:
    import ibis

    candidates = {
        "grant": rows.grant_date,
        "grant_of_publication": rows.published_grant,
        "grant_of_event": rows.grant_event,
    }
    fits = {
        reason: day.notnull() & (rows.filed.isnull() | (day >= rows.filed))
        for reason, day in candidates.items()
    }
    any_grant = ibis.coalesce(*candidates.values())
    granted = ibis.cases(*((fits[reason], day) for reason, day in candidates.items()))
    said = (rows.grants_published == 1) | (rows.grant_events > 0)
    said |= rows.status_group.isin(["in_force", "ended"])
    rows = rows.mutate(
        granted=granted,
        grant_reason=ibis.cases(*((fits[reason], reason) for reason in candidates)),
        bad_grant=granted.isnull() & any_grant.notnull(),
        grant_missing=any_grant.isnull() & said.fill_null(False),
        ends=rows.ends.fill_null(0),
        restorations=rows.restorations.fill_null(0),
        expiries=rows.expiries.fill_null(0),
        events=rows.events.fill_null(0),
        status_date=rows.status.notnull().ifelse(rows.legal_status_date, None),
    ).view()
    dates = (rows.filed, rows.granted, rows.last_published, rows.last_event, rows.status_date)
    rows = rows.mutate(
        term_end=_extended(term_end(facts, rows), rows.days),
        last_evidence=latest(*dates),
        last_but_status=latest(*dates[:-1]),
        nothing=ibis.coalesce(*dates).isnull(),
    )
    return rows.select(
        "application_id", "filed", "granted", "grant_reason", "bad_grant", "grant_missing", "term_end", "status",
        "status_date", "ends", "restorations", "expiries", "events", "last_evidence", "last_but_status", "nothing",
    )  # fmt: skip


def latest(*days: ir.DateValue) -> ir.DateValue:
    """Return the latest of several days, the missing ones aside."""
    import ibis

    first = ibis.date("0001-01-01")
    found = ibis.greatest(*(day.fill_null(first) for day in days))
    return found.nullif(first)


def _extended(end: ir.DateValue, days: ir.IntegerValue) -> ir.DateValue:
    return days.notnull().ifelse(end + days.fill_null(0).as_interval("D"), end)
