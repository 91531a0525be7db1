# SPDX-License-Identifier: Apache-2.0
"""The log of what people did: by person, action, subject and days; to take away; with the check of its chain."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from zhihang.errors import DefinitionError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.models import Entry
from zhihang.web.audit.record import first_changed, record
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

AT_ONCE = 100
MOST_IN_FILE = 200_000


@page(
    "administration/log/",
    title=Label("操作日志", "Log"),
    room="administration",
    permission="audit",
    menu=4,
)
def audit_log(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return one page of the lines that the address asks for, all of them as a file, or whether any was changed."""
    asked = request.GET
    found = _found(request)
    form = asked.get("form", "")
    if form:
        rows = [_row(one) for one in found[:MOST_IN_FILE]]
        record(request, "log taken away", form, lines=len(rows))
        return as_file(rows, form, stem="audit-log", title=request.view.say(Label("操作日志", "Log")))
    count = found.count()
    number = asked.get("page", "1")
    last = max(1, -(-count // AT_ONCE))
    now = min(max(1, int(number) if number.isdecimal() and len(number) < 9 else 1), last)
    return {
        "entries": found[(now - 1) * AT_ONCE : now * AT_ONCE],
        "count": count,
        "now": now,
        "last": last,
        "asked": {name: asked.get(name, "") for name in ("who", "action", "subject", "from", "to")},
        "actions": Entry.objects.order_by("action").values_list("action", flat=True).distinct(),
        "checked": "check" in asked,
        "changed": first_changed() if "check" in asked else None,
    }


def _found(request: PageRequest) -> QuerySet[Entry]:
    asked = request.GET
    found = Entry.objects.all()
    if who := asked.get("who", "")[:60]:
        found = found.filter(who__iexact=who)
    if action := asked.get("action", "")[:60]:
        found = found.filter(action=action)
    if subject := asked.get("subject", "")[:200]:
        found = found.filter(subject__icontains=subject)
    if asked.get("from"):
        found = found.filter(at__gte=_begin(asked["from"]))
    if asked.get("to"):
        found = found.filter(at__lt=_begin(asked["to"]) + timedelta(days=1))
    return found


def _begin(day: str) -> datetime:
    try:
        found = date.fromisoformat(day)
        if not 1985 <= found.year <= 2100:
            raise ValueError
    except ValueError as error:
        raise DefinitionError(
            "This is not a day. 日期无效。", {"typed": day[:40]}, todo="Such as 2018-12-31. 例：2018-12-31。"
        ) from error
    return timezone.make_aware(datetime.combine(found, time()))


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "at": timezone.localtime(entry.at).isoformat(" ", "seconds"),
        "who": entry.who,
        "address": entry.address,
        "action": entry.action,
        "subject": entry.subject,
        "detail": "; ".join(f"{name}: {value}" for name, value in entry.detail.items()),
        "digest": entry.digest,
    }
