# SPDX-License-Identifier: Apache-2.0
"""Firms without a patent, the likeliest to file first on top: those above designated size, and the smaller ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from zhihang.errors import NotAllowed, NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import usual_year, year_of
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

SIZE = 50
LISTS = {
    "patent": (
        Label("规上企业中尚无有效发明的（消零）", "Larger firms without an invention"),
        "intensity.first_patent",
    ),
    "filing": (
        Label("规下企业中尚未申请过的（挖潜）", "Smaller firms that never filed"),
        "intensity.first_filing",
    ),
}


@page(
    "enterprises/first-patent/",
    room="industries",
    title=Label("消零挖潜", "First patents"),
    scoped=True,
    menu=5,
)
def first_patent(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return one page of a list of firms without a patent; all of it as a file where the address asks for one."""
    given = request.GET
    listed = given.get("list") or "patent"
    if listed not in LISTS:
        raise NotFound.named("list", listed, LISTS)
    year = year_of(given.get("year"), usual_year(ask, "enterprise", request.view.day))
    shown: dict[str, Any] = {
        "listed": listed,
        "lists": {name: label for name, (label, _) in LISTS.items()},
        "year": year,
    }
    try:
        rows = ask(LISTS[listed][1], request.view.region, year)
    except NotFound as error:
        return {**shown, "fault": error}
    if given.get("form"):
        if not request.person.may("export"):
            raise NotAllowed(
                "Your role may not download. 您的角色无权下载。", {"role": request.person.says.label}
            )
        title = request.view.say(LISTS[listed][0])
        return as_file(rows, given["form"], stem=f"first-{listed}-{request.view.region}-{year}", title=title)
    last = max(1, -(-len(rows) // SIZE))
    number = min(max(int(given["page"][:6]) if given.get("page", "").isdecimal() else 1, 1), last)
    return {
        **shown,
        "count": len(rows),
        "rows": rows[(number - 1) * SIZE : number * SIZE],
        "number": number,
        "last": last,
        "before": number - 1 or None,
        "after": number + 1 if number < last else None,
    }
