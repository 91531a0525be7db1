# SPDX-License-Identifier: Apache-2.0
"""How a query is answered: what the store chooses, what the text index looks for, and how the two are joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zhihang.retrieval.query import And, Chosen, Leaf, Not, Or, Query, children, is_structured, leaves


@dataclass(frozen=True)
class Plan:
    """A query taken apart: it finds the applications that fulfil `within` and `text`, where these are given.

    within
        Structured conditions that every hit fulfils: a tree of structured leaves only.
    text
        A tree of text leaves, and of `Chosen` leaves where structured conditions stand below Or or Not beside text.
        It may hold a Not alone: then it finds the complement.
    chosen
        Structured trees, by the number that `Chosen` has.
    """

    within: Query | None
    text: Query | None
    chosen: tuple[Query, ...] = ()


def plan(query: Query) -> Plan:
    """Take a query apart; saved sets must have been replaced before (`expanded`)."""
    flat = flattened(query)
    parts = flat.parts if isinstance(flat, And) else (flat,)
    structured = [part for part in parts if _is_pure(part)]
    rest = [part for part in parts if not _is_pure(part)]
    chosen: list[Query] = []
    texts = [_with_chosen(part, chosen) for part in rest]
    return Plan(_joined(structured), _joined(texts), tuple(chosen))


def flattened(query: Query) -> Query:
    """Return the same query with And below And, Or below Or, and Not below Not taken away."""
    if isinstance(query, Not):
        below = flattened(query.part)
        return below.part if isinstance(below, Not) else Not(below, at=query.at)
    if not isinstance(query, (And, Or)):
        return query
    parts: list[Query] = []
    for part in map(flattened, query.parts):
        parts.extend(part.parts if isinstance(part, type(query)) else [part])
    once = list(dict.fromkeys(parts))
    return once[0] if len(once) == 1 else type(query)(tuple(once), at=query.at)


def combined(
    query: Query, answer: Callable[[Leaf], frozenset[str]], everything: frozenset[str]
) -> frozenset[str]:
    """Return the applications a tree finds, from those that each leaf finds, by plain sets."""
    if isinstance(query, Not):
        return everything - combined(query.part, answer, everything)
    if isinstance(query, And):
        return frozenset.intersection(*(combined(part, answer, everything) for part in query.parts))
    if isinstance(query, Or):
        return frozenset.union(*(combined(part, answer, everything) for part in query.parts))
    return answer(query)


def _is_pure(query: Query) -> bool:
    return all(is_structured(leaf) for leaf in leaves(query))


def _with_chosen(query: Query, chosen: list[Query]) -> Query:
    """Put a `Chosen` in the place of every largest structured part; neighbours below one And or Or share one."""
    if _is_pure(query):
        chosen.append(query)
        return Chosen(len(chosen) - 1, at=query.at)
    if isinstance(query, Not):
        return Not(_with_chosen(query.part, chosen), at=query.at)
    if not isinstance(query, (And, Or)):
        return query
    structured = tuple(part for part in children(query) if _is_pure(part))
    rest = [_with_chosen(part, chosen) for part in query.parts if not _is_pure(part)]
    if structured:
        one = structured[0] if len(structured) == 1 else type(query)(structured, at=query.at)
        rest.append(_with_chosen(one, chosen))
    return rest[0] if len(rest) == 1 else type(query)(tuple(rest), at=query.at)


def _joined(parts: Sequence[Query]) -> Query | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts), at=parts[0].at.to(parts[-1].at))
