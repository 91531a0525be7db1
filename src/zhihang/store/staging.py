# SPDX-License-Identifier: Apache-2.0
"""Staging: rows of one source file on their way into the store, written out of sight.

Processes that read a large file side by side import this and little else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from zhihang.facts.table import TABLES
from zhihang.store.parquet import TableFile


@dataclass(frozen=True)
class StagedFile:
    """A finished file in staging: table, path, number of rows."""

    table: str
    path: Path
    rows: int


@dataclass
class StagedSource:
    """Rows of one source file, written to the staging folder and not yet part of the store."""

    folder: Path
    file_id: int
    run_id: int
    files: dict[str, TableFile] = field(default_factory=dict)
    adopted: list[StagedFile] = field(default_factory=list)

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows of table `name`; they carry `line`, and get the file and run they belong to."""
        schema = TABLES[name].schema
        if name not in self.files:
            self.files[name] = TableFile(self.folder / f"{name}.parquet", schema)
        count = rows.num_rows
        for column, number in (("file_id", self.file_id), ("run_id", self.run_id)):
            rows = rows.append_column(column, pa.repeat(pa.scalar(number, pa.int32()), count))
        self.files[name].append(rows.select(schema.names))

    def close(self) -> None:
        """Finish all files."""
        for file in self.files.values():
            file.close()

    def lane(self, number: int) -> StagedSource:
        """Open a place beside this one for another process that writes rows of the same source."""
        folder = self.folder.with_name(f"{self.folder.name}-{number}")
        folder.mkdir(exist_ok=True)
        return StagedSource(folder, self.file_id, self.run_id)

    def adopt(self, files: Iterable[StagedFile]) -> None:
        """Take over what another process wrote into a lane."""
        self.adopted.extend(files)

    def finished(self) -> list[StagedFile]:
        """Return the files that hold rows."""
        own = [StagedFile(name, file.path, file.rows) for name, file in self.files.items() if file.rows]
        return sorted([*own, *self.adopted], key=lambda file: (file.table, str(file.path)))

    def rows(self) -> dict[str, int]:
        """Rows staged so far, by table."""
        counts: dict[str, int] = {}
        for file in self.finished():
            counts[file.table] = counts.get(file.table, 0) + file.rows
        return counts
