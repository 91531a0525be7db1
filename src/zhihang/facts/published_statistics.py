# SPDX-License-Identifier: Apache-2.0
"""The published statistics that ship with the project: sourced facts as CSV files of one layout."""

from __future__ import annotations

from pathlib import Path

PUBLISHED = Path(__file__).parent / "published"

COLUMNS = (
    "region_code",
    "region",
    "period",
    "period_kind",
    "indicator",
    "value",
    "unit",
    "status",
    "note",
    "source",
    "source_address",
)


def published_files() -> list[Path]:
    """Return the files of published statistics, sorted by name."""
    return sorted(PUBLISHED.glob("*.csv"))
