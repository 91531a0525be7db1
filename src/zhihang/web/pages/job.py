# SPDX-License-Identifier: Apache-2.0
"""One job: how far it is, how to stop it, what it produced."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import stop
from zhihang.web.jobs.verb import verbs
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("jobs/<int:number>/", room="data", title=Label("任务", "Job"), methods=("GET", "POST"))
def job(request: PageRequest, ask: Answers, number: int) -> Context | HttpResponse:
    """Return a job of one's own, or any for who administers; POST stops it."""
    found = Job.objects.select_related("person").filter(pk=number).first()
    mine = found is not None and (found.person == request.person or request.person.may("administer"))
    if found is None or not mine:
        raise NotFound(
            f"There is no job {number} of yours. 没有这项任务。",
            todo="See the list of jobs. 请查看任务列表。",
        )
    if request.method == "POST":
        stop(found)
        record(request, "job stop wanted", found.verb, job=number)
        return redirect(f"/jobs/{number}/?{request.view.query()}")
    left = found.seconds_left
    return {
        "job": found,
        "label": verbs()[found.verb].label,
        "minutes": None if left is None else max(1, round(left / 60)),
    }
