# SPDX-License-Identifier: Apache-2.0
"""Search: hits in order, how many there are, and how they fall by year, applicant, class, region, status and type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import tantivy

from zhihang.errors import NotFound, QueryError
from zhihang.retrieval.question import Asking

if TYPE_CHECKING:
    from zhihang.retrieval.generation import Counts, Generation
    from zhihang.retrieval.query import Query

Sort = Literal["relevance", "newest", "oldest", "published", "granted"]
SORTS: Mapping[str, tuple[str, bool]] = {
    "newest": ("filing_date", True),
    "oldest": ("filing_date", False),
    "published": ("publication_date", True),
    "granted": ("grant_date", True),
}
"""Order to the field it goes by and whether the highest comes first."""
FACETS: Mapping[str, str] = {
    "year": "year",
    "applicant": "applicant",
    "class": "subclass",
    "region": "region",
    "status": "status",
    "type": "kind",
    "office": "office",
}
"""Facet to the field it counts."""
MOST_HITS = 10_000_000
_WHOLE = "applications"


@dataclass(frozen=True)
class Wish:
    """What to show of what a query finds.

    Parameters
    ----------
    limit, offset
        How many hits, from which on.
    sort
        Order; equal ones in the order of the index.
    facets
        Names of facets to count, with at most `facet_size` values each.
    family
        Show one application of each family, the best placed.
    """

    limit: int = 20
    offset: int = 0
    sort: str = "relevance"
    facets: Sequence[str] = ()
    facet_size: int = 20
    family: bool = False

    def __post_init__(self) -> None:
        if self.limit < 0 or self.offset < 0 or self.limit + self.offset > MOST_HITS:
            raise QueryError(
                "That many hits cannot be shown.",
                {"limit": self.limit, "offset": self.offset, "at most": f"{MOST_HITS:,} together"},
                todo="Export everything with --all, or narrow the query.",
            )
        if self.sort != "relevance" and self.sort not in SORTS:
            raise NotFound.named("order", self.sort, ["relevance", *SORTS])
        for name in self.facets:
            if name not in FACETS:
                raise NotFound.named("facet", name, FACETS)


@dataclass(frozen=True)
class Hit:
    """An application found, how well it fits (only comparable within one search), and where the index keeps it."""

    application_id: str
    score: float
    address: tantivy.DocAddress


@dataclass(frozen=True)
class Found:
    """What a query found: how many applications, and the hits asked for.

    `counts` gives for each facet its values with the number of applications, the most frequent first (years: the
    newest first); `beyond` how many applications have values that did not fit.
    """

    count: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    beyond: Mapping[str, int] = field(default_factory=dict)


def search(asking: Asking, query: Query, wish: Wish) -> Found:
    """Return what a query finds."""
    found, question = asking.found, asking.question(query)
    searcher = found.searcher
    wanted = wish.offset + wish.limit
    counts, beyond, counted = _counted(asking, query, question, wish)
    if wish.family:
        number = _number(searcher, question) if counted is None else counted
        return Found(number, tuple(_one_of_each_family(found, question, wish, wanted)), counts, beyond)
    result: Any = _ranked(searcher, question, wish, max(wanted, 1), count=counted is None)
    number = int(result.count) if counted is None else counted
    return Found(number, tuple(_named(found, result.hits[wish.offset : wanted])), counts, beyond)


def count(asking: Asking, query: Query) -> int:
    """Return how many applications a query finds."""
    return _number(asking.found.searcher, asking.question(query))


def every(asking: Asking, query: Query, wish: Wish) -> list[Hit]:
    """Return every hit of a query, in order."""
    found, question = asking.found, asking.question(query)
    if wish.family:
        return _one_of_each_family(found, question, wish, found.searcher.num_docs)
    return _named(found, _ranked(found.searcher, question, wish, max(found.searcher.num_docs, 1)).hits)


def _number(searcher: tantivy.Searcher, question: tantivy.Query) -> int:
    result: Any = searcher.search(question, 1, count=True)
    return int(result.count)


def _ranked(
    searcher: tantivy.Searcher, question: tantivy.Query, wish: Wish, limit: int, *, count: bool = False
) -> tantivy.SearchResult:
    limit = min(limit, max(searcher.num_docs, 1))
    if wish.sort == "relevance":
        return searcher.search(question, limit, count=count)
    name, falling = SORTS[wish.sort]
    order = tantivy.Order
    return searcher.search(
        question, limit, count=count, order_by_field=name, order=order.Desc if falling else order.Asc
    )


def _one_of_each_family(found: Generation, question: tantivy.Query, wish: Wish, wanted: int) -> list[Hit]:
    """Go down the hits, further each time, until there are enough families."""
    depth, whole = max(2 * wanted, 20), found.searcher.num_docs
    while True:
        ranked = _ranked(found.searcher, question, wish, min(depth, max(whole, 1))).hits
        families = found.searcher.fast_field_values("family", [address for _, address in ranked])
        first = dict(zip(reversed(families), reversed(ranked), strict=True))
        kept = [hit for family, hit in zip(families, ranked, strict=True) if first[family] is hit]
        if len(kept) >= wanted or len(ranked) < depth or depth >= whole:
            return _named(found, kept[wish.offset : wanted])
        depth *= 4


def _named(found: Generation, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> list[Hit]:
    if not hits:
        return []
    import pyarrow as pa

    ordinals = found.searcher.fast_field_values("ordinal", [address for _, address in hits])
    names = found.register["application_id"].take(pa.array(ordinals, pa.int64())).to_pylist()
    return [Hit(name, float(value or 0), address) for name, (value, address) in zip(names, hits, strict=True)]


def _counted(
    asking: Asking, query: Query, question: tantivy.Query, wish: Wish
) -> tuple[Mapping[str, tuple[tuple[str, int], ...]], Mapping[str, int], int | None]:
    """Return the counts by facet, what is beyond them, and how many applications there are, where that was seen.

    They are the same on each page of the hits and in any order of them, so they are kept.
    """
    if not wish.facets:
        return {}, {}, None
    reader = asking.reader
    synonyms = tuple((word, tuple(others)) for word, others in sorted(reader.synonyms.items()))
    key = (asking.state, asking.today, query, tuple(wish.facets), wish.facet_size, synonyms)
    return asking.found.counted.get(key, lambda: (_facets(asking.found.searcher, question, wish), 1))


def _facets(searcher: tantivy.Searcher, question: tantivy.Query, wish: Wish) -> Counts:
    size = max(wish.facet_size, 1)
    asked: dict[str, Any] = {
        name: {"terms": {"field": FACETS[name], "size": 200 if name == "year" else size}}
        for name in wish.facets
    }
    asked[_WHOLE] = {"value_count": {"field": "ordinal"}}
    answer = searcher.aggregate(question, asked)
    counts: dict[str, tuple[tuple[str, int], ...]] = {}
    beyond: dict[str, int] = {}
    for name in wish.facets:
        buckets = [(_text(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[name]["buckets"]]
        newest_first = name == "year"
        buckets.sort(key=lambda pair: (-int(pair[0]), 0) if newest_first else (-pair[1], pair[0]))
        counts[name] = tuple(buckets[:size] if not newest_first else buckets)
        beyond[name] = int(answer[name].get("sum_other_doc_count", 0))
    return counts, beyond, int(answer[_WHOLE]["value"])


def _text(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)
