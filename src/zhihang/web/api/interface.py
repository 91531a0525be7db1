# SPDX-License-Identifier: Apache-2.0
"""The interface for programs: read-only JSON, described by OpenAPI 3.1, for people signed in and for keys."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhihang.errors import ZhihangError
from zhihang.shelf import Shelf
from zhihang.web.answers import StillComputing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

VERSION = "1.0.0"
ABOUT = (
    "Read-only. Every answer carries an ETag; ask again with If-None-Match. 202 with Retry-After says that the answer is"
    " being worked out. Lists come in pages: `limit` and `offset`, with the number of all as `count`."
)


@lru_cache(maxsize=1)
def interface() -> NinjaAPI:
    """Return the interface with all endpoints of the shelf."""
    from ninja import NinjaAPI, Router

    from zhihang.web.api.access import Key, signed_in

    made = NinjaAPI(
        title="知航 Zhihang",
        description=ABOUT,
        version=VERSION,
        docs_url=None,
        urls_namespace="api",
        auth=[Key(), signed_in],
    )
    for name, router in Shelf("endpoint", Router, "zhihang.web.api.endpoints").all().items():
        made.add_router(f"/{name.replace('_', '-')}", router, tags=[name])
    made.add_exception_handler(ZhihangError, _mendable)
    made.add_exception_handler(StillComputing, _on_its_way)
    return made


def _mendable(request: HttpRequest, error: Any) -> HttpResponse:
    from zhihang.web.failures import mendable

    return mendable(request, error)


def _on_its_way(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001 - the signature of handlers
    from django.http import JsonResponse

    return JsonResponse({"state": "computing"}, status=202, headers={"Retry-After": "2"})
