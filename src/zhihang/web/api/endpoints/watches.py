# SPDX-License-Identifier: Apache-2.0
"""One's watches, and what they were told."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from zhihang.errors import NotFound
from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, rows_answer
from zhihang.web.watching import may_see, plain_watch

watches = Router()
Limit = Annotated[int, Query(ge=1, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


@watches.get("/", summary="One's watches")
def list_watches(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> HttpResponse:
    """Return a row for each watch that the account may see."""
    asked = require(request, "view")
    held = map(plain_watch, asked.answers.workspace.watches.profiles())
    rows = [one for one in held if may_see(asked.person, one)]
    return rows_answer(request, rows, limit=limit, offset=offset, form="json")


@watches.get("/{name}/items/", summary="What a watch was told")
def items(
    request: HttpRequest, name: Annotated[str, Path(max_length=60)], limit: Limit = 100, offset: Offset = 0
) -> HttpResponse:
    """Return everything a watch was told, the newest first, with the reasons."""
    asked = require(request, "view")
    desk = asked.answers.workspace.watches
    held = next((one for one in desk.profiles() if one.name == name), None)
    if held is None or not may_see(asked.person, plain_watch(held)):
        raise NotFound("There is no such watch of yours.", {"watch": name})
    return rows_answer(request, desk.told(name), limit=limit, offset=offset, form="json")
