# SPDX-License-Identifier: Apache-2.0
"""`zhihang explain`: where every value on an application comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, tell

COLUMNS = ("table", "column", "value", "counts", "file", "line", "reader", "precedence")


def explain(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="Application or publication number, in any spelling.")],
    output: OutputFormat = Format.table,
) -> None:
    """Show each value, the file and line it comes from and which source counts. Example: zhihang explain CN2015101234567."""
    found = choices(context).open().explain(number)
    print_rows(found["values"], output, columns=COLUMNS)
    tell(f"application {found['application_id']}, known from {found['records']} record(s)")
