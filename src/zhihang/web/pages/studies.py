# SPDX-License-Identifier: Apache-2.0
"""The navigation studies there are; begin a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest

VARIANTS = {
    "industry": Label("产业规划类", "Industry"),
    "enterprise": Label("企业运营类", "Enterprise"),
    "rd": Label("研发活动类", "Research and development"),
}
MADE = Label("研究“{name}”已建立。", "The study {name} is made.")


@page("studies/", room="studies", title=Label("导航研究", "Studies"), menu=1, methods=("GET", "POST"))
def studies(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """List studies; POST writes the file of a new one."""
    fault: ZhihangError | None = None
    typed = {"region": request.view.region, **request.POST.dict()}
    if request.method == "POST":
        refuse_unless(request, "study")
        said = {key: str(typed.get(key, "")).strip() for key in ("query", "region", "question", "variant")}
        name = str(typed.get("name", "")).strip()
        try:
            ask.workspace.studies.new(name, **{**said, "variant": said["variant"] or "industry"})
            record(request, "study made", name)
            messages.success(request, request.view.say(MADE).format(name=name))
            return redirect(f"/studies/of/{name}/?{request.view.query()}")
        except ZhihangError as error:
            fault = error
    return {
        "studies": ask.workspace.studies.listed(),
        "typed": typed,
        "fault": fault,
        "variants": VARIANTS,
        "may_study": request.person.may("study"),
    }
