# SPDX-License-Identifier: Apache-2.0
"""Check: dates that have not come yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir

_DATES = (
    ("application", "filing_date"),
    ("application", "grant_date"),
    ("publication", "publication_date"),
    ("priority", "priority_date"),
)


@check(label=Label("日期在未来", "Date in the future"), severity="error")
def date_in_future(evidence: Evidence) -> ir.Table:
    """A filing, grant, publication or priority date lies after today."""
    import ibis

    found = []
    for name, column in _DATES:
        table = evidence.table(name)
        late = table.filter(table[column] > ibis.literal(evidence.today))
        found.append(
            late.select(
                "application_id", date=late[column], what=ibis.literal(column), file_id="file_id", line="line"
            )
        )
    return found[0].union(*found[1:])
