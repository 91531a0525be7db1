# SPDX-License-Identifier: Apache-2.0
"""Small rows for tests of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from zhihang.facts.table import TABLES
from zhihang.store.manifest import SourceEntry
from zhihang.store.store import Store


def rows(table: str, records: Sequence[Mapping[str, object]]) -> pa.Table:
    """Rows of a table as ingestion stages them: with `line`, without file and run; missing columns are blank."""
    schema = pa.schema([f for f in TABLES[table].schema if f.name not in ("file_id", "run_id")])
    columns = {f.name: pa.array([record.get(f.name) for record in records], f.type) for f in schema}
    return pa.table(columns, schema=schema)


def application(number: str, line: int, **values: object) -> dict[str, object]:
    """One row of table `application`."""
    basis = "publication_number" if "-P" in number else "application_number"
    return {"application_id": number, "id_basis": basis, "line": line, **values}


def put(
    store: Store, name: str, tables: Mapping[str, Sequence[Mapping[str, object]]], *, precedence: int = 50
) -> int:
    """Write one source file's rows in a run of its own; a file of the same name is replaced. Return the run."""
    with store.writing("ingest", {"file": name}) as run:
        staged = run.stage()
        for table, records in tables.items():
            staged.append(table, rows(table, records))
        run.drop([entry.file_id for entry in run.entries() if entry.path == name])
        entry = SourceEntry(
            file_id=0,
            path=name,
            sha256=name,
            size=1,
            reader="test",
            precedence=precedence,
            rows=staged.rows(),
        )
        run.take(staged, entry)
        return run.commit(store.clock()).version


def shown(store: Store, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Current rows of a table, in order."""
    found = store.collect(store.table(table).select(*columns)).to_pylist()
    return sorted((tuple(row[c] for c in columns) for row in found), key=str)


def parquet_files(root: Path) -> int:
    """Number of files with recorded rows."""
    return len(list((root / "data").rglob("*.parquet")))
