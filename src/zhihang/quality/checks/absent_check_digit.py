# SPDX-License-Identifier: Apache-2.0
"""Check: application numbers without a check digit, in files where others have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("申请号缺校验位", "Check digit missing"), severity="info")
def absent_check_digit(evidence: Evidence) -> ir.Table:
    """The number has no check digit although others of the same file have one: it may have been cut off."""
    application = evidence.recorded("application")
    checked = (
        application.filter(application.check_digit.isin(["right", "wrong"])).select("file_id").distinct()
    )
    absent = application.filter(application.check_digit == "absent")
    return absent.semi_join(checked, "file_id").select(
        "application_id", "application_number", "file_id", "line"
    )
