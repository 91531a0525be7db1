# SPDX-License-Identifier: Apache-2.0
"""The embedded engine: DuckDB in this process, through Ibis."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.errors import QueryError
from zhihang.store.engine import Engine, EngineKind, file_state

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from duckdb import DuckDBPyConnection

BATCH_ROWS = 122_880


class DuckDBEngine:
    """DuckDB through Ibis, with nothing loaded or fetched from outside.

    Settings: `threads` (default: all cores), `memory` (for example ``4GB``), `scratch` (folder for what does not fit
    into memory; default: one of this process in the `store`).
    """

    def __init__(self, settings: Mapping[str, object]) -> None:
        import ibis

        options = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        if "memory" in settings:
            options["memory_limit"] = str(settings["memory"])
        if "threads" in settings:
            options["threads"] = str(settings["threads"])
        if "scratch" in settings:
            options["temp_directory"] = str(settings["scratch"])
        elif "store" in settings:
            options["temp_directory"] = str(spill_folder(Path(str(settings["store"]))))
        self._backend = ibis.duckdb.connect(**options)
        self._scans: dict[object, ir.Table] = {}

    def scan(self, paths: Sequence[Path], schema: pa.Schema) -> ir.Table:
        """Return the rows of all `paths`; columns that an older file, or all of them, lack are blank."""
        key = (tuple(schema.names), *map(file_state, paths))
        if key not in self._scans:
            self._scans[key] = self._read([str(path) for path in paths], schema)
        return self._scans[key]

    def _read(self, paths: list[str], schema: pa.Schema) -> ir.Table:
        import ibis

        found = self._backend.read_parquet(paths, union_by_name=True)
        lacking = [
            field for field in ibis.Schema.from_pyarrow(schema).items() if field[0] not in found.columns
        ]
        if lacking:
            found = found.mutate(**{name: ibis.null(kind) for name, kind in lacking})
        return found.select(*schema.names)

    def values(self, table: pa.Table) -> ir.Table:
        """Register a table in memory."""
        import ibis

        return ibis.memtable(table)

    def batches(self, expression: ir.Table, schema: pa.Schema | None = None) -> Iterator[pa.RecordBatch]:
        """Stream the result."""
        for batch in self._backend.to_pyarrow_batches(expression, chunk_size=BATCH_ROWS):
            yield batch if schema is None else batch.select(schema.names).cast(schema)

    def collect(self, expression: ir.Table | ir.Scalar | ir.Column) -> pa.Table:
        """Compute the whole result."""
        return self._backend.to_pyarrow(expression)

    def hold(self, expression: ir.Table) -> ir.Table:
        """Compute the rows into a temporary table, which goes when nobody asks it any more."""
        return self._backend._cached_table(expression)  # `cache()` may choose another database

    def sql(self, query: str, tables: Mapping[str, ir.Table], *, seconds: float, files: Path) -> pa.Table:
        """Run one SELECT, after locking this engine for good; it is interrupted after `seconds`."""
        import duckdb

        try:
            for name, table in tables.items():
                self._backend.create_view(name, table)
            connection = self._backend.con
            connection.execute("SET allowed_directories = [?]", [f"{files.resolve()}/"])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            _require_select(query)
            return _run_in_time(connection, query, seconds)
        except duckdb.Error as error:
            raise QueryError(
                "The query cannot be run.",
                {"query": query, "database says": _short(error)},
                todo="See docs/reference/tables.md for tables and columns.",
            ) from error

    def close(self) -> None:
        """Close the connection."""
        self._backend.disconnect()


def spill_folder(root: Path) -> Path:
    """Return the folder in which this process may spill; what processes that are gone left behind is removed.

    The database makes the folder when it needs it and removes it at the end; two processes must not share one.
    """
    for left in root.glob("spill-*"):
        process = left.name.removeprefix("spill-")
        if process.isdigit() and not _is_alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    return root / f"spill-{os.getpid()}"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _require_select(query: str) -> None:
    import duckdb

    statements = duckdb.extract_statements(query)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise QueryError(
            "Only one reading query (SELECT) may be run.",
            {"query": query, "statements": ", ".join(s.type.name for s in statements) or "none"},
            todo="Remove everything but the SELECT.",
        )


def _run_in_time(connection: DuckDBPyConnection, query: str, seconds: float) -> pa.Table:
    import duckdb

    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        return connection.sql(query).to_arrow_table()
    except duckdb.InterruptException as error:
        raise QueryError(
            f"The query took longer than {seconds:g} seconds and was stopped.",
            {"query": query},
            todo="Narrow it, or allow more with --seconds.",
        ) from error
    finally:
        timer.cancel()


def _short(error: Exception) -> str:
    lines = str(error).strip().split("\n\nLINE")[0].splitlines()
    # It knows only the tables that the query names, so what it takes for close is not.
    return ("\n" + " " * 17).join(line for line in lines if not line.startswith("Did you mean"))


def _start(settings: Mapping[str, object]) -> Engine:
    return DuckDBEngine(settings)


duckdb = EngineKind("duckdb", _start)
