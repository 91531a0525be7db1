# SPDX-License-Identifier: Apache-2.0
"""What a query is once it is read: a tree of And, Or and Not over leaves that the index or the store answers.

::

    Query
      And, Or, Not                          over queries; And and Or have two parts or more
      text leaves, answered by the index    Term  Phrase  Near  Wildcard
      structured leaves, by the store       Equals  Within  ClassUnder  ClassRange  Organisation  Name
                                            Number  Place  Industry  Status  SavedSet
      Chosen                                made by `plan` only: the applications of a structured part

Every node knows where in the query text it stands (`at`); that does not count when two queries are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Scope = Literal["title", "abstract", "claims", "first_claim", "description", "text"]
"""Where a text leaf is looked for; "text" is title, abstract and claims together, and the default."""
SCOPES: tuple[Scope, ...] = ("title", "abstract", "claims", "first_claim", "description", "text")

Scheme = Literal["ipc", "cpc"]
NameField = Literal["applicant", "filer", "holder", "inventor", "agency", "address"]


@dataclass(frozen=True)
class Span:
    """A place in the query text: characters from `start` up to, without, `end`."""

    start: int = 0
    end: int = 0

    def to(self, other: Span) -> Span:
        """Return the span from here to the end of another."""
        return Span(self.start, other.end)


NOWHERE = Span()


@dataclass(frozen=True)
class Node:
    """Anything in a query; `at` is its place in the text and does not count in comparisons."""

    at: Span = field(default=NOWHERE, kw_only=True, compare=False)


@dataclass(frozen=True)
class And(Node):
    """All parts hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Or(Node):
    """At least one part holds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Not(Node):
    """The part does not hold: every other application."""

    part: Query


@dataclass(frozen=True)
class Term(Node):
    """A word, or a run of Chinese characters, written without quotes; the index segments it."""

    field: Scope
    text: str


@dataclass(frozen=True)
class Phrase(Node):
    """Words that stand next to each other in this order; Chinese: exactly this run of characters."""

    field: Scope
    text: str


@dataclass(frozen=True)
class Near(Node):
    """Two terms or phrases with at most `distance` words between them, in this order if `ordered`."""

    field: Scope
    left: Term | Phrase
    right: Term | Phrase
    distance: int
    ordered: bool


@dataclass(frozen=True)
class Wildcard(Node):
    """A word by pattern: ``*`` stands for any characters (also none), ``?`` for exactly one; never at the front."""

    field: Scope
    pattern: str


@dataclass(frozen=True)
class Equals(Node):
    """A structured field has this value (a code of its code list, "true" or "false", a country ...)."""

    field: str
    value: str


@dataclass(frozen=True)
class Within(Node):
    """A date or number lies between two ends, both inside; None leaves an end open."""

    field: str
    low: date | float | None
    high: date | float | None


@dataclass(frozen=True)
class ClassUnder(Node):
    """Classified at this symbol or below it; `code` is normal: ``H``, ``H01``, ``H01M``, ``H01M10`` or ``H01M10/0525``."""

    scheme: Scheme
    code: str
    main: bool = False
    """Only the first, main class counts."""


@dataclass(frozen=True)
class ClassRange(Node):
    """Classified between two symbols, both inside (with all that is below the last)."""

    scheme: Scheme
    low: str
    high: str
    main: bool = False


@dataclass(frozen=True)
class Organisation(Node):
    """Some applicant or holder is this organisation, as resolved; by its id or any of its names."""

    name: str


@dataclass(frozen=True)
class Name(Node):
    """The written name or address of some party contains this text, case and width aside; `*` stands for a gap.

    "applicant" is whoever filed or holds it, "filer" only who filed, "holder" only who holds, "address" theirs.
    """

    field: NameField
    text: str


@dataclass(frozen=True)
class Number(Node):
    """An application or publication number, in any spelling."""

    text: str
    which: Literal["any", "application", "publication"] = "any"


@dataclass(frozen=True)
class Place(Node):
    """The first applicant sits in this division or below it; code of the region list."""

    region: str


@dataclass(frozen=True)
class Industry(Node):
    """Belongs to this industry of the national classification (GB/T 4754), or one below it."""

    code: str


@dataclass(frozen=True)
class Status(Node):
    """The state of the right today; code of the list of states."""

    state: str


@dataclass(frozen=True)
class SavedSet(Node):
    """The applications that a saved query finds; replaced by that query before anything runs."""

    name: str


@dataclass(frozen=True)
class Chosen(Node):
    """The applications of structured part `number` of a plan."""

    number: int


TextLeaf: TypeAlias = Term | Phrase | Near | Wildcard
StructuredLeaf: TypeAlias = (
    Equals
    | Within
    | ClassUnder
    | ClassRange
    | Organisation
    | Name
    | Number
    | Place
    | Industry
    | Status
    | SavedSet
)
Leaf: TypeAlias = TextLeaf | StructuredLeaf | Chosen
Query: TypeAlias = And | Or | Not | Leaf


def walk(query: Query) -> Iterator[Query]:
    """Yield a query and everything in it, from the outside in, left to right; no recursion, so any depth will do."""
    waiting: list[Query] = [query]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def children(query: Query) -> tuple[Query, ...]:
    """Return the parts right below a node; a leaf has none (the sides of `Near` are part of the leaf)."""
    if isinstance(query, (And, Or)):
        return query.parts
    return (query.part,) if isinstance(query, Not) else ()


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves of a query, left to right."""
    for node in walk(query):
        if not isinstance(node, (And, Or, Not)):
            yield node


def is_text(leaf: Query) -> bool:
    """Say whether the text index answers this leaf."""
    return isinstance(leaf, (Term, Phrase, Near, Wildcard))


def is_structured(leaf: Query) -> bool:
    """Say whether the store answers this leaf."""
    return not isinstance(leaf, (And, Or, Not, Term, Phrase, Near, Wildcard, Chosen))
