# SPDX-License-Identifier: Apache-2.0
"""Numbers made ready for reading: one alphabet, no blanks inside, kind code and date set apart."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import absent_as_null, as_text
from zhihang.terms.text_repair import to_half_width

_DATED = r"^(?P<number>.*\d[A-Z]?(?:\s+[A-Z]\d?)?)[\s,;]+(?P<year>(?:19|20)\d\d)-?(?:0\d|1[0-2])-?[0-3]\d$"
_WORDS = r"国家申请号|国际申请号|申请号|专利号|公开号|公告号|授权公告号|专利申请|第|号|:"


@dataclass(frozen=True)
class NumberText:
    """Numbers ready for reading, and the year of a date that stood behind a number (null where none did)."""

    text: pa.StringArray
    year: pa.Int16Array


def number_text(raw: pa.Array | pa.ChunkedArray) -> NumberText:
    """Fold to half width and upper case, drop blanks, commas and labels; marks of absence become null.

    A kind code set apart by a blank, a dash or brackets is set apart by `_`: `US 8,123,456 (B2)` becomes
    `US8123456_B2`. A date behind the number is taken off.
    """
    text = to_half_width(as_text(raw))
    text = absent_as_null(pc.ascii_upper(pc.utf8_trim_whitespace(_without_labels(text))))
    year = pa.nulls(len(text), pa.int16())
    if not pc.any(pc.match_substring_regex(text, r"[^A-Z0-9./]")).as_py():
        return NumberText(text, year)
    dated = pc.extract_regex(text, pattern=_DATED)
    if dated.null_count < len(dated):
        text = pc.if_else(pc.is_valid(dated), dated.field("number"), text)
        year = pc.if_else(pc.is_valid(dated), dated.field("year"), pa.scalar(None, pa.string())).cast(
            pa.int16()
        )
    text = pc.replace_substring_regex(text, r"(\w)[\s,]*[\s,\-(\[]\s*([A-WYZ]\d{0,2})\s*[)\]]?$", r"\1_\2")
    if pc.any(pc.match_substring_regex(text, r"^[A-Z]{2}-")).as_py():
        text = pc.replace_substring_regex(text, r"^([A-Z]{2})-", r"\1")
    text = pc.replace_substring_regex(text, r"[\s,'*]+", "")
    return NumberText(text, year)


def _without_labels(text: pa.StringArray) -> pa.StringArray:
    if pc.all(pc.string_is_ascii(text), min_count=0).as_py():
        return text
    return pc.replace_substring_regex(text, _WORDS, "")
