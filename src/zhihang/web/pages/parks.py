# SPDX-License-Identifier: Apache-2.0
"""Parks of a region: how far each is from the conditions of a zone, and which data are not there."""

from __future__ import annotations

from typing import Any

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import USUAL, schemes, usual_year, year_of
from zhihang.web.industry_answers import parks as readiness_of
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("parks/", room="industries", title=Label("园区", "Parks"), scoped=True, menu=7, keeps=True)
def parks(request: PageRequest, ask: Answers) -> Context:
    """Return the parks, those that meet most of what decides first."""
    scheme = request.GET.get("scheme") or USUAL["park"]
    year = year_of(request.GET.get("year"), usual_year(ask, "park", request.view.day))
    listed = schemes(ask, "park")
    shown: dict[str, Any] = {"scheme": scheme, "schemes": listed, "year": year}
    try:
        found = readiness_of(ask, request.view.region, year, scheme)
    except NotFound as error:
        if scheme not in [one["scheme"] for one in listed]:
            raise
        return {**shown, "fault": error}
    rows = [{**row, "known": {one["condition"]: one for one in row["conditions"]}} for row in found["parks"]]
    return {
        **shown,
        "year": found["year"],
        "found": found,
        "rows": rows,
        "ready": sum(row["eligible"] is True for row in rows),
        "columns": [one for one in rows[0]["conditions"] if one["part_of"] is None] if rows else [],
    }
