# SPDX-License-Identifier: Apache-2.0
"""Check: Chinese rights said to be in force after the end of their term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.calendar_number import ONE_YEAR, day_number, number_of
from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("超过保护期仍标为有效", "In force beyond its term"), severity="warning")
def in_force_beyond_term(evidence: Evidence) -> ir.Table:
    """The status says in force, yet the longest term ended before the date of the status (today where it has none).

    Either the status is out of date or a date is wrong. Only Chinese rights; term compensation is not reckoned with.
    """
    import ibis

    limits = evidence.limits
    words = [row["word"] for row in evidence.codes.rows("legal_status_word") if row["state"] == "in_force"]
    application = evidence.table("application")
    first_word = application.legal_status.re_extract(r"^\s*([^|;；,，]*[^|;；,，\s])", 1).lower()
    held = application.filter((application.office == "CN") & first_word.isin(words))
    filed = day_number(held.filing_date)
    design = ibis.ifelse(filed < number_of(limits.new_design_law), limits.old_design_term, limits.design_term)
    term = ibis.cases(
        (held.kind == "invention", limits.invention_term),
        (held.kind == "utility_model", limits.utility_model_term),
        (held.kind == "design", design),
    )
    seen = day_number(held.legal_status_date).fill_null(number_of(evidence.today))
    return (
        held.mutate(term_years=term, ended=filed + term * ONE_YEAR, seen=seen)
        .filter(lambda t: t.seen > t.ended)
        .select(
            "application_id",
            "kind",
            "filing_date",
            "term_years",
            "legal_status",
            "legal_status_date",
            "file_id",
            "line",
        )
    )
