# SPDX-License-Identifier: Apache-2.0
"""Receive a file; one that was under way when the session ended is kept for its sender."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotAllowed, SourceError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import ANYONE, page
from zhihang.web.request import PageRequest
from zhihang.web.uploads import receive, sender


@page("data/receive/", room="data", title=Label("上传", "Upload"), permission=ANYONE, methods=("POST",))
def upload_send(request: PageRequest, ask: Answers) -> HttpResponse:
    """Keep the file and go on to its preview."""
    person = request.person if request.person.may("upload") else sender(request.POST.get("ticket", ""))
    if person is None:
        raise NotAllowed(
            "The session is over, or your role may not upload. 会话已结束，或您的角色无权上传。",
            todo="Sign in again and choose the file once more; it was not kept. 请重新登录后再选择文件；文件没有保存。",
        )
    sent = request.FILES.get("file")
    if sent is None:
        raise SourceError(
            "No file was chosen. 没有选择文件。", todo="Go back and choose one. 请返回选择文件。"
        )
    number = request.POST.get("replaces", "")
    replaces = int(number) if number.isdigit() else None
    kept = receive(sent, person, request.POST.get("kind", ""), replaces)
    record(request, "file uploaded", kept.name, who=person.name, upload=kept.id, size=kept.size)
    return redirect(f"/data/upload/{kept.id}/?{request.view.query()}")
