# SPDX-License-Identifier: Apache-2.0
"""`zhihang show`: one thing in full."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_parts, print_table, say


def show(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="reader, table, codelist, check, application, organisation ...")
    ],
    name: Annotated[str, typer.Argument(help="Its name or number.")],
    output: OutputFormat = Format.table,
) -> None:
    """Show one table, reader, code list, application, organisation ... in full. Example: zhihang show table application."""
    chosen = choices(context)
    workspace = chosen.open() if what in ("application", "organisation") else chosen.open_or_bare()
    if what == "organisation" and output is Format.json:
        print_json(workspace.names.organisation(name))
        return
    found = workspace.show(what, name)
    if output is Format.json:
        print_json(found)
        return
    if output is Format.csv:
        parts = [{"part": title, **row} for title, rows in found["parts"].items() for row in rows]
        print_parts([{"part": "", **found["facts"]}, *parts])
        return
    print_table([{"": key, "value": value} for key, value in found["facts"].items()], ["", "value"])
    for title, rows in found["parts"].items():
        if rows:
            say("")
            print_table(rows, list(rows[0]), title=title)
