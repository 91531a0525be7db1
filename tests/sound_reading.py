# SPDX-License-Identifier: Apache-2.0
"""What must hold for whatever a file holds: typed rows and every record accounted for, or one clear message."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.errors import SourceError
from zhihang.facts.table import TABLES
from zhihang.ingestion.normalise import Habits, Normalised, normalise
from zhihang.ingestion.reader import Reader, readers
from zhihang.ingestion.sniff import sniff
from zhihang.ingestion.source import sources
from zhihang.shelf import Shelf


class LoadedShelf(Shelf[Reader]):
    """The readers of the package, loaded once."""

    def __iter__(self):
        return iter(_loaded())


@cache
def _loaded() -> list[Reader]:
    return list(readers())


SHELF = LoadedShelf("reader", Reader, "zhihang.ingestion.readers")


def read_soundly(path: Path) -> str:
    """Sniff, read and normalise a file as `ingest` does; return who read it, or ``refused``.

    Any exception but `SourceError`, and any row that breaks the dictionary's rules, is a fault of ours.
    """
    chosen = []
    try:
        for source in sources(path):
            found = sniff(source, SHELF)
            chosen.append(found.reader.name)
            for draft in found.reader.read(source, found.sample):
                check(normalise(draft, Habits.of(found.reader)))
    except SourceError as error:
        lines = str(error).split("\n")
        assert lines[0]
        assert all(line.startswith("  ") for line in lines[1:])
        return "refused"
    return ", ".join(chosen)


def check(rows: Normalised) -> None:
    """Types, required columns and the count of records."""
    for name, table in rows.tables.items():
        declared = TABLES[name]
        wanted = pa.schema([field for field in declared.schema if field.name not in ("file_id", "run_id")])
        stored = table.select(wanted.names).cast(wanted)
        for column in declared.all_columns:
            if column.required and column.name in wanted.names:
                missing = stored.column(column.name).null_count
                assert not missing, f"{missing} rows of {name} without {column.name}"
        lines = stored.column("line")
        assert pc.min(lines).as_py() >= 1, f"rows of {name} without line"
        stored.validate(full=True)
    if "observation" not in rows.tables:
        applications = rows.tables["application"].num_rows if "application" in rows.tables else 0
        assert applications + rows.rejected == rows.records
