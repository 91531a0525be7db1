# SPDX-License-Identifier: Apache-2.0
"""Find out who asks and what they look at, before any page is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from zhihang.errors import DefinitionError
from zhihang.terms.label import Language
from zhihang.web.accounts.models import Person
from zhihang.web.answers import answers
from zhihang.web.deployment import deployment
from zhihang.web.request import PageRequest
from zhihang.web.view import LANGUAGES, View, read_view, today

COOKIE = "zhihang_language"


def who_and_where(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request its `person`, `view` and `answers`."""

    def found(request: HttpRequest) -> HttpResponse:
        asked = cast("PageRequest", request)
        asked.answers = answers()
        asked.person = _person(request)
        usual = View(usual_region(asked.person), usual_day(), _language(request, asked.person))
        try:
            asked.view = read_view(request.GET, region=usual.region, day=usual.day, language=usual.language)
        except DefinitionError as error:
            from zhihang.web.failures import mendable

            asked.view = usual
            return mendable(asked, error)
        with translation.override("zh-hans" if asked.view.language == "zh" else "en"):
            response = respond(request)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", LANGUAGES[asked.view.language])
        return response

    return found


def _person(request: HttpRequest) -> Person:
    user = request.user
    if isinstance(user, Person):
        return user
    return Person(name="", role="public", is_active=deployment().flag("open_data"))


def usual_region(person: Person) -> str:
    """Return the region that a person sees if the address names none."""
    return person.region or deployment().text("region", "000000")


def usual_day() -> date:
    """Return the day that is shown if the address names none."""
    place = deployment()
    chosen = place.text("day")
    return date.fromisoformat(chosen) if chosen else today(place.text("time_zone", "Asia/Shanghai"))


def _language(request: HttpRequest, person: Person) -> Language:
    wanted = request.COOKIES.get(COOKIE) or person.language
    return cast("Language", wanted) if wanted in LANGUAGES else "zh"
