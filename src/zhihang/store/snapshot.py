# SPDX-License-Identifier: Apache-2.0
"""The store as it stood after one run: lazy tables over the Parquet files of one manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.errors import NotFound
from zhihang.facts.table import TABLES, Table
from zhihang.store.engine import Engine
from zhihang.store.manifest import Manifest, Part

if TYPE_CHECKING:
    import ibis.expr.types as ir

RECORDED = "_recorded"
SHARED = pa.schema([("application_id", pa.string()), ("canonical_id", pa.string())])


@dataclass(frozen=True)
class Snapshot:
    """Tables of one manifest, computed by one engine.

    `recorded` gives rows as their sources wrote them. `table` gives one truth per application: rows of applications
    that only one record describes come straight from the recorded files, those that several records share come from
    the merged files, where precedence has settled which value counts.
    """

    root: Path
    manifest: Manifest
    engine: Engine

    def table(self, name: str) -> ir.Table:
        """Return the current rows of table `name`."""
        table = declared(name)
        if table.derived:
            derived = self.manifest.derived.get(name)
            return self._scan(table, derived.parts if derived else ())
        if not table.provenance:
            return self._scan(table, [self.manifest.keeping[name]] if name in self.manifest.keeping else [])
        settled = self.manifest.settled.get(name)
        if settled is None:
            return self.recorded(name)
        parts = self.manifest.recorded.get(name, ())
        direct = [p for p in parts if p.path not in settled.sparse and p.path not in settled.dense]
        sparse = [part for part in parts if part.path in settled.sparse]
        rows = self._scan(table, [*direct, *settled.merged])
        return rows.union(self.unshared(name, sparse)) if sparse else rows

    def unshared(self, name: str, parts: Sequence[Part]) -> ir.Table:
        """Return the rows of recorded `parts` that belong to applications no other record describes."""
        return self._scan(declared(name), parts).anti_join(self.shared(name), "application_id")

    def recorded(self, name: str) -> ir.Table:
        """Return the rows of table `name` as each source gave them."""
        return self._scan(declared(name), self.manifest.recorded.get(name, ()))

    def shared(self, name: str) -> ir.Table:
        """Return the applications whose rows of table `name` were settled, each with the id it is merged under."""
        settled = self.manifest.settled.get(name)
        path = self.root / settled.ids.path if settled else self._empty(SHARED, "shared")
        return self.engine.scan([path], SHARED)

    def named(self, name: str) -> ir.Table:
        """Return a table by the name it has in SQL: ``application`` or ``application_recorded``."""
        return self.recorded(name.removesuffix(RECORDED)) if name.endswith(RECORDED) else self.table(name)

    def _scan(self, table: Table, parts: Sequence[Part]) -> ir.Table:
        paths = [self.root / part.path for part in parts] or [self._empty(table.schema, table.name)]
        return self.engine.scan(paths, table.schema)

    def _empty(self, schema: pa.Schema, name: str) -> Path:
        """Return a file without rows, so that every engine sees an empty table of the right columns."""
        import pyarrow.parquet as pq

        path = self.root / "empty" / f"{name}.parquet"
        if not path.exists() or pq.read_schema(path) != schema:
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_suffix(f".{id(self)}")
            pq.write_table(schema.empty_table(), temporary)
            temporary.replace(path)
        return path


def declared(name: str) -> Table:
    """Return the declaration of table `name`."""
    if name not in TABLES.names():
        raise NotFound.named("table", name, TABLES.names(), see="zhihang list tables")
    return TABLES[name]


def sql_names() -> list[str]:
    """Names under which SQL reaches the tables: current rows, and rows as recorded."""
    every = list(TABLES)
    return [t.name for t in every] + [t.name + RECORDED for t in every if t.merge.policy != "none"]
