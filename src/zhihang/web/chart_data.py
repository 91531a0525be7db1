# SPDX-License-Identifier: Apache-2.0
"""A chart as the plain data that the script in the browser draws."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from zhihang.reporting.chart import Chart, Fan, Lines, TargetPath, drawn_series
from zhihang.terms.label import Language
from zhihang.web.unit_name import unit_in


def chart_data(chart: Chart, language: Language) -> dict[str, Any]:
    """Return kind, unit and rows of a chart; names of rows in the language of the page."""
    shown = chart.figure
    data: dict[str, Any] = {
        "kind": type(shown).__name__,
        "unit": unit_in(chart.unit, language),
        "form": chart.form,
        "digits": chart.digits,
        "language": language,
    }
    if isinstance(shown, Fan | TargetPath | Lines):
        data["periods"] = shown.periods
        data["series"] = [{"name": one.name, "values": one.values} for one in drawn_series(shown, language)]
        data["bands"] = len(shown.bands) if isinstance(shown, Fan) else 0
        return data
    return {**data, **asdict(shown)}
