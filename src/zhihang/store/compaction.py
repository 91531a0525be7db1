# SPDX-License-Identifier: Apache-2.0
"""Compaction: many small files of a table become a few large ones; states no longer wanted are forgotten."""

from __future__ import annotations

from pathlib import Path

from zhihang.errors import NotFound
from zhihang.store import manifest as manifests
from zhihang.store.manifest import Manifest, Part
from zhihang.store.parquet import write_file
from zhihang.store.snapshot import declared
from zhihang.store.store import Store
from zhihang.store.writing import WritingRun

SMALL = 64 << 20
"""Files below this size are joined."""
TARGET = 256 << 20
"""... until the joined file would pass this size."""
MANY = 24
"""A table with more small files than this is compacted after an ingest."""


def compact(store: Store, *, forget_before: int | None = None, wait: float = 60.0) -> str:
    """Join small files and, if asked, forget the states before run `forget_before`; return what was done."""
    with store.writing("compact", {"forget_before": forget_before}, wait=wait) as run:
        newest = run.before.version
        if forget_before is not None and forget_before > newest:
            raise NotFound(
                f"There is no run {forget_before} yet.", {"newest run": newest}, todo="zhihang history"
            )
        before = sum(len(parts) for parts in run.before.recorded.values())
        recorded = {name: _joined(run, name, parts) for name, parts in run.before.recorded.items()}
        after = sum(len(parts) for parts in recorded.values())
        told = f"{before} files became {after}"
        if after < before:
            run.commit(store.clock(), told, recorded=recorded)
    if forget_before is not None:
        with store.writing("compact", wait=wait):
            told += f"; {_forget(store.root, forget_before)} files of earlier states were removed"
    return told


def needs_compaction(manifest: Manifest) -> bool:
    """Whether some table is spread over too many small files."""
    return any(sum(part.size < SMALL for part in parts) > MANY for parts in manifest.recorded.values())


def _joined(run: WritingRun, name: str, parts: tuple[Part, ...]) -> list[Part]:
    large = [part for part in parts if part.size >= SMALL]
    bins: list[list[Part]] = [[]]
    for part in sorted((part for part in parts if part.size < SMALL), key=lambda part: part.file_ids):
        if sum(other.size for other in bins[-1]) + part.size > TARGET:
            bins.append([])
        bins[-1].append(part)
    return large + [_join(run, name, number, group) for number, group in enumerate(bins) if group]


def _join(run: WritingRun, name: str, number: int, parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    schema = declared(name).schema
    rows = run.engine.scan([run.root / part.path for part in parts], schema).order_by("file_id", "line")
    path = run.scratch(f"joined-{number:05d}") / f"{name}.parquet"
    count = write_file(path, schema, run.engine.batches(rows, schema))
    return run.part(path, name, "data", count, sorted({i for part in parts for i in part.file_ids}))


def _forget(root: Path, before: int) -> int:
    versions = sorted(int(path.stem) for path in (root / "manifests").glob("*.json"))
    kept = [version for version in versions if version >= before]
    for version in set(versions) - set(kept):
        (root / "manifests" / f"{version:08d}.json").unlink()
    named = {part.path for version in kept for part in manifests.load(root, version).parts()}
    removed = 0
    for folder in ("data", "merged", "shared", "keeping"):
        for path in (root / folder).rglob("*.parquet"):
            if str(path.relative_to(root)) not in named:
                path.unlink()
                removed += 1
    return removed
