# SPDX-License-Identifier: Apache-2.0
"""Jobs: what is being worked on, what it produced, what did not end well."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.verb import verbs
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

MOST = 100


@page("jobs/", room="data", title=Label("任务", "Jobs"), menu=80)
def jobs(request: PageRequest, ask: Answers) -> Context:
    """Return the newest jobs: one's own; all of them for who administers."""
    mine = (
        Job.objects.all() if request.person.may("administer") else Job.objects.filter(person=request.person)
    )
    shelf = verbs()
    return {"jobs": [(job, shelf[job.verb].label) for job in mine.select_related("person")[:MOST]]}
