# SPDX-License-Identifier: Apache-2.0
"""`zhihang list`: the things on a shelf."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows


def list_things(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            help="readers, tables, codelists, checks, scenarios, engines, matchers, event-rules, files, runs."
        ),
    ],
    output: OutputFormat = Format.table,
) -> None:
    """List readers, tables, code lists, checks, scenarios, engines, files, runs. Example: zhihang list readers."""
    chosen = choices(context)
    workspace = chosen.open() if what in ("files", "runs") else chosen.open_or_bare()
    print_rows(workspace.catalogue(what), output)
