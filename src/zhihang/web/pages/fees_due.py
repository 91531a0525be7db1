# SPDX-License-Identifier: Apache-2.0
"""Annual fees that fall due in a region: by month, then one by one, to take away."""

from __future__ import annotations

from django.http import HttpResponse

from zhihang.errors import NotAllowed
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.fees import MONTHS, by_month, fees
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

AT_ONCE = 200
TITLE = Label("应缴年费", "Fees falling due")


@page("fees/", room="overview", title=TITLE, scoped=True, menu=2, keeps=True)
def fees_due(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the fees that fall due in the months to come."""
    view, asked = request.view, request.GET
    months = next((one for one in MONTHS if str(one) == asked.get("months")), 3)
    rows = fees(ask, view.region, view.day, months)
    if asked.get("form"):
        if not request.person.may("export"):
            raise NotAllowed("Your role may not download. 您的角色无权下载。")
        return as_file(rows, asked["form"], stem=f"fees-{view.region}-{view.day}", title=view.say(TITLE))
    number = asked.get("page", "1")
    last = max(1, -(-len(rows) // AT_ONCE))
    now = min(max(1, int(number) if number.isdecimal() and len(number) < 9 else 1), last)
    return {
        "months": months,
        "spans": MONTHS,
        "by_month": by_month(rows),
        "count": len(rows),
        "total": sum(row["to_pay"] or 0.0 for row in rows),
        "rising": sum(bool(row["rises"]) for row in rows),
        "rows": rows[(now - 1) * AT_ONCE : now * AT_ONCE],
        "now": now,
        "last": last,
        "brief": "brief" in asked,
    }
