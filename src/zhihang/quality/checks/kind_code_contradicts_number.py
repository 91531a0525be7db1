# SPDX-License-Identifier: Apache-2.0
"""Check: Chinese documents whose kind code and application number speak of different kinds of right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.chinese_number import number_kind, numbered_in_china
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir

KINDS = {
    "A": "invention",
    "B": "invention",
    "C": "invention",
    "U": "utility_model",
    "Y": "utility_model",
    "D": "design",
    "S": "design",
}


@check(label=Label("文献种类与申请号不符", "Kind code contradicts the number"), severity="error")
def kind_code_contradicts_number(evidence: Evidence) -> ir.Table:
    """The letter of the kind code means another kind of right than the digit behind the year in the number."""
    import ibis

    both = numbered_in_china(evidence.table("publication").filter(lambda t: t.office == "CN"))
    letter = both.kind_code.substr(0, 1)
    by_code = ibis.cases(*((letter == given, kind) for given, kind in KINDS.items()))
    read = both.mutate(kind_by_code=by_code, kind_by_number=number_kind(both.application_id))
    return read.filter(read.kind_by_code != read.kind_by_number).select(
        "application_id", "publication_id", "kind_by_code", "kind_by_number", "file_id", "line"
    )
