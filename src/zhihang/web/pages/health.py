# SPDX-License-Identifier: Apache-2.0
"""Health: whether database, store, worker and disk are as they should be; for people and for a monitor."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.jobs.heartbeat import last_beat
from zhihang.web.page import ANYONE, Context, page
from zhihang.web.request import PageRequest

LEAST_FREE = 1 << 30
SILENT = timedelta(minutes=2)


@page("health/", title=Label("运行状况", "Health"), room="administration", permission=ANYONE)
def health(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the state of each part; details only for who may administer; 503 if one is not as it should be."""
    checks = [_database(), _store(ask), _worker(), _disk(ask)]
    good = all(check["good"] for check in checks)
    if not request.person.may("administer") or "json" in request.headers.get("Accept", ""):
        names = {check["name"]: "ok" if check["good"] else "not ok" for check in checks}
        return JsonResponse({"healthy": good, **names}, status=200 if good else 503)
    return {"checks": checks, "good": good}


def _check(name: str, label: Label, good: bool, detail: str) -> dict[str, Any]:
    return {"name": name, "label": label, "good": good, "detail": detail}


def _database() -> dict[str, Any]:
    label = Label("数据库", "Database")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _check("database", label, True, connection.vendor)
    except DatabaseError as error:
        return _check("database", label, False, type(error).__name__)


def _store(ask: Answers) -> dict[str, Any]:
    run = ask.run()
    good = run > 0 or (ask.folder / "store" / "HEAD").exists()
    return _check("store", Label("数据仓库", "Store"), good, f"run {run}")


def _worker() -> dict[str, Any]:
    beat = last_beat()
    good = beat is not None and timezone.now() - beat < SILENT
    return _check(
        "worker", Label("任务进程", "Worker"), good, beat.isoformat(" ", "seconds") if beat else "—"
    )


def _disk(ask: Answers) -> dict[str, Any]:
    free = shutil.disk_usage(ask.folder).free
    return _check("disk", Label("磁盘", "Disk"), free > LEAST_FREE, f"{free / 1e9:,.1f} GB")
