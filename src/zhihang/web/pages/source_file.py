# SPDX-License-Identifier: Apache-2.0
"""One file of the store: counts, refused records to look at and mend, how to replace or remove it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import DefinitionError, ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

PER_PAGE = 100


@page("data/files/<int:number>/", room="data", title=Label("数据文件", "File"), methods=("GET", "POST"))
def source_file(request: PageRequest, ask: Answers, number: int) -> Context | HttpResponse:
    """Show a file; ``mend=`` gives its refused rows to be corrected; POST removes it."""
    desk = ask.workspace.intake
    entry = desk.entry(number)
    name = entry.path.rpartition("/")[2]
    fault: ZhihangError | None = None
    if request.method == "POST":
        refuse_unless(request, "upload")
        if request.POST.get("name", "").strip() == name:
            job = put("remove_file", request.person, number=number)
            record(request, "file removal wanted", name, file=number, records=entry.records, job=job.pk)
            return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
        fault = DefinitionError(
            "The name is not that of the file. 文件名不一致，没有移除。",
            {"there is": request.POST.get("name", "")[:80] or "—", "expected": name},
            todo="Type the name as it stands. 请照原样输入文件名。",
        )
    try:
        if kind := request.GET.get("mend", ""):
            refuse_unless(request, "export")
            lines = desk.to_mend(number)
            rows = [dict(zip(lines[0], line, strict=False)) for line in lines[1:]] if lines else []
            return as_file(rows, kind, stem=f"{name.rpartition('.')[0] or name}-未入库", title="未入库记录")
    except ZhihangError as error:
        fault = error
    at = request.GET.get("page", "1")
    shown = max(int(at), 1) if at.isdigit() and len(at) < 7 else 1
    rejected = ask("intake.rejected", number, most=PER_PAGE, skip=(shown - 1) * PER_PAGE)
    reasons = ask("intake.reasons", number) if entry.rejected or rejected else []
    return {
        "entry": entry.model_dump(),
        "name": name,
        "member": entry.member,
        "rejected": rejected,
        "reasons": reasons,
        "values": sum(one["rows"] for one in reasons),
        "shown": shown,
        "more": len(rejected) == PER_PAGE,
        "fault": fault,
    }
