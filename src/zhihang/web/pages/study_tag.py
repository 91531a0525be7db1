# SPDX-License-Identifier: Apache-2.0
"""Label the patents of a study one by one, the classifier choosing what to ask; every answer is saved at once."""

from __future__ import annotations

from typing import Any

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
from zhihang.web.studying import queue_of, write_queue

FEW = 5
"""With so few left, the next are chosen in the background."""
MOST_AT_ONCE = 500


@page(
    "studies/of/<str:study>/tag/",
    room="studies",
    title=Label("标引", "Label"),
    permission="study",
    methods=("GET", "POST"),
)
def study_tag(request: PageRequest, ask: Answers, study: str) -> Context | HttpResponse:
    """Show the next patent of the queue, or the one named; POST keeps an answer, or chooses more."""
    desk = ask.workspace.studies
    shown = desk.show(study)
    here = f"/studies/of/{study}/tag/?{request.view.query()}"
    queue = queue_of(study)
    fault: ZhihangError | None = None
    if request.method == "POST":
        if request.POST.get("what") == "choose":
            return redirect(f"/jobs/{_choose(request, study).pk}/?{request.view.query()}")
        try:
            numbers = request.POST.getlist("number")[:MOST_AT_ONCE]
            text = _answer(request)
            for number in numbers:
                sample = next((one["sample"] for one in queue if one["number"] == number), "")
                if text:
                    desk.label(study, number, text, sample)
            _done(study, queue, set(numbers), text)
            if len(numbers) > 1:
                record(request, "patents labelled together", study, label=text, patents=len(numbers))
            if 0 < sum(not one.get("done") for one in queue) <= FEW:
                _choose(request, study)
            return redirect(here)
        except ZhihangError as error:
            fault = error
    wanted = request.GET.get("number", "")
    open_ones = [one for one in queue if not one.get("done")]
    one = next((each for each in queue if each["number"] == wanted), None) if wanted else None
    if wanted and one is None:
        raise NotFound(
            "This patent is not in the queue. 该专利不在待标引之列。",
            todo="Go on with the next. 请继续下一件。",
        )
    done = [each for each in queue if each.get("done")]
    return {
        "study": shown,
        "one": one or (open_ones[0] if open_ones else None),
        "left": len(open_ones),
        "before": done[-1] if done else None,
        "nodes": [*shown["nodes"], *shown["effects"]],
        "choosing": Job.objects.filter(
            verb="choose_to_tag", arguments={"study": study}, state__in=("queued", "running")
        ).first(),
        "fault": fault,
    }


def _answer(request: PageRequest) -> str:
    """Return a label as it is kept; blank for what is skipped."""
    what = request.POST.get("what", "")
    if what in ("noise", "in"):
        return what
    if what == "skip":
        return ""
    nodes = request.POST.getlist("node")
    return "|".join(nodes) if nodes else "in"


def _done(study: str, queue: list[dict[str, Any]], numbers: set[str], text: str) -> None:
    for one in queue:
        if one["number"] in numbers:
            one["done"] = text or "skip"
    write_queue(study, queue)


def _choose(request: PageRequest, study: str) -> Job:
    running = Job.objects.filter(
        verb="choose_to_tag", arguments={"study": study}, state__in=("queued", "running")
    ).first()
    return running or put("choose_to_tag", request.person, study=study)
