# SPDX-License-Identifier: Apache-2.0
"""`zhihang ingest`: take files into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.ingested import print_outcomes
from zhihang.cli.progress import reading_progress


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
    print_outcomes(outcomes, output)
