# SPDX-License-Identifier: Apache-2.0
"""`zhihang status`: what the store holds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_table, say


def status(
    context: typer.Context,
    region: Annotated[str | None, typer.Option(help="Show published figures of this region beside the counts.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Show tables, offices, years, coverage, rejections. Example: zhihang status --region 450300."""
    found: dict[str, Any] = choices(context).open().status(region=region)
    if output is Format.json:
        print_json(found)
        return
    for section in found["sections"]:
        if output is Format.csv and not section["rows"]:
            continue
        say(section["title"])
        print_table(section["rows"], section["columns"])
        if section.get("note"):
            say(section["note"])
        say("")
