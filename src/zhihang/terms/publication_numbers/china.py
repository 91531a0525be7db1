# SPDX-License-Identifier: Apache-2.0
"""Chinese publication numbers: seven to nine digits and a kind code."""

from __future__ import annotations

from zhihang.terms.number_part import constant
from zhihang.terms.spelling import Parts, Spelling


def _read(parts: Parts) -> Parts:
    return {
        "office": constant("CN", parts["number"]),
        "number": parts["number"],
        "kind_code": parts["kind_code"],
    }


SPELLINGS = (
    # Derwent on the numbers of the first years, which were application numbers: CN1985100156A
    Spelling(r"^CN:?19(?P<number>8[5-9]\d{6})_?(?P<kind_code>A)$", _read),
    Spelling(r"^CN:?0*(?P<number>[1-9]\d{4,8})_?(?P<kind_code>(?:[A-Z]\d?)?)$", _read),
)
