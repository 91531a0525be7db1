# SPDX-License-Identifier: Apache-2.0
"""Search: hits and facets, the fields of the query language, saved sets."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Query, Router

from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, answer, rows_answer
from zhihang.web.plain_value import plain
from zhihang.web.searching import FACETS, LONGEST, SIZE, read_asked

search = Router()


@search.get("/", summary="What a query finds: hits in order, their number, and how they fall by facet")
def find(
    request: HttpRequest,
    q: Annotated[str, Query(description="A query.", min_length=1, max_length=LONGEST)],
    f: Annotated[list[str], Query(description="Refinements, such as year:2018.", max_length=20)] = [],  # noqa: B006 - only read
    sort: Annotated[str, Query(max_length=12)] = "relevance",
    family: bool = False,
    limit: Annotated[int, Query(ge=1, le=100)] = SIZE,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HttpResponse:
    """Return the number of applications, a page of hits with marked words, and counts by facet."""
    asked = require(request, "view")
    given = QueryDict(mutable=True)
    given.update({"q": q, "sort": sort})
    given.setlist("f", f)
    wanted = read_asked(given)
    workspace = asked.answers.workspace
    found = workspace.search.search(
        wanted.whole,
        limit=limit,
        offset=offset,
        sort=wanted.sort,
        facets=tuple(FACETS),
        facet_size=SIZE,
        family=family,
    )
    facets = {
        name: [{"value": value, "label": said, "count": count} for value, said, count in rows]
        for name, rows in found.facets.items()
    }
    told = {"query": found.query, "count": found.count, "limit": limit, "offset": offset, "facets": facets}
    return answer(request, {**told, "items": plain(found.hits, workspace), "notes": list(found.notes)})


@search.get("/fields/", summary="The fields that a query may name")
def list_fields(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    form: Annotated[str, Query(max_length=8)] = "json",
) -> HttpResponse:
    """Return code, names, kind, example and named values of each."""
    rows = require(request, "public").answers("search.fields", patience=30)
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@search.get("/sets/", summary="Saved sets")
def list_sets(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    form: Annotated[str, Query(max_length=8)] = "json",
) -> HttpResponse:
    """Return name, query, note, owner and day of each."""
    rows = require(request, "view").answers.workspace.search.sets()
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@search.get("/topics/", summary="Topic databases")
def list_topics(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    form: Annotated[str, Query(max_length=8)] = "json",
) -> HttpResponse:
    """Return name, label, size and day of the last release of each."""
    rows = require(request, "public").answers.workspace.topics.listed()
    return rows_answer(request, rows, limit=limit, offset=offset, form=form)


@search.get("/topics/{name}/", summary="One topic database")
def show_topic(request: HttpRequest, name: str) -> HttpResponse:
    """Return its query, its parts with counts, and what came and went."""
    return answer(request, require(request, "public").answers.workspace.topics.card(name))
