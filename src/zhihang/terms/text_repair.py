# SPDX-License-Identifier: Apache-2.0
"""Text made readable again: full-width letters folded to half width, and mojibake that can be undone."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_WIDE_RUN = "[\u3000\u2002-\u200b\u202f\u00a0\ufeff\uff01-\uff5e\u2010-\u2015\u2212\u3002\u00b7]"


def to_half_width(text: pa.StringArray) -> pa.StringArray:
    """Fold full-width digits, letters, punctuation and blanks to ASCII; other characters stay."""
    text = as_text(text)
    if pc.all(pc.string_is_ascii(text)).as_py() is not False:
        return text
    wide = pc.fill_null(pc.match_substring_regex(text, _WIDE_RUN), False)
    if not pc.any(wide).as_py():
        return text
    folded = [None if value is None else value.translate(_TO_ASCII) for value in text.filter(wide).to_pylist()]
    return pc.replace_with_mask(text, wide, pa.array(folded, pa.string()))


def as_text(values: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Return any array as one contiguous array of strings."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values if values.type == pa.string() else values.cast(pa.string())


_TO_ASCII: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_TO_ASCII |= dict.fromkeys([0x3000, 0xA0, 0x202F, *range(0x2002, 0x200B)], " ")
_TO_ASCII |= dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_TO_ASCII |= {0x3002: ".", 0xB7: ".", 0x200B: "", 0xFEFF: ""}


_BLANK = pa.array(["", "-", "--", "NA", "N/A", "NULL", "NONE", "无"])


def fold(values: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Prepare numbers for reading: half width, upper case, no commas, one `_` for inner blanks, null for blanks."""
    text = pc.ascii_upper(pc.utf8_trim_whitespace(to_half_width(as_text(values))))
    if pc.any(pc.match_substring_regex(text, r"[\s,]")).as_py():
        text = pc.replace_substring_regex(text, r"[\s,]+([A-Z]\d?)$", r"_\1")
        text = pc.replace_substring_regex(text, r"[\s,]+", "")
    return pc.if_else(pc.is_in(text, value_set=_BLANK), pa.scalar(None, pa.string()), text)
