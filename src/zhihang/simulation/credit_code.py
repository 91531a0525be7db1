# SPDX-License-Identifier: Apache-2.0
"""Unified social credit codes with right check characters, in a range that no authority gives out."""

from __future__ import annotations

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_CHARACTERS)}
_CODE_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ORGANISATION_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
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


def check_character(body: str) -> str:
    """Return the last character of a code from the 17 before it; the example is that of the standard.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _CODE_WEIGHTS, strict=True))
    return _CHARACTERS[-total % 31]


def organisation_code(number: int) -> str:
    """Return the nine characters of an invented organisation (GB 11714: eight characters and a check character)."""
    digits = ""
    for _ in range(6):
        number, place = divmod(number, len(_CHARACTERS))
        digits = _CHARACTERS[place] + digits
    body = _INVENTED + digits
    total = sum(
        _ORGANISATION_CHARACTERS.index(character) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return body + "0123456789X0"[11 - total % 11]
