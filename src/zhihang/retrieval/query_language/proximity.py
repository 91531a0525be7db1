# SPDX-License-Identifier: Apache-2.0
"""Words near each other: lists of words at the sides become pairs."""

from __future__ import annotations

import itertools

from zhihang.retrieval.query import And, Near, Not, Or, Phrase, Query, Term, Wildcard
from zhihang.retrieval.query_language.fault import Fault

MOST_PAIRS = 400


def near(left: Query, right: Query, *, distance: int, ordered: bool) -> Query:
    """Return the query for two sides near each other; a side is a word, a phrase, or several joined by OR."""
    at = left.at.to(right.at)
    sides = [_words(left), _words(right)]
    pairs = [(a, b) for a, b in itertools.product(*sides) if a.field == b.field]
    if not pairs or {a.field for a in sides[0]} != {b.field for b in sides[1]}:
        raise Fault("near_field", at)
    if len(pairs) > MOST_PAIRS:
        raise Fault("near_many", at, count=len(pairs), most=MOST_PAIRS)
    found = tuple(Near(a.field, a, b, distance, ordered, at=at) for a, b in pairs)
    return found[0] if len(found) == 1 else Or(found, at=at)


def _words(side: Query) -> list[Term | Phrase]:
    if isinstance(side, (Term, Phrase)):
        return [side]
    if isinstance(side, Or):
        return [word for part in side.parts for word in _words(part)]
    raise Fault("near_side", side.at, **_what(side))


def _what(side: Query) -> dict[str, str]:
    if isinstance(side, Wildcard):
        return {"what": ", not a word by pattern", "what_zh": "，不能是通配词"}
    if isinstance(side, (And, Not)):
        return {"what": "; AND and NOT cannot stand in its brackets", "what_zh": "，括号内不能有 AND、NOT"}
    if isinstance(side, Near):
        return {"what": "", "what_zh": ""}
    return {"what": ", not conditions of other fields", "what_zh": "，不能是其他字段的条件"}
