# SPDX-License-Identifier: Apache-2.0
"""The states of each application and right, from day to day, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.event_effect import effects
from zhihang.derivation.right_announcement import announcements
from zhihang.derivation.right_interval import intervals
from zhihang.derivation.right_known import known_of, latest

if TYPE_CHECKING:
    import ibis.expr.types as ir


@derivation(
    reads=("application", "publication", "legal_event"),
    per="application",
    lists=("legal_event_effect", "legal_status_word", "right_term"),
    decisions=("term_compensation",),
)
def right_state(facts: Facts) -> ir.Table:
    """States of each application (pending, in force, lapsed ...) from day to day, as far as the records tell.

    A right is in force from the announcement of its grant to the end of its term, counted from the filing, unless an
    event ends it before: a lapse from the day the fee was due, an abandonment from the day it takes effect, a total
    invalidation from the very beginning (M-STAT-03). Dates that contradict each other, or are missing, give the state
    `unknown` with the reason. What no record ends is taken to go on; `evidence_to` says how far the records reach.
    """
    happened = effects(facts)
    known = known_of(facts, happened)
    states = intervals(announcements(known, happened))
    return _with_evidence(states, known)


def _with_evidence(states: ir.Table, known: ir.Table) -> ir.Table:
    import ibis

    seen = known.select("application_id", "status", "events", "last_evidence")
    rows = states.inner_join(seen, "application_id").view()
    recorded = rows.end_reason.notnull() & ~rows.end_reason.isin(["term", "term_at_latest"])
    reached = ibis.least(rows.last_evidence, ibis.coalesce(rows.valid_to, rows.last_evidence))
    open_ = rows.state.isin(["pending", "in_force"])
    stated = (rows.status == rows.state).fill_null(False) | (rows.events > 0)
    return rows.mutate(
        evidence_to=open_.ifelse(recorded.ifelse(rows.valid_to, latest(reached, rows.valid_from)), None),
        evidence=ibis.cases(
            (rows.state == "unknown", ibis.null("string")),
            (recorded | ~open_, "evidenced"),
            (stated, "stated"),
            else_="assumed",
        ),
    ).drop("status", "events", "last_evidence")
