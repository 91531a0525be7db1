# SPDX-License-Identifier: Apache-2.0
"""`zhihang history`: the runs that wrote to the store."""

from __future__ import annotations

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows

COLUMNS = ("run_id", "verb", "finished_at", "files", "rows", "version", "message")


def history(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List runs, oldest first; any of them can be looked at again: zhihang --as-of RUN status."""
    rows = choices(context).open().history()
    if output is Format.table:
        rows = [{**row, "finished_at": row["finished_at"].strftime("%Y-%m-%d %H:%M:%S")} for row in rows]
    print_rows(rows, output, columns=COLUMNS if output is Format.table else None)
