# SPDX-License-Identifier: Apache-2.0
"""One topic database: its parts with counts, what came and went, what can be taken away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotAllowed
from zhihang.reporting.chart import Bars, Chart, Series
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.made_files import fresh_folder, made_in
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

SOURCE = Label("本库按专题检索式统计", "counted here by the query of the topic")


@page(
    "search/topics/<slug:topic>/",
    room="search",
    title=Label("专题", "Topic"),
    permission="public",
    methods=("GET", "POST"),
)
def topic(request: PageRequest, ask: Answers, topic: str) -> Context | HttpResponse:
    """Return the topic; POST builds it anew and publishes it."""
    one = ask.workspace.topics.card(topic)
    if request.method == "POST":
        if not request.person.may("study"):
            raise NotAllowed(
                "Your role may not publish topics. 您的角色无权发布专题。",
                {"role": request.person.says.label},
            )
        job = put("publish_topic", request.person, topic=topic, folder=fresh_folder())
        record(request, "topic published", topic, job=job.pk)
        return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
    done = Job.objects.filter(verb="publish_topic", state="done", arguments__topic=topic).first()
    return {
        "one": one,
        "chart": _chart(request, one),
        "files": made_in(done.arguments["folder"]) if done else [],
    }


def _chart(request: PageRequest, one: dict[str, object]) -> Chart | None:
    parts = [part for part in one["parts"] if part["applications"]]  # type: ignore[attr-defined]
    if not parts:
        return None
    language = request.view.language
    parts.sort(key=lambda part: -part["applications"])
    names = tuple(part["label"] if language == "zh" else part["label_en"] for part in parts)
    title = (
        f"{names[0]}最多，{parts[0]['applications']:,} 件"
        if language == "zh"
        else f"{names[0]} is largest: {parts[0]['applications']:,}"
    )
    series = (
        Series(
            request.view.say(Label("件数", "Applications")), tuple(part["applications"] for part in parts)
        ),
    )
    return Chart(title, "件", str(one["log"][0]["day"]), request.view.say(SOURCE), Bars(names, series))  # type: ignore[index]
