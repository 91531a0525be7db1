# SPDX-License-Identifier: Apache-2.0
"""How a plan stands at a day: its assessment and its forecasts, worked out together and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhihang.reporting.chart import Band, Chart, Fan, TargetPath
from zhihang.terms.label import Language
from zhihang.terms.region import Region
from zhihang.web.answers import PATIENCE, Answers

Row = Mapping[str, Any]
GRAVE = ("red", "orange")
ORDER = ("red", "orange", "yellow", "none", "green")
"""Warning levels, the gravest first."""


def standing(ask: Answers, plan: str, day: date, *, patience: float = PATIENCE) -> dict[str, Any]:
    """Return `rows` (the assessment, one for each target and division), `statuses`, and `forecasts` by target and region."""

    def compute() -> dict[str, Any]:
        desk = ask.workspace.plans
        figures = figures_of(ask, plan, day)
        forecasts = desk.forecast_from(plan, figures, day)
        return {
            **desk.assess_from(plan, figures, day, forecasts).document(),
            "forecasts": [one.row() for one in forecasts],
        }

    found: dict[str, Any] = ask.work("standing", [plan, day], compute, patience=patience)
    return found


def figures_of(ask: Answers, plan: str, day: date) -> Sequence[dict[str, Any]]:
    """Return the figures that a plan's assessment rests on."""
    found: Sequence[dict[str, Any]] = ask("plans.figures", plan, day)
    return found


def trail(ask: Answers, plan: str, day: date, region: str) -> list[Row]:
    """Return every number that the assessment of a region's targets was worked out from."""

    def compute() -> list[Row]:
        return list(ask.workspace.plans.trail_from(plan, figures_of(ask, plan, day), day, region))

    found: list[Row] = ask.work("trail", [plan, day, region], compute, patience=PATIENCE)
    return found


def plans_for(ask: Answers, region: str, day: date) -> list[Row]:
    """Return the plans that concern a region in the year of a day: its own first, then those of what it lies in."""
    asked = Region(region)
    listed: Sequence[Row] = ask("plans.listed", patience=30)
    found = [one for one in listed if asked.is_within(Region(one["region"])) and _covers(one["period"], day)]
    return sorted(found, key=lambda one: (-len(Region(one["region"]).prefix), -one["annexes"], one["name"]))


def _covers(period: str, day: date) -> bool:
    first, _, last = period.partition("/")
    return int(first[:4]) <= day.year <= int((last or first)[:4]) + 1


def rows_of(found: Row, region: str, *, whole: str) -> list[Row]:
    """Return the rows of a region; those of no region belong to the plan's own."""
    wanted = {region, ""} if region == whole else {region}
    return [row for row in found["rows"] if row["region"] in wanted]


def forecast_of(found: Row, target: str, region: str) -> Row | None:
    """Return the forecast of a target in a region; None where there is none."""
    for one in found["forecasts"]:
        if one["target"] == target and one["region"] in (region, "") and one["years"]:
            return dict(one)
    return None


def headline(rows: Sequence[Row], found: Row, region: str) -> Row | None:
    """Return the row that stands for the whole: a level with a forecast, the one with the largest figure."""
    able = [row for row in rows if row["value"] is not None and forecast_of(found, row["target"], region)]
    levels = [row for row in able if (forecast_of(found, row["target"], region) or {})["course"] == "level"]
    return max(levels or able, key=lambda row: row["final_value"] or 0, default=None)


def fan(row: Row, forecast: Row, *, period: str, source: str, title: str) -> Chart:
    """Return the chart of a forecast: what was, what is expected, and the path to the target."""
    known = [one for one in forecast["known"] if len(str(one["period"])) == 4]
    years = [str(one["period"]) for one in known] + [str(year) for year in forecast["years"]]
    last = len(known) - 1
    observed = [one["value"] for one in known]
    if forecast["course"] == "cumulative":
        observed = _added(known, str(period)[:4])
    ahead = len(forecast["years"])
    anchor = observed[last] if known else None

    def tail(values: Sequence[float | None]) -> tuple[float | None, ...]:
        return (*[None] * last, anchor, *values) if known else tuple(values)

    spread = forecast["fan"]
    return Chart(
        title,
        row["unit"],
        f"{years[0]}—{years[-1]}",
        source,
        Fan(
            tuple(years),
            (*observed, *[None] * ahead),
            tail(spread["q50"]),
            (
                Band(0.5, tail(spread["q25"]), tail(spread["q75"])),
                Band(0.9, tail(spread["q05"]), tail(spread["q95"])),
            ),
            (*[None] * len(known), *forecast["goals"]),
        ),
        form="number",
        digits=2 if (row["final_value"] or 0) < 100 else 0,
    )


def _added(known: Sequence[Row], first: str) -> list[float | None]:
    """Return figures added up from the year a plan begins; None before."""
    total, found = 0.0, []
    for one in known:
        begun = str(one["period"]) >= first
        total += one["value"] if begun else 0.0
        found.append(total if begun else None)
    return found


def sentence(row: Row, forecast: Row, language: Language) -> str:
    """Say in a sentence where a target is heading."""
    year, middle = forecast["years"][-1], forecast["fan"]["q50"][-1]
    chance = forecast["probability"]
    digits = 2 if (row["final_value"] or 0) < 100 else 0
    reached, goal = f"{middle:,.{digits}f}", f"{row['final_value'] or 0:,.{digits}f}".removesuffix(".00")
    if language == "en":
        likely = f", {chance:.0%} likely to reach {goal}" if chance is not None else ""
        return f"At this pace {row['label_en']} comes to {reached} by the end of {year}{likely}."
    likely = f"，达到 {goal} {row['unit']}的概率为 {chance:.0%}" if chance is not None else ""
    return f"按当前进度，{year}年末{row['label']}预计 {reached} {row['unit']}{likely}。"


def path(row: Row, forecast: Row, goals: Mapping[str, float], *, title: str, source: str) -> Chart | None:
    """Return the chart of the yearly path against what was reached; None without a path."""
    known = {str(one["period"]): one["value"] for one in forecast["known"]}
    years = sorted({*goals, *(year for year in known if year >= min(goals, default="9"))})
    if len(years) < 2:
        return None
    return Chart(
        title,
        row["unit"],
        f"{years[0]}—{years[-1]}",
        source,
        TargetPath(tuple(years), tuple(goals.get(y) for y in years), tuple(known.get(y) for y in years)),
        form="number",
        digits=2 if (row["final_value"] or 0) < 100 else 0,
    )
