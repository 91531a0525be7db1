# SPDX-License-Identifier: Apache-2.0
"""`zhihang assess`: how a plan stands at a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell
from zhihang.errors import NotComparable


class Basis(StrEnum):
    """What figures an assessment rests on."""

    auto = "auto"
    computed = "computed"
    published = "published"
    both = "both"


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
    "rank",
    "note",
)


def assess(
    context: typer.Context,
    plan: Annotated[str, typer.Argument(help="Name of a plan; zhihang plan list.")],
    at: Annotated[str, typer.Option(help="Day: 2017-12-31.")],
    basis: Annotated[Basis, typer.Option(help="Counted in the store, published, or both.")] = Basis.auto,
    region: Annotated[str | None, typer.Option(help="Only this division.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Say for each target and division what is reached, what was to be expected, and what is left to do.

    Example: zhihang assess guilin-2016-2020 --at 2017-12-31.
    """
    try:
        day = date.fromisoformat(at)
    except ValueError as error:
        raise NotComparable(f'"{at}" is not a day.', todo="Write it as 2017-12-31.") from error
    found = choices(context).open_or_bare().plans.assess(plan, day, basis=basis.value)
    rows = [row for row in found.document()["rows"] if region in (None, row["region"], row["name"])]
    if output is Format.json:
        print_json({**found.document(), "rows": rows})
    else:
        print_rows(rows, output, columns=SHOWN if output is Format.table else None)
    if any("simulated" in row["source_status"] for row in rows):
        tell("模拟数据，非真实专利。Simulated data, not real patents.")
