# SPDX-License-Identifier: Apache-2.0
"""Texts in a form that no spreadsheet program takes for a formula (docs/decisions/0003)."""

from __future__ import annotations

import re

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[\d.,]*%?")


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet program would take it for a formula.

    >>> harmless("=1+1"), harmless("-3.5"), harmless("电池")
    ("'=1+1", '-3.5', '电池')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text) else text
