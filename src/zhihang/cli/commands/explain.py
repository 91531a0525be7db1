# SPDX-License-Identifier: Apache-2.0
"""`zhihang explain`: where every value on an application, or a figure, comes from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, say, tell
from zhihang.workspace import Workspace

COLUMNS = ("table", "key", "column", "counts", "told_by", "value")


def explain(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="A number in any spelling; or, with --region and --period, an indicator.")
    ],
    region: Annotated[str | None, typer.Option(help="Place of the figure.")] = None,
    period: Annotated[str | None, typer.Option(help="Period of the figure, or a day for a stock.")] = None,
    rows: Annotated[int, typer.Option(help="Most rows to show of those behind a count.", min=0)] = 20,
    html: Annotated[Path | None, typer.Option(help="Also write a page to this file.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Show where values come from. Example: zhihang explain inventions_per_10k --region 450300 --period 2015."""
    workspace = choices(context).open()
    if region is None and period is None:
        _explain_number(workspace, what, output)
    elif region is None or period is None:
        raise typer.BadParameter("a figure needs both --region and --period")
    else:
        told = workspace.explanation(what, region, period, shown=rows, html=html)
        print_json(told.data) if output is Format.json else say(told.text)


def _explain_number(workspace: Workspace, number: str, output: Format) -> None:
    found = workspace.explain(number)
    if output is Format.json:
        print_json(asdict(found))
    else:
        rows = [{**asdict(told), "told_by": _first(told.told_by)} for told in found.told()]
        print_rows(rows, output, columns=COLUMNS)
    tell(f"application {found.application_id}, known from {found.records} record(s)")


def _first(places: tuple[str, ...]) -> str:
    more = f" +{len(places) - 1}" if len(places) > 1 else ""
    return places[0] + more
