# SPDX-License-Identifier: Apache-2.0
"""`zhihang scurve`: growth curves through cumulative counts, refused where their ceiling cannot be known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell


def scurve(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, TSV or workbook with a header.")],
    date: Annotated[str, typer.Option(help="Column with dates or years.")],
    count: Annotated[
        str | None, typer.Option(help="Column with counts; without it each row counts 1.")
    ] = None,
    applicant: Annotated[
        str | None, typer.Option(help="Column with applicants: the stage of the life cycle is read.")
    ] = None,
    known_until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day up to which documents are known.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Fit S-curves by year. Example: zhihang scurve patents.xlsx --date 申请日 --applicant 申请人."""
    day = known_until.date() if known_until else None
    found = choices(context).open_or_bare().texts.s_curve(
        file, date, count=count, applicant=applicant, known_until=day
    )  # fmt: skip
    if output is Format.json:
        print_json(found.whole("years"))
    else:
        print_rows(found.rows, output, columns=("year", "count", "cumulative", "curve", "truncated"))
        for curve in found.parts.get("curves", ()):
            tell(
                f"{curve['model']:<9} K {curve['ceiling']:,.0f} ± {curve['errors'][0]:,.0f}  a {curve['rate']:.4f}"
                f"  t0 {curve['midpoint']:.1f}  R² {curve['r2']:.4f}  DW {curve['durbin_watson']:.2f}"
                f"  {'refused: ' + ', '.join(curve['refused']) if curve['refused'] else 'identified'}"
            )
        if found.parts.get("life_cycle"):
            tell(f"life cycle {found.parts['life_cycle']['stage'] or 'not named'}")
    for one in found.remarks:
        tell(f"{one['zh']} {one['en']}")
    if found.rejected:
        tell(f"{len(found.rejected)} rows could not be read, the first on line {found.rejected[0][0]}")
        raise typer.Exit(1)
