# SPDX-License-Identifier: Apache-2.0
"""Every value on an application with the file and line it comes from, and whether it counts."""

from __future__ import annotations

from typing import Any

from zhihang.reporting.record import origin_page
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page(
    "patents/<str:number>/origin/", room="search", title=Label("每个值的来源", "Where each value comes from")
)
def patent_origin(request: PageRequest, ask: Answers, number: str) -> Context:
    """Return each different value once, by table, with all places that tell it."""

    def compute() -> dict[str, Any]:
        found = ask.workspace.explain(number)
        return {"application": found.application_id, "records": found.records, "tables": origin_page(found)}

    return {"told": ask.work("patent_origin", [number], compute), "number": number}
