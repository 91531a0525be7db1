# SPDX-License-Identifier: Apache-2.0
"""`zhihang assess`: how a plan stands at a day."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zhihang.cli.context import Basis, Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell
from zhihang.cli.read_day import read_day

SHOWN = (
    "target",
    "label",
    "name",
    "period",
    "value",
    "expected",
    "final_value",
    "unit",
    "status",
    "probability",
    "rank",
    "note",
)


def assess(
    context: typer.Context,
    plan: Annotated[str, typer.Argument(help="Name of a plan; zhihang plan list.")],
    at: Annotated[str, typer.Option(help="Day: 2017-12-31.")],
    basis: Annotated[Basis, typer.Option(help="Counted in the store, published, or both.")] = Basis.auto,
    region: Annotated[str | None, typer.Option(help="Only this division.")] = None,
    score: Annotated[
        str | None, typer.Option(help="Score the divisions by this scheme: luan-2017 ...")
    ] = None,
    trail: Annotated[
        bool, typer.Option("--trail", help="With --region: every number its assessment was worked out from.")
    ] = False,
    output: OutputFormat = Format.table,
) -> None:
    """Say for each target and division what is reached, what was to be expected, and what is left to do.

    Example: zhihang assess guilin-2016-2020 --at 2017-12-31.
    """
    day = read_day(at)
    desk = choices(context).open_or_bare().plans
    if trail:
        if region is None:
            raise typer.BadParameter("--trail needs --region")
        print_rows(desk.trail(plan, day, region, basis=basis.value), output)
        return
    if score is not None:
        _print_scores(desk.score(plan, day, score, basis=basis.value).document(), output)
        return
    found = desk.assess(plan, day, basis=basis.value)
    rows = [row for row in found.document()["rows"] if region in (None, row["region"], row["name"])]
    if output is Format.json:
        print_json({**found.document(), "rows": rows})
    else:
        print_rows(rows, output, columns=SHOWN if output is Format.table else None)
    if any("simulated" in row["source_status"] for row in rows):
        tell("模拟数据，非真实专利。Simulated data, not real patents.")


def _print_scores(sheet: dict[str, Any], output: Format) -> None:
    if output is Format.json:
        print_json(sheet)
        return
    rows = sheet["totals"]
    print_rows([{key: value for key, value in row.items() if key != "missing"} for row in rows], output)
    if not rows:
        tell("No division has a figure that this scheme asks for.")
