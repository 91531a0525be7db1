# SPDX-License-Identifier: Apache-2.0
"""Firms tried by a scheme: who passes, who fails and by what, who is nearest."""

from __future__ import annotations

from typing import Any

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import USUAL, firms, schemes, usual_year, year_of
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

SIZE = 50
SHOWS = {
    "in": Label("符合", "Meet it"),
    "near": Label("只差一项", "Fail by one"),
    "out": Label("不符合", "Do not"),
    "unknown": Label("缺数据", "Not known"),
    "all": Label("全部", "All"),
}


@page("enterprises/", room="industries", title=Label("企业认定", "Firms"), scoped=True, menu=4)
def enterprises(request: PageRequest, ask: Answers) -> Context:
    """Return firms by rank, with the conditions that each fails."""
    given = request.GET
    scheme = given.get("scheme") or USUAL["enterprise"]
    year = year_of(given.get("year"), usual_year(ask, "enterprise", request.view.day))
    listed = schemes(ask, "enterprise")
    shown: dict[str, Any] = {
        "scheme": scheme,
        "schemes": listed,
        "year": year,
        "shows": SHOWS,
        "show": given.get("show") or "in",
    }
    if shown["show"] not in SHOWS:
        raise NotFound.named("choice", shown["show"], SHOWS)
    try:
        found = firms(ask, request.view.region, year, scheme)
    except NotFound as error:
        if scheme not in [one["scheme"] for one in listed]:
            raise
        return {**shown, "fault": error}
    counts = {name: sum(_in(row, name) for row in found["rows"]) for name in SHOWS}
    words = given.get("words", "").strip()[:80]
    rows = [
        row
        for row in found["rows"]
        if _in(row, shown["show"]) and (words in row["name"] or words in row["enterprise"])
    ]
    number = int(given["page"][:6]) if given.get("page", "").isdecimal() else 1
    last = max(1, -(-len(rows) // SIZE))
    number = min(max(number, 1), last)
    return {
        **shown,
        "found": found,
        "summary": found["summary"],
        "counts": [(name, label, counts[name]) for name, label in SHOWS.items()],
        "rows": rows[(number - 1) * SIZE : number * SIZE],
        "matching": len(rows),
        "words": words,
        "number": number,
        "last": last,
        "before": number - 1 or None,
        "after": number + 1 if number < last else None,
    }


def _in(row: dict[str, Any], show: str) -> bool:
    near = row["eligible"] is False and len(row["missing"]) == 1
    chosen = {
        "in": row["eligible"] is True,
        "near": near,
        "out": row["eligible"] is False,
        "unknown": row["eligible"] is None,
    }
    return chosen.get(show, True)
