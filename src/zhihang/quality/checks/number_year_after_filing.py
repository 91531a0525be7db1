# SPDX-License-Identifier: Apache-2.0
"""Check: Chinese numbers of a year after the filing date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.chinese_number import number_year, numbered_in_china
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("申请号年份晚于申请日", "Number younger than the filing date"), severity="info")
def number_year_after_filing(evidence: Evidence) -> ir.Table:
    """The year in a Chinese application number lies after the year of filing: most are divisional applications."""
    application = numbered_in_china(evidence.table("application"))
    dated = application.mutate(
        number_year=number_year(application.application_id), filing_year=application.filing_date.year()
    )
    return dated.filter(dated.number_year > dated.filing_year).select(
        "application_id", "filing_date", "number_year", "file_id", "line"
    )
