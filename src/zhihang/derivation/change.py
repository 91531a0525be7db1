# SPDX-License-Identifier: Apache-2.0
"""What changed since a derived table was last computed: rows of derived tables it reads, and the applications touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Derivation, Facts
from zhihang.facts.table import TABLES
from zhihang.store.manifest import Manifest, Part
from zhihang.store.parquet import write_file
from zhihang.store.snapshot import Snapshot
from zhihang.store.touched import touched_applications
from zhihang.store.writing import WritingRun

if TYPE_CHECKING:
    import ibis.expr.types as ir

NOTHING = pa.table({"application_id": pa.array([], pa.string())})
MakeFacts = Callable[[], Facts]


@dataclass
class Changes:
    """Finds what changed between the state a table was computed from and the present one, each thing once a run.

    `computed` holds, for tables of which this run computed some applications only, the files they had before and
    the applications computed.
    """

    run: WritingRun
    computed: dict[str, tuple[tuple[Part, ...], pa.Table]] = field(default_factory=dict)
    _of_files: dict[tuple[object, ...], pa.Table] = field(default_factory=dict)

    def rows(self, derivation: Derivation, name: str, before: Manifest, now: Manifest) -> ir.Table | None:
        """Return rows of a derived table that came, went or differ in what is used of them; None where none can."""
        old, new = _parts(before, name), _parts(now, name)
        gone, come = ([part for part in one if part not in other] for one, other in ((old, new), (new, old)))
        if not gone and not come:
            return None
        columns = _columns(derivation, name)
        was, is_ = (self._scan(name, parts).select(*columns) for parts in (gone, come))
        return was.difference(is_).union(is_.difference(was))

    def any_rows(self, derivation: Derivation, before: Manifest, now: Manifest) -> bool:
        """Whether any row of the derived tables that are read differs in what is used of it."""
        for name in _derived(derivation):
            rows = self.rows(derivation, name, before, now)
            if rows is not None and self.run.engine.collect(rows.limit(1)).num_rows:
                return True
        return False

    def other_files(self, derivation: Derivation, before: Manifest, now: Manifest) -> bool:
        """Whether files of a recorded table that is not about applications, such as the register of firms, differ."""
        recorded = [TABLES[name] for name in derivation.reads if not TABLES[name].derived]
        others = [
            table.name for table in recorded if table.provenance and "application_id" not in table.names
        ]
        return any(_files(before, name) != _files(now, name) for name in others)

    def applications(
        self,
        derivation: Derivation,
        before: Manifest,
        now: Manifest,
        files: tuple[Sequence[int], Sequence[int]],
        facts: MakeFacts,
    ) -> pa.Table:
        """Return the ids of the applications that files (added, dropped) and changed rows of derived tables touch."""
        by_rows = [self._by_rows(derivation, name, before, now, facts) for name in _derived(derivation)]
        ids = (
            pa.concat_tables([self._by_files(before, now, *files), *by_rows])
            .group_by("application_id")
            .aggregate([])
        )
        if derivation.spread is None or not ids.num_rows:
            return ids
        spread = derivation.spread(facts(), self.scan_ids(f"spread-{derivation.name}", ids))
        return self._collected(spread)

    def scan_ids(self, name: str, ids: pa.Table) -> ir.Table:
        """Return ids as a table of the engine."""
        path = self.run.scratch(f"ids-{name}") / "ids.parquet"
        if not path.exists():
            write_file(path, NOTHING.schema, ids.cast(NOTHING.schema).to_batches())
        return self.run.engine.scan([path], NOTHING.schema)

    def _by_files(
        self, before: Manifest, now: Manifest, added: Sequence[int], dropped: Sequence[int]
    ) -> pa.Table:
        """Return the applications described by files that came or went, in whatever recorded table."""
        key = (before.version, tuple(added), tuple(dropped))
        if key not in self._of_files:
            engine, root = self.run.engine, self.run.root
            files = {*added, *dropped}
            names = [
                name
                for manifest in (before, now)
                for name, parts in manifest.recorded.items()
                if any(files & set(part.file_ids) for part in parts)
            ]
            ids = touched_applications(
                Snapshot(root, before, engine), Snapshot(root, now, engine), names, added, dropped
            )
            self._of_files[key] = NOTHING if ids is None else self._collected(ids)
        return self._of_files[key]

    def _by_rows(
        self, derivation: Derivation, name: str, before: Manifest, now: Manifest, facts: MakeFacts
    ) -> pa.Table:
        """Return the applications touched by changed rows of one derived table."""
        through = derivation.through.get(name)
        was, ids = self.computed.get(name, (None, NOTHING))
        if through is None and was == _parts(before, name):
            return ids
        rows = self.rows(derivation, name, before, now)
        if rows is None:
            return NOTHING
        if through is None:
            return self._collected(rows)
        held = self.run.engine.collect(rows)
        if not held.num_rows:
            return NOTHING
        return self._collected(through(facts(), self.run.engine.values(held)))

    def _collected(self, ids: ir.Table) -> pa.Table:
        return self.run.engine.collect(ids.select("application_id").distinct()).cast(NOTHING.schema)

    def _scan(self, name: str, parts: Sequence[Part]) -> ir.Table:
        schema = TABLES[name].schema
        if parts:
            return self.run.engine.scan([self.run.root / part.path for part in parts], schema)
        return self.run.engine.values(schema.empty_table())


def _parts(manifest: Manifest, name: str) -> tuple[Part, ...]:
    derived = manifest.derived.get(name)
    return derived.parts if derived else ()


def _files(manifest: Manifest, name: str) -> set[int]:
    return {file_id for part in manifest.recorded.get(name, ()) for file_id in part.file_ids}


def _derived(derivation: Derivation) -> list[str]:
    return [name for name in derivation.reads if TABLES[name].derived]


def _columns(derivation: Derivation, name: str) -> list[str]:
    table = TABLES[name]
    used: Mapping[str, tuple[str, ...]] = derivation.uses
    return list(dict.fromkeys([*table.key, *used.get(name, table.names)]))
