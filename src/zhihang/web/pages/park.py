# SPDX-License-Identifier: Apache-2.0
"""The profile of a park: readiness, technology structure over time, opportunities, economy, holders, co-applications."""

from __future__ import annotations

from typing import Any

from zhihang.reporting.chart import Bars, Chart, Lines, Series
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import park_profile, usual_year, year_of
from zhihang.web.page import Context, page
from zhihang.web.park_access import require_park
from zhihang.web.park_charts import ties_drawn
from zhihang.web.request import PageRequest

SOURCE = Label("本库统计", "counted here")
SHOWN = 12


@page("parks/profile/<str:park>/", room="industries", title=Label("园区", "Park"), scoped=True)
def park(request: PageRequest, ask: Answers, park: str) -> Context:
    """Return everything told of one park."""
    require_park(request, park)
    year = year_of(request.GET.get("year"), usual_year(ask, "park", request.view.day))
    one = park_profile(ask, park, request.view.region, year)
    return {
        "one": one,
        "year": one["year"],
        "trend": _trend(request, one),
        "structure": _structure(request, one),
        "special": [row for row in one["classes"] if row["specialised"]],
        "ties": one["network"]["ties"][:20],
        "network": ties_drawn(one, request.view),
        "partners": sorted(one["network"]["partner_types"].items(), key=lambda pair: -pair[1]),
    }


def _trend(request: PageRequest, one: dict[str, Any]) -> Chart | None:
    rows, view = one["years"], request.view
    if len(rows) < 2:
        return None
    first, last = rows[0], rows[-1]
    begun, ended = (f"{row['patents_in_year']:,.0f}" for row in (first, last))
    title = (
        f"年授权量从{first['year']}年的 {begun} 件到{last['year']}年的 {ended} 件"
        if view.language == "zh"
        else f"From {begun} grants in {first['year']} to {ended} in {last['year']}"
    )
    series = (Series(view.say(Label("专利", "Patents")), tuple(row["patents_in_year"] for row in rows)),)
    years = tuple(str(row["year"]) for row in rows)
    return Chart(
        title,
        "件",
        f"{years[0]}—{years[-1]}",
        view.say(SOURCE),
        Lines(years, series),
        form="number",
        digits=0,
    )


def _structure(request: PageRequest, one: dict[str, Any]) -> Chart | None:
    rows, view = [row for row in one["classes"] if row["patents"]], request.view
    rows = sorted(rows, key=lambda row: -row["patents"])[:SHOWN]
    if not rows:
        return None
    title = (
        f"{rows[0]['name']}最多，占园区 {rows[0]['share_of_park']:.0%}"
        if view.language == "zh"
        else f"{rows[0]['name']} leads with {rows[0]['share_of_park']:.0%}"
    )
    bars = Bars(
        tuple(row["name"] for row in rows),
        (Series(view.say(Label("专利", "Patents")), tuple(row["patents"] for row in rows)),),
    )
    span = f"{one['year'] - one['settings']['window'] + 1}—{one['year']}"
    return Chart(title, "件", span, view.say(SOURCE), bars, form="number", digits=0)
