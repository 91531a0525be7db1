# SPDX-License-Identifier: Apache-2.0
"""A request as pages see it: who asks, what they look at, and the answers at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from zhihang.web.accounts.models import Person
    from zhihang.web.answers import Answers
    from zhihang.web.view import View


class PageRequest(HttpRequest):
    """What the middleware has added to a request when a page receives it."""

    person: Person
    """Who asks; somebody of role `public` where nobody signed in."""
    view: View
    """Region, day and language that the address names."""
    answers: Answers
    """What the workspace answers, kept for the next to ask."""
    htmx: HtmxDetails
    """Whether a script asks for a part of a page."""
