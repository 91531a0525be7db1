# SPDX-License-Identifier: Apache-2.0
"""What the store gives to the text index: the structure of every application, and the texts of some."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import ibis

from zhihang.retrieval.layout import DAYS

if TYPE_CHECKING:
    import ibis.expr.types as ir

Tables = Callable[[str], "ir.Table"]
SEPARATOR = "\n"
"""Stands between the values of a column that holds several."""
READ = ("application", "classification", "party", "publication", "text", "claim")
"""Recorded tables the index rests on."""
DERIVED = ("patent", "right_state", "family")
"""Derived tables the index rests on."""
_LANGUAGES = ("zh", "en", "")


def structure(table: Tables, today: date) -> ir.Table:
    """Return a row for each application, in the order of their ids, with all that stands beside its texts."""
    filed = table("application").select("application_id", "office", "kind", "filing_date", "grant_date")
    patent = table("patent").select("application_id", "region")
    printed = table("publication").group_by("application_id")
    published = printed.aggregate(
        publication_date=lambda rows: rows.publication_date.min(),
        publication_id=lambda rows: rows.publication_id.max(),
    )
    family = table("family").select("application_id", "family_id")
    rows = filed
    for more in (patent, published, family, _status(table, today), _symbols(table), _applicants(table)):
        rows = rows.left_join(more, "application_id").drop("application_id_right")
    days = {name: _day(rows[name]) for name in DAYS}
    return rows.mutate(**days).order_by("application_id")


def texts(table: Tables, first: str, last: str) -> ir.Table:
    """Return a row for each application from `first` to `last` (ids) that has texts, one column per text and language.

    Of several publications the last one speaks: B after A.
    """
    written = _between(table("text"), first, last)
    claims = _between(table("claim"), first, last)
    return _wide(written, claims)


def texts_of(table: Tables, ids: ir.Table) -> ir.Table:
    """Return the same for the applications of a table (`application_id`)."""
    return _wide(
        table("text").semi_join(ids, "application_id"), table("claim").semi_join(ids, "application_id")
    )


def text_columns() -> list[tuple[str, str]]:
    """Return the text columns of `texts`, each with the scope it belongs to."""
    return [
        (f"{scope}_{language or 'other'}", scope)
        for scope in ("title", "abstract", "first_claim", "claims", "description")
        for language in _LANGUAGES
    ]


def _wide(written: ir.Table, claims: ir.Table) -> ir.Table:
    written = written.filter(written.part.isin(["title", "abstract", "description"]))
    rows = written.select(
        "application_id", "part", "text", language=_language(written), order=_order(written)
    )
    told = {
        f"{part}_{language or 'other'}": rows.text.argmax(
            rows.order, where=(rows.part == part) & (rows.language == language)
        )
        for part in ("title", "abstract", "description")
        for language in _LANGUAGES
    }
    wide = rows.group_by("application_id").aggregate(**told)
    both = wide.outer_join(_claims(claims), "application_id")
    return both.mutate(application_id=both.application_id.coalesce(both.application_id_right)).drop(
        "application_id_right"
    )


def _claims(claims: ir.Table) -> ir.Table:
    rows = claims.select("application_id", "number", "text", language=_language(claims), order=_order(claims))
    window = ibis.window(group_by=[rows.application_id, rows.language])
    rows = rows.mutate(newest=rows.order.max().over(window))
    rows = rows.filter(rows.order == rows.newest)
    again = ibis.window(group_by=[rows.application_id, rows.language])
    rows = rows.mutate(lowest=rows.number.min().over(again))
    told = {}
    for language in _LANGUAGES:
        spoken = rows.language == language
        name = language or "other"
        told[f"first_claim_{name}"] = rows.text.argmin(rows.number, where=spoken)
        told[f"claims_{name}"] = rows.text.group_concat(
            sep=SEPARATOR, where=spoken & (rows.number > rows.lowest), order_by=rows.number
        )
    return rows.group_by("application_id").aggregate(**told)


def _language(rows: ir.Table) -> ir.StringColumn:
    return ibis.cases((rows.language == "zh", "zh"), (rows.language == "en", "en"), else_="")


def _order(rows: ir.Table) -> ir.StringColumn:
    """Newer publications of one application sort last: their kind code is further in the alphabet."""
    return rows.language.coalesce("") + ":" + rows.publication_id.coalesce("")


def _between(rows: ir.Table, first: str, last: str) -> ir.Table:
    return rows.filter(rows.application_id.between(first, last))


def _status(table: Tables, today: date) -> ir.Table:
    states = table("right_state")
    day = ibis.literal(today)
    holds = (states.valid_from.isnull() | (states.valid_from <= day)) & (
        states.valid_to.isnull() | (states.valid_to > day)
    )
    rows = states.filter(holds)
    return rows.group_by("application_id").aggregate(status=rows.state.argmax(rows.sequence))


def _symbols(table: Tables) -> ir.Table:
    rows = table("classification")
    rows = rows.filter(rows.scheme == "ipc")
    return rows.group_by("application_id").aggregate(
        ipc=rows.symbol.group_concat(sep=SEPARATOR, order_by=rows.position)
    )


def _applicants(table: Tables) -> ir.Table:
    rows = table("party")
    rows = rows.filter((rows.role == "applicant") & rows.name.notnull())
    return rows.group_by("application_id").aggregate(
        applicant=rows.name.group_concat(sep=SEPARATOR, order_by=rows.sequence)
    )


def _day(value: ir.DateColumn) -> ir.IntegerColumn:
    return value.year() * 10_000 + value.month() * 100 + value.day()
