# SPDX-License-Identifier: Apache-2.0
"""Origin: every value the store has on one application, with the file and line it comes from and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pyarrow as pa

from zhihang.errors import NotFound
from zhihang.facts.table import PROVENANCE
from zhihang.store.manifest import SourceEntry
from zhihang.store.merging import merged_tables
from zhihang.store.snapshot import Snapshot, declared

_ID_COLUMNS = (
    ("application", "application_id"),
    ("publication", "publication_id"),
    ("publication", "document_id"),
)
_KEYS: Mapping[str, tuple[str, ...]] = {
    "publication": ("publication_id",),
    "party": ("role", "sequence"),
    "classification": ("scheme", "position"),
    "legal_event": ("event_date", "code", "name"),
    "attribute": ("name",),
    "text": ("publication_id", "part", "language"),
    "claim": ("publication_id", "number", "language"),
    "family_member": ("scheme", "sequence"),
}
_UNTOLD = {"sequence", "publication_id"}
_OWN = {column.name for column in PROVENANCE} | {"application_id"}


@dataclass(frozen=True)
class Value:
    """One value of one source; `counts` says whether it is the one that the tables show."""

    table: str
    key: str
    column: str
    value: object
    counts: bool
    file: str
    line: int
    run_id: int
    reader: str
    precedence: int


@dataclass(frozen=True)
class Told:
    """One value with all the places that tell it, `file:line` each, the one that ranks highest last."""

    table: str
    key: str
    column: str
    value: object
    counts: bool
    told_by: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """All values on one application; `application_ids` are the ids its sources gave it."""

    application_id: str
    application_ids: tuple[str, ...]
    values: tuple[Value, ...]
    records: int

    def told(self) -> list[Told]:
        """Return each different value once, with every file and line that tells it."""
        places: dict[tuple[str, str, str, str], list[Value]] = {}
        for value in self.values:
            places.setdefault((value.table, value.key, value.column, str(value.value)), []).append(value)
        return [
            Told(v[0].table, v[0].key, v[0].column, v[0].value, v[0].counts, tuple(_place(one) for one in v))
            for v in places.values()
        ]


def origin(snapshot: Snapshot, ids: Iterable[str]) -> Origin:
    """Return the origin of everything known on the application that one of `ids` (application, publication) names."""
    wanted = application_id_of(snapshot, sorted(set(ids)))
    every = _all_ids(snapshot, wanted)
    entries = {entry.file_id: entry for entry in snapshot.manifest.files}
    values: list[Value] = []
    records: set[tuple[int, int]] = set()
    for table in merged_tables():
        shown = _rows(snapshot, table.name, [wanted], recorded=False)
        for row in _rows(snapshot, table.name, every, recorded=True):
            records.add((row["file_id"], row["line"]))
            key = _key(table.name, row)
            now = [other for other in shown if _key(table.name, other) == key]
            hidden = _OWN | _UNTOLD | set(_key_columns(table.name))
            names = [name for name in table.names if name not in hidden and row[name] is not None]
            values += [_value(table.name, key, name, row, now, entries[row["file_id"]]) for name in names]
    return Origin(wanted, tuple(every), tuple(values), len(records))


def _place(value: Value) -> str:
    return f"{PurePath(value.file).name}:{value.line}"


def application_id_of(snapshot: Snapshot, ids: list[str]) -> str:
    """Return the id under which the tables show what one of `ids` names."""
    shared = snapshot.shared("application")
    merged = snapshot.engine.collect(
        shared.filter(shared.application_id.isin(ids)).select("canonical_id").limit(1)
    )
    if merged.num_rows:
        return str(merged.column(0)[0].as_py())
    for name, column in (
        ("application", "application_id"),
        ("publication", "publication_id"),
        ("publication", "document_id"),
    ):
        table = snapshot.table(name)
        found = snapshot.engine.collect(
            table.filter(table[column].isin(ids)).select("application_id").limit(1)
        )
        if found.num_rows:
            return str(found.column(0)[0].as_py())
    raise NotFound(
        f'The store holds no application or publication "{ids[0]}".',
        {"looked for": ", ".join(ids)},
        todo='zhihang query "SELECT application_id, application_number FROM application LIMIT 20"',
    )


def _all_ids(snapshot: Snapshot, application_id: str) -> list[str]:
    shared = snapshot.shared("application")
    rows = shared.filter(shared.canonical_id == application_id).select("application_id")
    return sorted({application_id, *snapshot.engine.collect(rows).column(0).to_pylist()})


def _rows(snapshot: Snapshot, name: str, ids: list[str], *, recorded: bool) -> list[dict[str, Any]]:
    table = snapshot.recorded(name) if recorded else snapshot.table(name)
    found: pa.Table = snapshot.engine.collect(table.filter(table.application_id.isin(ids)))
    return sorted(found.to_pylist(), key=lambda row: (row["file_id"], row["line"], _key(name, row)))


def _key(name: str, row: dict[str, Any]) -> str:
    return " ".join(str(row[part]) for part in _key_columns(name) if row[part] is not None)


def _key_columns(name: str) -> tuple[str, ...]:
    """Columns that tell a row from the others of the same application."""
    return _KEYS.get(name, ("sequence",) if "sequence" in declared(name).names else ())


def _value(
    table: str, key: str, column: str, row: dict[str, Any], shown: list[dict[str, Any]], entry: SourceEntry
) -> Value:
    counts = any(other[column] == row[column] for other in shown)
    file = f"{entry.path}!{entry.member}" if entry.member else entry.path
    return Value(
        table,
        key,
        column,
        row[column],
        counts,
        file,
        row["line"],
        row["run_id"],
        entry.reader,
        entry.precedence,
    )
