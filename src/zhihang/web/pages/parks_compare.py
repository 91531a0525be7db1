# SPDX-License-Identifier: Apache-2.0
"""Parks beside each other: figures with ranks, who is alike."""

from __future__ import annotations

from typing import Any

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import parks_compared, usual_year, year_of
from zhihang.web.page import Context, page
from zhihang.web.park_charts import likeness, most_inventions
from zhihang.web.request import PageRequest

SHARES = ("rd_to_output", "patent_revenue_to_output", "share_of_area", "joint_share", "cr4_holders")


@page("parks/compare/", room="industries", title=Label("园区比较", "Compare parks"), scoped=True, menu=8)
def parks_compare(request: PageRequest, ask: Answers) -> Context:
    """Return figures and ranks of all parks, or of those named."""
    year = year_of(request.GET.get("year"), usual_year(ask, "park", request.view.day))
    try:
        every = parks_compared(ask, [], request.view.region, year)
    except NotFound as error:
        return {"fault": error, "year": year}
    names = [one["park"] for one in every["parks"]]
    chosen = [name for name in dict.fromkeys(request.GET.getlist("park")) if name in names]
    found = parks_compared(ask, chosen, request.view.region, year) if len(chosen) > 1 else every
    rows: list[dict[str, Any]] = [
        {
            **figure,
            "percent": figure["figure"] in SHARES,
            "cells": [
                {"value": one["figures"][figure["figure"]], "rank": one["ranks"][figure["figure"]]}
                for one in found["parks"]
            ],
        }
        for figure in found["figures"]
    ]
    return {
        "found": found,
        "rows": rows,
        "names": names,
        "chosen": chosen,
        "year": found["year"],
        "charts": [
            one for one in (most_inventions(found, request.view), likeness(found, request.view)) if one
        ],
    }
