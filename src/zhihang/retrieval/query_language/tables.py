# SPDX-License-Identifier: Apache-2.0
"""What structured conditions are asked of: the tables of one state of the store, the day, the code lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from zhihang.facts.codelist import CodeLists

if TYPE_CHECKING:
    import ibis.expr.types as ir

    Holds = Callable[[Sequence["Leaf"], ir.Table, "Tables"], ir.BooleanValue]

from zhihang.retrieval.query import Leaf

T = TypeVar("T")


@dataclass(frozen=True)
class Tables:
    """Tables by name, the day on which states are asked for, and the code lists of the workspace."""

    table: Callable[[str], ir.Table]
    today: date
    codes: CodeLists = field(default_factory=CodeLists)


@dataclass(frozen=True)
class Condition:
    """What leaves of one kind ask for.

    Parameters
    ----------
    name
        Leaves of the same name, joined by OR, are asked for at once.
    holds
        Gives the condition on a row of the base (`application_id` and `columns` of table `patent`) that at least one
        of the leaves holds.
    tables
        Tables it looks into.
    columns
        Columns of `patent` it wants in the base.
    """

    name: str
    holds: Holds
    tables: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def balanced(join: Callable[[T, T], T], parts: Sequence[T]) -> T:
    """Join many parts so that nothing nests deeply."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return join(balanced(join, parts[:middle]), balanced(join, parts[middle:]))
