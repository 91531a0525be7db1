# SPDX-License-Identifier: Apache-2.0
"""`zhihang explain`: where every value on an application comes from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell

COLUMNS = ("table", "key", "column", "counts", "told_by", "value")


def explain(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="Application or publication number, in any spelling.")],
    output: OutputFormat = Format.table,
) -> None:
    """Show each value, the file and line it comes from and which source counts. Example: zhihang explain CN2015101234567."""
    found = choices(context).open().explain(number)
    if output is Format.json:
        print_json(asdict(found))
    else:
        rows = [{**asdict(told), "told_by": _first(told.told_by)} for told in found.told()]
        print_rows(rows, output, columns=COLUMNS)
    tell(f"application {found.application_id}, known from {found.records} record(s)")


def _first(places: tuple[str, ...]) -> str:
    more = f" +{len(places) - 1}" if len(places) > 1 else ""
    return places[0] + more
