# SPDX-License-Identifier: Apache-2.0
"""Search: the query box, what it finds, and how that falls by year, kind, applicant, class, region, status."""

from __future__ import annotations

from typing import Any

from zhihang.errors import ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.searching import FACETS, MOST_PAGES, SIZE, SORTS, facets_of, read_asked


@page("search/", room="search", title=Label("检索", "Search"), menu=1)
def search(request: PageRequest, ask: Answers) -> Context:
    """Return one page of what the query of the address finds; a fault in the query stands at its field."""
    asked = read_asked(request.GET)
    shown: dict[str, Any] = {
        "asked": asked,
        "sorts": SORTS,
        "fields": ask("search.fields", patience=30),
        "sets": ask.workspace.search.sets(),
    }
    if not asked.whole:
        return shown
    try:
        found = ask.workspace.search.search(
            asked.whole,
            limit=SIZE,
            offset=asked.offset,
            sort=asked.sort,
            facets=tuple(FACETS),
            facet_size=SIZE,
            family=asked.family,
        )
    except ZhihangError as error:
        return {**shown, "fault": error, "unindexed": not ask.workspace.search.indexed}
    pages = min(MOST_PAGES, max(1, -(-found.count // SIZE)))
    return {
        **shown,
        "found": found,
        "hits": [
            {**hit, "more": len(hit["applicants"]) - 3, "applicants": hit["applicants"][:3]}
            for hit in found.hits
        ],
        "facets": facets_of(found.facets, asked),
        "refined": [
            {"label": FACETS[name][0], "said": _said(ask, name, value), "rest": _without(asked, name, value)}
            for name, value in asked.refined
        ],
        "first": asked.offset + 1,
        "last": asked.offset + len(found.hits),
        "pages": pages,
        "before": asked.page - 1 or None,
        "after": asked.page + 1 if asked.page < pages and len(found.hits) == SIZE else None,
    }


def _said(ask: Answers, name: str, value: str) -> str:
    return ask.workspace.search.facet_label(name, value) or value


def _without(asked: Any, name: str, value: str) -> list[str]:
    return [f"{one}:{each}" for one, each in asked.refined if (one, each) != (name, value)]
