# SPDX-License-Identifier: Apache-2.0
"""From the tree of a query back to text in our own style."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from zhihang.retrieval.query import (
    And,
    ClassRange,
    ClassUnder,
    Equals,
    Industry,
    Leaf,
    Name,
    Near,
    Not,
    Number,
    Or,
    Organisation,
    Phrase,
    Place,
    Query,
    SavedSet,
    Status,
    Term,
    Wildcard,
    Within,
)
from zhihang.retrieval.query_language.field import fields

_NUMBERS = {"any": "NO", "application": "AN", "publication": "PN"}


def unparse(query: Query) -> str:
    """Return a text that reads as the same query.

    >>> unparse(And((Term("title", "电池"), Not(Status("in_force")))))
    '(TI=电池 AND NOT LS="in_force")'
    """
    if isinstance(query, (And, Or)):
        word = " AND " if isinstance(query, And) else " OR "
        return f"({word.join(map(unparse, query.parts))})"
    if isinstance(query, Not):
        return f"NOT {unparse(query.part)}"
    return _leaf(query)


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, (Term, Phrase)):
        return f"{_scope(leaf.field)}={_words(leaf)}"
    if isinstance(leaf, Wildcard):
        return f"{_scope(leaf.field)}={leaf.pattern}"
    if isinstance(leaf, Near):
        word = "PRE" if leaf.ordered else "NEAR"
        return f"{_scope(leaf.field)}=({_words(leaf.left)} {word}/{leaf.distance} {_words(leaf.right)})"
    if isinstance(leaf, Within):
        return f"{fields()[leaf.field].code}=[{_end(leaf.low)} TO {_end(leaf.high)}]"
    if isinstance(leaf, ClassUnder):
        return f"{_class_field(leaf)}={leaf.code}"
    if isinstance(leaf, ClassRange):
        return f"{_class_field(leaf)}=[{leaf.low} TO {leaf.high}]"
    name, value = _stated(leaf)
    return f'{name}="{value}"'


def _stated(leaf: Leaf) -> tuple[str, str]:
    """Return field and value of a leaf that is written ``FIELD="value"``."""
    if isinstance(leaf, Equals):
        return fields()[leaf.field].code, leaf.value
    if isinstance(leaf, Name):
        return _scope(leaf.field), leaf.text
    if isinstance(leaf, Number):
        return _NUMBERS[leaf.which], leaf.text
    if isinstance(leaf, Organisation):
        return "ORG", leaf.name
    if isinstance(leaf, Place):
        return "REGION", leaf.region
    if isinstance(leaf, Industry):
        return "IND", leaf.code
    if isinstance(leaf, Status):
        return "LS", leaf.state
    if isinstance(leaf, SavedSet):
        return "SET", leaf.name
    raise TypeError(f"{type(leaf).__name__} is not written by users")


def _words(leaf: Term | Phrase) -> str:
    return leaf.text if isinstance(leaf, Term) else f'"{leaf.text}"'


def _end(end: date | float | None) -> str:
    if end is None:
        return "*"
    return end.isoformat() if isinstance(end, date) else f"{end:g}" if end % 1 else str(int(end))


def _class_field(leaf: ClassUnder | ClassRange) -> str:
    return "MIPC" if leaf.main else leaf.scheme.upper()


@lru_cache(maxsize=64)
def _scope(source: str) -> str:
    return next(one.code for one in fields().values() if one.source == source)
