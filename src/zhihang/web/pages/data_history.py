# SPDX-License-Identifier: Apache-2.0
"""What changed in the store, run by run, and who asked for it."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.jobs.models import Job
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

MOST = 200
NEAR = 2.0
"""Seconds by which the clocks of a run and of its job may differ."""


@page("data/history/", room="data", title=Label("数据历史", "History"), menu=5)
def data_history(request: PageRequest, ask: Answers) -> Context:
    """Return the runs, the newest first, each with the job that it was part of."""
    runs = ask("history", patience=30) if ask.run() else []
    jobs = list(Job.objects.filter(begun_at__isnull=False).select_related("person")[: 2 * MOST])
    return {"runs": [{**run, "job": _job(run, jobs)} for run in runs[::-1][:MOST]], "count": len(runs)}


def _job(run: dict[str, object], jobs: list[Job]) -> Job | None:
    from datetime import datetime, timedelta

    begun = datetime.fromisoformat(str(run["started_at"]))
    ended = datetime.fromisoformat(str(run["finished_at"]))
    for job in jobs:
        first, last = job.begun_at, job.ended_at or job.seen_at
        if (
            first
            and last
            and first - timedelta(seconds=NEAR) <= begun
            and ended <= last + timedelta(seconds=NEAR)
        ):
            return job
    return None
