# SPDX-License-Identifier: Apache-2.0
"""The sheet of one industry: verdict with its conditions, how sure, holders and divisions that lead."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import USUAL, industry_sheet, schemes, usual_year, year_of
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("industries/sheet/<slug:code>/", room="industries", title=Label("产业", "Industry"), scoped=True)
def industry(request: PageRequest, ask: Answers, code: str) -> Context:
    """Return what is known of one industry in a region and year."""
    scheme = request.GET.get("scheme") or USUAL["industry"]
    year = year_of(request.GET.get("year"), usual_year(ask, "industry", request.view.day))
    assert year is not None
    sheet = industry_sheet(ask, code, request.view.region, year, scheme)
    return {
        "sheet": sheet,
        "row": sheet["row"],
        "scheme": scheme,
        "schemes": schemes(ask, "industry"),
        "year": year,
    }
