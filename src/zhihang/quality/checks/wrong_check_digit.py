# SPDX-License-Identifier: Apache-2.0
"""Check: application numbers whose check digit is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("申请号校验位错误", "Wrong check digit"), severity="error")
def wrong_check_digit(evidence: Evidence) -> ir.Table:
    """The check digit does not fit the number: a digit was mistyped, or two were exchanged."""
    application = evidence.table("application")
    return application.filter(application.check_digit == "wrong").select(
        "application_id", "application_number", "file_id", "line"
    )
