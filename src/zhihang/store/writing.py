# SPDX-License-Identifier: Apache-2.0
"""A run that writes: rows are staged out of sight, then one commit makes all of them part of the store."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from zhihang.errors import StoreError
from zhihang.facts.table import TABLES, Table
from zhihang.store import manifest as manifests
from zhihang.store.engine import Engine
from zhihang.store.manifest import Derived, Manifest, Part, RunEntry, Settled, SourceEntry
from zhihang.store.merging import contested_ids, merge, merged_tables, rows_by_file, shared_ids
from zhihang.store.parquet import TableFile, write_file
from zhihang.store.snapshot import SHARED, Snapshot, declared
from zhihang.store.staging import StagedSource

DENSE = 0.2
"""From this share of settled rows on, the rest of a file is copied beside them rather than filtered at each query."""


class WritingRun:
    """One run under the writer's lock; `commit` makes its rows visible, anything else leaves the store as it was."""

    def __init__(
        self,
        root: Path,
        engine: Callable[[], Engine],
        verb: str,
        arguments: Mapping[str, object],
        started: datetime,
    ) -> None:
        self.root = root
        self._engine = engine
        self.before = manifests.load(root)
        self.run_id = self.before.version + 1
        self.verb = verb
        self.arguments = json.dumps(arguments, ensure_ascii=False, sort_keys=True, default=str)
        self.started = started
        self._next_file_id = self.before.next_file_id
        self._staged: list[tuple[StagedSource, SourceEntry]] = []
        self._dropped: set[int] = set()
        _clean(root, self.before)
        (root / "staging").mkdir(exist_ok=True)
        self._staging = Path(tempfile.mkdtemp(prefix=f"{self.run_id:08d}-", dir=root / "staging"))

    @cached_property
    def engine(self) -> Engine:
        """The engine, started when first needed."""
        return self._engine()

    def start_engine(self) -> None:
        """Start the engine now rather than when it is needed: it takes a second."""
        _ = self.engine

    def stage(self) -> StagedSource:
        """Open a place for the rows of one source file."""
        file_id, self._next_file_id = self._next_file_id, self._next_file_id + 1
        folder = self._staging / f"{file_id:08d}"
        folder.mkdir()
        return StagedSource(folder, file_id, self.run_id)

    def take(self, staged: StagedSource, entry: SourceEntry) -> None:
        """Make staged rows part of what `commit` will commit."""
        staged.close()
        self._staged.append(
            (staged, entry.model_copy(update={"file_id": staged.file_id, "run_id": self.run_id}))
        )

    def entries(self) -> list[SourceEntry]:
        """Return the source files the store will hold if the run commits now."""
        kept = [entry for entry in self.before.files if entry.file_id not in self._dropped]
        return kept + [entry for _, entry in self._staged]

    def count_distinct(self, staged: Sequence[StagedSource], name: str, column: str) -> int:
        """Number of different values in a column of staged rows."""
        paths = [file.path for place in staged for file in place.finished() if file.table == name]
        if not paths:
            return 0
        rows = self.engine.scan(paths, declared(name).schema)
        counted = rows.aggregate(different=rows[column].nunique())
        return int(self.engine.collect(counted).column("different")[0].as_py())

    def discard(self, staged: StagedSource) -> None:
        """Forget staged rows."""
        staged.close()
        for folder in (staged.folder, *{file.path.parent for file in staged.adopted}):
            shutil.rmtree(folder, ignore_errors=True)

    def took(self, entry: SourceEntry) -> bool:
        """Whether a source file was taken in this run."""
        return any(entry.file_id == taken.file_id for _, taken in self._staged)

    def drop(self, file_ids: Iterable[int]) -> None:
        """Take the rows of these source files out of the store (they stay in its history)."""
        dropped = set(file_ids)
        self._dropped |= dropped & {entry.file_id for entry in self.before.files}
        for staged, entry in self._staged:
            if entry.file_id in dropped:
                self.discard(staged)
        self._staged = [(staged, entry) for staged, entry in self._staged if entry.file_id not in dropped]

    @property
    def changed(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self._staged or self._dropped)

    def commit(
        self, finished: datetime, message: str = "", *, recorded: Mapping[str, Sequence[Part]] | None = None
    ) -> Manifest:
        """Write the merged rows and swap the manifest; return the new one."""
        entries = tuple(self.entries())
        parts = (
            self._recorded() if recorded is None else {name: tuple(found) for name, found in recorded.items()}
        )
        rows = sum(sum(entry.rows.values()) for _, entry in self._staged)
        run = self._run_entry(finished, message, files=len(self._staged), rows=rows)
        after = Manifest(
            version=self.run_id,
            next_file_id=self._next_file_id,
            recorded=parts,
            files=entries,
            runs=(*self.before.runs, run),
            derived=self.before.derived,
        )
        after = self._with_settled(after)
        after = after.model_copy(update={"keeping": self._keeping(after)})
        manifests.commit(self.root, after)
        return after

    def commit_derived(
        self, finished: datetime, message: str, *, derived: Mapping[str, Derived], rows: int
    ) -> Manifest:
        """Commit derived tables; recorded ones stay as they are."""
        run = self._run_entry(finished, message, files=0, rows=rows)
        after = self.before.model_copy(
            update={
                "version": self.run_id,
                "runs": (*self.before.runs, run),
                "derived": {**self.before.derived, **derived},
            }
        )
        after = after.model_copy(update={"keeping": self._keeping(after)})
        manifests.commit(self.root, after)
        return after

    def _run_entry(self, finished: datetime, message: str, *, files: int, rows: int) -> RunEntry:
        return RunEntry(
            run_id=self.run_id,
            verb=self.verb,
            arguments=self.arguments,
            version=version("zhihang"),
            started_at=self.started,
            finished_at=finished,
            files=files,
            rows=rows,
            message=message,
        )

    def part(self, staged_path: Path, name: str, folder: str, rows: int, file_ids: Sequence[int]) -> Part:
        """Move a finished file from staging to its place and return its entry for the manifest."""
        target = self.root / folder / name / f"{self.run_id:08d}-{staged_path.parent.name}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        with staged_path.open("rb") as stream:
            os.fsync(stream.fileno())
        staged_path.replace(target)
        manifests.sync_folder(target.parent)
        return Part(
            path=str(target.relative_to(self.root)),
            rows=rows,
            size=target.stat().st_size,
            file_ids=tuple(file_ids),
        )

    def scratch(self, name: str) -> Path:
        """Return a fresh folder in staging."""
        folder = self._staging / name
        folder.mkdir(exist_ok=True)
        return folder

    def _recorded(self) -> dict[str, tuple[Part, ...]]:
        parts = {name: list(found) for name, found in self.before.recorded.items()}
        if self._dropped:
            parts = {name: self._without_dropped(name, found) for name, found in parts.items()}
        for staged, entry in self._staged:
            for file in staged.finished():
                part = self.part(file.path, file.table, "data", file.rows, [entry.file_id])
                parts.setdefault(file.table, []).append(part)
        return {name: tuple(found) for name, found in sorted(parts.items()) if found}

    def _without_dropped(self, name: str, parts: Sequence[Part]) -> list[Part]:
        kept: list[Part] = []
        for number, part in enumerate(parts):
            left = [file_id for file_id in part.file_ids if file_id not in self._dropped]
            if len(left) == len(part.file_ids):
                kept.append(part)
            elif left:
                kept.append(self._rewritten(name, number, part, left))
        return kept

    def _rewritten(self, name: str, number: int, part: Part, left: Sequence[int]) -> Part:
        """Copy a file that several sources share, leaving out the rows of dropped ones."""
        schema = declared(name).schema
        rows = self.engine.scan([self.root / part.path], schema)
        rows = rows.filter(rows.file_id.isin(left)).order_by("file_id", "line")
        path = self.scratch(f"rewritten-{number:05d}") / f"{name}.parquet"
        count = write_file(path, schema, self.engine.batches(rows, schema))
        return self.part(path, name, "data", count, left)

    def _with_settled(self, after: Manifest) -> Manifest:
        """Settle what several records say of one application, table by table."""
        snapshot = Snapshot(self.root, after, self.engine)
        ids = shared_ids(snapshot)
        if not ids.num_rows:
            return after
        shared_path = self.scratch("shared") / "shared.parquet"
        write_file(shared_path, SHARED, ids.to_batches())
        shared = self.engine.scan([shared_path], SHARED)
        settled: dict[str, Settled] = {}
        for table in merged_tables():
            if table.name in after.recorded:
                contested = contested_ids(snapshot, table, shared)
                if contested.num_rows:
                    settled[table.name] = self._settle(after, table, contested)
        return after.model_copy(update={"settled": settled})

    def _settle(self, after: Manifest, table: Table, contested: pa.Table) -> Settled:
        """Write the settled rows of one table, and with them the rest of files that hold many of them."""
        path = self.scratch("ids") / f"{table.name}.parquet"
        write_file(path, SHARED, contested.to_batches())
        ids = self.part(path, table.name, "shared", contested.num_rows, [])
        known = after.model_copy(update={"settled": {table.name: Settled(ids=ids)}})
        snapshot = Snapshot(self.root, known, self.engine)
        by_file = rows_by_file(snapshot, table.name)
        sparse: list[Part] = []
        dense: list[Part] = []
        for part in after.recorded[table.name]:
            held = sum(by_file.get(file_id, 0) for file_id in part.file_ids)
            if held:
                (dense if held >= DENSE * part.rows else sparse).append(part)
        merged = TableFile(self.scratch("merged") / f"{table.name}.parquet", table.schema)
        batches = [merge(snapshot, table)]
        if dense:
            rest = snapshot.unshared(table.name, dense).order_by("file_id", "line", *table.key)
            batches.append(self.engine.batches(rest, table.schema))
        for batch in itertools.chain(*batches):
            merged.append(pa.Table.from_batches([batch]))
        merged.close()
        parts = (self.part(merged.path, table.name, "merged", merged.rows, []),) if merged.rows else ()
        names = [tuple(part.path for part in group) for group in (sparse, dense)]
        return Settled(ids=ids, merged=parts, sparse=names[0], dense=names[1])

    def _keeping(self, after: Manifest) -> dict[str, Part]:
        """Write the tables `file` and `run`, which the manifest itself knows, as Parquet for queries."""
        kept: dict[str, Part] = {}
        for name, entries in (("file", after.files), ("run", after.runs)):
            schema = TABLES[name].schema
            rows = [entry.model_dump() for entry in entries]
            columns = {f.name: pa.array([row[f.name] for row in rows], f.type) for f in schema}
            path = self.scratch("keeping") / f"{name}.parquet"
            if write_file(path, schema, pa.table(columns, schema=schema).to_batches()):
                kept[name] = self.part(path, name, "keeping", len(rows), [])
        return kept

    def clean_up(self) -> None:
        """Remove what was staged and not committed."""
        shutil.rmtree(self._staging, ignore_errors=True)


def _clean(root: Path, manifest: Manifest) -> None:
    """Remove what a run that died left behind: staged files, and files no kept manifest names."""
    shutil.rmtree(root / "staging", ignore_errors=True)
    kept_versions = sorted(int(path.stem) for path in (root / "manifests").glob("*.json"))
    for version_number in kept_versions:
        if version_number > manifest.version:
            (root / "manifests" / f"{version_number:08d}.json").unlink()
    for folder in ("data", "merged", "shared", "keeping", "derived"):
        for path in (root / folder).rglob(f"{manifest.version + 1:08d}-*.parquet"):
            path.unlink()


@contextmanager
def full_disk_named(root: Path) -> Iterator[None]:
    """Turn a full or read-only disk into one clear message; nothing was committed."""
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK_ERRORS:
            raise
        raise StoreError(
            "The store cannot be written to.",
            {
                "store": root,
                "system says": error.strerror,
                "state": "as before this run; nothing of it was stored",
            },
            todo="Make room or get write permission, then run the same command again.",
        ) from error


_DISK_ERRORS = frozenset(
    {28, 122, 30, 13, 1, 27}
)  # no space, quota, read-only, permission, not permitted, too large
