# SPDX-License-Identifier: Apache-2.0
"""`zhihang ingest`: take files into the store."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell
from zhihang.cli.progress import reading_progress

COLUMNS = ("file", "status", "reader", "records", "applications", "merged", "rejected", "seconds")


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files; .gz and .zip around them are opened.", show_default=False),
    ] = None,
    map_file: Annotated[
        Path | None, typer.Option("--map", help="Mapping file for a table of your own.")
    ] = None,
    replaces: Annotated[
        str | None, typer.Option(help="Path or number of the stored file these rows replace.")
    ] = None,
    published: Annotated[
        bool, typer.Option("--published", help="Also the published statistics that ship with zhihang.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Read files again even if nothing changed.")] = False,
    output: OutputFormat = Format.table,
) -> None:
    """Take files into the store and account for every record. Example: zhihang ingest export.xlsx week.zip."""
    workspace = choices(context).open()
    files = [*(paths or []), *(workspace.published_files() if published else [])]
    if not files:
        raise typer.BadParameter("name at least one file, or --published")
    with reading_progress() as progress:
        outcomes = workspace.ingest(
            files, mapping=map_file, replaces=replaces, again=again, progress=progress
        )
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
