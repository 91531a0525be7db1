# SPDX-License-Identifier: Apache-2.0
"""Merging: one truth per application out of what several records say, by declared precedence.

Rank of a record: precedence of its reader, then the file taken in later, then the later line.
See docs/explanation/merging.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.facts.table import PROVENANCE, TABLES, Table
from zhihang.store.snapshot import SHARED, Snapshot

if TYPE_CHECKING:
    import ibis.expr.types as ir

FILES_PER_PRECEDENCE = 2**18
LINES_PER_FILE = 2**31
RANKS = 2**56
"""Ranks stay below this: 7 bits of precedence, 18 of file, 31 of line."""


def shared_ids(snapshot: Snapshot) -> pa.Table:
    """Return `application_id`, `canonical_id` of every application that more than one record describes.

    An id made from a publication number is canonical only until another file tells the application number of
    that publication; from then on both ids mean the one application.
    """
    named = _named(snapshot)
    counted = _named(snapshot).group_by("canonical_id").aggregate(records=lambda t: t.count())
    several = counted.filter(counted.records > 1).select(several_id=counted.canonical_id)
    found = named.semi_join(several, named.canonical_id == several.several_id)
    renamed = named.filter(named.application_id != named.canonical_id)
    both = found.union(renamed).distinct().order_by("application_id")
    return snapshot.engine.collect(both).cast(SHARED)


def _named(snapshot: Snapshot) -> ir.Table:
    """Id of every record, and the id it is to be counted under."""
    import ibis

    alias = _aliases(snapshot)
    applications = snapshot.recorded("application").select("application_id")
    joined = applications.left_join(alias, applications.application_id == alias.provisional_id)
    named = joined.select("application_id", canonical_id=ibis.coalesce(joined.real_id, joined.application_id))
    return named.view()  # ends the chain of joins, so that computed columns can be joined on


def _aliases(snapshot: Snapshot) -> ir.Table:
    """Provisional ids, with the real id of the application that published the same document."""
    provisional = (
        snapshot.recorded("application")
        .filter(lambda t: t.id_basis == "publication_number")
        .select(provisional_id="application_id")
        .distinct()
    )
    published = snapshot.recorded("publication")
    published = published.filter(
        published.document_id.notnull() & (published.document_id != published.application_id)
    ).select("document_id", real_id=published.application_id)
    real = published.semi_join(provisional, published.document_id == provisional.provisional_id)
    return real.group_by(provisional_id=real.document_id).aggregate(real_id=real.real_id.min())


def contested_ids(snapshot: Snapshot, table: Table, shared: ir.Table) -> pa.Table:
    """Return those of the `shared` applications on which rows of `table` have to be settled.

    That is where two records have rows of one group (`Merge.per`), and where the id itself gives way to another.
    """
    rows = snapshot.recorded(table.name).inner_join(shared, "application_id")
    groups = [name for name in table.merge.per if name != "application_id"]
    record = rows.file_id.cast("int64") * LINES_PER_FILE + rows.line
    marked = rows.select("application_id", "canonical_id", *groups, record=record).view()
    counted = marked.group_by("canonical_id", *groups).aggregate(records=marked.record.nunique())
    several = counted.filter(counted.records > 1).select(several_id=counted.canonical_id).distinct()
    contested = shared.semi_join(several, shared.canonical_id == several.several_id)
    renamed = marked.filter(marked.application_id != marked.canonical_id).select(
        "application_id", "canonical_id"
    )
    both = contested.union(renamed.distinct()).distinct().order_by("application_id")
    return snapshot.engine.collect(both).cast(SHARED)


def rows_by_file(snapshot: Snapshot, name: str) -> dict[int, int]:
    """Return how many recorded rows of table `name` each source file has on applications that were settled."""
    rows = snapshot.recorded(name).semi_join(snapshot.shared(name), "application_id")
    counted = snapshot.engine.collect(rows.group_by("file_id").aggregate(rows=rows.count()))
    return dict(zip(counted.column("file_id").to_pylist(), counted.column("rows").to_pylist(), strict=True))


def merged_tables() -> list[Table]:
    """Return the tables that know a rule for merging."""
    return [table for table in TABLES if table.merge.policy != "none"]


def merge(snapshot: Snapshot, table: Table) -> Iterator[pa.RecordBatch]:
    """Hand out the merged rows of `table` for all shared applications, in the order of their keys."""
    rows = _ranked(snapshot, table)
    settle = {"columns": _best_values, "set": _best_set, "union": _distinct}[table.merge.policy]
    settled = settle(rows, table).select(*table.schema.names).order_by(*table.key, "file_id", "line")
    return snapshot.engine.batches(settled, table.schema)


def _ranked(snapshot: Snapshot, table: Table) -> ir.Table:
    """Rows of shared applications under their canonical ids, with the rank of the record they come from."""
    precedence = snapshot.engine.values(
        pa.table(
            {
                "ranked_file_id": pa.array([f.file_id for f in snapshot.manifest.files], pa.int32()),
                "precedence": pa.array([f.precedence for f in snapshot.manifest.files], pa.int64()),
            }
        )
    )
    rows = snapshot.recorded(table.name)
    rows = rows.inner_join(snapshot.shared(table.name), "application_id")
    rows = rows.inner_join(precedence, rows.file_id == precedence.ranked_file_id)
    changes: dict[str, ir.Value] = {
        "rank": (rows.precedence * FILES_PER_PRECEDENCE + rows.file_id) * LINES_PER_FILE + rows.line,
        "application_id": rows.canonical_id,
    }
    if "id_basis" in table.schema.names:
        named = rows.application_id != rows.canonical_id
        changes["id_basis"] = named.ifelse("application_number", rows.id_basis)
    ranked = rows.mutate(**changes)
    return ranked.drop("canonical_id", "ranked_file_id", "precedence")


def _best_values(rows: ir.Table, table: Table) -> ir.Table:
    """One row per key; each column from the best record that has a value, file and line of the fullest record."""
    keys = table.merge.per
    facts = [name for name in table.names if name not in keys]
    filled = sum(rows[name].notnull().cast("int64") for name in facts)
    fullest = filled * RANKS + rows.rank
    best = {name: rows[name].argmax(rows.rank, where=rows[name].notnull()) for name in facts}
    best |= {column.name: rows[column.name].argmax(fullest) for column in PROVENANCE}
    one = rows.group_by(*keys).aggregate(**best)
    halves = [name for name in table.names if name.endswith("_partial")]
    full = {name: one[name.removesuffix("_partial")].isnull().ifelse(one[name], None) for name in halves}
    return one.mutate(**full) if full else one


def _best_set(rows: ir.Table, table: Table) -> ir.Table:
    """All rows of each group from the best record that has any."""
    import ibis

    best = rows.rank.max().over(ibis.window(group_by=[rows[name] for name in table.merge.per]))
    marked = rows.mutate(best_rank=best)
    return marked.filter(marked.rank == marked.best_rank)


def _distinct(rows: ir.Table, table: Table) -> ir.Table:
    """Rows of all records, equal ones once from the best record."""
    import ibis

    group = [rows[name] for name in table.merge.per]
    place = ibis.row_number().over(
        ibis.window(group_by=group, order_by=[ibis.desc(rows.rank), rows.sequence])
    )
    marked = rows.mutate(place=place)
    return marked.filter(marked.place == 0)
