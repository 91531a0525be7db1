# SPDX-License-Identifier: Apache-2.0
"""Patents: what a query finds, and one in full."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from zhihang.errors import DefinitionError
from zhihang.web.api.access import require
from zhihang.web.api.answer import answer, rows_answer
from zhihang.web.api.parameters import Form, Limit, Name, Offset
from zhihang.web.plain_value import plain
from zhihang.web.searching import LONGEST

patents = Router()


@patents.get("/", summary="Applications that a query finds")
def find_patents(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=LONGEST, description="A query as in the search page.")],
    sort: Name = "relevance",
    family: bool = False,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HttpResponse:
    """Return the number of hits, one page of them, and remarks on how the query was read."""
    asked = require(request, "view")
    if "\0" in q:
        raise DefinitionError("The query holds a character that is none.", todo="Leave it out.")
    found = asked.answers.workspace.search.search(q, limit=limit, offset=offset, sort=sort, family=family)
    items = plain(list(found.hits), asked.answers.workspace)
    told = {
        "count": found.count,
        "limit": limit,
        "offset": offset,
        "items": items,
        "notes": list(found.notes),
    }
    return answer(request, told)


@patents.get("/{number}/", summary="One application")
def show_patent(request: HttpRequest, number: str) -> HttpResponse:
    """Return texts, parties, classes, family, citations and the life of the right of an application."""
    return answer(request, require(request, "view").answers("dossier", number[:80]))


@patents.get("/{number}/similar/", summary="Applications like one")
def list_similar(
    request: HttpRequest, number: str, limit: Limit = 20, offset: Offset = 0, form: Form = "json"
) -> HttpResponse:
    """Return the 20 nearest, each with what both have in common."""
    rows = require(request, "view").answers("search.similar", number[:80], limit=20)
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)
