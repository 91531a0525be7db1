# SPDX-License-Identifier: Apache-2.0
"""Two schemes for industries beside each other: where they agree, what each says alone."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import USUAL, schemes, usual_year, year_of
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page(
    "industries/compare/", room="industries", title=Label("方案比较", "Compare schemes"), scoped=True, menu=2
)
def industries_compare(request: PageRequest, ask: Answers) -> Context:
    """Return the industries that both schemes name, and those that only one names."""
    listed = schemes(ask, "industry")
    one = request.GET.get("one") or USUAL["industry"]
    other = request.GET.get("other") or next(
        each["scheme"] for each in listed if each["scheme"] not in (one, "eu")
    )
    year = year_of(request.GET.get("year"), usual_year(ask, "industry", request.view.day))
    found = ask("intensity.compare", one, other, request.view.region, year)
    groups = [
        (key, [(code, found["names"].get(code, code)) for code in found[key]])
        for key in ("both", "only_first", "only_second")
    ]
    return {
        "schemes": listed,
        "one": one,
        "other": other,
        "year": year,
        "found": found,
        "groups": groups,
        "levels_differ": found["levels"][0] != found["levels"][1],
    }
