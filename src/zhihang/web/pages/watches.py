# SPDX-License-Identifier: Apache-2.0
"""The watches there are: who follows what, up to when each was served; new news are looked for and sent from here."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.watching import may_see, plain_watch

VERBS = {"run": "look_for_news", "send": "send_news"}


@page(
    "watches/",
    room="watches",
    title=Label("订阅", "Watches"),
    permission="public",
    menu=1,
    methods=("GET", "POST"),
)
def watches(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """List one's watches; POST looks for news, or sends what is ready."""
    if not request.person.pk:
        return redirect(f"/sign-in/?{request.view.query({'next': '/watches/'})}")
    if request.method == "POST":
        refuse_unless(request, "edit", "000000" if request.person.region else None)
        what = request.POST.get("what", "")
        if what not in VERBS:
            raise NotFound.named("thing to do", what[:20], VERBS)
        verb, more = VERBS[what], {"until": request.view.day.isoformat()} if what == "run" else {}
        running = Job.objects.filter(verb=verb, state__in=("queued", "running")).first()
        job = running or put(verb, request.person, **more)
        if running is None:
            record(request, "news wanted" if what == "run" else "news sent", verb, job=job.pk)
        return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
    desk = ask.workspace.watches
    held, refused = desk.read()
    served = {row["watch"]: row["served_to"] for row in desk.listed()}
    mine = [one for one in map(plain_watch, held) if may_see(request.person, one)]
    everything = request.person.may("edit") and not request.person.region
    ready = desk.log.digests(states=("ready",)) if everything else []
    return {
        "watches": [{**one, "served_to": served.get(one["name"], "")} for one in mine],
        "active": sum(one["active"] for one in mine),
        "refused": refused if everything else [],
        "everything": everything,
        "ready": len(ready),
    }
