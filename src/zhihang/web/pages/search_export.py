# SPDX-License-Identifier: Apache-2.0
"""Put the export of everything a query finds into the queue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.made_files import fresh_folder
from zhihang.web.jobs.queue import put
from zhihang.web.page import page
from zhihang.web.request import PageRequest
from zhihang.web.searching import LONGEST, SORTS

FORMS = ("csv", "xlsx", "parquet")


@page("search/export/", room="search", title=Label("导出", "Export"), permission="export", methods=("POST",))
def search_export(request: PageRequest, ask: Answers) -> HttpResponse:
    """Check the query, ask for the export, and lead to the job."""
    given = request.POST
    query, form = given.get("query", "")[: LONGEST * 2], given.get("form", "")
    if form not in FORMS:
        raise NotFound.named("kind of file", form, FORMS)
    ask.workspace.search.check(query)
    sort = given["sort"] if given.get("sort") in SORTS else "relevance"
    job = put(
        "export_hits",
        request.person,
        query=query,
        form=form,
        sort=sort,
        family=given.get("family") == "1",
        folder=fresh_folder(),
    )
    record(request, "export asked for", query, form=form, job=job.pk)
    return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
