# SPDX-License-Identifier: Apache-2.0
"""The distributed engine: an existing Spark, through Ibis, by Spark Connect or a classic session."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import pyarrow as pa

from zhihang.errors import DefinitionError, NotInstalled, QueryError, StoreError
from zhihang.store.engine import Engine, EngineKind, file_state
from zhihang.store.reading_query import reading_query

if TYPE_CHECKING:
    import ibis.expr.types as ir

T = TypeVar("T")

CONNECT_SECONDS = 10.0
STOP_SECONDS = 5.0
ROWS_AT_ONCE = 20_000
RETRIES = {"max_retries": 6, "max_backoff": 4000}
"""A call that finds no server is repeated for about 12 seconds, not the ten minutes of Spark's own setting."""

_DEFAULT_PORTS = {"sc": 15002, "spark": 7077}
_INSTALL = "pip install 'zhihang[spark-connect]' (for sc:// addresses) or 'zhihang[spark]' (classic session, needs Java 17)"
_UNSEEN = re.compile(
    r"PATH_NOT_FOUND|FILE_NOT_EXIST|FileNotFoundException|NoSuchFile|No such file", re.IGNORECASE
)

_PATTERNS = re.compile(r"[*?\[\]{}%\\]")


class SparkEngine:
    """Spark through Ibis: the same expressions over the same Parquet files on shared storage.

    Settings: `url` (``sc://host:15002`` for Spark Connect, ``spark://host:7077`` or ``local[2]`` for a classic
    session), `files` (the store's folder as the cluster sees it, where its mount point differs there), `options`
    (Spark configuration). `store`, the folder of the store here, comes from the store itself.

    Each engine has a session of its own, so that what one leaves behind or interrupts is no other's.
    """

    def __init__(self, settings: Mapping[str, object]) -> None:
        self._url = str(settings.get("url", ""))
        if not self._url:
            raise DefinitionError(
                "The Spark engine needs the address of a cluster.",
                {"file": "zhihang.toml", "expected": '[spark] url = "sc://host:15002"'},
                todo="Add it; docs/how-to/use-spark.md shows how.",
            )
        self._root = Path(str(settings.get("store", "."))).resolve()
        self._files = str(settings.get("files") or f"file://{self._root}").rstrip("/")
        self._views: dict[object, ir.Table] = {}
        options = dict(settings.get("options", {}))  # type: ignore[call-overload]
        _require_listener(self._url)
        self._session = _session(self._url, {str(name): _spelled(value) for name, value in options.items()})
        self._backend = _backend(self._session)

    def scan(self, paths: Sequence[Path], schema: pa.Schema) -> ir.Table:
        """Return the rows of all `paths`; columns that an older file lacks are blank."""
        key = (_spark_schema(schema), *map(file_state, paths))
        if key not in self._views:
            with self._files_seen():
                frame = self._session.read.schema(_spark_schema(schema)).parquet(*map(self._seen, paths))
                found = len(frame.inputFiles())
            if found != len(set(paths)):  # a server may take what it does not find for empty
                raise self._unseen(f"{found} of {len(set(paths))} files were found")
            self._views[key] = self._view(frame)
        return self._views[key]

    def values(self, table: pa.Table) -> ir.Table:
        """Send a small table to the cluster."""
        if table.num_rows:
            frame = self._session.createDataFrame(table)
        else:  # Spark cannot take the columns of an empty Arrow table
            frame = self._session.createDataFrame([], _spark_schema(table.schema))
        view = self._views[object()] = self._view(frame)
        return view

    def batches(self, expression: ir.Table, schema: pa.Schema | None = None) -> Iterator[pa.RecordBatch]:
        """Stream the result."""
        with self._files_seen():
            for batch in _streamed(self._frame(expression), schema or expression.schema().to_pyarrow()):
                yield batch if schema is None else batch.select(schema.names).cast(schema)

    def collect(self, expression: ir.Table | ir.Scalar | ir.Column) -> pa.Table:
        """Compute the whole result."""
        with self._files_seen():
            return _plain(self._frame(expression.as_table()).toArrow())

    def hold(self, expression: ir.Table) -> ir.Table:
        """Return the expression as it is: a cluster reads its files in parallel."""
        return expression

    def sql(
        self,
        query: str,
        tables: Mapping[str, ir.Table],
        *,
        seconds: float,
        files: Path,  # noqa: ARG002 - only named tables are let through
    ) -> pa.Table:
        """Run one SELECT that names only the given tables; it is interrupted after `seconds`."""
        allowed = reading_query(query, tables, "spark")
        for name, table in tables.items():
            self._frame(table).createOrReplaceTempView(name)
        return _run_in_time(self._session, query, allowed, seconds)

    def close(self) -> None:
        """Leave the cluster; the driver of a classic session stays for the process, its views go."""
        if self._url.startswith("sc://"):
            _leave(self._session.client)
        else:
            for view in self._views.values():
                self._session.catalog.dropTempView(view.get_name())
        self._views.clear()

    def _frame(self, expression: ir.Table) -> Any:
        return self._session.sql(self._backend.compile(expression))

    def _view(self, frame: Any) -> ir.Table:
        from ibis.util import gen_name

        name = gen_name("zhihang_scan")
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)

    def _seen(self, path: Path) -> str:
        """Return the address of a store file as the cluster sees it."""
        return f"{self._files}/{path.resolve().relative_to(self._root).as_posix()}"

    @contextmanager
    def _files_seen(self) -> Iterator[None]:
        """Explain what it means that the cluster does not find a file that is there."""
        try:
            yield
        except Exception as error:  # pyspark, py4j and grpc each raise their own
            if not _UNSEEN.search(str(error)):
                raise
            raise self._unseen(_short(error)) from error

    def _unseen(self, fault: str) -> StoreError:
        patterns = _PATTERNS.search(self._files)
        return StoreError(
            "The Spark cluster does not see the files of the store.",
            {"store": self._root, "looked for under": self._files, "Spark says": fault},
            todo="Give the folder a name without * ? [ ] { } % and \\, which Spark takes for patterns."
            if patterns
            else "Mount the folder on every machine of the cluster, and name it as they see it: [spark] files"
            " in zhihang.toml; docs/how-to/use-spark.md",
        )


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _short(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:300]


