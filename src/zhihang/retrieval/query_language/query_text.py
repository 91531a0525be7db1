# SPDX-License-Identifier: Apache-2.0
"""The text of a query in one spelling: half width, one kind of quotation mark; every character knows its place."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from zhihang.retrieval.query import Span
from zhihang.retrieval.query_language.fault import Fault

LONGEST = 200_000
"""No query may have more characters."""

_QUOTES = dict.fromkeys("“”„‟〝〞「」『』«»", '"')
_SINGLE = dict.fromkeys("‘’‚‛", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_BLANKS = dict.fromkeys("。《》\t\r\x0b\x0c\x85\u2028\u2029", " ")
_OTHERS = {"、": ",", "【": "[", "】": "]", "〔": "[", "〕": "]", "～": "~", "〜": "~"}
_LONGER = {"≥": ">=", "≤": "<=", "≠": "!=", "…": ".."}
_SPELT = {**_QUOTES, **_SINGLE, **_DASHES, **_BLANKS, **_OTHERS, **_LONGER}


@dataclass(frozen=True)
class QueryText:
    """A query in one spelling (`chars`), and for each character its place in the text as written."""

    written: str
    chars: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the place, in the text as written, of characters `start` up to `end`."""
        if start >= len(self.chars):
            return Span(len(self.written), len(self.written))
        last = self.places[min(max(end, start + 1), len(self.chars)) - 1]
        return Span(self.places[start], last + 1)


def spelt(written: str) -> QueryText:
    """Bring a query into one spelling; characters of no width vanish, those that cannot be read are refused."""
    if len(written) > LONGEST:
        raise Fault("long", Span(LONGEST, LONGEST + 1), count=len(written), most=LONGEST)
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(written):
        for one in _spelt(char, place):
            chars.append(one)
            places.append(place)
    return QueryText(written, "".join(chars), tuple(places))


def _spelt(char: str, place: int) -> str:
    if char in _SPELT:
        return _SPELT[char]
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    if char < "\x7f" and (char >= " " or char == "\n"):
        return char
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category == "Cf":
        return ""
    if category in ("Cc", "Cs"):
        raise Fault("control", Span(place, place + 1), name=f"U+{ord(char):04X}")
    return char
