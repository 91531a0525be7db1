# SPDX-License-Identifier: Apache-2.0
"""Patent-intensive industries of a region and year: who is on the list, how sure that is, what decides."""

from __future__ import annotations

from typing import Any

from zhihang.reporting.chart import Bars, Chart, Series
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import USUAL, catalogue, schemes, usual_year, year_of
from zhihang.web.industry_name import industry_label
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

SOURCE = Label("本库按认定方案统计", "counted here by the scheme")
SHOWN = 15


@page(
    "industries/",
    room="industries",
    title=Label("专利密集型产业", "Industries"),
    scoped=True,
    menu=1,
    keeps=True,
)
def industries(request: PageRequest, ask: Answers) -> Context:
    """Return the industries by rank, with intervals, stability and the conditions that each fails."""
    scheme = request.GET.get("scheme") or USUAL["industry"]
    year = year_of(request.GET.get("year"), usual_year(ask, "industry", request.view.day))
    assert year is not None
    found = catalogue(ask, request.view.region, year, scheme)
    names = {row["industry"]: row["name"] for row in found["rows"]}
    summary = found["summary"]
    return {
        "scheme": scheme,
        "schemes": schemes(ask, "industry"),
        "year": year,
        "found": found,
        "summary": summary,
        "listed": [(code, names[code]) for code in summary["catalogue"]],
        "entries": [(code, names.get(code, code)) for code in summary["entries"]],
        "exits": [(code, names.get(code, code)) for code in summary["exits"]],
        "turns": [one for one in summary["changes"] if one["enter"] or one["leave"]],
        "least": min((row["stability"] for row in found["rows"] if row["in_catalogue"]), default=None),
        "chart": _chart(request, found),
    }


def _chart(request: PageRequest, found: dict[str, Any]) -> Chart | None:
    """Draw the intensity of the first industries, with the mean as a line."""
    rows = [row for row in found["rows"] if row["intensity"] is not None][:SHOWN]
    if not rows:
        return None
    view, summary = request.view, found["summary"]
    first, mean = rows[0], summary["mean"].get("intensity")
    names = [view.say(industry_label(row["industry"], row["name"])) for row in rows]
    title = (
        f"{names[0]}密集度最高，每千人 {first['intensity']:,.0f} 件"
        if view.language == "zh"
        else f"{names[0]} has the highest intensity: {first['intensity']:,.0f} per thousand staff"
    )
    bars = Bars(
        tuple(names),
        (Series(view.say(Label("专利密集度", "Intensity")), tuple(row["intensity"] for row in rows)),),
        reference_line=mean,
    )
    years = summary["patents"]["years"]
    return Chart(title, "件/千人", f"{years[0]}—{years[-1]}", view.say(SOURCE), bars, form="number", digits=1)
