# SPDX-License-Identifier: Apache-2.0
"""Plain counts over the whole store, as expressions: offices, years, kinds, applicants, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from zhihang.quality.check import Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir

KINDS = ("invention", "utility_model", "design")


def offices(tables: Tables) -> ir.Table:
    """Applications of each office, the most frequent first: `office`, `applications`, `first_year`, `last_year`."""
    application = tables("application")
    dated = application.mutate(year=event_year(application, "filing"))
    counted = dated.group_by("office").aggregate(
        applications=dated.count(), first_year=dated.year.min(), last_year=dated.year.max()
    )
    return counted.order_by([counted.applications.desc(), counted.office])


def yearly(application: ir.Table, event: Literal["filing", "grant"]) -> ir.Table:
    """Filings or grants (applications) by year and kind of right.

    Columns: `year`, `invention`, `utility_model`, `design`, `other` (any other kind, or none known), `total`; in the
    order of years. Applications without a date of the event are left out; half dates count with their year.
    """
    dated = application.mutate(year=event_year(application, event)).filter(lambda t: t.year.notnull())
    figures = {kind: (dated.kind == kind).fill_null(False).sum() for kind in KINDS}
    counted = dated.group_by("year").aggregate(**figures, total=dated.count())
    known = sum((counted[kind] for kind in KINDS[1:]), counted[KINDS[0]])
    return counted.select("year", *KINDS, other=counted.total - known, total=counted.total).order_by("year")


def event_year(application: ir.Table, event: Literal["filing", "grant"]) -> ir.IntegerValue:
    """Year of filing or grant; of a half date (`2013-05`) its year."""
    partial = application[f"{event}_date_partial"].substr(0, 4).try_cast("int32")
    return application[f"{event}_date"].year().fill_null(partial)


def largest_applicants(tables: Tables, *, top: int = 20) -> ir.Table:
    """First applicants with the most applications: `name`, `applications`.

    Names count as written; variants of one applicant are counted apart.
    """
    party = tables("party")
    first = party.filter((party.role == "applicant") & (party.sequence == 1) & party.name.notnull())
    counted = first.group_by("name").aggregate(applications=first.count())
    return counted.order_by([counted.applications.desc(), counted.name]).limit(top)


def refusals(tables: Tables, *, top: int = 20) -> ir.Table:
    """What was refused and why, the most frequent first: `scope`, `table_name`, `column_name`, `reason`, `rows`."""
    rejection = tables("rejection")
    counted = rejection.group_by(["scope", "table_name", "column_name", "reason"]).aggregate(
        rows=rejection.count()
    )
    return counted.order_by([counted.rows.desc(), counted.reason]).limit(top)
