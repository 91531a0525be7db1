# SPDX-License-Identifier: Apache-2.0
"""Write a line into the log, and check that no line was changed behind its back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from zhihang.web.audit.models import Entry

NOBODY = "-"


def record(
    request: HttpRequest | None, action: str, subject: str = "", *, who: str = "", **detail: Any
) -> Entry:
    """Add a line: who did what to what, from where; `request` is None for what the system does by itself."""
    person = getattr(request, "user", None)
    name = who or (person.get_username() if person is not None and person.is_authenticated else NOBODY)
    address = str(request.META.get("REMOTE_ADDR") or "")[:45] if request is not None else ""
    entry = Entry(
        at=timezone.now(), who=name[:60], address=address, action=action, subject=subject[:200], detail=detail
    )
    entry.save()
    return entry


def first_changed(entries: QuerySet[Entry] | None = None) -> Entry | None:
    """Return the first line that does not follow from the one before it; None if all do."""
    before = ""
    for entry in (Entry.objects.all() if entries is None else entries).order_by("id").iterator():
        if entry.digest != entry.digest_after(before):
            return entry
        before = entry.digest
    return None
