# SPDX-License-Identifier: Apache-2.0
"""`zhihang status`: what the store holds."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_parts, print_table, say


def status(
    context: typer.Context,
    region: Annotated[
        str | None, typer.Option(help="Show published figures of this region beside the counts.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Show tables, offices, years, coverage, rejections. Example: zhihang status --region 450300."""
    sections = choices(context).open().status(region=region)
    if output is Format.json:
        print_json({section.name: section.rows for section in sections})
        return
    if output is Format.csv:
        print_parts([{"section": section.name, **row} for section in sections for row in section.rows])
        return
    for section in sections:
        print_table(section.rows, section.columns, title=section.title.zh + " " + section.title.en)
        say(section.note + "\n")
