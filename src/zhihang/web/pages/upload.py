# SPDX-License-Identifier: Apache-2.0
"""Where data comes in: drag or choose a file; what waits to be confirmed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.uploads import ticket, waiting


@page(
    "data/upload/",
    room="data",
    title=Label("上传数据", "Upload"),
    permission="upload",
    menu=1,
    methods=("GET", "POST"),
)
def upload(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show the form; POST takes in the published figures that ship with the package."""
    if request.method == "POST":
        open_one = Job.objects.filter(verb="ingest_published", state__in=("queued", "running")).first()
        job = open_one or put("ingest_published", request.person)
        if open_one is None:
            record(request, "published figures wanted")
        return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
    replaced = None
    if (number := request.GET.get("replaces", "")).isdigit():
        try:
            replaced = ask.workspace.intake.entry(int(number))
        except NotFound:
            replaced = None
    return {
        "ticket": ticket(request.person),
        "most": settings.UPLOAD_MAX_BYTES,
        "most_megabytes": settings.UPLOAD_MAX_BYTES >> 20,
        "waiting": waiting(request.person),
        "replaced": replaced,
        "files": len(ask.workspace.catalogue("files")) if ask.run() else 0,
    }
