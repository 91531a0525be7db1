# SPDX-License-Identifier: Apache-2.0
"""The distributed engine: an existing Spark, through Ibis, by Spark Connect or a classic session."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from zhihang.errors import DefinitionError, NotInstalled, QueryError
from zhihang.store.engine import Engine, EngineKind

if TYPE_CHECKING:
    import ibis.expr.types as ir

_INSTALL = "pip install 'zhihang[spark-connect]' (for sc:// addresses) or 'zhihang[spark]' (classic session, needs Java 17)"


class SparkEngine:
    """Spark through Ibis: the same expressions over the same Parquet files on shared storage.

    Settings: `url` (``sc://host:15002`` for Spark Connect, ``spark://host:7077`` or ``local[2]`` for a classic
    session), `files` (the store's folder as the cluster sees it, when its mount point differs there), `options`
    (Spark configuration).
    """

    def __init__(self, settings: Mapping[str, object]) -> None:
        url = str(settings.get("url", ""))
        if not url:
            raise DefinitionError(
                "The Spark engine needs the address of a cluster.",
                {"file": "zhihang.toml", "expected": '[spark] url = "sc://host:15002"'},
                todo="Add it; docs/how-to/use-spark.md shows how.",
            )
        self._files = str(settings["files"]) if "files" in settings else None
        self._session = _session(url, dict(settings.get("options", {})))  # type: ignore[call-overload]
        self._backend = _backend(self._session)

    def scan(self, paths: Sequence[Path], schema: pa.Schema) -> ir.Table:
        """Return the rows of all `paths`; columns that an older file lacks are blank."""
        frame = self._session.read.schema(_spark_schema(schema)).parquet(
            *[self._seen(path) for path in paths]
        )
        return self._table(frame)

    def values(self, table: pa.Table) -> ir.Table:
        """Send a small table to the cluster."""
        rows = [tuple(row.values()) for row in table.to_pylist()]
        return self._table(self._session.createDataFrame(rows, _spark_schema(table.schema)))

    def batches(self, expression: ir.Table, schema: pa.Schema | None = None) -> Iterator[pa.RecordBatch]:
        """Compute the result and hand it out in batches."""
        table = self.collect(expression)
        yield from (table if schema is None else table.select(schema.names).cast(schema)).to_batches()

    def collect(self, expression: ir.Table | ir.Scalar | ir.Column) -> pa.Table:
        """Compute the whole result."""
        return _plain(self._session.sql(self._backend.compile(expression.as_table())).toArrow())

    def sql(
        self,
        query: str,
        tables: Mapping[str, ir.Table],
        *,
        seconds: float,
        files: Path,  # noqa: ARG002 - only named tables are let through
    ) -> pa.Table:
        """Run one SELECT that names only the given tables; it is interrupted after `seconds`."""
        _require_select(query, set(tables))
        for name, table in tables.items():
            self._session.sql(self._backend.compile(table)).createOrReplaceTempView(name)
        return _run_in_time(self._session, query, seconds)

    def close(self) -> None:
        """Leave the session to whoever else uses it: Spark shares one per process."""

    def _seen(self, path: Path) -> str:
        """Return the path of a store file as the cluster sees it."""
        if self._files is None:
            return str(path.resolve())
        parts = path.resolve().parts
        root = max(index for index, part in enumerate(parts) if part == "store")
        return "/".join([self._files.rstrip("/"), *parts[root + 1 :]])

    def _table(self, frame: Any) -> ir.Table:
        from ibis.util import gen_name

        name = gen_name("zhihang_scan")
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)


def _session(url: str, options: dict[str, object]) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NotInstalled(
            "The Spark engine is not installed.", {"missing": str(error)}, todo=_INSTALL
        ) from error
    builder = SparkSession.builder.appName("zhihang")
    builder = builder.remote(url) if url.startswith("sc://") else builder.master(url)
    for name, value in options.items():
        builder = builder.config(name, str(value))
    try:
        return builder.getOrCreate()
    except Exception as error:  # pyspark raises many kinds, none of them ours
        raise DefinitionError(
            "The Spark cluster cannot be reached.",
            {"url": url, "system says": str(error).splitlines()[0][:200]},
            todo="Check the address, and that the cluster is running; docs/how-to/use-spark.md",
        ) from error


def _backend(session: Any) -> Any:
    import ibis

    try:
        backend = ibis.pyspark.connect(session)
    except ImportError as error:
        raise NotInstalled(
            "The Spark engine is not complete.", {"missing": str(error)}, todo=_INSTALL
        ) from error
    return backend


_SPARK_TYPES = {
    pa.string(): "string",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", "UTC"): "timestamp",
}


def _spark_schema(schema: pa.Schema) -> str:
    return ", ".join(f"`{field.name}` {_SPARK_TYPES[field.type]}" for field in schema)


def _plain(table: pa.Table) -> pa.Table:
    """Drop what Spark adds to Arrow types: time zones of the session, non-null marks."""
    zone = pa.timestamp("us", "UTC")
    fields = [pa.field(f.name, zone if pa.types.is_timestamp(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(fields))


def _require_select(query: str, tables: set[str]) -> None:
    """Refuse all but one SELECT over known tables (Spark itself would open any file it is given)."""
    import sqlglot
    from sqlglot import exp

    try:
        statements = [statement for statement in sqlglot.parse(query, read="spark") if statement is not None]
    except sqlglot.errors.ParseError as error:
        raise QueryError(
            "The query cannot be read.", {"query": query, "fault": str(error).splitlines()[0]}
        ) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise QueryError(
            "Only one reading query (SELECT) may be run.",
            {"query": query},
            todo="Remove everything but the SELECT.",
        )
    own = {cte.alias_or_name.lower() for cte in statements[0].find_all(exp.CTE)}
    named = {_full_name(table).lower() for table in statements[0].find_all(exp.Table)}
    unknown = named - own - tables
    functions = {str(f.this).lower() for f in statements[0].find_all(exp.Anonymous)} & _FORBIDDEN_FUNCTIONS
    if unknown or functions:
        raise QueryError(
            "The query names something other than the store's tables.",
            {"query": query, "not allowed": ", ".join(sorted(unknown | functions))},
            todo="zhihang list tables",
        )


_FORBIDDEN_FUNCTIONS = frozenset({"java_method", "reflect", "try_reflect", "read_files", "input_file_name"})


def _full_name(table: Any) -> str:
    return ".".join(part.name for part in table.parts)


def _run_in_time(session: Any, query: str, seconds: float) -> pa.Table:
    results: list[pa.Table] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(_plain(session.sql(query).toArrow()))
        except Exception as error:  # handed over to the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        _interrupt(session)
        raise QueryError(
            f"The query took longer than {seconds:g} seconds and was stopped.",
            {"query": query},
            todo="Narrow it, or allow more with --seconds.",
        )
    if errors:
        raise QueryError(
            "The query cannot be run.", {"query": query, "Spark says": str(errors[0]).splitlines()[0][:300]}
        ) from errors[0]
    return results[0]


def _interrupt(session: Any) -> None:
    if hasattr(session, "interruptAll"):
        session.interruptAll()
    elif hasattr(session, "sparkContext"):
        session.sparkContext.cancelAllJobs()


def _start(settings: Mapping[str, object]) -> Engine:
    return SparkEngine(settings)


spark = EngineKind("spark", _start)
