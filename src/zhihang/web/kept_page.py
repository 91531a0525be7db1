# SPDX-License-Identifier: Apache-2.0
"""Pages kept as they were written, for all who see the same: who asks and the token of forms are filled in anew."""

from __future__ import annotations

import threading
from collections import OrderedDict
from html import escape

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.response import ContentNotRenderedError, SimpleTemplateResponse

from zhihang.web.request import PageRequest

MOST = 400
_TOKEN, _NAME = "\x00token\x00", "\x00name\x00"
_held: OrderedDict[str, str] = OrderedDict()
_lock = threading.Lock()


def key_of(request: PageRequest, name: str) -> str | None:
    """Return under what a page may be kept; None where it must not be: a change, or a message to show once."""
    if request.method != "GET" or len(get_messages(request)):
        return None
    person, view = request.person, request.view
    seen_by = (person.role, person.region, person.subject, bool(person.pk), bool(request.htmx))
    return repr(
        (request.answers.state(), name, request.get_full_path(), view.query(), view.language, seen_by)
    )


def find(request: PageRequest, key: str) -> HttpResponse | None:
    """Return a page that was kept, filled in for who asks; None if there is none."""
    with _lock:
        text = _held.get(key)
        if text is None:
            return None
        _held.move_to_end(key)
    return HttpResponse(text.replace(_TOKEN, get_token(request)).replace(_NAME, _summary(request)))


def keep(request: PageRequest, key: str, response: SimpleTemplateResponse) -> None:
    """Keep a page once it is written."""
    token = str((response.context_data or {}).get("token", ""))
    try:
        text = response.content.decode()
    except ContentNotRenderedError:
        return
    if response.status_code != 200 or not token:
        return
    with _lock:
        _held[key] = text.replace(token, _TOKEN).replace(_summary(request), _NAME)
        while len(_held) > MOST:
            _held.popitem(last=False)


def _summary(request: PageRequest) -> str:
    """Return how the bar names who asks."""
    return f"<summary>{escape(str(request.person))}</summary>"
