# SPDX-License-Identifier: Apache-2.0
"""`zhihang query`: read-only SQL over the store."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, told_apart


def query(
    context: typer.Context,
    sql: Annotated[str, typer.Argument(help="One SELECT over the tables of the data dictionary.")],
    seconds: Annotated[float, typer.Option(help="Longest time it may take.", min=0)] = 60.0,
    output: OutputFormat = Format.table,
) -> None:
    """Run read-only SQL. Example: zhihang query "SELECT kind, count(*) AS n FROM application GROUP BY kind"."""
    found = choices(context).open().query(sql, seconds=seconds)
    names = told_apart(found.column_names)
    print_rows(found.rename_columns(names).to_pylist(), output, columns=names)
