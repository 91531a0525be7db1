# SPDX-License-Identifier: Apache-2.0
"""Two-letter office codes (WIPO ST.3), and numbers that carry theirs as a prefix."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.text_repair import as_text

OFFICES = frozenset(
    """
    AD AE AF AG AI AL AM AN AO AP AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BV BW BX BY BZ
    CA CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CY CZ DD DE DJ DK DM DO DZ EA EC EE EG EH EM EP ER ES ET FI
    FJ FK FO FR GA GB GC GD GE GG GH GI GL GM GN GQ GR GS GT GW GY HK HN HR HT HU IB ID IE IL IM IN IQ IR IS IT
    JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO
    MR MS MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OA OM PA PE PG PH PK PL PT PW PY QA QZ RO RS RU RW SA
    SB SC SD SE SG SH SI SK SL SM SN SO SR ST SU SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US
    UY UZ VA VC VE VG VN VU WO WS XN XU XV XX YE YU ZA ZM ZW
    """.split()
)

_PREFIX = r"^(?:PCT|ZL|CNZL|(?:" + "|".join(sorted(OFFICES)) + r"))[^A-Z]*(?:[A-Z]{1,3}[^A-Z]*)?\d"


def with_office(
    text: pa.StringArray, office: pa.StringArray | pa.ChunkedArray | str | None, default_office: str | None
) -> pa.StringArray:
    """Put the office in front of the numbers that do not carry one themselves."""
    bare = pc.fill_null(pc.invert(pc.match_substring_regex(text, _PREFIX)), False)
    if not pc.any(bare).as_py():
        return text
    given = _given(office, default_office, len(text))
    return pc.if_else(bare, pc.binary_join_element_wise(given, text, ""), text)


def _given(
    office: pa.StringArray | pa.ChunkedArray | str | None, default_office: str | None, length: int
) -> pa.StringArray:
    default = (default_office or "").upper()
    if office is None or isinstance(office, str):
        return pa.repeat((office or default).strip().upper(), length)
    return pc.fill_null(pc.ascii_upper(pc.utf8_trim_whitespace(as_text(office))), default)
