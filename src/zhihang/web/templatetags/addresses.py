# SPDX-License-Identifier: Apache-2.0
"""Tags for links: every link carries region, day and language, so that each address is a view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.urls import reverse

from zhihang.web.page import pages
from zhihang.web.view import NAMES

register = template.Library()


def address_to(view: Any, name: str, **named: Any) -> str:
    """Return the address of a page in a view; what the address has no place for goes into its query."""
    places = _places(name)
    path = _path(name, tuple((key, str(named[key])) for key in places if named.get(key) is not None))
    if view is None:
        return path
    return f"{path}?{view.query({key: value for key, value in named.items() if key not in places})}"


@cache
def _places(name: str) -> tuple[str, ...]:
    """Return what the path of a page has a place for."""
    return tuple(re.findall(r"<(?:\w+:)?(\w+)>", pages()[name].address))


@lru_cache(maxsize=10_000)
def _path(name: str, held: tuple[tuple[str, str], ...]) -> str:
    """Return the path of a page; the same ones stand on every page, so they are put together once."""
    return reverse(name, kwargs=dict(held))


@register.simple_tag(takes_context=True)
def go(context: Mapping[str, Any], name: str, **named: Any) -> str:
    """Return the address of a page: ``{% go "plan" plan=row.name target="T003" %}``; `region=` and `at=` change the view."""
    return address_to(context.get("view"), name, **named)


@register.simple_tag(takes_context=True)
def here(context: Mapping[str, Any], **named: Any) -> str:
    """Return this page's address with something changed: ``{% here region=code %}``, ``{% here sort="name" %}``."""
    request, view = context["request"], context.get("view")
    kept = {**dict(request.GET.lists()), **named}
    return f"{request.path}?{view.query(kept)}" if view is not None else request.path


@register.simple_tag(takes_context=True)
def embed_address(context: Mapping[str, Any]) -> str:
    """Return the address under which the chart of this view can be embedded; it always names region and day."""
    request, view = context["request"], context["view"]
    kept = {name: found for name, found in request.GET.lists() if name not in ("form", *NAMES)}
    return f"{reverse('embed')}?{view.query(kept)}"


@register.inclusion_tag("part/state.html", takes_context=True)
def state(context: Mapping[str, Any], *leave_out: str) -> dict[str, Any]:
    """Put region, day and language into a form that is sent with GET, so that its result is the same view."""
    view = context.get("view")
    kept = view.state() if view is not None else {}
    return {"fields": [(name, value) for name, value in kept.items() if name not in leave_out]}
