# SPDX-License-Identifier: Apache-2.0
"""When the workspace was backed up last: written beside the database after each back-up, read by the page of the system."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from zhihang.terms.label import Label
from zhihang.web.deployment import deployment

FILE = "last-backup.json"
OLD = timedelta(days=8)
NEVER = Label("尚未备份", "never")


def remember(name: str, size: int, run: str) -> None:
    """Write down that a back-up was made."""
    told = {"at": timezone.now().isoformat(), "file": name, "bytes": size, "run": run}
    path = deployment().state / FILE
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(told), "utf-8")
    fresh.replace(path)


def check_of_back_up() -> dict[str, Any]:
    """Return whether there is a back-up of about a week; a line for the table of checks."""
    label = Label("备份", "Back-up")
    try:
        told = json.loads((deployment().state / FILE).read_text("utf-8"))
        at = parse_datetime(told["at"])
    except (FileNotFoundError, ValueError, KeyError):
        at, told = None, {}
    if at is None:
        return {"name": "backup", "label": label, "good": False, "detail": NEVER}
    detail = (
        f"{timezone.localtime(at):%Y-%m-%d %H:%M} · {told['file']} · {told['bytes']:,} B · run {told['run']}"
    )
    return {"name": "backup", "label": label, "good": timezone.now() - at < OLD, "detail": detail}
