# SPDX-License-Identifier: Apache-2.0
"""What a check is: it finds rows of the store that cannot be, or hardly can be, right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from zhihang.facts.codelist import CodeLists
from zhihang.quality.limits import Limits
from zhihang.shelf import Shelf
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

Tables: TypeAlias = "Callable[[str], ir.Table]"
Collect: TypeAlias = "Callable[[ir.Table], pa.Table]"
Severity = Literal["error", "warning", "info"]
"""`error`: cannot be; `warning`: hardly can be, or something everyone expects is missing; `info`: worth knowing."""


@dataclass(frozen=True)
class Evidence:
    """What checks look at: the tables of a store, the day, the code lists, and the limits of what is plausible.

    `table` gives one truth per application, `recorded` the rows as each source gave them, `collect` computes an
    expression; a check needs `collect` only to compare the values that occur with a long list.
    """

    table: Tables
    recorded: Tables
    collect: Collect
    today: date
    codes: CodeLists = field(default_factory=CodeLists)
    limits: Limits = field(default_factory=Limits)


Find: TypeAlias = "Callable[[Evidence], ir.Table]"


@dataclass(frozen=True)
class Check:
    """A check.

    `find` gives the offending rows as a lazy table: first the id of the application or publication, then columns
    that show what is wrong, last `file_id` and `line`.
    """

    name: str
    label: Label
    description: str
    severity: Severity
    find: Find


def check(*, label: Label, severity: Severity) -> Callable[[Find], Check]:
    """Turn a function from evidence to offending rows into the check of that name; its docstring describes it."""

    def make(find: Find) -> Check:
        return Check(
            name=find.__name__,
            label=label,
            description=" ".join((find.__doc__ or "").split()),
            severity=severity,
            find=find,
        )

    return make


def checks(folders: Sequence[Path] = ()) -> Shelf[Check]:
    """Return the shelf of checks; `folders` are a workspace's own, looked at first."""
    return Shelf("check", Check, "zhihang.quality.checks", tuple(folders))
