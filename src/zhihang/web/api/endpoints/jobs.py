# SPDX-License-Identifier: Apache-2.0
"""Slow work: one's own, how far it is, what it produced."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router

from zhihang.errors import NotFound
from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, answer, rows_answer
from zhihang.web.api.parameters import Form, Limit, Offset
from zhihang.web.jobs.models import Job

jobs = Router()


@jobs.get("/", summary="Jobs of the owner of the key, the newest first")
def list_jobs(
    request: HttpRequest,
    limit: Limit = 100,
    offset: Offset = 0,
    form: Form = "json",
) -> HttpResponse:
    """Return number, verb, state and progress of each."""
    rows = [_row(job) for job in _mine(request)[:MOST]]
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@jobs.get("/{int:number}/", summary="One job")
def show_job(request: HttpRequest, number: int) -> HttpResponse:
    """Return a job with its result, or with what went wrong."""
    job = _mine(request).filter(pk=number).first() if number < 1 << 62 else None
    if job is None:
        raise NotFound("There is no such job of yours.", todo="See the list of jobs.")
    return answer(request, {**_row(job), "result": job.result, "fault": job.fault})


def _mine(request: HttpRequest) -> QuerySet[Job]:
    person = require(request, "jobs").person
    return Job.objects.filter(person=person) if person.pk else Job.objects.none()


def _row(job: Job) -> dict[str, Any]:
    times = {name: getattr(job, name) for name in ("queued_at", "begun_at", "ended_at")}
    return {
        "number": job.pk,
        "verb": job.verb,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "doing": job.doing,
        **{name: None if time is None else time.isoformat() for name, time in times.items()},
    }
