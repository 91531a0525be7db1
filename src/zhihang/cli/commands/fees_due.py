# SPDX-License-Identifier: Apache-2.0
"""`zhihang fees-due`: annual fees that fall due."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, tell
from zhihang.cli.read_day import read_day


def fees_due(
    context: typer.Context,
    region: Annotated[str, typer.Option(help="Code or name of a division.")],
    at: Annotated[str, typer.Option(help="Day after which fees are looked for: 2018-12-31.")],
    months: Annotated[int, typer.Option(help="How far to look.", min=1)] = 12,
    output: OutputFormat = Format.table,
) -> None:
    """List rights whose annual fee falls due, with the fee and the last day of grace.

    Example: zhihang fees-due --region 450300 --at 2018-12-31.
    """
    rows = choices(context).open().plans.fees_due(region, read_day(at), months=months)
    print_rows(rows, output)
    tell(f"{len(rows):,} fees; weekends and holidays, which move days on, are not looked at")
