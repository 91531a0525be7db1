# SPDX-License-Identifier: Apache-2.0
"""`zhihang check`: figures that contradict each other."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, say


def check(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Identities to check; default: all of them.", show_default=False),
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Check figures against each other: stocks and flows, parts and totals, growth, density. Example: zhihang check."""
    rows = [finding.row() for finding in choices(context).open().check(names or ())]
    if output is not Format.table:
        print_rows(rows, output)
        return
    for row in rows:
        say(
            f"[{row['severity']}] {row['identity']}  {'、'.join(row['regions'])}  {', '.join(row['periods'])}"
        )
        for text in (row["message"], row["message_en"], row["arithmetic"]):
            say(f"    {text}")
    counts = {kind: sum(row["severity"] == kind for row in rows) for kind in ("error", "warning", "info")}
    say(", ".join(f"{count} {kind}" for kind, count in counts.items()))
