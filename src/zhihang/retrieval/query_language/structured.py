# SPDX-License-Identifier: Apache-2.0
"""Structured conditions as expressions over the tables of the store, on any engine."""

from __future__ import annotations

import operator
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhihang.errors import QueryError
from zhihang.facts.table import TABLES
from zhihang.retrieval.query import And, Leaf, Not, Or, Query, is_structured, leaves
from zhihang.retrieval.query_language.conditions import condition_of
from zhihang.retrieval.query_language.plan import flattened
from zhihang.retrieval.query_language.tables import Tables, balanced
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_TABLES = 300
"""So many times at most a query may look into tables beside that of patents."""


def structured(query: Query, tables: Tables) -> ir.Table:
    """Return the applications (`application_id`, each once) that fulfil structured conditions.

    Parameters
    ----------
    query
        A tree of structured leaves only; saved sets must have been replaced before.
    tables
        Tables of one state of the store, the day that counts as today, and the code lists.
    """
    base = _base(query, tables)
    chosen = _Reading(tables, base).holds(flattened(query))
    return base.filter(chosen).select("application_id")


def needed_tables(query: Query) -> tuple[str, ...]:
    """Return the names of the tables that a query looks into, those of text leaves aside."""
    found = {table for leaf in leaves(query) if is_structured(leaf) for table in condition_of(leaf).tables}
    return tuple(sorted(found | {"application"}))


def not_derived(query: Query, derived: Collection[str]) -> tuple[Label, ...]:
    """Remark on derived tables that a query looks into and the store does not have yet: it finds nothing there."""
    missing = [name for name in needed_tables(query) if TABLES[name].derived and name not in derived]
    if not missing:
        return ()
    names = ", ".join(missing)
    return (
        Label(
            f"尚未推导 {names}，相关条件查不到任何专利；请运行 zhihang derive",
            f"not derived yet: {names}; conditions on them find nothing until zhihang derive has run",
        ),
    )


def _base(query: Query, tables: Tables) -> ir.Table:
    """Return the applications with the columns of `patent` that the query asks for."""
    rows = tables.table("application").select("application_id").distinct()
    columns = sorted({column for leaf in leaves(query) for column in condition_of(leaf).columns})
    if not columns:
        return rows
    patent = tables.table("patent")
    asked = patent.select("application_id", *columns).rename(patent_id="application_id")
    return rows.left_join(asked, rows.application_id == asked.patent_id).drop("patent_id").view()


@dataclass
class _Reading:
    tables: Tables
    base: ir.Table
    looked: int = field(default=0)

    def holds(self, query: Query) -> ir.BooleanValue:
        """Return the condition on a row of the base; unknown counts as not fulfilled."""
        if isinstance(query, Not):
            return ~self.holds(query.part)
        if isinstance(query, And):
            return balanced(operator.and_, [self.holds(part) for part in query.parts])
        if isinstance(query, Or):
            return self._any(query.parts)
        return self._any((query,))

    def _any(self, parts: Sequence[Query]) -> ir.BooleanValue:
        """Join parts by OR; leaves of one kind are asked for at once."""
        groups: dict[str, list[Leaf]] = {}
        found: list[ir.BooleanValue] = []
        for part in parts:
            if isinstance(part, (And, Or, Not)):
                found.append(self.holds(part))
            else:
                groups.setdefault(condition_of(part).name, []).append(part)
        for same in groups.values():
            condition = condition_of(same[0])
            self.looked += len(condition.tables)
            if self.looked > MOST_TABLES:
                raise QueryError(
                    "The query has too many conditions of different kinds.",
                    {"looks into tables": f"more than {MOST_TABLES} times"},
                    todo="Join values of one field by OR in one pair of brackets, or search in several steps.",
                )
            found.append(condition.holds(same, self.base, self.tables).fill_null(False))
        return balanced(operator.or_, found)
