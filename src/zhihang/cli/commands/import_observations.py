# SPDX-License-Identifier: Apache-2.0
"""`zhihang import-observations`: take in published figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.ingested import print_outcomes
from zhihang.cli.progress import reading_progress


def import_observations(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="Tables with region, period, indicator, value, unit, source.")
    ],
    replaces: Annotated[str | None, typer.Option(help="Stored file these figures replace.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Take in published figures and statistics of registers. Example: zhihang import-observations yearbook.csv."""
    with reading_progress() as progress:
        outcomes = choices(context).open().import_observations(files, replaces=replaces, progress=progress)
    print_outcomes(outcomes, output)
