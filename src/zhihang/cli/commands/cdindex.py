# SPDX-License-Identifier: Apache-2.0
"""`zhihang cdindex`: whether later documents cite a document in place of what it builds on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, say, tell

COLUMNS = ("document", "date", "cd", "mcd", "citing", "only", "both", "references_only")
SHOWN = 30


def cdindex(
    context: typer.Context,
    edges: Annotated[
        Path, typer.Argument(help="Table with the columns citing and cited; dates if there are.")
    ],
    window: Annotated[
        float | None,
        typer.Option(help="Count documents up to so many years later; default: all later.", min=0),
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Compute CD and mCD of every document. Example: zhihang cdindex edges.csv --window 5."""
    answer = choices(context).open_or_bare().citations.disruption(edges, window=window)
    rows = answer.data["documents"]
    if output is Format.json:
        print_json(answer.data)
    elif output is Format.csv:
        print_rows(rows, output, columns=COLUMNS)
    else:
        known = [row for row in rows if row["cd"] is not None]
        ranked = sorted(known, key=lambda row: (-abs(row["mcd"]), row["document"]))
        say(
            f"{len(rows):,} documents, {len(known):,} with later citations to judge by; CD -1 consolidating, 1 disruptive"
        )
        print_rows(ranked[:SHOWN], output, columns=COLUMNS)
        if len(ranked) > SHOWN:
            say(f"… {len(ranked) - SHOWN:,} more: --format csv")
    for remark in answer.remarks:
        tell(remark)
    if answer.left_out:
        raise typer.Exit(1)
