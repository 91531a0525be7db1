# SPDX-License-Identifier: Apache-2.0
"""Check: Chinese numbers of a year before the filing date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.chinese_number import number_year, numbered_in_china
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("申请号年份早于申请日", "Number older than the filing date"), severity="error")
def number_year_before_filing(evidence: Evidence) -> ir.Table:
    """The year in a Chinese application number lies before the year of filing: numbers are not given in advance."""
    application = numbered_in_china(evidence.table("application"))
    dated = application.mutate(
        number_year=number_year(application.application_id), filing_year=application.filing_date.year()
    )
    return dated.filter(dated.number_year < dated.filing_year).select(
        "application_id", "filing_date", "number_year", "file_id", "line"
    )
