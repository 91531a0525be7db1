# SPDX-License-Identifier: Apache-2.0
"""A reader's news as an Atom feed, under an address that only the reader knows."""

from __future__ import annotations

from django.http import HttpResponse

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import ANYONE, page
from zhihang.web.request import PageRequest


@page("push/<slug:token>/feed.xml", title=Label("订阅源", "Feed"), permission=ANYONE)
def push_feed(request: PageRequest, ask: Answers, token: str) -> HttpResponse:
    """Return the feed."""
    desk = ask.workspace.watches
    content = desk.feed(desk.log.reader_of(token))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
