# SPDX-License-Identifier: Apache-2.0
"""Ingest every file of the shared real data and write what became of each to docs/reference/format-counts.csv.

::

    benchmarks/ingest_shared.py            write the counts anew; `make docs` makes the page formats.md of them

`tests/ingestion/test_shared_files.py` ingests everything again and compares.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from zhihang.ingestion.ingest import Outcome
from zhihang.workspace import Workspace, create_workspace

ROOT = Path(__file__).resolve().parent.parent
COUNTS = ROOT / "docs" / "reference" / "format-counts.csv"
COLUMNS = (
    "file",
    "reader",
    "records",
    "applications",
    "merged",
    "publications",
    "rejected",
    "values_rejected",
    "reason",
)
NO_PATENTS: Mapping[str, str] = {
    "assignee-samples/error_log.csv.gz": "groups of name variants of organisations",
    "assignee-samples/hand_labeler_file_0.csv": "a sample of assignees to be labelled, without patent numbers",
    "cn-litigation-damages/infringement_judgments_features.csv": "coded features of court judgments, without patent numbers",
    "epo-docdb-xml/statistics_202324_Amend_001.csv": "delivery statistics of one DOCDB week",
    "epo-ops-xml/get_classification_statistics.xml": "counts of documents by class",
    "inventor-benchmarks/binette-2022-inventors-benchmark.csv": "which mentions of inventors are one person",
    "inventor-benchmarks/israeli-inventors-benchmark.csv": "which mentions of inventors are one person",
    "inventor-benchmarks/lai-2011-benchmark.csv": "which mentions of inventors are one person",
    "inventor-benchmarks/raw_inventor_sample.tsv.gz": "mentions of inventors with the number of a person",
    "ipc-scheme/ipc_titles.tsv.gz": "titles of IPC symbols",
    "lens-cyanobacteria/ipc.tsv.gz": "pairs of a Lens number, which is no patent number, and an IPC symbol",
    "lens-cyanobacteria/links-patent-work.tsv.gz": "pairs of a Lens number, which is no patent number, and a paper",
    "location-typos/typos.csv.gz": "corrections of place names",
    "org-name-lookup/existing_orgs_lookup.csv": "variants of names of public bodies",
    "uspto-odp-json/get_status_codes.json": "a list of status codes",
}
"""Files of the shared data that are not patents, and what they are instead: other activities read them, or none."""


def main() -> int:
    """Write the counts; return the exit code."""
    shared = Path(os.environ.get("ZHIHANG_SHARED", ROOT.parent / "shared"))
    if not (shared / "data" / "patents").is_dir():
        print(f"There is no shared data at {shared}; ZHIHANG_SHARED names its folder.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        rows = counts(create_workspace(folder), shared)
    with COUNTS.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} files, {sum(int(row['records'] or 0) for row in rows):,} records")
    return 0


def counts(workspace: Workspace, shared: Path) -> list[dict[str, str]]:
    """Ingest every file into `workspace` in one run; return a row for each, as it stands in the CSV."""
    patents = shared / "data" / "patents"
    files = sorted(path for path in patents.rglob("*") if path.is_file() and path.name != "README.md")
    names = [path.relative_to(patents).as_posix() for path in files]
    return [_row(name, outcome) for name, outcome in zip(names, workspace.ingest(files), strict=True)]


def committed_counts() -> list[dict[str, str]]:
    """Return the rows of the CSV."""
    with COUNTS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _row(name: str, outcome: Outcome) -> dict[str, str]:
    if outcome.status == "failed":
        reason = NO_PATENTS.get(name, (outcome.message or "").partition("\n")[0])
        return {**dict.fromkeys(COLUMNS, ""), "file": name, "reason": reason}
    found = {
        "file": name,
        "reader": outcome.reader,
        "records": outcome.records,
        "applications": outcome.applications,
        "merged": outcome.merged,
        "publications": outcome.publications,
        "rejected": outcome.rejected,
        "values_rejected": outcome.tables.get("rejection", 0) - outcome.rejected,
        "reason": "",
    }
    return {column: str(found[column]) for column in COLUMNS}


if __name__ == "__main__":
    sys.exit(main())
