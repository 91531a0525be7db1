# SPDX-License-Identifier: Apache-2.0
"""`zhihang resolve-names`: group the names of a table into organisations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, tell


def resolve_names(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, TSV or workbook with a header.")],
    column: Annotated[str, typer.Option(help="Column with the names.")],
    output: OutputFormat = Format.table,
) -> None:
    """Group names into organisations, with the reason for each. Example: zhihang resolve-names firms.csv --column 名称."""
    found = choices(context).open_or_bare().names.resolve(file, column)
    print_rows(found.rows.to_pylist(), output, columns=found.rows.column_names)
    for line, text, reason in found.rejected:
        tell(f"line {line}: {reason}: {text[:80]}")
    if found.rejected:
        raise typer.Exit(1)
