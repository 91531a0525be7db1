# SPDX-License-Identifier: Apache-2.0
"""What became of files that were taken in: a row each, and what a user should know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from zhihang.cli.context import Format
from zhihang.cli.output import print_json, print_rows, tell

COLUMNS = ("file", "status", "reader", "records", "applications", "merged", "rejected", "seconds")


def print_outcomes(outcomes: Sequence[Any], output: Format) -> None:
    """Print the outcomes; exit code 2 if a file failed, 1 if something in it was not taken in."""
    rows = [asdict(outcome) for outcome in outcomes]
    if output is Format.json:
        print_json(rows)
    else:
        print_rows([{**row, "file": Path(row["file"]).name} for row in rows], output, columns=COLUMNS)
    _explain_trouble(rows)
    if any(outcome["status"] == "failed" for outcome in rows):
        raise typer.Exit(2)
    if any(outcome["tables"].get("rejection") for outcome in rows):
        raise typer.Exit(1)


def _explain_trouble(outcomes: list[dict[str, Any]]) -> None:
    for outcome in outcomes:
        if outcome["status"] == "failed":
            tell(outcome["message"])
        elif outcome["skipped"]:
            tell(f"{outcome['file']}: left out (no patents in them): {', '.join(outcome['skipped'])}")
    refused = sum(outcome["tables"].get("rejection", 0) for outcome in outcomes)
    if refused:
        tell(f'{refused:,} records or values were not taken in: zhihang query "SELECT * FROM rejection"')
