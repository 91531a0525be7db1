# SPDX-License-Identifier: Apache-2.0
"""What a reader makes of a file, as plain lists, for tests of readers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from zhihang.ingestion.draft import RAW_COLUMNS, Draft
from zhihang.ingestion.normalise import Habits, Normalised, normalise
from zhihang.ingestion.reader import Reader, readers
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.sniff import sniff
from zhihang.ingestion.source import Source, sources

SAMPLES = Path(__file__).parent / "samples"

Rows = list[dict[str, object]]


def drafts(reader: Reader, path: Path) -> list[Draft]:
    """Read a file, or every member of an archive that the reader knows."""
    return [draft for source in sources(path) for draft in _read(reader, source)]


def _read(reader: Reader, source: Source) -> list[Draft]:
    sample = take_sample(source)
    return list(reader.read(source, sample)) if reader.recognise(sample) else []


def raw_rows(reader: Reader, path: Path) -> dict[str, Rows]:
    """Rows of each raw table without blanks, `record` counted through the file; and lines, rejections, alterations."""
    found: dict[str, Rows] = {name: [] for name in RAW_COLUMNS}
    lines: list[int] = []
    rejections: list[object] = []
    alterations: list[object] = []
    for draft in drafts(reader, path):
        for name in RAW_COLUMNS:
            for row in draft.table(name).to_pylist():
                row["record"] += len(lines)
                found[name].append({column: value for column, value in row.items() if value is not None})
        alterations.extend([len(lines) + first, *rest] for first, *rest in draft.alterations)
        rejections.extend(list(rejection) for rejection in draft.rejections)
        lines.extend(draft.lines)
    told: dict[str, object] = {"line": lines, "rejection": rejections, "alteration": alterations}
    return {name: rows for name, rows in {**told, **found}.items() if rows}  # type: ignore[misc]


def of_record(rows: Mapping[str, Rows], table: str, record: int, column: str) -> list[object]:
    """Values of a column in the rows of one record."""
    return [row.get(column) for row in rows.get(table, []) if row["record"] == record]


def normalised(reader: Reader, path: Path) -> list[Normalised]:
    """Read and normalise a file."""
    return [normalise(draft, Habits.of(reader)) for draft in drafts(reader, path)]


def count(reader: Reader, path: Path) -> tuple[int, int]:
    """Records and rejections of a file."""
    found = drafts(reader, path)
    return sum(len(draft) for draft in found), sum(len(draft.rejections) for draft in found)


def expected(reader: Reader) -> dict[str, dict[str, Rows]]:
    """What the samples of a reader are to give, by file."""
    text = (SAMPLES / reader.name / "expected.json").read_text("utf-8")
    found: dict[str, dict[str, Rows]] = json.loads(text)
    return found


def samples(reader: Reader) -> dict[str, dict[str, Rows]]:
    """What the samples of a reader give, by file."""
    folder = SAMPLES / reader.name
    return {
        path.name: raw_rows(reader, path) for path in sorted(folder.iterdir()) if path.name != "expected.json"
    }


def surest(path: Path) -> str:
    """Name of the reader that is chosen for a file."""
    return sniff(sources(path)[0], readers()).reader.name
