# SPDX-License-Identifier: Apache-2.0
"""The desk for names and places: where an address is, who a name is, what the office decided, what is still doubtful."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from zhihang.desks.room import Room
from zhihang.errors import DefinitionError
from zhihang.ingestion.plain_table import read_plain_table

if TYPE_CHECKING:
    from zhihang.derivation.organisation_decision import Imported


@dataclass(frozen=True)
class Answers:
    """One row for each row of a user's table, and the rows that could not be read (line, text, reason)."""

    rows: pa.Table
    rejected: Sequence[tuple[int, str, str]]


@dataclass(frozen=True)
class NamesDesk:
    """Names and places of one workspace."""

    room: Room

    def place(self, path: Path, column: str, *, date: str | None = None) -> Answers:
        """Say where the addresses of a table's column are, by the divisions of the day in column `date`.

        The result has `line, address`, the region with its name and everything `zhihang.derivation.places.place` says.
        """
        from zhihang.derivation.derivation import read_decisions
        from zhihang.derivation.places.place import place
        from zhihang.terms import patent_date

        read = read_plain_table(path, [column, *([date] if date else [])])
        days = patent_date.settle(read.columns[date]).date if date else None
        decisions = read_decisions(self.room.decisions_folder, "place")
        found = place(read.columns[column], days, codes=self.room.codes, decisions=decisions)
        rows = pa.table({"line": pa.array(read.lines, pa.int64()), "address": read.columns[column]})
        for name in found.column_names:
            rows = rows.append_column(name, found[name])
            if name == "region":
                rows = rows.append_column("region_name", _names(found[name], self.room))
        return Answers(rows, read.rejected)

    def place_text(self, address: str) -> list[dict[str, Any]]:
        """Say where one address is, by the divisions of today: the row that `place` gives for it."""
        from zhihang.derivation.derivation import read_decisions
        from zhihang.derivation.places.place import place

        if Path(address).is_file():
            raise DefinitionError(
                f'"{address}" is a file, and no column of it was named.', todo="Add --column NAME."
            )
        decisions = read_decisions(self.room.decisions_folder, "place")
        (row,) = place(
            pa.chunked_array([[address]]), None, codes=self.room.codes, decisions=decisions
        ).to_pylist()
        named = _names(pa.chunked_array([[row["region"]]], pa.string()), self.room)
        return [{"address": address, "region": row["region"], "region_name": named[0].as_py(), **row}]

    def resolve(self, path: Path, column: str) -> Answers:
        """Group the names of a table's column into organisations, by their wording alone.

        The result has `line, name, cluster_id, standard_name, type, confidence, reason`.
        """
        from zhihang.derivation.organisation_names.resolving import resolve_names

        read = read_plain_table(path, [column])
        names = read.columns[column].to_pylist()
        found = resolve_names(names, self.room.codes)
        known = {row["name"]: row for row in found.to_pylist()}
        rows = [known[name or ""] for name in names]
        columns = {"line": pa.array(read.lines, pa.int64()), "name": read.columns[column]}
        columns["cluster_id"] = pa.array([row["organisation_id"] for row in rows], pa.string())
        for name in ("standard_name", "type", "confidence", "reason"):
            columns[name] = pa.array([row[name] for row in rows], found.schema.field(name).type)
        return Answers(pa.table(columns), read.rejected)

    def organisation(self, name_or_id: str) -> dict[str, Any]:
        """Return an organisation with the names it goes by, the evidence for each, its portfolio and its parts."""
        from zhihang.derivation.organisation_card import organisation_card

        return organisation_card(self.room.store, name_or_id)

    def names_of(self, identifiers: Collection[str]) -> dict[str, str]:
        """Return the standard names of organisations by identifier; one that is none is left out."""
        known = self.room.store.table("organisation")
        rows = known.filter(known.organisation_id.isin(sorted(identifiers))).select("organisation_id", "name")
        found = self.room.store.collect(rows).to_pylist() if identifiers else []
        return {row["organisation_id"]: row["name"] for row in found}

    def decide(self, action: str, name: str, target: str, *, by: str, reason: str) -> dict[str, str]:
        """Record a decision of the office on organisations: merge, split, rename, parent or undo."""
        from zhihang.derivation.organisation_decision import decide

        return asdict(decide(self._decisions, action, name, target, by=by, reason=reason))

    def unseen(self, names: Sequence[str]) -> list[str]:
        """Return those of some names that no file in the store has, as far as names were read: `organisation_name`."""
        known = self.room.store.table("organisation_name")
        rows = known.filter(known.name.isin(list(names))).select("name").distinct()
        found = self.room.store.collect(rows).column("name").to_pylist()
        return [name for name in names if name and name not in found]

    def decisions(self) -> list[dict[str, str]]:
        """Return the decisions on organisations, in the order they were taken."""
        from zhihang.derivation.organisation_decision import list_decisions

        return [asdict(decision) for decision in list_decisions(self._decisions)]

    def export_decisions(self, to: Path) -> int:
        """Write the decisions on organisations into a CSV; return how many there are."""
        from zhihang.derivation.organisation_decision import export_decisions

        return export_decisions(self._decisions, to)

    def import_decisions(self, source: Path) -> Imported:
        """Take the sound decisions on organisations of a CSV; say how many were new and which rows were refused."""
        from zhihang.derivation.organisation_decision import import_decisions

        return import_decisions(self._decisions, source)

    def decide_person(self, action: str, name: str, target: str, *, by: str, reason: str) -> dict[str, str]:
        """Record a decision of the office on persons: merge, split or undo."""
        from zhihang.derivation.person_decision import decide_person

        return asdict(decide_person(self._persons, action, name, target, by=by, reason=reason))

    def person_decisions(self) -> list[dict[str, str]]:
        """Return the decisions on persons, in the order they were taken."""
        from zhihang.derivation.organisation_decision import list_decisions

        return [asdict(decision) for decision in list_decisions(self._persons)]

    def export_person_decisions(self, to: Path) -> int:
        """Write the decisions on persons into a CSV; return how many there are."""
        from zhihang.derivation.organisation_decision import export_decisions

        return export_decisions(self._persons, to)

    def import_person_decisions(self, source: Path) -> Imported:
        """Take the sound decisions on persons of a CSV; say how many were new and which rows were refused."""
        from zhihang.derivation.person_decision import import_person_decisions

        return import_person_decisions(self._persons, source)

    @property
    def _persons(self) -> Path:
        return self.room.decisions_folder / "person.csv"

    @property
    def _decisions(self) -> Path:
        return self.room.decisions_folder / "organisation.csv"


def _names(regions: pa.ChunkedArray, room: Room) -> pa.Array:
    known = {code.code: code.label.zh for code in room.codes["region"]}
    former = {row["division"]: row["zh"] for row in room.codes.rows("region_history")}
    return pa.array(
        [known.get(region) or former.get(region) if region else None for region in regions.to_pylist()],
        pa.string(),
    )
