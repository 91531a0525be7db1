# SPDX-License-Identifier: Apache-2.0
"""What a table of the data dictionary is: columns with type, unit, code list and label, a key, a rule for merging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import pyarrow as pa

from zhihang.shelf import Shelf
from zhihang.terms.label import Label

Type = Literal["text", "code", "integer", "number", "boolean", "date", "moment"]

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", "UTC"),
}


@dataclass(frozen=True)
class Column:
    """One column: name, type, bilingual label, what it means.

    `codes` names the code list its values come from, `unit` is the unit of a number,
    `required` says that a row without it is rejected, and `important` puts it into the coverage of `zhihang status`.
    """

    name: str
    type: Type
    label: Label
    description: str
    unit: str | None = None
    codes: str | None = None
    required: bool = False
    important: bool = False

    @property
    def arrow_type(self) -> pa.DataType:
        """The type of the column in memory and in Parquet."""
        return ARROW_TYPES[self.type]


PROVENANCE: tuple[Column, ...] = (
    Column(
        "file_id",
        "integer",
        Label("来源文件编号", "Source file"),
        "Number of the source file in table `file`.",
        required=True,
    ),
    Column(
        "line",
        "integer",
        Label("来源行号", "Source line"),
        "Line (text, CSV, XML), row (worksheet) or ordinal (JSON) at which the record begins in that file; from 1.",
        required=True,
    ),
    Column(
        "run_id",
        "integer",
        Label("运行编号", "Run"),
        "Number of the run in table `run` that wrote the row.",
        required=True,
    ),
)

Policy = Literal["columns", "set", "union", "none"]


@dataclass(frozen=True)
class Merge:
    """How rows on the same application from several source records become one.

    columns
        One row per key; each column takes the value of the best source that has one.
    set
        All rows of a group (`per`) come from the best source that has any.
    union
        Rows of all sources, equal ones (on `per`) once, from the best source.
    none
        Rows stay as they are: the table does not describe applications.
    """

    policy: Policy
    per: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A declared table of facts.

    A `derived` table is computed from others; its rows carry the run that computed them, and lead back to a source
    through the application or name they are about. They are stored by the columns of `order`, then by key: questions
    about one of its values, a region say, read the few rows that have it.
    """

    name: str
    label: Label
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    merge: Merge = field(default=Merge("none"))
    provenance: bool = True
    derived: bool = False
    order: tuple[str, ...] = ()

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns, followed by those that say where the row comes from."""
        if self.derived:
            return (*self.columns, PROVENANCE[-1])
        return (*self.columns, *PROVENANCE) if self.provenance else self.columns

    @cached_property
    def schema(self) -> pa.Schema:
        """Arrow schema of the stored rows."""
        return pa.schema([pa.field(column.name, column.arrow_type) for column in self.all_columns])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the declared columns, without provenance."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.all_columns if column.name == name)


TABLES: Shelf[Table] = Shelf("table", Table, "zhihang.facts.tables")
