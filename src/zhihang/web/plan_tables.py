# SPDX-License-Identifier: Apache-2.0
"""What the page of a plan lays side by side: targets by clause, divisions by year, league table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from zhihang.web.standing import forecast_of

Row = Mapping[str, Any]
LEVEL_BY_SHARE = ((1.0, "green"), (0.9, "yellow"), (0.75, "orange"), (0.0, "red"))
"""Warning level of a share of the year's goal that was reached; the limits are those of the assessment by default."""


def by_clause(
    targets: Sequence[Row], rows: Sequence[Row], region: str, *, texts: Mapping[str, str]
) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Return the targets under their clauses with its text, each with the row that says how it stands in a region."""
    stands = {row["target"]: row for row in rows if row["region"] in (region, "")}
    shown = [{**target, "row": stands.get(target["target_id"])} for target in targets]
    parted = groupby(shown, key=lambda one: str(one["clause"]))
    return [(clause, texts.get(clause, ""), list(found)) for clause, found in parted]


def goals_of(annexes: Sequence[Row], target: str) -> dict[str, dict[str, float]]:
    """Return the yearly goals of a target by division, as the annexes print them."""
    found: dict[str, dict[str, float]] = {}
    for cell in annexes:
        if cell["target_id"] == target and cell["value"] is not None:
            found.setdefault(cell["region"], {})[str(cell["year"])] = cell["value"]
    return found


def heat(stands: Row, goals: Mapping[str, Mapping[str, float]], target: str) -> dict[str, Any] | None:
    """Return which share of each year's goal each division reached, up to the last year known."""
    names = {row["region"]: row["name"] for row in stands["rows"] if row["target"] == target}
    goals = {region: path for region, path in goals.items() if names.get(region)}
    known = {
        region: {str(one["period"]): one["value"] for one in ahead["known"]}
        for region in goals
        if (ahead := forecast_of(stands, target, region))
    }
    years = sorted({year for region, path in goals.items() for year in path if year in known.get(region, {})})
    if not years:
        return None
    lines = []
    for region, path in goals.items():
        cells = []
        for year in years:
            actual, goal = known.get(region, {}).get(year), path.get(year)
            share = actual / goal if actual is not None and goal else None
            cells.append(
                {"year": year, "actual": actual, "goal": goal, "share": share, "level": level(share)}
            )
        lines.append({"region": region, "name": names[region], "cells": cells})
    return {"years": years, "lines": lines}


def level(share: float | None) -> str:
    """Return the warning level of a share that was reached."""
    if share is None:
        return "none"
    return next(name for least, name in LEVEL_BY_SHARE if share >= least or least == 0.0)


def league(stands: Row, target: str) -> list[Row]:
    """Return the divisions of a target by how far along they are, the foremost first."""
    found = [row for row in stands["rows"] if row["target"] == target and row["ranked"]]
    return sorted(found, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["region"]))
