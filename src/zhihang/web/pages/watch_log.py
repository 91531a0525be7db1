# SPDX-License-Identifier: Apache-2.0
"""What was sent to whom, and how sending went."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.watching import may_see, plain_watch

MOST = 300
AGAIN = Label("第 {n} 期将再次发送。", "Digest {n} is sent once more.")


@page(
    "watches/log/",
    room="watches",
    title=Label("推送记录", "Delivery log"),
    permission="view",
    menu=2,
    methods=("GET", "POST"),
)
def watch_log(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show digests, the newest first; POST sends one again that failed or whose fate is unclear."""
    desk = ask.workspace.watches
    if request.method == "POST":
        refuse_unless(request, "edit", "000000" if request.person.region else None)
        number = request.POST.get("digest", "")
        desk.log.again(int(number) if number.isdigit() else 0)
        record(request, "digest again", number)
        messages.success(request, request.view.say(AGAIN).format(n=number))
        return redirect(f"/watches/log/?{request.view.query()}")
    seen = {one.name for one in desk.profiles() if may_see(request.person, plain_watch(one))}
    rows = [one.row() for one in desk.log.digests() if one.reader in seen]
    return {
        "rows": rows[:MOST],
        "count": len(rows),
        "sent": sum(row["state"] == "sent" for row in rows),
        "troubled": sum(row["state"] in ("failed", "unclear") for row in rows),
        "may_send": request.person.may("edit") and not request.person.region,
    }
