# SPDX-License-Identifier: Apache-2.0
"""Bulletin, notices and letters of a plan at the day looked at: made as a job, previewed, taken away."""

from __future__ import annotations

import io
import zipfile

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.papers import TYPES, hand_out, made_at, paper_folder, papers_in
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest

GROUPS = {
    "": Label("通报与评估", "Bulletin and evaluation"),
    "notices": Label("预警通知", "Notices"),
    "undertakings": Label("目标责任书", "Undertakings"),
}


@page(
    "plans/<slug:plan>/papers/",
    room="plans",
    title=Label("通报与责任书", "Bulletin and letters"),
    methods=("GET", "POST"),
)
def plan_papers(request: PageRequest, ask: Answers, plan: str) -> Context | HttpResponseBase:
    """Show what was made for this day and language; POST asks for it; ``file=`` hands one out."""
    shown = ask("plans.show", plan, patience=30)
    view = request.view
    day = view.day.isoformat()
    folder = paper_folder(plan, day, view.language)
    asked = {"plan": plan, "at": day, "language": view.language}
    running = Job.objects.filter(verb="plan_papers", arguments=asked, state__in=("queued", "running")).first()
    if request.method == "POST":
        refuse_unless(request, "export")
        job = running or put("plan_papers", request.person, **asked)
        if running is None:
            record(request, "papers asked for", plan, at=day, language=view.language)
        return redirect(f"/jobs/{job.pk}/?{view.query()}")
    found = [one for one in papers_in(folder) if _concerns(request, one.name)]
    wanted = request.GET.get("file", "")
    if wanted:
        stem = wanted.rpartition(".")[0]
        if stem not in {one.stem for one in found}:
            return hand_out(folder / "-", folder)
        return hand_out(folder / wanted, folder)
    if "all" in request.GET and found:
        return _together(folder, [f"{one.stem}.{kind}" for one in found for kind in one.kinds], plan, day)
    groups = [
        (label, [one for one in found if one.group == name])
        for name, label in GROUPS.items()
        if any(one.group == name for one in found)
    ]
    return {"plan": shown, "groups": groups, "count": len(found), "made": made_at(folder), "running": running}


def _concerns(request: PageRequest, name: str) -> bool:
    """Whether a paper is for the whole, or for a division that the person reaches."""
    codes = [part for part in name.split("-") if part.isdigit() and len(part) == 6]
    return all(request.person.reaches(code) for code in codes)


def _together(folder: object, names: list[str], plan: str, day: str) -> HttpResponse:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.write(f"{folder}/{name}", name)
    answer = HttpResponse(packed.getvalue(), content_type=TYPES["zip"])
    answer.headers["Content-Disposition"] = f'attachment; filename="{plan}-{day}.zip"'
    return answer
