# SPDX-License-Identifier: Apache-2.0
"""`zhihang whitespace`: cells of a technology-effect matrix that hold fewer patents than chance lets expect."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell

_SHOWN = (
    "technology", "effect", "observed", "expected", "residual", "q", "verdict", "recent", "before", "holder",
    "holder_share",
)  # fmt: skip


def whitespace(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, TSV or workbook with a header, one row per patent.")],
    technology: Annotated[str, typer.Option(help="Column with technologies, several in one cell.")],
    effect: Annotated[str, typer.Option(help="Column with effects, several in one cell.")],
    date: Annotated[str | None, typer.Option(help="Column with dates, for growth.")] = None,
    holder: Annotated[str | None, typer.Option(help="Column with holders, for the top one.")] = None,
    separator: Annotated[str | None, typer.Option(help="What parts the items of a cell.")] = None,
    known_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day up to which documents are known.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Find white spaces. Example: zhihang whitespace patents.xlsx --technology 手段 --effect 功效 --holder 申请人."""
    day = known_until.date() if known_until else None
    found = choices(context).open_or_bare().texts.white_space(
        file, technology, effect, date_column=date, holder=holder, separator=separator, known_until=day
    )  # fmt: skip
    if output is Format.json:
        print_json(found.whole("cells"))
    else:
        print_rows(found.rows, output, columns=_SHOWN)
    for one in found.remarks:
        tell(f"{one['zh']} {one['en']}")
    if found.rejected:
        tell(f"{len(found.rejected)} rows could not be read, the first on line {found.rejected[0][0]}")
        raise typer.Exit(1)