# ------------------------------------------------------------------------------------------- sessions


def _require_listener(url: str) -> None:
    """Make sure that something listens at the address, for Spark itself would go on trying for minutes."""
    scheme, _, rest = url.partition("://")
    if scheme not in _DEFAULT_PORTS:
        return
    faults = []
    for place in re.split(r"[/;?]", rest)[0].split(","):
        host, _, port = place.partition(":")
        try:
            socket.create_connection((host, int(port or _DEFAULT_PORTS[scheme])), CONNECT_SECONDS).close()
        except (OSError, ValueError) as error:
            faults.append(f"{place}: {error}")
        else:
            return
    raise _unreachable(url, "; ".join(faults))


def _unreachable(url: str, fault: str) -> DefinitionError:
    return DefinitionError(
        "The Spark cluster cannot be reached.",
        {"url": _without_token(url), "system says": fault},
        todo="Check [spark] url in zhihang.toml, and that the cluster is running; docs/how-to/use-spark.md",
    )


def _without_token(url: str) -> str:
    return url.partition("/;")[0]


def _session(url: str, options: Mapping[str, str]) -> Any:
    try:
        session = (
            _connect_session(url, options) if url.startswith("sc://") else _classic_session(url, options)
        )
    except ImportError as error:
        raise NotInstalled(
            "The Spark engine is not installed.", {"missing": str(error)}, todo=_INSTALL
        ) from error
    except DefinitionError:
        raise
    except Exception as error:  # pyspark, py4j and grpc each raise their own
        raise _unreachable(url, _short(error)) from error
    return session


