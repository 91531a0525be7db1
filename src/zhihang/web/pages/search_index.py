# SPDX-License-Identifier: Apache-2.0
"""Put the building of the text index into the queue."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.queue import put
from zhihang.web.page import page
from zhihang.web.request import PageRequest


@page(
    "search/index/",
    room="search",
    title=Label("建立索引", "Build the index"),
    permission="upload",
    methods=("POST",),
)
def search_index(request: PageRequest, ask: Answers) -> HttpResponse:
    """Ask for the index, and lead to the job."""
    job = put("index", request.person)
    record(request, "index asked for", job=job.pk)
    return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
