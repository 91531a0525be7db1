# SPDX-License-Identifier: Apache-2.0
"""The page on the files that were read, from the counts that `benchmarks/ingest_shared.py` wrote."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from reference.markdown import table
from zhihang.ingestion.reader import readers

COUNTS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "format-counts.csv"
NUMBERS = ("records", "applications", "merged", "publications", "rejected", "values_rejected")
Rows = Sequence[Mapping[str, str]]


def formats_page() -> str:
    """Return the page on formats and counts."""
    with COUNTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    read = [row for row in rows if row["reader"]]
    return "\n\n".join(
        [
            "# Formats",
            f"{len(read)} real files of {len({row['reader'] for row in read})} formats, as they were found in public\n"
            f"places, were taken in: {_total(read, 'records'):,} records. The files stay outside this project; a test\n"
            "takes them in again and compares every number ([how](../../benchmarks/ingest_shared.py)).",
            "**How to read the numbers.** A record is a document, row or entry of the file. Each one is an application\n"
            "not met before in that file, or a further record on such an application (merged), or rejected; so\n"
            "records = applications + merged + rejected. Files of statistics hold observations instead of\n"
            "applications. A rejected value leaves its record standing: the value could not be read, and table\n"
            "`rejection` says where and why.",
            "## By reader",
            _by_reader(read),
            "## By file",
            _by_file(read),
            "## Files of the same collection that are not patents",
            table(
                ["file", "what it holds"], [(row["file"], row["reason"]) for row in rows if not row["reader"]]
            ),
        ]
    )


def _by_reader(rows: Rows) -> str:
    shelf = readers()
    found = []
    for name in sorted({row["reader"] for row in rows}):
        own = [row for row in rows if row["reader"] == name]
        label = f"[{shelf[name].label.en}](readers.md#{name})"
        found.append((label, len(own), *(_total(own, column) for column in NUMBERS)))
    found.append(("all", len(rows), *(_total(rows, column) for column in NUMBERS)))
    header = ["format", "files", *(column.replace("_", " ") for column in NUMBERS)]
    return table(header, found, numbers=header[1:])


def _by_file(rows: Rows) -> str:
    header = ["file", "reader", *(column.replace("_", " ") for column in NUMBERS)]
    found = [(row["file"], row["reader"], *(int(row[column]) for column in NUMBERS)) for row in rows]
    return table(header, found, numbers=header[2:])


def _total(rows: Rows, column: str) -> int:
    return sum(int(row[column]) for row in rows)
