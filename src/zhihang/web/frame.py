# SPDX-License-Identifier: Apache-2.0
"""What stands around every page: rooms, breadcrumb of regions, day, language, person."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from zhihang.terms.label import Label
from zhihang.web.answers import answers
from zhihang.web.deployment import deployment
from zhihang.web.divisions import Divisions
from zhihang.web.page import ROOMS, Page, menu_of


@lru_cache(maxsize=1)
def _divisions(state: str) -> Divisions:  # noqa: ARG001 - read anew when the workspace changes
    return Divisions(answers().workspace)


def divisions() -> Divisions:
    """Return the divisions of the workspace as they are now."""
    return _divisions(answers().state())


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the templates around every page show."""
    view, person = getattr(request, "view", None), getattr(request, "person", None)
    if view is None or person is None:
        return {"base": "base.html", "language": "zh"}
    known = divisions()
    page = (
        getattr(getattr(request.resolver_match, "func", None), "room", None)
        if request.resolver_match
        else None
    )
    htmx = getattr(request, "htmx", None)
    part = bool(htmx) and not getattr(htmx, "boosted", False)
    return {
        "base": "part.html" if part else "base.html",
        "view": view,
        "language": view.language,
        "person": person,
        "rooms": _rooms(person),
        "room": page,
        "room_pages": [one for one in menu_of(page) if person.may(one.permission)] if page else [],
        "trail": [(one, person.reaches(one.code)) for one in known.path(view.region)],
        "within": known.below(view.region, view.day),
        "simulated_data": _simulated(),
        "place_name": deployment().text("name", "知航"),
    }


def _rooms(person: Any) -> list[tuple[str, Label, str, Page]]:
    """Return the rooms a person may enter: name, label, letter, first page."""
    found = []
    for name, (label, letter) in ROOMS.items():
        open_ones = [one for one in menu_of(name) if person.may(one.permission)]
        if open_ones:
            found.append((name, label, letter, open_ones[0]))
    return found


def _simulated() -> bool:
    """Whether the store holds simulated data."""
    known = answers()
    if not known.run():
        return False
    found: bool = known.work("simulated", [], lambda: _any_simulated())
    return found


def _any_simulated() -> bool:
    return any(entry.simulated for entry in answers().workspace.store.manifest.files)
