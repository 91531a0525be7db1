# SPDX-License-Identifier: Apache-2.0
"""`zhihang measure`: compute indicators."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, tell
from zhihang.cli.read_day import read_day


class Each(StrEnum):
    """Length of the periods."""

    month = "month"
    quarter = "quarter"
    half_year = "half_year"
    year = "year"
    five_years = "five_years"


class Rests(StrEnum):
    """What values rest on."""

    computed = "computed"
    published = "published"
    both = "both"


def measure(
    context: typer.Context,
    codes: Annotated[
        list[str] | None, typer.Argument(help="Codes or names of indicators; none: the whole catalogue.")
    ] = None,
    region: Annotated[
        str, typer.Option(help="Code or name of a division, or a group of the workspace.")
    ] = "000000",
    by: Annotated[
        str, typer.Option(help="Dimensions, separated by commas: county, kind, applicant_type ...")
    ] = "",
    first: Annotated[str | None, typer.Option("--from", help="First period: 2015, 2015-06, 2015Q2.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last period; default: the first.")] = None,
    every: Annotated[Each, typer.Option(help="Length of the periods.")] = Each.year,
    at: Annotated[
        str | None, typer.Option(help="One day instead of periods, for stocks: 2015-06-30.")
    ] = None,
    basis: Annotated[
        Rests, typer.Option(help="Computed from patents, as published, or both.")
    ] = Rests.computed,
    known_on: Annotated[
        str | None, typer.Option(help="Rights in force as was known on this day: earlier vintages.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Compute indicators. Example: zhihang measure inventions_in_force --region 450300 --by county --from 2015 --to 2020."""
    workspace = choices(context).open()
    split = [name.strip() for name in by.split(",") if name.strip()]
    found = workspace.measure(
        codes or [],
        region,
        first=first,
        last=last,
        every=every.value,
        at=read_day(at) if at else None,
        by=split,
        basis=basis.value,
        known_on=read_day(known_on) if known_on else None,
    )
    rows = workspace.store.collect(found).to_pylist()
    hidden = {"label", "reference"} if output is Format.table else set()
    print_rows(rows, output, columns=[name for name in found.columns if name not in hidden])
    behind = workspace.stale()
    if behind:
        tell(f"Not up to date: {', '.join(behind)}. Run: zhihang derive")
    if any(row["status"] == "simulated" for row in rows):
        tell("模拟数据，非真实专利。Simulated data, not real patents.")
