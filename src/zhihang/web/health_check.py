# SPDX-License-Identifier: Apache-2.0
"""Whether database, store, worker and disk are as they should be."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.jobs.heartbeat import last_beat

LEAST_FREE = 1 << 30
SILENT = timedelta(minutes=2)


def health_checks(ask: Answers) -> list[dict[str, Any]]:
    """Return a line on each part."""
    return [_database(), _store(ask), _worker(), _disk(ask)]


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
    good = beat is not None and abs(timezone.now() - beat) < SILENT
    return _check(
        "worker", Label("任务进程", "Worker"), good, beat.isoformat(" ", "seconds") if beat else "—"
    )


def _disk(ask: Answers) -> dict[str, Any]:
    free = shutil.disk_usage(ask.folder).free
    return _check("disk", Label("磁盘", "Disk"), free > LEAST_FREE, f"{free / 1e9:,.1f} GB")
