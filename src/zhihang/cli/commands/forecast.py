# SPDX-License-Identifier: Apache-2.0
"""`zhihang forecast`: what will come of a plan's targets, or of one indicator."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from zhihang.cli.context import Basis, Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell
from zhihang.cli.read_day import read_day

SHOWN = ("target", "label", "name", "year", "low", "value", "high", "goal", "probability", "unit", "model")


def forecast(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="Name of a plan, or code of an indicator.")],
    region: Annotated[str | None, typer.Option(help="Division; needed for an indicator.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last year or day: 2020, 2020-12-31.")] = None,
    at: Annotated[str | None, typer.Option(help="Day up to which figures are known; default: today.")] = None,
    basis: Annotated[Basis, typer.Option(help="Counted in the store, published, or both.")] = Basis.auto,
    cohorts: Annotated[
        bool,
        typer.Option("--cohorts", help="From the register's cohorts: lags, lapses, and levers for goals."),
    ] = False,
    output: OutputFormat = Format.table,
) -> None:
    """Forecast a plan's targets, or one indicator, with its interval and what it rests on.

    Example: zhihang forecast guilin-2016-2020 --at 2017-12-31.
    """
    day = read_day(at) if at else datetime.now(UTC).date()
    until = int(to[:4]) if to and to[:4].isdigit() else None
    workspace = choices(context).open_or_bare()
    desk = workspace.plans
    if cohorts:
        _cohorts(desk.forecast_cohorts(what, day, until=until).document(), output)
        return
    if what in desk.shelf.names():
        _plan(
            [one.row() for one in desk.forecast(what, day, until=until, basis=basis.value, region=region)],
            output,
        )
        return
    if region is None or until is None:
        raise typer.BadParameter("an indicator needs --region and --to; for plans see: zhihang plan list")
    _indicator(desk.forecast_indicator(what, region, day, until, basis=basis.value), output)


def _plan(found: list[dict[str, Any]], output: Format) -> None:
    if output is Format.json:
        print_json(found)
        return
    rows = []
    for one in found:
        head = {key: one[key] for key in ("target", "label", "name", "unit")}
        if not one["years"]:
            rows.append({**head, "model": one["note"]})
        for i, year in enumerate(one["years"]):
            fan = one["fan"]
            values = {
                "low": fan["q05"][i],
                "value": fan["q50"][i],
                "high": fan["q95"][i],
                "goal": one["goals"][i],
            }
            chance = one["probabilities"][i]
            weak = "（依据不足 weak）" if one["weak"] else ""
            rows.append(
                {**head, "year": year, **values, "probability": chance, "model": one["model_zh"] + weak}
            )
    print_rows(rows, output, columns=SHOWN)
    for note in dict.fromkeys(one["note"] for one in found if one["note"] and one["years"]):
        tell(note)


def _cohorts(found: dict[str, Any], output: Format) -> None:
    if output is Format.json:
        print_json(found)
        return
    goals = [{**goal, **(goal.pop("levers") or {})} for goal in found["goals"]]
    shown = ("target", "region", "year", "of", "goal", "median", "probability")
    print_rows(goals, output, columns=[*shown, "filing_growth", "grant_factor", "avoided_lapses"])


def _indicator(found: dict[str, Any], output: Format) -> None:
    if output is Format.json:
        print_json(found)
        return
    rows = [{"year": row["year"], "value": row["value"]} for row in found["known"]] + found["forecast"]
    if output is Format.csv:
        print_rows(rows, output, columns=["year", "value", "low", "high"])
        return
    say(f"{found['zh']} {found['indicator']}, {found['region_name']}, {found['unit']}  [{found['status']}]")
    print_table(rows[-15:], ["year", "value", "low", "high"])
    print_table(
        found["tried"],
        ["model", "error", "forecasts"],
        title="\n回测 Back-test",
    )
    tell(f"Rests on {found['rests_on']} years; model {found['model']}; the interval holds 90 %.")
