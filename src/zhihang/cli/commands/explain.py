# SPDX-License-Identifier: Apache-2.0
"""`zhihang explain`: where every value on an application comes from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, tell

COLUMNS = ("table", "key", "column", "value", "counts", "file", "line", "reader")


def explain(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="Application or publication number, in any spelling.")],
    output: OutputFormat = Format.table,
) -> None:
    """Show each value, the file and line it comes from and which source counts. Example: zhihang explain CN2015101234567."""
    found = choices(context).open().explain(number)
    print_rows(
        [asdict(value) for value in found.values], output, columns=COLUMNS if output is Format.table else None
    )
    tell(f"application {found.application_id}, known from {found.records} record(s)")
