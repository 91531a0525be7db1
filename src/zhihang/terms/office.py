# SPDX-License-Identifier: Apache-2.0
"""Offices by their two-letter codes (WIPO ST.3), and which office a number belongs to."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import as_missing

_WRITTEN = """
AD AE AF AG AI AL AM AN AO AP AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BQ BR BS BT BV BW BX BY BZ
CA CD CF CG CH CI CK CL CM CN CO CR CS CU CV CW CY CZ DD DE DJ DK DM DO DZ EA EC EE EG EH EM EP ER ES ET FI
FJ FK FO FR GA GB GC GD GE GG GH GI GL GM GN GQ GR GS GT GW GY HK HN HR HT HU IB ID IE IL IM IN IQ IR IS IT
JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO
MR MS MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OA OM PA PE PG PH PK PL PT PW PY QA QZ RO RS RU RW SA
SB SC SD SE SG SH SI SK SL SM SN SO SR ST SU SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US
UY UZ VA VC VE VG VN VU WO WS XN XU XV XX YE YU ZA ZM ZW RD TP
"""
OFFICES = frozenset(_WRITTEN.split())

#: Offices whose numbers begin with letters of their own, some of which look like another office (MI, TO, MU, PA).
_LETTERED = pa.array(["AR", "AU", "BR", "IT", "MX"])

_CODES = "|".join(sorted(OFFICES))
_OWN_PREFIX = rf"^(?:PCT|CNZL|ZL|WO|(?:{_CODES})(?:[^A-Z]|[A-Z]{{1,3}}[^A-Z]))"


def with_office(
    text: pa.StringArray, office: pa.StringArray | pa.ChunkedArray | str | None, default_office: str | None
) -> pa.StringArray:
    """Put the office before the numbers that do not name theirs, as in `US:12345678`.

    The colon tells the spellings that the office did not stand in the number itself.
    """
    given = _given(office, default_office, len(text))
    bare = pc.invert(pc.match_substring_regex(text, _OWN_PREFIX))
    if office is not None:
        lettered = pc.or_(pc.is_in(given, value_set=_LETTERED), pc.equal(given, "WO"))
        bare = pc.or_(bare, pc.and_(lettered, pc.invert(pc.starts_with(text, "PCT"))))
    if not pc.any(bare).as_py():
        return text
    begins = pc.and_(pc.equal(pc.utf8_slice_codeunits(text, 0, 2), given), pc.not_equal(given, ""))
    bare = pc.and_(bare, pc.invert(begins))
    joined = pc.binary_join_element_wise(given, pc.if_else(pc.equal(given, ""), "", ":"), text, "")
    return pc.if_else(bare, joined, text)


def _given(
    office: pa.StringArray | pa.ChunkedArray | str | None, default_office: str | None, length: int
) -> pa.StringArray:
    default = (default_office or "").strip().upper()
    if office is None or isinstance(office, str):
        return pa.repeat((office or default).strip().upper(), length)
    return pc.fill_null(pc.utf8_upper(as_missing(office)), default)
