# SPDX-License-Identifier: Apache-2.0
"""Carry the yearly values of one indicator forward."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.errors import NotComparable

if TYPE_CHECKING:
    from zhihang.measurement.measure import Basis

YEARS = 30
"""Most years looked back."""
CERTAIN = ("computed", "simulated", "published", "derived", "as_restated", "preliminary")
"""Statuses of values that a forecast may rest on; incomplete years and drawn lines are left out."""


def forecast_indicator(
    room: Room, code: str, region: str, at: date, until: int, *, basis: Basis
) -> dict[str, Any]:
    """Return the known years of an indicator, the model chosen with all that competed, points and 90 % interval."""
    from zhihang.measurement.measure import Question, measure
    from zhihang.methods.series_forecast import forecast

    last = at.year if (at.month, at.day) == (12, 31) else at.year - 1
    question = Question([code], region, str(last - YEARS), str(last), basis=basis)
    cells = measure(question, room.indicators, room.store.table, room.store.collect, room.codes)
    known = _unbroken(
        [(last - YEARS + i, c.figure.value) for i, c in enumerate(cells) if c.figure.status in CERTAIN]
    )
    indicator, place = cells[0].indicator, cells[0].place
    if not known or until <= known[-1][0]:
        raise NotComparable(
            f"{indicator.label.zh} of {place.zh} cannot be carried forward to {until}.",
            {"known years": f"{known[0][0]} to {known[-1][0]}" if known else "none"},
            todo="Name a later year with --to, or take in figures first.",
        )
    import numpy as np

    made = forecast(np.array([value for _, value in known]), until - known[-1][0])
    simulated = any(cell.figure.status == "simulated" for cell in cells)
    return {
        "indicator": indicator.code,
        "zh": indicator.label.zh,
        "region": place.code,
        "region_name": place.zh,
        "unit": indicator.unit,
        "status": "simulated" if simulated else basis,
        "known": [{"year": year, "value": value} for year, value in known],
        "rests_on": len(known),
        "model": made.model.name,
        "model_zh": made.model.zh,
        "tried": [{"model": t.model.name, "error": t.error, "forecasts": t.forecasts} for t in made.tried],
        "level": 0.9,
        "forecast": [
            {"year": known[-1][0] + 1 + i, "value": float(p), "low": float(low), "high": float(high)}
            for i, (p, low, high) in enumerate(zip(made.points, made.low, made.high, strict=True))
        ],
    }


def _unbroken(values: list[tuple[int, float | None]]) -> list[tuple[int, float]]:
    """Return the last stretch of years without a gap, from the first year with anything in it."""
    found: list[tuple[int, float]] = []
    for year, value in values:
        if value is None or (found and year != found[-1][0] + 1):
            found = []
        if value is not None:
            found.append((year, value))
    return found
