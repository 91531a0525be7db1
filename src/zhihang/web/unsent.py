# SPDX-License-Identifier: Apache-2.0
"""What somebody sent after the session was over: kept in the browser's next session until they have signed in again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from zhihang.web.accounts.models import PersonSession
from zhihang.web.request import PageRequest

KEY = "unsent"
MOST = 100_000
"""Characters of a form that is kept; a longer one holds no typing."""
SECRET = ("password", "code", "p1", "p2", "csrfmiddlewaretoken")
"""Fields that are never kept."""


def keep_unsent(request: HttpRequest) -> bool:
    """Keep the form that a request sends for the person who was signed in here, if it is known who; whether it is kept."""
    fields = [(name, one) for name, held in request.POST.lists() for one in held if name not in SECRET]
    secret = any(name in request.POST for name in SECRET[:-1])
    ended = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    whose = PersonSession.objects.filter(session_key=ended).values_list("person", flat=True).first()
    if whose is None or secret or request.FILES or sum(len(name) + len(one) for name, one in fields) > MOST:
        return False
    request.session[KEY] = {"of": whose, "address": request.get_full_path(), "fields": fields}
    return True


def unsent(request: PageRequest) -> dict[str, Any] | None:
    """Return the address and the fields of what was kept for this person; what was kept for another is forgotten."""
    found: dict[str, Any] | None = request.session.get(KEY)
    if found is not None and found["of"] != request.person.pk:
        forget_unsent(request)
        return None
    return found


def forget_unsent(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(KEY, None)