def _connect_session(url: str, options: Mapping[str, str]) -> Any:
    from pyspark.sql.connect.client.retries import DefaultPolicy
    from pyspark.sql.connect.session import SparkSession

    session = SparkSession.builder.remote(url).create()
    session.client.set_retry_policies([DefaultPolicy(**RETRIES)])
    # Otherwise threads that tidy up on the server keep this process alive for as long as the server is busy.
    session.client.disable_reattachable_execute()
    for name, value in options.items():
        session.conf.set(name, value)
    session.version  # noqa: B018 - asks the server, which until now nobody has
    return session


def _classic_session(url: str, options: Mapping[str, str]) -> Any:
    from pyspark.sql import SparkSession

    quiet = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    builder = SparkSession.builder.appName("zhihang").master(url).config(map={**quiet, **options})
    session = builder.getOrCreate()
    running = session.sparkContext.master
    if running != url:
        raise DefinitionError(
            "This process already has a Spark session on another cluster, and can have only one.",
            {"url": _without_token(url), "running": running},
            todo="Use one process for each cluster, or Spark Connect (sc://).",
        )
    return session.newSession()


def _backend(session: Any) -> Any:
    import ibis

    try:
        return ibis.pyspark.connect(session)
    except ImportError as error:
        raise NotInstalled(
            "The Spark engine is not complete.", {"missing": str(error)}, todo=_INSTALL
        ) from error


# ------------------------------------------------------------------------------------------- results


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


def _streamed(frame: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Hand out a result piece by piece: as the server sends it, or one partition after the other."""
    if hasattr(frame, "_jdf"):
        rows = frame.toLocalIterator()
        while piece := list(islice(rows, ROWS_AT_ONCE)):
            columns = zip(*piece, strict=True)
            yield pa.RecordBatch.from_arrays(
                [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)],
                schema=schema,
            )
        return
    client = frame.sparkSession.client
    for found in client.to_table_as_iterator(frame._plan.to_proto(client), {}):
        if isinstance(found, pa.Table):
            yield from _plain(found).to_batches()


def _plain(table: pa.Table) -> pa.Table:
    """Drop what Spark adds to Arrow types: time zones of the session, non-null marks."""
    zone = pa.timestamp("us", "UTC")
    fields = [pa.field(f.name, zone if pa.types.is_timestamp(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(fields))


# ------------------------------------------------------------------------------------------- time limits


class _Waiting(Generic[T]):
    """A call in a thread of its own, for a server may be too busy to answer, even to a request to stop."""

    def __init__(self, action: Callable[[], T]) -> None:
        self.results: list[T] = []
        self.errors: list[Exception] = []
        self._action = action
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def done_within(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.results.append(self._action())
        except Exception as error:  # handed over to the caller's thread
            self.errors.append(error)


def _run_in_time(session: Any, query: str, allowed: str, seconds: float) -> pa.Table:
    waiting = _Waiting(lambda: _plain(session.sql(allowed).toArrow()))
    if not waiting.done_within(seconds):
        _Waiting(session.interruptAll).done_within(STOP_SECONDS)
        waiting.done_within(STOP_SECONDS)
        raise QueryError(
            f"The query took longer than {seconds:g} seconds and was stopped.",
            {"query": query},
            todo="Narrow it, or allow more with --seconds.",
        )
    if waiting.errors:
        raise QueryError(
            "The query cannot be run.",
            {"query": query, "Spark says": _short(waiting.errors[0])},
            todo="See docs/reference/tables.md for tables and columns.",
        ) from waiting.errors[0]
    return waiting.results[0]


def _leave(client: Any) -> None:
    """Let the server forget the session, if it can still hear us, and hang up."""
    _Waiting(client.release_session).done_within(STOP_SECONDS)
    client.close()


def _start(settings: Mapping[str, object]) -> Engine:
    return SparkEngine(settings)


spark = EngineKind("spark", _start)
