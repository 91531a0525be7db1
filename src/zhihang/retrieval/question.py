# SPDX-License-Identifier: Apache-2.0
"""A whole query as one question to the index; what the index does not know comes from the store as a set."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

import pyarrow as pa
import pyarrow.compute as pc
import tantivy

from zhihang.errors import QueryError
from zhihang.retrieval.layout import DAYS
from zhihang.retrieval.query import (
    And,
    ClassUnder,
    Equals,
    Not,
    Or,
    Place,
    Query,
    Status,
    TextLeaf,
    Within,
    children,
    is_text,
    leaves,
)
from zhihang.retrieval.text_query import TextReader

if TYPE_CHECKING:
    from zhihang.retrieval.generation import Generation

MOST_LEAVES = 5_000
MOST_TEXTS = 500
"""Words and runs of one query; each is looked for in every field and way of dividing, some milliseconds of work."""

Choose = Callable[[Query], pa.ChunkedArray]
"""Gives the ids of the applications that fulfil a structured query, as the store has them."""
Turned = Callable[[date], pa.ChunkedArray]
"""Gives the ids of the applications whose right may have turned between a day and today."""
FEW = 1_000
"""Up to this many applications are asked for one by one; more at once."""


@dataclass(frozen=True)
class Asking:
    """Turns queries into questions to one generation of the index.

    Parameters
    ----------
    today
        The day on which states of rights are asked for; the index knows those of the day it was made.
    choose
        Answers structured queries that the index does not know.
    state
        Names the state of the store that `choose` asks: what it chose is kept under it.
    turned
        Says whose state of right to ask the store for, where the index was made on another day; without it, all.
    """

    found: Generation
    reader: TextReader
    today: date
    choose: Choose
    state: Hashable
    turned: Turned | None = None

    def question(self, query: Query) -> tantivy.Query:
        """Return the question that finds what a query asks for."""
        if sum(1 for _ in leaves(query)) > MOST_LEAVES:
            raise QueryError(
                "The query is too long.",
                {"conditions": f"more than {MOST_LEAVES:,}"},
                todo="Save long lists as sets, or search in several steps.",
            )
        texts = sum(map(is_text, leaves(query)))
        if texts > MOST_TEXTS:
            raise QueryError(
                "The query looks for too many words at once.",
                {"words and phrases": f"{texts:,}", "most": f"{MOST_TEXTS:,}"},
                todo="Name classes or fields beside fewer words, or search in several steps.",
            )
        made = self._part(query)
        if made is None:
            raise QueryError(
                "The query holds no word that could be looked for.",
                {
                    "looked for": "words that say something; signs and words such as 的, 一种, the are passed over"
                },
                todo="Name the thing looked for.",
            )
        return made

    def _part(self, query: Query) -> tantivy.Query | None:
        if not any(is_text(leaf) for leaf in leaves(query)):
            return self._structured(query)
        if is_text(query):
            return self.reader.question(cast("TextLeaf", query))
        if isinstance(query, Not):
            below = self._part(query.part)
            return None if below is None else _without(below)
        parts = [self._part(part) for part in children(query)]
        found = [part for part in parts if part is not None]
        return _together(found, all_of=isinstance(query, And))

    def _structured(self, query: Query) -> tantivy.Query:
        if all(self._known(leaf) for leaf in leaves(query)):
            return _silent(self._pushed(query))
        if isinstance(query, And):
            made = _together([self._structured(part) for part in query.parts], all_of=True)
            assert made is not None
            return made
        kept = self.found.chosen.get((self.state, self.today, query), lambda: self._set(self.choose(query)))
        return _silent(kept)

    def _known(self, leaf: Query) -> bool:
        """Say whether the index knows what a structured leaf asks for."""
        if isinstance(leaf, Equals):
            return leaf.field in ("kind", "office")
        if isinstance(leaf, Within):
            return leaf.field in ("filing_date", "grant_date") and not isinstance(
                leaf.low or leaf.high, float
            )
        if isinstance(leaf, ClassUnder):
            return leaf.scheme == "ipc" and "/" not in leaf.code and not leaf.main
        if isinstance(leaf, Status):
            return self._same_day or self.turned is not None
        return isinstance(leaf, Place)

    def _pushed(self, query: Query) -> tantivy.Query:
        if isinstance(query, Not):
            return _without(self._pushed(query.part))
        if isinstance(query, (And, Or)):
            made = _together([self._pushed(part) for part in query.parts], all_of=isinstance(query, And))
            assert made is not None
            return made
        schema = self.found.index.schema
        if isinstance(query, Within):
            assert query.field in DAYS
            return tantivy.Query.range_query(
                schema, query.field, tantivy.FieldType.Integer, _day(query.low), _day(query.high)
            )
        name, value = _code(query)
        asked = tantivy.Query.term_query(schema, name, value)
        if isinstance(query, Status) and not self._same_day:
            key = (self.state, self.today, query)
            return self.found.chosen.get(key, lambda: self._of_today(query, asked))
        return asked

    @property
    def _same_day(self) -> bool:
        return self.found.state.day == self.today.isoformat()

    def _of_today(self, query: Status, then: tantivy.Query) -> tuple[tantivy.Query, int]:
        """Return a question for a state as it is today: as it was then, but for those that may have turned since."""
        assert self.turned is not None
        changed = self.turned(date.fromisoformat(self.found.state.day))
        if len(changed) == 0:
            return then, 0
        since, count = self._set(changed)
        now, more = self._set(changed.filter(pc.is_in(changed, value_set=self.choose(query))))
        occur = tantivy.Occur
        kept = tantivy.Query.boolean_query([(occur.Must, then), (occur.MustNot, since)])
        return tantivy.Query.boolean_query([(occur.Should, kept), (occur.Should, now)]), count + more

    def _set(self, ids: pa.ChunkedArray) -> tuple[tantivy.Query, int]:
        """Return what finds some applications, by naming them or the others, and how many it names."""
        register = self.found.register["application_id"]
        if len(ids) == 0:
            return tantivy.Query.empty_query(), 0
        inside = pc.is_in(register, value_set=ids)
        most = 2 * len(ids) > len(register)
        ordinals = pc.indices_nonzero(pc.invert(inside) if most else inside).to_pylist()
        named = self._named(ordinals)
        return (_without(named) if most else named), len(ordinals)

    def _named(self, ordinals: Sequence[int]) -> tantivy.Query:
        schema = self.found.index.schema
        if not ordinals or len(ordinals) > FEW:
            return tantivy.Query.term_set_query(schema, "ordinal", ordinals)
        each = [tantivy.Query.term_query(schema, "ordinal", ordinal) for ordinal in ordinals]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in each])


def _code(leaf: Query) -> tuple[str, str]:
    if isinstance(leaf, Equals):
        return leaf.field, leaf.value
    if isinstance(leaf, ClassUnder):
        return "ipc", leaf.code
    if isinstance(leaf, Place):
        return "region", leaf.region
    assert isinstance(leaf, Status)
    return "status", leaf.state


def _day(value: date | float | None) -> int | None:
    return value.year * 10_000 + value.month * 100 + value.day if isinstance(value, date) else None


def _silent(part: tantivy.Query) -> tantivy.Query:
    """Let a condition choose without moving the ranking."""
    return tantivy.Query.const_score_query(part, 0.0)


def _without(part: tantivy.Query) -> tantivy.Query:
    occur = tantivy.Occur
    return tantivy.Query.boolean_query(
        [(occur.Must, _silent(tantivy.Query.all_query())), (occur.MustNot, part)]
    )


def _together(parts: Sequence[tantivy.Query], *, all_of: bool) -> tantivy.Query | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    occur = tantivy.Occur.Must if all_of else tantivy.Occur.Should
    return tantivy.Query.boolean_query([(occur, part) for part in parts])
