# SPDX-License-Identifier: Apache-2.0
"""Turn what a person can mend, and answers still on their way, into pages that say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from zhihang.errors import ZhihangError
from zhihang.web.answers import StillComputing
from zhihang.web.failures import mendable, on_its_way
from zhihang.web.request import PageRequest


class MendableErrors:
    """Looks at what a page raises; anything else is a fault of ours and goes on."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on to the page."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return a page for errors of ours that a person can mend."""
        asked = cast("PageRequest", request)
        if isinstance(error, StillComputing):
            return on_its_way(asked, error.verb)
        return mendable(asked, error) if isinstance(error, ZhihangError) else None
