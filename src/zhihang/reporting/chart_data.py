# SPDX-License-Identifier: Apache-2.0
"""A chart as the plain data that the script in a browser draws."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from zhihang.reporting.chart import Chart, Columns, Fan, Lines, TargetPath, drawn_series
from zhihang.reporting.chart_plane import Network, PointMap
from zhihang.reporting.network_layout import lay_out
from zhihang.terms.label import Language


def chart_data(chart: Chart, language: Language) -> dict[str, Any]:
    """Return kind, unit and rows of a chart; names of rows in the language of the page."""
    shown = chart.figure
    data: dict[str, Any] = {
        "kind": type(shown).__name__,
        "unit": chart.unit,
        "form": chart.form,
        "digits": chart.digits,
        "language": language,
    }
    match shown:
        case Fan() | TargetPath() | Lines() | Columns():
            data["periods"] = shown.periods
            data["series"] = [
                {"name": one.name, "values": one.values} for one in drawn_series(shown, language)
            ]
            data["bands"] = len(shown.bands) if isinstance(shown, Fan) else 0
            if isinstance(shown, (Lines, Columns)):
                data["truncated"] = shown.truncated
            if isinstance(shown, Columns):
                data["line"] = shown.line is not None
            return data
        case PointMap(groups, points):
            told = [[round(p.x, 3), round(p.y, 3), p.group, p.when, p.name] for p in points]
            return {**data, "groups": groups, "points": told}
        case Network():
            return {**data, **asdict(shown), "places": lay_out(shown)}
        case _:
            return {**data, **asdict(shown)}
