# SPDX-License-Identifier: Apache-2.0
"""What the pages usually show, worked out by the worker as soon as the data have changed, so that nobody waits for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from zhihang.errors import ZhihangError
from zhihang.web.accounts.models import Person
from zhihang.web.answers import answers
from zhihang.web.deployment import deployment
from zhihang.web.jobs.models import Job
from zhihang.web.middleware.who_and_where import usual_day, usual_region
from zhihang.web.page import pages
from zhihang.web.request import PageRequest
from zhihang.web.standing import plans_for
from zhihang.web.templatetags.addresses import address_to
from zhihang.web.view import View

LOG = logging.getLogger("zhihang.web.ahead")
EVERY = 5.0
"""Seconds between two looks at whether the workspace has changed."""
FIRST = ("overview", "plans", "indicators", "industries", "enterprises", "parks", "fees_due", "data_quality")
"""Pages worked out first, in this order; the other pages that rest on the workspace alone follow."""


def usual() -> Iterator[str]:
    """Give the addresses that people open first: overview, the region's plans, then what else is kept whole."""
    view = View(usual_region(_office()), usual_day(), "zh")
    named = [name for name in FIRST if name in pages()]
    rest = [one.name for one in pages().values() if one.keeps and one.menu is not None]
    for name in dict.fromkeys((*named, *rest)):
        yield address_to(view, name)
        if name == "plans":
            for plan in plans_for(answers(), view.region, view.day):
                yield address_to(view, "plan", plan=plan["name"])


def work_out(address: str) -> None:
    """Show a page to nobody: what it asks of the workspace is kept for who opens it."""
    path, _, query = address.partition("?")
    request = HttpRequest()
    request.method, request.path, request.path_info, request.GET = "GET", path, path, QueryDict(query)
    request.META["QUERY_STRING"] = query
    asked = cast("PageRequest", request)
    asked.answers, asked.person = answers(), _office()
    asked.view = View(usual_region(asked.person), usual_day(), "zh")
    asked.htmx = HtmxDetails(request)
    found = request.resolver_match = resolve(path)
    with answers().at_once(), translation.override("zh-hans"):
        shown = found.func(request, *found.args, **found.kwargs)
        if isinstance(shown, TemplateResponse):
            shown.render()


def keep_ahead(ended: threading.Event) -> None:
    """Look again and again whether the workspace has changed; if so, and no job runs, work ahead."""
    done = ""
    while not ended.wait(EVERY):
        state = answers().state()
        if state != done and answers().run() and not busy() and all_of(state, ended):
            done = state
            answers().forget()


def busy() -> bool:
    """Whether a job runs: it may be changing what answers rest on."""
    return Job.objects.filter(state="running").exists()


def all_of(state: str, ended: threading.Event) -> bool:
    """Work out what is usual in a state of the workspace; whether that came to its end, undisturbed."""
    for address in usual():
        if ended.is_set() or answers().state() != state or busy():
            return False
        try:
            work_out(address)
        except ZhihangError as error:
            LOG.info("%s: %s", address, error.what)
        except Exception:  # whoever opens the page is told; the others are worked out all the same
            LOG.exception("%s", address)
    return True


def _office() -> Person:
    """Return somebody of the office, who sees all of it; nobody in particular."""
    return Person(name=deployment().text("name", "知航"), role="office")
