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
        if not table.provenance:
            return self._scan(table, [self.manifest.keeping[name]] if name in self.manifest.keeping else [])
        if table.merge.policy == "none" or self.manifest.shared is None:
            return self.recorded(name)
        clean, touched = self._split(name)
        pieces = [self._scan(table, clean)] if clean or not touched else []
        if touched:
            pieces.append(self._scan(table, touched).anti_join(self.shared(), "application_id"))
        if self.manifest.merged.get(name):
            pieces.append(self._scan(table, self.manifest.merged[name]))
        first, *others = pieces
        return first.union(*others) if others else first

    def recorded(self, name: str) -> ir.Table:
        """Return the rows of table `name` as each source gave them."""
        return self._scan(declared(name), self.manifest.recorded.get(name, ()))

    def shared(self) -> ir.Table:
        """Return the ids that more than one record describes, each with the id it is merged under."""
        parts = (
            [self.root / self.manifest.shared.path]
            if self.manifest.shared
            else [self._empty(SHARED, "shared")]
        )
        return self.engine.scan(parts, SHARED)

    def named(self, name: str) -> ir.Table:
        """Return a table by the name it has in SQL: ``application`` or ``application_recorded``."""
        return self.recorded(name.removesuffix(RECORDED)) if name.endswith(RECORDED) else self.table(name)

    def _split(self, name: str) -> tuple[list[Part], list[Part]]:
        shared = set(self.manifest.shared_file_ids)
        clean: list[Part] = []
        touched: list[Part] = []
        for part in self.manifest.recorded.get(name, ()):
            (clean if shared.isdisjoint(part.file_ids) else touched).append(part)
        return clean, touched

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
