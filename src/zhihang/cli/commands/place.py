# SPDX-License-Identifier: Apache-2.0
"""`zhihang place`: say where the addresses of a table are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, tell


def place(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="CSV, TSV or workbook with a header; without --column, an address.")
    ],
    column: Annotated[str | None, typer.Option(help="Column with the addresses.")] = None,
    date: Annotated[
        str | None, typer.Option(help="Column with dates: the division code of that day is given.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Say in which division each address lies, how sure, and why.

    Examples: zhihang place firms.csv --column 地址; zhihang place "Houston TX US".
    """
    desk = choices(context).open_or_bare().names
    if column is None:
        print_rows(desk.place_text(what), output, columns=None if output is not Format.table else _SHOWN[1:])
        return
    placed = desk.place(Path(what), column, date=date)
    names = [name for name in placed.rows.column_names if output is not Format.table or name in _SHOWN]
    print_rows(placed.rows.to_pylist(), output, columns=names)
    for line, text, reason in placed.rejected:
        tell(f"line {line}: {reason}: {text[:80]}")
    if placed.rejected:
        raise typer.Exit(1)


_SHOWN = ("line", "address", "region", "region_name", "zone", "country", "confidence", "reason")
