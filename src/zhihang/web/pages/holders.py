# SPDX-License-Identifier: Apache-2.0
"""Holders about to cross 100, 50 or 1 inventions in force, with the fees and days that decide."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse

from zhihang.errors import NotAllowed, NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import watched
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

SIZE = 50
MONTHS = (3, 6, 12, 24)
LEVELS = (100, 50, 1)


@page(
    "enterprises/holders/",
    room="industries",
    title=Label("临界单位", "Holders at a threshold"),
    scoped=True,
    menu=6,
)
def holders(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the holders near a threshold after the day of the view."""
    given = request.GET
    months = (
        int(given["months"])
        if given.get("months", "").isdecimal() and int(given["months"][:4]) in MONTHS
        else 12
    )
    every = watched(ask, request.view.region, request.view.day, months)
    level = int(given["level"]) if given.get("level") in ("100", "50", "1") else None
    direction = given.get("direction") or ""
    if direction not in ("", "up", "down"):
        raise NotFound.named("direction", direction, ("up", "down"))
    rows = [
        one for one in every if (level in (None, one["threshold"])) and direction in ("", one["direction"])
    ]
    if given.get("form"):
        if not request.person.may("export"):
            raise NotAllowed(
                "Your role may not download. 您的角色无权下载。", {"role": request.person.says.label}
            )
        return as_file(
            rows,
            given["form"],
            stem=f"holders-{request.view.region}",
            title=request.view.say(Label("临界单位", "Holders")),
        )
    last = max(1, -(-len(rows) // SIZE))
    number = min(max(int(given["page"][:6]) if given.get("page", "").isdecimal() else 1, 1), last)
    ways = Counter((one["threshold"], one["direction"]) for one in every)
    return {
        "rows": rows[(number - 1) * SIZE : number * SIZE],
        "count": len(rows),
        "groups": [
            (each, way, ways[each, way]) for each in LEVELS for way in ("up", "down") if ways[each, way]
        ],
        "level": level,
        "direction": direction,
        "months": months,
        "choices": MONTHS,
        "down": sum(one["direction"] == "down" for one in every),
        "up": sum(one["direction"] == "up" for one in every),
        "number": number,
        "last": last,
        "before": number - 1 or None,
        "after": number + 1 if number < last else None,
    }
