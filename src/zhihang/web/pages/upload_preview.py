# SPDX-License-Identifier: Apache-2.0
"""One upload: how it would be read, its columns to be mapped by hand, confirmed or taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound, ZhihangError
from zhihang.terms.label import Label
from zhihang.web import uploads
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

TAKEN_BACK = Label("已撤回“{name}”，没有写入任何数据。", "{name} is taken back; nothing was written.")
KEPT = Label("列对应方案“{name}”已保存，下次可直接选用。", "The mapping {name} is kept for next time.")
RECORDS = 5


@page(
    "data/upload/<slug:upload>/",
    room="data",
    title=Label("上传预览", "Preview of an upload"),
    permission="upload",
    methods=("GET", "POST"),
)
def upload_preview(request: PageRequest, ask: Answers, upload: str) -> Context | HttpResponse:
    """Show how a file would be read; POST maps its columns, confirms it, or takes it back."""
    kept = uploads.find(upload)
    if kept.person != request.person.name and not request.person.may("administer"):
        raise NotFound(
            "This upload is somebody else's. 这是他人上传的文件。", todo="Ask them. 请联系上传人。"
        )
    fault: ZhihangError | None = None
    if request.method == "POST":
        try:
            return _act(request, ask, kept)
        except ZhihangError as error:
            fault = error
    parts: list[dict[str, Any]] = []
    try:
        if kept.state == "waiting":
            parts = _parts(ask, kept)
    except ZhihangError as error:
        fault = fault or error
    columns = parts[0]["columns"] if parts else _table(ask, kept)
    chosen = {name[2:]: value for name, value in request.POST.items() if name.startswith("c-")}
    return {
        "upload": kept,
        "parts": parts,
        "columns": [{**one, "field": chosen.get(one["column"], one["field"])} for one in columns or ()],
        "fields": ask("intake.fields", patience=30),
        "mappings": uploads.mappings(),
        "mapped": kept.mapping is not None,
        "known": ask.workspace.intake.known(kept.sha256) if ask.run() else [],
        "by_hand": fault is not None or "map" in request.GET,
        "fault": fault,
    }


def _parts(ask: Answers, kept: uploads.Upload) -> list[dict[str, Any]]:
    mapping = kept.mapping
    said = mapping.read_text("utf-8") if mapping else ""
    found: list[dict[str, Any]] = ask.work(
        "preview of an upload",
        [kept.id, said],
        lambda: ask.workspace.preview(kept.path, mapping=mapping, records=RECORDS),
    )
    return found


def _table(ask: Answers, kept: uploads.Upload) -> list[dict[str, Any]] | None:
    """Return the columns of a table that no reader knows; None for what is no table, or broken."""
    if kept.state != "waiting":
        return None
    try:
        found: list[dict[str, Any]] | None = ask.work(
            "columns of an upload", [kept.id], lambda: ask.workspace.intake.table_of(kept.path)
        )
    except ZhihangError:
        return None  # why is told already
    return found


def _act(request: PageRequest, ask: Answers, kept: uploads.Upload) -> HttpResponse:
    what, here = request.POST.get("what", ""), f"/data/upload/{kept.id}/?{request.view.query()}"
    if kept.job is not None and kept.state != "waiting":
        return redirect(
            f"/jobs/{kept.job}/?{request.view.query()}"
        )  # confirmed already, in this window or another
    if what == "drop":
        uploads.drop(kept)
        record(request, "upload taken back", kept.name, upload=kept.id)
        messages.success(request, request.view.say(TAKEN_BACK).format(name=kept.name))
        return redirect(f"/data/upload/?{request.view.query()}")
    if what == "map":
        columns = {name[2:]: str(value) for name, value in request.POST.items() if name.startswith("c-")}
        text = ask.workspace.intake.mapping(columns)
        fresh = uploads.write_mapping(kept, text)
        try:
            ask.workspace.preview(kept.path, mapping=fresh, records=1)
        except ZhihangError:
            fresh.unlink()
            raise
        if name := request.POST.get("keep", "").strip():
            uploads.keep_mapping(kept, name)
            messages.success(request, request.view.say(KEPT).format(name=name))
    elif what == "use":
        uploads.take_mapping(kept, request.POST.get("mapping", ""))
    elif what == "sniff":
        (kept.folder / "mapping.yaml").unlink(missing_ok=True)
    elif what == "confirm":
        job = put("ingest_upload", request.person, upload=kept.id)
        kept.note(state="confirmed", job=job.pk)
        record(request, "upload confirmed", kept.name, upload=kept.id, job=job.pk, replaces=kept.replaces)
        return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
    return redirect(here)
