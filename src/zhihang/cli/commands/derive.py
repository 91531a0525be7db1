# SPDX-License-Identifier: Apache-2.0
"""`zhihang derive`: fill the derived tables."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows
from zhihang.cli.progress import naming_progress


def derive(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Derived tables, with those they rest on; default: all that are stale.", show_default=False
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Compute them even if nothing they rest on changed.")
    ] = False,
    output: OutputFormat = Format.table,
) -> None:
    """Bring derived tables (organisations, places, industries, states of rights ...) up to date. Example: zhihang derive."""
    workspace = choices(context).open()
    with naming_progress() as progress:
        outcomes = workspace.derive(names or (), again=again, progress=progress)
    print_rows([{**asdict(outcome), "seconds": round(outcome.seconds, 2)} for outcome in outcomes], output)
