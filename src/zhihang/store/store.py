# SPDX-License-Identifier: Apache-2.0
"""The store: typed tables on disk, read through any engine, written by runs that commit whole or not at all."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.errors import NotAllowed, QueryError
from zhihang.store import manifest as manifests
from zhihang.store.engine import Engine, start_engine
from zhihang.store.lock import writer_lock
from zhihang.store.manifest import Manifest
from zhihang.store.snapshot import Snapshot, sql_names
from zhihang.store.writing import WritingRun, full_disk_named

if TYPE_CHECKING:
    import ibis.expr.types as ir

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present moment; runs take it from a clock so that tests can set it."""
    return datetime.now(UTC)


class Store:
    """Tables of one folder, as they stood after one run.

    A store that is open keeps showing the state it was opened at; `refresh` moves to the newest one.
    """

    def __init__(
        self,
        root: Path,
        *,
        engine: str = "duckdb",
        settings: Mapping[str, object] | None = None,
        as_of: int | None = None,
        clock: Clock = now,
    ) -> None:
        self.root = root
        self.clock = clock
        self._engine_name = engine
        self._settings = {**(settings or {}), "store": root}
        self._as_of = as_of
        self.manifest = manifests.load(root, as_of)

    @cached_property
    def engine(self) -> Engine:
        """The engine, started when first needed."""
        return start_engine(self._engine_name, self._settings)

    @property
    def snapshot(self) -> Snapshot:
        """Tables of the state the store shows."""
        return Snapshot(self.root, self.manifest, self.engine)

    def table(self, name: str) -> ir.Table:
        """Return the rows of table `name`, one truth per application, as a lazy Ibis table."""
        return self.snapshot.table(name)

    def recorded(self, name: str) -> ir.Table:
        """Return the rows of table `name` as each source gave them, as a lazy Ibis table."""
        return self.snapshot.recorded(name)

    def collect(self, expression: ir.Table | ir.Scalar | ir.Column) -> pa.Table:
        """Compute an expression."""
        return self.engine.collect(expression)

    def hold(self, expression: ir.Table) -> ir.Table:
        """Return rows so that asking them many questions is quick."""
        return self.engine.hold(expression)

    def sql(self, query: str, *, seconds: float = 60.0) -> pa.Table:
        """Run one SELECT over the tables of the dictionary; it can neither write nor open other files."""
        words = set(re.findall(r"\w+", query.lower()))
        engine = start_engine(self._engine_name, self._settings)
        try:
            snapshot = Snapshot(self.root, self.manifest, engine)
            tables = {name: snapshot.named(name) for name in sql_names() if name in words}
            return engine.sql(query, tables, seconds=seconds, files=self.root)
        except QueryError as error:
            error.facts |= _close_tables(query)
            raise
        finally:
            engine.close()

    def refresh(self) -> Store:
        """Show the newest committed state from now on."""
        self.manifest = manifests.load(self.root, self._as_of)
        return self

    @contextmanager
    def writing(
        self, verb: str, arguments: Mapping[str, object] | None = None, *, wait: float = 60.0
    ) -> Iterator[WritingRun]:
        """Begin a run under the writer's lock. What it does not `commit` never happened."""
        if self._as_of is not None:
            raise NotAllowed(
                f"The store is open as of run {self._as_of} and can only be read.",
                todo="Open it without --as-of.",
            )
        with full_disk_named(self.root), writer_lock(self.root, wait=wait):
            run = WritingRun(self.root, lambda: self.engine, verb, arguments or {}, self.clock())
            try:
                yield run
            finally:
                run.clean_up()
                self.refresh()

    def close(self) -> None:
        """Give back the engine."""
        if "engine" in self.__dict__:
            self.engine.close()
            del self.__dict__["engine"]


def _close_tables(query: str) -> dict[str, str]:
    """Name the tables that come close to what a query reads and the store does not have."""
    names = sql_names()
    read = {word.lower() for word in re.findall(r"\b(?:from|join)\s+(\w+)", query, re.IGNORECASE)} - set(
        names
    )
    close = [found for word in sorted(read) for found in difflib.get_close_matches(word, names, n=2)]
    return {"close to": ", ".join(close)} if close else {}


def create_store(root: Path) -> None:
    """Make an empty store in folder `root`; an existing one is left as it is."""
    root.mkdir(parents=True, exist_ok=True)
    if not (root / "HEAD").exists():
        manifests.commit(root, Manifest())


def open_store(
    root: Path,
    *,
    engine: str = "duckdb",
    settings: Mapping[str, object] | None = None,
    as_of: int | None = None,
    clock: Clock = now,
) -> Store:
    """Open the store in folder `root`.

    Parameters
    ----------
    engine, settings
        Name of the engine and its settings (see `store/engines`).
    as_of
        Number of an earlier run: show the store as it stood after it, read only.
    clock
        Gives the time of runs.
    """
    return Store(root, engine=engine, settings=settings, as_of=as_of, clock=clock)
