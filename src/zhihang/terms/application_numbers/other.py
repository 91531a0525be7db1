# SPDX-License-Identifier: Apache-2.0
"""Application numbers of all other offices: the number as it stands, without signs, and the kind where it counts."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.number_part import join
from zhihang.terms.office import OFFICES
from zhihang.terms.spelling import Parts, Spelling

_OFFICES = pa.array(sorted(OFFICES - {"CN", "EP", "US", "WO"}))
#: Kind codes of patent applications; utility models, designs and translations often count apart and keep theirs.
_PATENT = pa.array(["", "A", "B", "C", "D", "W"])


def _read(parts: Parts) -> Parts:
    attached = pc.and_(pc.equal(parts["mark"], ""), pc.not_equal(parts["kind"], "A"))
    told_apart = pc.or_(attached, pc.invert(pc.is_in(parts["kind"], value_set=_PATENT)))
    kind = pc.if_else(told_apart, parts["kind"], "")
    number = pc.replace_substring_regex(parts["number"], r"[^A-Z0-9]", "")
    return {
        "application_id": join(parts["office"], number, kind),
        "office": parts["office"],
        "refused": pc.invert(pc.is_in(parts["office"], value_set=_OFFICES)),
    }


SPELLINGS = (
    Spelling(
        r"^(?P<office>[A-Z]{2}):?(?P<number>[A-Z/.\-]{0,6}\d[A-Z0-9/.\-]{0,18}?)(?:\.\d)?(?:(?P<mark>_?)(?P<kind>[A-Z])\d?)?$",
        _read,
    ),
)
