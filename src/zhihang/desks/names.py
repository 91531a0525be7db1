# SPDX-License-Identifier: Apache-2.0
"""The desk for names and places: where an address is, who a name is, what the office decided, what is still doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from zhihang.desks.room import Room
from zhihang.ingestion.plain_table import read_plain_table


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


def _names(regions: pa.ChunkedArray, room: Room) -> pa.Array:
    known = {code.code: code.label.zh for code in room.codes["region"]}
    former = {row["division"]: row["zh"] for row in room.codes.rows("region_history")}
    return pa.array(
        [known.get(region) or former.get(region) if region else None for region in regions.to_pylist()],
        pa.string(),
    )
