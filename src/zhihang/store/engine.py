# SPDX-License-Identifier: Apache-2.0
"""What an engine is: it computes expressions over Parquet files. Nothing above the store knows which one runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from zhihang.shelf import Shelf

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Engine(Protocol):
    """Reads Parquet files lazily, computes Ibis expressions, runs guarded SQL."""

    def scan(self, paths: Sequence[Path], schema: pa.Schema) -> ir.Table:
        """Return the rows of all `paths` as one lazy table with the columns of `schema`."""
        ...

    def values(self, table: pa.Table) -> ir.Table:
        """Return a small table in memory as a lazy table."""
        ...

    def batches(self, expression: ir.Table, schema: pa.Schema | None = None) -> Iterator[pa.RecordBatch]:
        """Compute `expression` and hand out its rows in batches, with the column types of `schema`."""
        ...

    def collect(self, expression: ir.Table | ir.Scalar | ir.Column) -> pa.Table:
        """Compute `expression` and return all of it."""
        ...

    def hold(self, expression: ir.Table) -> ir.Table:
        """Return the rows of `expression` so that asking them many questions is quick, as long as somebody holds them."""
        ...

    def sql(self, query: str, tables: Mapping[str, ir.Table], *, seconds: float, files: Path) -> pa.Table:
        """Run one read-only query over `tables`, reading nothing but files under `files`; the engine is spent then."""
        ...

    def close(self) -> None:
        """Give back what the engine holds."""
        ...


@dataclass(frozen=True)
class EngineKind:
    """A kind of engine: its name in ``zhihang.toml`` and how to start one from the settings there."""

    name: str
    start: Callable[[Mapping[str, object]], Engine]


ENGINES: Shelf[EngineKind] = Shelf("engine", EngineKind, "zhihang.store.engines")


def start_engine(name: str, settings: Mapping[str, object] | None = None) -> Engine:
    """Start the engine called `name` (``duckdb`` or ``spark``)."""
    return ENGINES[name].start(settings or {})


def file_state(path: Path) -> tuple[str, int, int]:
    """Tell a file from another one that a later run wrote in its place."""
    found = path.stat()
    return str(path), found.st_size, found.st_mtime_ns
