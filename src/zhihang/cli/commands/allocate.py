# SPDX-License-Identifier: Apache-2.0
"""`zhihang allocate`: split a target over divisions and years."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say
from zhihang.errors import NotComparable


class Way(StrEnum):
    """Ways to split."""

    fixed_share = "fixed_share"
    equal_growth = "equal_growth"
    growth_ladder = "growth_ladder"
    convergence = "convergence"
    capacity = "capacity"
    as_planned = "as_planned"


def allocate(
    context: typer.Context,
    plan: Annotated[str, typer.Argument(help="Name of a plan; zhihang plan list.")],
    target: Annotated[str, typer.Option(help="Target to split.")],
    method: Annotated[
        Way | None, typer.Option(help="Way to split; default: that of the scenario, else fixed_share.")
    ] = None,
    total: Annotated[
        list[str] | None, typer.Option(help="Total of a year, in place of the plan's: 2020=6600.")
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(help="YAML file with bases, bounds, ladders, locks ...")
    ] = None,
    compare: Annotated[
        list[str] | None, typer.Option(help="Further scenario files or methods to lay beside it.")
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Split a target over divisions and years, exactly, with a reason for each cell.

    Example: zhihang allocate guilin-2016-2020 --target T003 --method equal_growth.
    """
    desk = choices(context).open_or_bare().plans
    if compare:
        ways = [str(scenario or (method.value if method else Way.fixed_share.value)), *compare]
        print_rows(desk.compare(plan, target, ways), output)
        return
    chosen = method.value if method else None
    found = desk.allocate(plan, target, method=chosen, totals=_totals(total or []), scenario=scenario)
    if output is Format.json:
        print_json(found)
    elif output is Format.csv:
        print_rows(found["cells"], output)
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    years = list(found["totals"])
    rows: dict[str, dict[str, Any]] = {}
    for cell in found["cells"]:
        row = rows.setdefault(cell["region"], {"region": cell["region"], "name": cell["name"]})
        row[str(cell["period"])] = cell["value"]
        row["reason"] = cell["reason"]
    total = {"region": "", "name": "合计 Total", **found["totals"], "reason": ""}
    print_table([*rows.values(), total], ["region", "name", *years, "reason"], title=f"{found['unit']}")
    for zh, en in zip(found["assumptions"], found["assumptions_en"], strict=True):
        say(f"{zh}。{en}.")


def _totals(given: list[str]) -> dict[int, int]:
    found = {}
    for text in given:
        year, _, value = text.partition("=")
        if not (year.strip().isdigit() and value.strip().isdigit()):
            raise NotComparable(f'"{text}" is not a total of a year.', todo="Write it as 2020=6600.")
        found[int(year)] = int(value)
    return found
