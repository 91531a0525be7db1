# SPDX-License-Identifier: Apache-2.0
"""Derive: fill the derived tables that are stale, in the order their inputs imply, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from zhihang.derivation.change import NOTHING, Changes
from zhihang.derivation.derivation import Derivation, Facts
from zhihang.derivation.inputs import inputs_of, only_files_differ, recorded_files
from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES, Table
from zhihang.store import manifest as manifests
from zhihang.store.manifest import Derived, Manifest, Part
from zhihang.store.parquet import TableFile, write_file
from zhihang.store.snapshot import Snapshot
from zhihang.store.store import Store
from zhihang.store.writing import WritingRun

if TYPE_CHECKING:
    import ibis.expr.types as ir

Extent = Literal["all", "touched", "nothing"]
Progress = Callable[[str, int, int], None]
"""Told the name of the derivation that begins, its number from 1, and how many there are."""
ALL_FROM = 0.3
"""From this share of applications touched on, everything is computed again: that is faster."""


@dataclass(frozen=True)
class DeriveRequest:
    """What to derive: `names` (default: every derivation), all of it `again` or only what is stale."""

    names: Sequence[str] = ()
    again: bool = False
    codes: CodeLists = field(default_factory=CodeLists)
    decisions_folder: Path | None = None


@dataclass(frozen=True)
class DeriveOutcome:
    """What became of one derived table: how much of it was computed, rows written and rows it has, seconds."""

    name: str
    extent: Extent
    written: int
    rows: int
    seconds: float


def derive(
    store: Store,
    shelf: Mapping[str, Derivation],
    request: DeriveRequest,
    *,
    wait: float = 60.0,
    progress: Progress | None = None,
) -> list[DeriveOutcome]:
    """Bring derived tables up to date; those that the wanted ones rest on come with them.

    All of them become visible together, when the last is written; a run that fails or is stopped leaves the store as
    it was.
    """
    wanted = in_order(shelf, request.names)
    with store.writing("derive", {"names": list(request.names), "again": request.again}, wait=wait) as run:
        work = _Work(run, request, shelf, store)
        outcomes = []
        for number, each in enumerate(wanted, 1):
            if progress:
                progress(each.name, number, len(wanted))
            outcomes.append(work.do(each))
        if work.done:
            told = ", ".join(f"{o.name} {o.written}" for o in outcomes if o.extent != "nothing")
            rows = sum(outcome.written for outcome in outcomes)
            run.commit_derived(store.clock(), told, derived=work.done, rows=rows)
    return outcomes


def stale(store: Store, shelf: Mapping[str, Derivation], request: DeriveRequest) -> list[str]:
    """Return the derived tables that no longer follow from what the store holds, in order."""
    manifest = store.manifest
    found: set[str] = set()
    for each in in_order(shelf, ()):
        known = manifest.derived.get(each.name)
        now = inputs_of(each, manifest, request.codes, request.decisions_folder)
        if known is None or known.inputs != now or found & set(each.reads):
            found.add(each.name)
    return [each.name for each in in_order(shelf, ()) if each.name in found]


def in_order(shelf: Mapping[str, Derivation], names: Iterable[str]) -> list[Derivation]:
    """Return the named derivations (default: all) and those they rest on, each after what it reads."""
    unknown = [name for name in names if name not in shelf]
    if unknown:
        raise NotFound.named("derivation", unknown[0], list(shelf), see="zhihang list derivations")
    graph = {each.name: {read for read in each.reads if read in shelf} for each in shelf.values()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise DefinitionError(
            "Derivations read each other in a circle.",
            {"circle": " -> ".join(error.args[1])},
            todo="Let one of them read recorded tables instead.",
        ) from error
    needed = set(names) or set(graph)
    for name in reversed(order):
        if name in needed:
            needed |= graph[name]
    return [shelf[name] for name in order if name in needed]


class _Work:
    """One run of derivations: the manifest as it will be, and what has been derived so far."""

    def __init__(
        self, run: WritingRun, request: DeriveRequest, shelf: Mapping[str, Derivation], store: Store
    ) -> None:
        self.run = run
        self.request = request
        self.shelf = shelf
        self.manifest: Manifest = run.before
        self.store = store
        self.done: dict[str, Derived] = {}
        self.changes = Changes(run)

    def do(self, derivation: Derivation) -> DeriveOutcome:
        begin = perf_counter()
        known = self.manifest.derived.get(derivation.name)
        inputs = inputs_of(derivation, self.manifest, self.request.codes, self.request.decisions_folder)
        if known is not None and known.inputs == inputs and not self.request.again:
            return DeriveOutcome(derivation.name, "nothing", 0, _rows(known.parts), perf_counter() - begin)
        touched = self._touched(derivation, known, inputs)
        extent: Extent = "all" if touched is None or known is None else "touched"
        if touched is not None and known is not None:
            self.changes.computed[derivation.name] = known.parts, touched
            extent = "touched" if touched.num_rows else "nothing"
        kept = self._kept(derivation.name, known, touched) if touched is not None and known else []
        added = self._compute(derivation, known, inputs, touched)
        derived = Derived(
            parts=(*kept, *added),
            inputs=inputs,
            files=tuple(sorted(recorded_files(self._recorded(derivation), self.manifest))),
            run_id=self.run.run_id,
        )
        self.done[derivation.name] = derived
        self.manifest = self.manifest.model_copy(update={"derived": {**self.manifest.derived, **self.done}})
        seconds = perf_counter() - begin
        return DeriveOutcome(derivation.name, extent, _rows(added), _rows(derived.parts), seconds)

    def _touched(
        self, derivation: Derivation, known: Derived | None, inputs: Mapping[str, str]
    ) -> pa.Table | None:
        """Return the ids of applications to compute; None: all."""
        if (
            known is None
            or self.request.again
            or not only_files_differ(known.inputs, inputs)
            or known.run_id > self.manifest.version
        ):
            return None
        now = recorded_files(self._recorded(derivation), self.manifest)
        added, dropped = sorted(now - set(known.files)), sorted(set(known.files) - now)
        try:
            before = manifests.load(self.run.root, known.run_id)
        except NotFound:
            return None
        if not self._by_application(derivation, before):
            quiet = not added and not dropped and not self.changes.any_rows(derivation, before, self.manifest)
            return NOTHING if quiet else None

        def facts() -> Facts:
            return self._facts(derivation, known, inputs, None)

        found = self.changes.applications(derivation, before, self.manifest, (added, dropped), facts)
        whole = sum(part.rows for part in self.manifest.recorded.get("application", ()))
        return None if found.num_rows > ALL_FROM * whole else found

    def _by_application(self, derivation: Derivation, before: Manifest) -> bool:
        """Whether what changed touches some applications, and which can be told."""
        told = all(
            "application_id" in TABLES[name].names or name in derivation.through
            for name in derivation.reads
            if TABLES[name].derived
        )
        others = self.changes.other_files(derivation, before, self.manifest)
        return derivation.per == "application" and told and not others

    def _recorded(self, derivation: Derivation) -> set[str]:
        """Return the recorded tables a derivation rests on, directly or through derived ones."""
        found: set[str] = set()
        for name in derivation.reads:
            found |= self._recorded(self.shelf[name]) if name in self.shelf else {name}
        return found

    def _kept(self, name: str, known: Derived, touched: pa.Table) -> list[Part]:
        """Return the files of the last run, without the rows of touched applications."""
        if not touched.num_rows:
            return list(known.parts)
        schema = TABLES[name].schema
        ids = self.changes.scan_ids(name, touched)
        kept: list[Part] = []
        for number, part in enumerate(known.parts):
            rows = self.run.engine.scan([self.run.root / part.path], schema)
            gone = rows.semi_join(ids, "application_id")
            held = self.run.engine.collect(gone.aggregate(n=gone.count())).column("n")[0].as_py()
            if not held:
                kept.append(part)
            elif held < part.rows:
                path = self.run.scratch(f"kept-{name}-{number:05d}") / f"{name}.parquet"
                left = rows.anti_join(ids, "application_id").order_by(*_order(TABLES[name]))
                count = write_file(path, schema, self.run.engine.batches(left, schema))
                kept.append(self.run.part(path, name, "derived", count, []))
        return kept

    def _compute(
        self,
        derivation: Derivation,
        known: Derived | None,
        inputs: Mapping[str, str],
        touched: pa.Table | None,
    ) -> list[Part]:
        if touched is not None and not touched.num_rows:
            return []
        table = TABLES[derivation.name]
        facts = self._facts(derivation, known, inputs, touched)
        file = TableFile(self.run.scratch(f"derived-{table.name}") / f"{table.name}.parquet", table.schema)
        for batch in _batches(derivation.derive(facts), table, facts):
            file.append(_checked(batch, table, self.run.run_id))
        file.close()
        return [self.run.part(file.path, table.name, "derived", file.rows, [])] if file.rows else []

    def _facts(
        self,
        derivation: Derivation,
        known: Derived | None,
        inputs: Mapping[str, str],
        touched: pa.Table | None,
    ) -> Facts:
        snapshot = self._snapshot()
        usable = known is not None and known.inputs.get("rule") == inputs["rule"] and not self.request.again
        return Facts(
            tables=snapshot.table,
            engine=self.run.engine,
            today=self.store.clock().date(),
            codes=self.request.codes,
            touched=None if touched is None else self.changes.scan_ids(derivation.name, touched),
            previous=snapshot.table(derivation.name) if usable else None,
            decisions_folder=self.request.decisions_folder,
        )

    def _snapshot(self) -> Snapshot:
        return Snapshot(self.run.root, self.manifest, self.run.engine)


def _batches(
    made: ir.Table | Iterable[pa.RecordBatch], table: Table, facts: Facts
) -> Iterator[pa.RecordBatch]:
    """Hand out the rows of a result: those of an expression in the order of the table."""
    if hasattr(made, "order_by"):
        yield from facts.batches(made.order_by(*_order(table)))
    else:
        yield from made


def _order(table: Table) -> list[str]:
    return [*table.order, *(name for name in table.key if name not in table.order)]


def _checked(batch: pa.RecordBatch, table: Table, run_id: int) -> pa.Table:
    rows = pa.Table.from_batches([batch])
    missing = set(table.names) - set(rows.column_names)
    assert not missing, f"derivation {table.name} gives no column {sorted(missing)}"
    rows = rows.select(list(table.names))
    rows = rows.append_column("run_id", pa.repeat(pa.scalar(run_id, pa.int32()), rows.num_rows))
    rows = rows.cast(table.schema)
    for column in table.columns:
        blank = rows.column(column.name).null_count if column.required else 0
        assert not blank, f"derivation {table.name} leaves {blank} rows without {column.name}"
    return rows


def _rows(parts: Iterable[Part]) -> int:
    return sum(part.rows for part in parts)
