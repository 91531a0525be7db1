# SPDX-License-Identifier: Apache-2.0
"""A chart as the plain data that the script of a page draws, its unit in the language of the page."""

from __future__ import annotations

from typing import Any

from zhihang.reporting import chart_data as told
from zhihang.reporting.chart import Chart
from zhihang.terms.label import Language
from zhihang.web.unit_name import unit_in


def chart_data(chart: Chart, language: Language) -> dict[str, Any]:
    """Return kind, unit and rows of a chart; names of rows in the language of the page."""
    return {**told.chart_data(chart, language), "unit": unit_in(chart.unit, language)}
