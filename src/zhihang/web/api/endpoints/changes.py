# SPDX-License-Identifier: Apache-2.0
"""What changed between two days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import rows_answer
from zhihang.web.api.parameters import Day, Form, Limit, Offset
from zhihang.web.changes import changes as changed
from zhihang.web.standing import standing

changes = Router()


@changes.get("/{name}/", summary="Targets of a plan whose figure or level changed between two days")
def list_changes(
    request: HttpRequest,
    name: str,
    since: Day,
    at: Day,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return target, division, figure and level on both days; what turned worse first."""
    asked = require(request, "view")
    before = standing(asked.answers, name, since)["rows"]
    now = standing(asked.answers, name, at)["rows"]
    rows = [
        {
            "target": one["row"]["target"],
            "region": one["row"]["region"],
            "label": one["row"]["label"],
            "label_en": one["row"]["label_en"],
            "unit": one["row"]["unit"],
            **{key: one[key] for key in ("before", "value", "difference", "status_before", "status")},
        }
        for one in changed(before, now)
        if asked.person.reaches(one["row"]["region"] or "000000")
    ]
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)
