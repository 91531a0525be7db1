# SPDX-License-Identifier: Apache-2.0
"""Tags for charts and tables of reports: the table is written by the server, a script draws over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.text import slugify

from zhihang.reporting.caption import cell_text, column_heading
from zhihang.reporting.chart import Chart
from zhihang.reporting.chart_text import describe
from zhihang.reporting.data_table import Cell, Column, DataTable, figure
from zhihang.terms.label import Language
from zhihang.web.chart_data import chart_data
from zhihang.web.templatetags.words import language_of

register = template.Library()


@register.inclusion_tag("part/chart.html", takes_context=True)
def chart(
    context: Mapping[str, Any], shown: Chart, name: str = "", simulated: bool | None = None
) -> dict[str, Any]:
    """Show a chart of `zhihang.reporting.chart`: its title is the finding; the table behind is one click away."""
    language: Language = language_of(context)
    found = name or slugify(shown.title, allow_unicode=True) or "chart"
    return {
        "chart": shown,
        "name": f"chart-{found}",
        "data_name": f"chart-{found}-data",
        "said": describe(shown, language),
        "data": chart_data(shown, language),
        "table": table_of(shown.table(language), language),
        "language": language,
        "simulated": context.get("simulated_data") if simulated is None else simulated,
    }


@register.inclusion_tag("part/table.html", takes_context=True)
def table(context: Mapping[str, Any], shown: DataTable, name: str = "") -> dict[str, Any]:
    """Show a table of `zhihang.reporting.data_table`."""
    language: Language = language_of(context)
    return {"table": table_of(shown, language), "name": name, "language": language}


def table_of(shown: DataTable, language: Language) -> dict[str, Any]:
    """Return what the template of a table shows."""
    return {
        "title": shown.title,
        "unit": shown.unit,
        "period": shown.period,
        "source": shown.source,
        "notes": shown.notes,
        "columns": [(column_heading(column), column.numeric) for column in shown.columns],
        "rows": [_cells(row, shown.columns, language) for row in shown.rows],
        "total": _cells(shown.total, shown.columns, language) if shown.total else None,
    }


def _cells(
    row: tuple[Cell, ...], columns: tuple[Column, ...], language: Language
) -> list[tuple[str, str, str]]:
    """Return text, class and sorting value of each cell."""
    found = []
    for cell, column in zip(row, columns, strict=True):
        kind = "n" if column.numeric else f"level level-{cell}" if column.kind == "level" else ""
        number = figure(cell)
        found.append((cell_text(cell, column, language), kind, "" if number is None else str(number)))
    return found
