# SPDX-License-Identifier: Apache-2.0
"""One study: its question, what was found, the roadmap, what is recommended; compute it anew, take its papers away."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import redirect

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.papers import hand_out, papers_in
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.studying import SECTIONS, board_of, folder_of, result_of, roadmap_of


@page("studies/of/<str:study>/", room="studies", title=Label("研究", "Study"), methods=("GET", "POST"))
def study(request: PageRequest, ask: Answers, study: str) -> Context | HttpResponseBase:
    """Show a study and the result of its last run; POST runs it; ``file=`` hands a paper out."""
    shown = ask.workspace.studies.show(study)
    running = Job.objects.filter(
        verb="navigate_study", arguments={"study": study}, state__in=("queued", "running")
    ).first()
    if request.method == "POST":
        refuse_unless(request, "study")
        job = running or put("navigate_study", request.person, study=study)
        if running is None:
            record(request, "study run", study, job=job.pk)
        return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
    folder = folder_of(study)
    papers = papers_in(folder)
    if wanted := request.GET.get("file", ""):
        known = {f"{one.stem}.{kind}" for one in papers for kind in one.kinds}
        return hand_out(folder / wanted if wanted in known else folder / "-", folder)
    result = result_of(study)
    found = result["findings"] if result else []
    return {
        "study": shown,
        "result": result,
        "sections": [
            (label, [one for one in found if one["section"] == name])
            for name, label in SECTIONS.items()
            if any(one["section"] == name for one in found)
        ],
        "limits": result["limits"] if result else [],
        "roadmap": roadmap_of(result, request.view.say) if result else None,
        "board": board_of(result, ask.workspace.study_board.decided(study)),
        "size": len(result["corpus"]["patents"]) if result else 0,
        "papers": papers,
        "running": running,
        "may_study": request.person.may("study"),
    }
