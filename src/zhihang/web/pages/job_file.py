# SPDX-License-Identifier: Apache-2.0
"""A file that a job made, to take away."""

from __future__ import annotations

from django.http import FileResponse

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.made_files import folder_of, made_in
from zhihang.web.jobs.models import Job
from zhihang.web.page import page
from zhihang.web.request import PageRequest


@page("jobs/<int:number>/files/<str:file>", room="data", title=Label("文件", "File"), permission="export")
def job_file(request: PageRequest, ask: Answers, number: int, file: str) -> FileResponse:
    """Return a file of a job of one's own, or of any for who administers."""
    job = Job.objects.filter(pk=number).first()
    mine = job is not None and (job.person == request.person or request.person.may("administer"))
    name = str(job.arguments.get("folder", "")) if job is not None else ""
    if job is None or not mine or not name or file not in made_in(name):
        raise NotFound(
            "There is no such file of yours. 没有这个文件。",
            {"file": file[:80]},
            todo="Look at the job. 请查看该任务。",
        )
    record(request, "file taken", file, job=number)
    response = FileResponse((folder_of(name) / file).open("rb"), as_attachment=True, filename=file)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
