# SPDX-License-Identifier: Apache-2.0
"""Kind codes of US grants, for sources that name a patent by its number alone."""

from __future__ import annotations

import re

_FIRST_CODES = "2001-01-02"
"""From this day on the USPTO prints kind codes (WIPO ST.16)."""
_NUMBER = re.compile(r"(?:US\s?)?(D|PP|RE|H|T)?0*\d+")
_LATER = {"D": "S1", "RE": "E1", "H": "H1"}
_EARLIER = {"D": "S", "PP": "P", "RE": "E", "H": "H", "T": "I4"}


def grant_kind_code(number: str, granted: str | None, *, published_before: bool) -> str | None:
    """Return the kind code that follows from the number, the day of grant and whether the application was published.

    >>> grant_kind_code("11646472", "2023-05-09", published_before=True)
    'B2'
    >>> grant_kind_code("4347903", "1982-09-07", published_before=False)
    'A'
    >>> grant_kind_code("PP12345", "2002-01-01", published_before=False)
    'P2'
    """
    found = _NUMBER.fullmatch(number.strip())
    if found is None or not granted:
        return None
    prefix = found[1] or ""
    if granted < _FIRST_CODES:
        return _EARLIER.get(prefix, "A")
    if prefix == "PP":
        return "P3" if published_before else "P2"
    return _LATER.get(prefix, "B2" if published_before else "B1")
