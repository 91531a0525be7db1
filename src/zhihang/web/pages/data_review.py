# SPDX-License-Identifier: Apache-2.0
"""The correction desk: doubtful organisations and places, those that touch most applications first, to be decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound, ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

KINDS = {
    "organisation": Label("机构名称", "Names of organisations"),
    "group": Label("机构归并", "Groups of names"),
    "place": Label("地域", "Places"),
}
TAKEN = Label(
    "已记录 {n} 项决定；更新派生数据后生效。",
    "{n} decisions are recorded; they count once derived tables are up to date.",
)
MOST = 50


@page(
    "data/review/",
    room="data",
    title=Label("核定", "Review"),
    permission="review",
    menu=4,
    methods=("GET", "POST"),
)
def data_review(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show doubtful cases of a kind; POST records the answers given, or brings derived tables up to date."""
    said = request.POST if request.method == "POST" else request.GET
    kind = said.get("kind") or "organisation"
    if kind not in KINDS:
        raise NotFound.named("kind of case", kind[:40], KINDS)
    fault: ZhihangError | None = None
    here = f"/data/review/?{request.view.query({'kind': kind})}"
    if request.method == "POST":
        if said.get("what") == "derive":
            job = _derive(request)
            return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
        try:
            answered = _answers(request, kind)
            taken = ask.workspace.review.answer(answered, by=request.person.name)
            record(request, "cases decided", kind, taken=taken)
            messages.success(request, request.view.say(TAKEN).format(n=sum(taken.values())))
            return redirect(here)
        except ZhihangError as error:
            fault = error
    cases = ask("review.cases", [kind], most=MOST) if ask.run() else []
    return {
        "kinds": KINDS,
        "kind": kind,
        "cases": [
            {**one, "typed": said.get(f"answer-{place}", "") if fault else ""}
            for place, one in enumerate(cases)
        ],
        "touched": sum(one["applications"] or 0 for one in cases),
        "stale": ask("stale") if ask.run() else [],
        "fault": fault,
    }


def _derive(request: PageRequest) -> Job:
    running = Job.objects.filter(verb="derive", state__in=("queued", "running")).first()
    return running or put("derive", request.person)


def _answers(request: PageRequest, kind: str) -> list[dict[str, str]]:
    """Return the cases that were answered; each names itself, so that a list that moved on does no harm."""
    said: Any = request.POST
    found = []
    for place in range(MOST):
        answer = said.get(f"answer-{place}", "").strip()
        if answer:
            found.append(
                {
                    "kind": kind,
                    "case": said.get(f"case-{place}", ""),
                    "found": said.get(f"found-{place}", ""),
                    "question": said.get(f"question-{place}", ""),
                    "answer": answer,
                    "because": said.get(f"because-{place}", "").strip(),
                }
            )
    return found
