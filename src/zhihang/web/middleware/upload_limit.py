# SPDX-License-Identifier: Apache-2.0
"""Refuse what is too large before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

UPLOADS = "/data/receive/"
OTHERS = 8 << 20
"""Most bytes that anything but an upload may send."""


def upload_limit(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Look at the stated length only."""

    def guarded(request: HttpRequest) -> HttpResponse:
        most = settings.UPLOAD_MAX_BYTES if request.path.startswith(UPLOADS) else OTHERS
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= most:
            return respond(request)
        text = render_to_string("too_large.html", {"sent": length >> 20, "most": most >> 20})
        return HttpResponse(text, status=413, headers={"Connection": "close"})

    return guarded
