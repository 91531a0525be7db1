# SPDX-License-Identifier: Apache-2.0
"""Begin a watch or change one; a second person's save is told before it is overwritten."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotAllowed, NotFound, ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.watching import (
    changes,
    digest_of,
    fields_of,
    from_form,
    may_change,
    may_see,
    plain_watch,
    shown_fields,
)

SAVED = Label("订阅“{name}”已保存。", "The watch {name} is saved.")


@page(
    "watches/edit/",
    room="watches",
    title=Label("订阅设置", "Settings of a watch"),
    permission="public",
    methods=("GET", "POST"),
)
def watch_edit(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show the form; POST saves it."""
    person = request.person
    if not person.pk:
        return redirect(f"/sign-in/?{request.view.query({'next': '/watches/edit/'})}")
    desk = ask.workspace.watches
    held = {one.name: plain_watch(one) for one in desk.profiles()}
    name = request.GET.get("watch", "")
    old = held.get(name)
    if name and (old is None or not may_see(person, old)):
        raise NotFound(
            "There is no such watch of yours. 没有这个订阅。", todo="See your watches. 请查看订阅列表。"
        )
    typed: dict[str, Any] = old or _usual(request)
    fault: ZhihangError | None = None
    clash: list[dict[str, Any]] = []
    over = request.POST.get("over") or (digest_of(old) if old else "")
    if request.method == "POST":
        typed = from_form(request.POST)
        there = held.get(typed["name"])
        try:
            _may_save(request, there, typed)
            if there is not None and digest_of(there) != request.POST.get("over", "") and there != typed:
                clash, over = changes(typed, there), digest_of(there)
            else:
                desk.add_one(**fields_of(typed))
                record(request, "watch changed", typed["name"])
                messages.success(request, request.view.say(SAVED).format(name=typed["name"]))
                return redirect(f"/watches/of/{typed['name']}/?{request.view.query()}")
        except ZhihangError as error:
            fault = error
    return {
        "typed": typed,
        "fields": shown_fields(typed),
        "rules": ask("catalogue", "event-rules", patience=30),
        "old": old,
        "over": over,
        "clash": clash,
        "fault": fault,
    }


def _usual(request: PageRequest) -> dict[str, Any]:
    """Return what a new watch begins with: the person's own firm, address and region."""
    person = request.person
    return {
        "name": person.name,
        "addressee": person.subject or str(person),
        "organisation": person.subject,
        "address": person.email,
        "region": person.region,
        "language": request.view.language,
        "events": ["all"],
        "most": 10,
        "active": True,
    }


def _may_save(request: PageRequest, there: dict[str, Any] | None, typed: dict[str, Any]) -> None:
    person = request.person
    free = person.may("edit") and not person.region
    if there is not None and not may_change(person, there):
        raise NotAllowed(
            "There is a watch of that name that is not yours. 已有同名的他人订阅。",
            {"watch": typed["name"]},
            todo="Take another name. 请换一个名称。",
        )
    if not free and not may_change(person, typed):
        raise NotAllowed(
            "A watch of yours names you, your firm or your region. 订阅须与本人、本单位或本地区有关。",
            {"addressee": typed["addressee"] or "—", "expected": person.subject or str(person)},
            todo="Put yourself or your firm as the addressee. 请将收件单位填为本人或本单位。",
        )
