# SPDX-License-Identifier: Apache-2.0
"""Every file of the shared real data goes in with every record accounted for, as docs/reference/formats.md says."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.ingest_shared import NO_PATENTS, committed_counts, counts

from zhihang.workspace import create_workspace

pytestmark = pytest.mark.quality
Counts = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def found(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """What became of each file, taken in anew."""
    workspace = create_workspace(tmp_path_factory.mktemp("workspace"))
    return {row["file"]: row for row in counts(workspace, shared)}


def test_every_file_gives_the_counts_of_the_formats_page(found: Counts) -> None:
    told = {row["file"]: row for row in committed_counts()}
    assert sorted(found) == sorted(told)
    differing = {name: (row, told[name]) for name, row in found.items() if row != told[name]}
    assert not differing, "benchmarks/ingest_shared.py writes the counts anew; then `make docs`"


def test_every_record_is_an_application_merged_or_rejected(found: Counts) -> None:
    read = [row for row in found.values() if row["reader"] and not row["reader"].endswith("statistics")]
    lost = [
        row["file"]
        for row in read
        if int(row["records"]) != sum(int(row[part]) for part in ("applications", "merged", "rejected"))
    ]
    assert len(read) > 70
    assert not lost


def test_only_files_without_patents_are_left_out(found: Counts) -> None:
    assert {name for name, row in found.items() if not row["reader"]} == set(NO_PATENTS)
