# SPDX-License-Identifier: Apache-2.0
"""What a derivation is: it fills one derived table from other tables, code lists and decisions of the office."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.shelf import Shelf

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from zhihang.store.engine import Engine

Per = Literal["application", "whole"]


@dataclass(frozen=True)
class Facts:
    """What a derivation looks at.

    Parameters
    ----------
    tables
        Gives a table by name, recorded (one truth per application) or derived.
    engine
        Computes expressions.
    touched
        The applications to compute, as a table with `application_id`; None means all of them.
    previous
        Rows of this derivation's own table as the last run left them; None where there are none, or where they were
        made by another version of the derivation.
    decisions_folder
        Folder with the decisions of the office, one CSV for each subject.
    """

    tables: Callable[[str], ir.Table]
    engine: Engine
    today: date
    codes: CodeLists = field(default_factory=CodeLists)
    touched: ir.Table | None = None
    previous: ir.Table | None = None
    decisions_folder: Path | None = None

    def table(self, name: str) -> ir.Table:
        """Return the rows of a table; where only some applications are computed, the rows of these."""
        rows = self.tables(name)
        if self.touched is None or "application_id" not in rows.columns:
            return rows
        return rows.semi_join(self.touched, "application_id")

    def collect(self, expression: ir.Table) -> pa.Table:
        """Compute an expression."""
        return self.engine.collect(expression)

    def batches(self, expression: ir.Table) -> Iterator[pa.RecordBatch]:
        """Compute an expression and hand out its rows in batches."""
        return self.engine.batches(expression)

    def values(self, rows: pa.Table) -> ir.Table:
        """Return rows in memory as a lazy table."""
        return self.engine.values(rows)

    def decisions(self, subject: str) -> Sequence[Mapping[str, str]]:
        """Return the decisions of the office on a subject, in the order they were taken."""
        return read_decisions(self.decisions_folder, subject)


def read_decisions(folder: Path | None, subject: str) -> list[dict[str, str]]:
    """Return the rows of ``<folder>/<subject>.csv``; none where the office has decided nothing."""
    path = None if folder is None else folder / f"{subject}.csv"
    if path is None or not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DefinitionError(
            f'The decisions on "{subject}" cannot be read.',
            {"file": path, "fault": error},
            todo="Save the file as CSV in UTF-8.",
        ) from error
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in rows]


Derive: TypeAlias = "Callable[[Facts], ir.Table | Iterable[pa.RecordBatch]]"
Through: TypeAlias = "Callable[[Facts, ir.Table], ir.Table]"
"""From rows of a derived table that changed, as they were and as they are, to the applications that they touch."""


@dataclass(frozen=True)
class Derivation:
    """A derivation: the table of the same name, what it is computed from, and how.

    Parameters
    ----------
    reads
        Tables it reads. Derived ones are computed before it.
    per
        ``application``: the rows of an application follow from that application's rows in `reads` alone, or from
        those that `through` leads to, so that only touched applications are computed. ``whole``: everything is
        computed together.
    uses
        Columns of derived tables that it heeds besides their keys, where these are not all: a change in another
        column touches nothing.
    through
        For derived tables that do not have an application's rows under its id: which applications changed rows touch.
    spread
        From touched applications to all that are touched with them, such as those of one family.
    lists
        Code lists it uses; when one changes, all is computed again.
    decisions
        Subjects on which decisions of the office are heeded.
    version
        Raised when the rule changes; then all is computed again.
    """

    name: str
    description: str
    reads: tuple[str, ...]
    per: Per
    derive: Derive
    lists: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    version: int = 1
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    through: Mapping[str, Through] = field(default_factory=dict)
    spread: Through | None = None


def derivation(
    *,
    reads: Sequence[str],
    per: Per,
    lists: Sequence[str] = (),
    decisions: Sequence[str] = (),
    version: int = 1,
    uses: Mapping[str, tuple[str, ...]] | None = None,
    through: Mapping[str, Through] | None = None,
    spread: Through | None = None,
) -> Callable[[Derive], Derivation]:
    """Turn a function from facts to rows into the derivation of that name; its docstring is the description."""

    def make(derive: Derive) -> Derivation:
        return Derivation(
            name=derive.__name__,
            description=" ".join((derive.__doc__ or "").split()),
            reads=tuple(reads),
            per=per,
            derive=derive,
            lists=tuple(lists),
            decisions=tuple(decisions),
            version=version,
            uses=dict(uses or {}),
            through=dict(through or {}),
            spread=spread,
        )

    return make


def derivations(folders: Sequence[Path] = ()) -> Shelf[Derivation]:
    """Return the shelf of derivations; `folders` are a workspace's own, looked at first."""
    return Shelf("derivation", Derivation, "zhihang.derivation.derivations", tuple(folders))
