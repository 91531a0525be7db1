# SPDX-License-Identifier: Apache-2.0
"""Which claims an English claim refers to, for sources that do not mark it."""

from __future__ import annotations

import re

_NUMBERS = (
    r"\d{1,3}(?:\s*(?:,|-|–|\bto\b|\bthrough\b|\band\b|\bor\b|,\s*or\b|,\s*and\b|\bclaims?\b)\s*\d{1,3})*"
)
_NAMED = re.compile(rf"\bclaims?\s+({_NUMBERS})", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:\s*(?:-|–|to|through)\s*(\d+))?", re.IGNORECASE)
_LONGEST = 100


def claims_named(text: str, number: int) -> str | None:
    """Return the numbers of the earlier claims that a claim names, comma separated, or None.

    >>> claims_named("2. The box of claim 1, wherein ...", 2)
    '1'
    >>> claims_named("5. A method as in any of claims 1 to 3 or 4, wherein ...", 5)
    '1,2,3,4'
    >>> claims_named("1. A box that claims much.", 1)
    """
    named: dict[int, None] = {}
    for found in _NAMED.finditer(text):
        for first, last in _RANGE.findall(found[1]):
            begin, end = int(first), int(last or first)
            if begin <= end < begin + _LONGEST:
                named |= dict.fromkeys(range(begin, end + 1))
    return ",".join(str(one) for one in named if 0 < one < number) or None
