# SPDX-License-Identifier: Apache-2.0
"""Refuse requests that no browser of a person sends: characters that are none, addresses without end."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zhihang.web.middleware.upload_limit import UPLOADS

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LONGEST = 16_000
"""Most characters of an address; a query of a search has 4 000."""


def sane_request(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Look at the address, and at the fields of a form that is not an upload."""

    def guarded(request: HttpRequest) -> HttpResponse:
        if _fault(request):
            from zhihang.web.failures import misunderstood

            return misunderstood(request)
        return respond(request)

    return guarded


def _fault(request: HttpRequest) -> bool:
    asked = request.META.get("QUERY_STRING", "")
    if len(request.path) + len(asked) > LONGEST or "\0" in request.path or "%00" in asked:
        return True
    if request.method != "POST" or request.path.startswith(UPLOADS) or request.content_type not in FORMS:
        return False
    return any("\0" in text for name, held in request.POST.lists() for text in (name, *held))
