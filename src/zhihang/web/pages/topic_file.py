# SPDX-License-Identifier: Apache-2.0
"""A file of a published topic database: open data, for everybody who may see open data."""

from __future__ import annotations

from django.http import FileResponse

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.jobs.made_files import folder_of, made_in
from zhihang.web.jobs.models import Job
from zhihang.web.page import page
from zhihang.web.request import PageRequest


@page(
    "search/topics/<slug:topic>/files/<str:file>",
    room="search",
    title=Label("专题库文件", "File of a topic"),
    permission="public",
)
def topic_file(request: PageRequest, ask: Answers, topic: str, file: str) -> FileResponse:
    """Return a file of the newest release."""
    done = Job.objects.filter(verb="publish_topic", state="done", arguments__topic=topic).first()
    files = made_in(done.arguments["folder"]) if done is not None else []
    if done is None or file not in files:
        raise NotFound.named("file of this topic", file[:80], files)
    path = folder_of(done.arguments["folder"]) / file
    response = FileResponse(path.open("rb"), as_attachment=True, filename=file)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
