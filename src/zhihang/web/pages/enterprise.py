# SPDX-License-Identifier: Apache-2.0
"""The sheet of one firm: register, figures, patents, titles, what it qualifies for and by what it fails, fees due."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.firm_access import require_firm
from zhihang.web.industry_answers import usual_year, year_of
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

KINDS = {
    "invention": Label("发明", "Inventions"),
    "utility_model": Label("实用新型", "Utility models"),
    "design": Label("外观设计", "Designs"),
}
STANDINGS = {
    "in_force": Label("有效", "in force"),
    "expired": Label("已到期", "expired"),
    "revoked": Label("已撤销", "revoked"),
    "not_yet": Label("未生效", "not yet"),
}


@page("enterprises/sheet/<str:code>/", room="industries", title=Label("企业", "Firm"), permission="public")
def enterprise(request: PageRequest, ask: Answers, code: str) -> Context:
    """Return what is known of a firm by name or code, for its region's officers and for itself."""
    sheet = require_firm(
        request,
        ask,
        code[:120],
        year_of(request.GET.get("year"), usual_year(ask, "enterprise", request.view.day)),
    )
    return {
        "sheet": sheet,
        "firm": sheet["register"],
        "patents": [
            {**row, "label": KINDS.get(row["kind"], Label(row["kind"], row["kind"]))}
            for row in sheet["patents"]
        ],
        "titles": [{**row, "said": STANDINGS.get(row["standing"])} for row in sheet["titles"]],
        "to_pay": sum(row.get("to_pay") or 0 for row in sheet["fees"]),
    }
