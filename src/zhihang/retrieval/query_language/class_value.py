# SPDX-License-Identifier: Apache-2.0
"""Class symbols in a query: one spelling, and the order that ranges follow."""

from __future__ import annotations

import re

from zhihang.retrieval.query import ClassRange, ClassUnder, Equals, Query, Scheme, Span
from zhihang.retrieval.query_language.fault import Fault

_SYMBOL = re.compile(
    r"(?P<section>[A-HY])(?:(?P<class>\d\d)(?:(?P<subclass>[A-Z])(?:0{0,3}(?P<group>[1-9]\d{0,3})"
    r"(?:/(?P<subgroup>\d{2,6})?)?)?)?)?"
)
_BLANKS = re.compile(r"[\s-]+")
_BETWEEN = re.compile(r"\s+to\s+|\s*(?:\.\.+|~|至|到|,)\s*", re.IGNORECASE)
_LABELS = {"ipc": "IPC", "cpc": "CPC"}


def symbol(scheme: Scheme, text: str, at: Span) -> str:
    """Return a symbol as ``H``, ``H01``, ``H01M``, ``H01M10`` or ``H01M10/0525``.

    >>> symbol("ipc", "h01m 10/00", Span())
    'H01M10'
    """
    found = _SYMBOL.fullmatch(_BLANKS.sub("", text).upper().rstrip("*"))
    if found is None or (scheme == "ipc" and found["section"] == "Y"):
        raise Fault("class", at, text=text, scheme=_LABELS[scheme])
    head = "".join(found[part] or "" for part in ("section", "class", "subclass", "group"))
    subgroup = found["subgroup"]
    return f"{head}/{subgroup}" if subgroup and set(subgroup) != {"0"} else head


def under(field: str, text: str, at: Span, *, alone: bool) -> Query:
    """Return the leaf for a symbol and all below it; a full symbol that stands `alone` finds itself only."""
    scheme, main = _scheme(field)
    code = symbol(scheme, text, at)
    if alone and "/" in text.rstrip("/*"):
        full = code if "/" in code else f"{code}/00"
        return Equals(field, full, at=at)
    return ClassUnder(scheme, code, main, at=at)


def class_range(field: str, text: str, at: Span) -> ClassRange:
    """Return the leaf for the symbols from one to another."""
    scheme, main = _scheme(field)
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 2:
        raise Fault("range_form", at)
    low, high = (symbol(scheme, part, at) for part in parts)
    if order_key(low) > order_key(high):
        raise Fault("range_turned", at, low=low, high=high)
    return ClassRange(scheme, low, high, main, at=at)


def order_key(code: str) -> str:
    """Return a text that sorts as symbols follow each other: the group in four places.

    >>> order_key("H01M4/02") < order_key("H01M10")
    True
    """
    head, _, subgroup = code.partition("/")
    key = head[:4] + head[4:].zfill(4) if len(head) > 4 else head
    return f"{key}/{subgroup}" if subgroup else key


def _scheme(field: str) -> tuple[Scheme, bool]:
    return ("cpc", False) if field == "cpc" else ("ipc", field == "main_ipc")
