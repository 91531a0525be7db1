# SPDX-License-Identifier: Apache-2.0
"""Unsubscribe with the link of a mail: looking changes nothing, the button does; mail programs need one POST."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import ANYONE, Context, page
from zhihang.web.request import PageRequest


@page(
    "push/<slug:token>/stop",
    title=Label("退订", "Unsubscribe"),
    permission=ANYONE,
    methods=("GET", "POST"),
    one_click=True,
)
def push_stop(request: PageRequest, ask: Answers, token: str) -> Context:
    """Ask whether to stop; POST stops. Stopping twice is as stopping once."""
    desk = ask.workspace.watches
    name = desk.log.reader_of(token)
    if request.method == "POST":
        held = next((one for one in desk.profiles() if one.name == name), None)
        if held is not None and held.active:
            desk.stop(name)
            record(request, "watch stopped", name, who=name, by="link of a mail")
    now = next((one for one in desk.profiles() if one.name == name), None)
    return {"name": name, "addressee": now.addressee if now else "", "active": bool(now and now.active)}
