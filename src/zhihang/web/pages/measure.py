# SPDX-License-Identifier: Apache-2.0
"""Indicators measured: over years, split by divisions, as chart and table, to take away; the address is the question."""

from __future__ import annotations

from django.http import HttpResponse

from zhihang.errors import NotAllowed
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.measure_chart import asked_for, chart_of
from zhihang.web.measured import BASES, EVERY, measured
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

SPLITS = ("", "county", "city", "kind", "applicant_type", "field", "emerging")


@page("indicators/measure/", room="indicators", title=Label("指标数值", "Measure"), scoped=True, keeps=True)
def measure(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the values that the address asks for; as a file where it asks for one."""
    view, asked = request.view, request.GET
    chosen, question = asked_for(request, ask)
    codes = [one["indicator"] for one in chosen]
    rows = measured(ask, codes, view.region, **question) if codes else []
    if asked.get("form") and rows:
        if not request.person.may("export"):
            raise NotAllowed(
                "Your role may not download. 您的角色无权下载。", {"role": request.person.says.label}
            )
        return as_file(
            rows, asked["form"], stem="-".join(codes[:3]) + f"-{view.region}", title=chosen[0]["zh"]
        )
    return {
        "chosen": chosen,
        "codes": codes,
        "named": {one["indicator"]: one for one in chosen},
        "rows": rows,
        "question": question,
        "every_kind": EVERY,
        "bases": BASES,
        "splits": SPLITS,
        "charts": [chart_of(request, one, rows, question["by"]) for one in chosen if rows],
        "newest": None
        if question["by"]
        else next((row for row in reversed(rows) if row["value"] is not None), None),
    }
