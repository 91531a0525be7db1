# SPDX-License-Identifier: Apache-2.0
"""Put the writing of a fact sheet into the queue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.firm_access import require_firm
from zhihang.web.industry_answers import year_of
from zhihang.web.jobs.made_files import fresh_folder
from zhihang.web.jobs.queue import put
from zhihang.web.page import page
from zhihang.web.request import PageRequest

SURELY = 60
"""Seconds to wait: what is sent is never asked for again by itself."""
SHEETS = ("industry", "enterprise", "park", "bulletin")


@page(
    "industries/fact-sheet/",
    room="industries",
    title=Label("情况表", "Fact sheet"),
    permission="export",
    scoped=True,
    methods=("POST",),
)
def fact_sheet(request: PageRequest, ask: Answers) -> HttpResponse:
    """Ask for a sheet, and lead to the job."""
    given = request.POST
    kind, name = given.get("kind", ""), given.get("name", "")[:120]
    if kind not in SHEETS:
        raise NotFound.named("sheet", kind, SHEETS)
    if kind == "enterprise":
        require_firm(request, ask, name, year_of(given.get("year"), None), patience=SURELY)
    elif not request.person.may("view"):
        raise NotFound.named("sheet", kind, ("enterprise",))
    job = put(
        "fact_sheet",
        request.person,
        kind=kind,
        name=name,
        year=year_of(given.get("year"), None),
        scheme=given.get("scheme") or "generic",
        region=request.view.region,
        folder=fresh_folder(),
    )
    record(request, "sheet asked for", f"{kind} {name}", job=job.pk)
    return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
