# SPDX-License-Identifier: Apache-2.0
"""Unified social credit codes with right check characters, in a range that no authority gives out."""

from __future__ import annotations

from zhihang.terms.credit_code import CHARACTERS, check_character, organisation_check_character

#: Organisation codes begin with these two characters: 虚拟 (xuni), invented. Real ones of firms begin with figures or MA.
_INVENTED = "XN"


def credit_code(category: str, region: str, number: int) -> str:
    """Return the code of an invented organisation (GB 32100: category, region, organisation code, check character).

    >>> credit_code("91", "450305", 7)
    '91450305XN0000071U'
    >>> credit_code("91", "450305", 7)[8:17] == organisation_code(7)
    True
    """
    body = f"{category}{region}{organisation_code(number)}"
    return body + check_character(body)


def organisation_code(number: int) -> str:
    """Return the nine characters of an invented organisation (GB 11714: eight characters and a check character)."""
    digits = ""
    for _ in range(6):
        number, place = divmod(number, len(CHARACTERS))
        digits = CHARACTERS[place] + digits
    body = _INVENTED + digits
    return body + organisation_check_character(body)
