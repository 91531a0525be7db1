# SPDX-License-Identifier: Apache-2.0
"""The applications whose facts changed between two states of a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from zhihang.facts.table import TABLES
from zhihang.store.snapshot import Snapshot

if TYPE_CHECKING:
    import ibis.expr.types as ir


def touched_applications(
    before: Snapshot, after: Snapshot, tables: Iterable[str], added: Sequence[int], dropped: Sequence[int]
) -> ir.Table | None:
    """Return the ids (`application_id`) of applications described by added or dropped files; None: by none.

    An id stands here as recorded, as it was merged before, and as it is merged now, together with everything that
    shares a merged id with it: one new record can bring two applications together, or part them.
    """
    names = sorted({name for name in (*tables, "application", "publication") if not TABLES[name].derived})
    found = [*_of_files(after, names, added), *_of_files(before, names, dropped)]
    if not found:
        return None
    ids = _union(found).distinct()
    for snapshot in (before, after):
        ids = _with_merged(ids, snapshot)
    return ids


def _of_files(snapshot: Snapshot, names: Sequence[str], files: Sequence[int]) -> list[ir.Table]:
    if not files:
        return []
    found = []
    for name in names:
        rows = snapshot.recorded(name)
        if "application_id" in rows.columns:
            found.append(rows.filter(rows.file_id.isin(list(files))).select("application_id"))
    return found


def _with_merged(ids: ir.Table, snapshot: Snapshot) -> ir.Table:
    """Add the ids under which `ids` are merged, and whatever else is merged under them."""
    settled = [snapshot.shared(name) for name in sorted(snapshot.manifest.settled)]
    if not settled:
        return ids
    shared = _union([table.select("application_id", "canonical_id") for table in settled]).distinct()
    canonical = shared.semi_join(ids, "application_id").select(application_id="canonical_id")
    reached = ids.union(canonical).distinct()
    members = shared.filter(shared.canonical_id.notnull()).semi_join(
        reached, [("canonical_id", "application_id")]
    )
    return reached.union(members.select("application_id")).distinct()


def _union(tables: Sequence[ir.Table]) -> ir.Table:
    first, *rest = tables
    return first.union(*rest) if rest else first
