# SPDX-License-Identifier: Apache-2.0
"""Publication numbers of all other offices: the number as it stands, without signs."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.office import OFFICES
from zhihang.terms.spelling import Parts, Spelling

_OFFICES = pa.array(sorted(OFFICES - {"CN", "EP", "US"}))
_ZEROS_IN_FRONT = pa.array(["CN", "RU", "ES", "DE", "FR", "CA", "TW"])


def _read(parts: Parts) -> Parts:
    number = pc.replace_substring_regex(parts["number"], r"[^A-Z0-9]", "")
    bare = pc.ascii_ltrim(number, characters="0")
    number = pc.if_else(pc.is_in(parts["office"], value_set=_ZEROS_IN_FRONT), bare, number)
    unknown = pc.invert(pc.is_in(parts["office"], value_set=_OFFICES))
    return {
        "office": parts["office"],
        "number": number,
        "kind_code": parts["kind_code"],
        "refused": pc.or_(unknown, pc.equal(number, "")),
    }


SPELLINGS = (
    Spelling(
        r"^(?P<office>[A-Z]{2}):?(?P<number>[A-Z/.\-]{0,7}\d[A-Z0-9/.\-]{0,18}?)_(?P<kind_code>[A-Z]\d?)$",
        _read,
    ),
    Spelling(
        r"^(?P<office>[A-Z]{2}):?(?P<number>[A-Z/.\-]{0,7}\d(?:[A-Z0-9/.\-]{0,18}?\d)?)(?P<kind_code>(?:[A-Z]\d?)?)$",
        _read,
    ),
)
