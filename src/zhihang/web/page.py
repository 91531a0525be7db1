# SPDX-License-Identifier: Apache-2.0
"""What a page is: a function of a request, with its address, room, title and permission in the decorator above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.urls.resolvers import URLPattern

from zhihang.errors import NotAllowed
from zhihang.shelf import Shelf
from zhihang.terms.label import Label
from zhihang.web.accounts.role import ANYONE
from zhihang.web.deployment import deployment
from zhihang.web.kept_page import find, keep, key_of
from zhihang.web.request import PageRequest
from zhihang.web.unsent import keep_unsent

Method = Literal["GET", "POST"]
Context = Mapping[str, Any]
Shown = Callable[..., Context | HttpResponseBase]

ROOMS: Mapping[str, tuple[Label, str]] = {
    "overview": (Label("总览", "Overview"), "o"),
    "plans": (Label("规划", "Plans"), "p"),
    "indicators": (Label("指标", "Indicators"), "i"),
    "industries": (Label("产业", "Industries"), "n"),
    "search": (Label("检索", "Search"), "s"),
    "studies": (Label("研究", "Studies"), "t"),
    "watches": (Label("推送", "Watches"), "w"),
    "data": (Label("数据", "Data"), "d"),
    "administration": (Label("管理", "Administration"), "a"),
}
"""The rooms in their order, each with the letter that leads there after g."""


OPEN_BEFORE_CHANGE = ("account", "sign_in", "sign_out", "health")
"""Pages for somebody who has yet to change a password that another person knows."""


@dataclass(frozen=True)
class Page:
    """A page of the shelf; called by Django for its address."""

    name: str
    address: str
    title: Label
    show: Shown
    room: str | None = None
    permission: str = "view"
    scoped: bool = False
    menu: int | None = None
    methods: tuple[Method, ...] = ("GET",)
    keeps: bool = False
    csrf_exempt: bool = False
    do_not_call_in_templates: bool = True

    def pattern(self) -> URLPattern:
        """Return the line of Django's table of addresses."""
        return path(self.address, self, name=self.name)

    def __call__(self, request: HttpRequest, **named: Any) -> HttpResponseBase:
        """Answer a request: check the method and the permission, then show."""
        asked = cast("PageRequest", request)
        method = "GET" if request.method == "HEAD" else request.method
        if method not in self.methods:
            return HttpResponseNotAllowed(self.methods)
        if asked.person.must_change_password and self.name not in OPEN_BEFORE_CHANGE:
            return redirect(f"/account/?{asked.view.query({'next': request.get_full_path()})}")
        if not asked.person.may(self.permission):
            return self._refuse(asked)
        if self.scoped and not asked.person.reaches(asked.view.region):
            raise NotAllowed(
                "This region is not within your account's. 您的账号无权查看该地区。",
                {"region": asked.view.region, "account": asked.person.region},
                todo="Choose a region within your own, or ask the city office. 请选择本辖区，或联系市局。",
            )
        key = key_of(asked, self.name) if self.keeps else None
        if key is not None and (kept := find(asked, key)) is not None:
            return kept
        shown = self.show(asked, asked.answers, **named)
        if not isinstance(shown, Mapping):
            return shown
        token = get_token(request)  # the same in all forms of the page, so that it can be filled in anew
        context = {**shown, "page": self, "token": token, "csrf_token": token}
        response = TemplateResponse(request, f"{self.name}.html", context)
        if key is not None:
            response.add_post_render_callback(lambda written: keep(asked, key, written))
        return response

    def _refuse(self, request: PageRequest) -> HttpResponse:
        if not request.person.pk:
            kept = request.method == "POST" and keep_unsent(request)
            to = f"/again/?{request.view.query()}" if kept else request.get_full_path()
            return redirect(f"/sign-in/?{request.view.query({'next': to})}")
        raise NotAllowed(
            "Your role may not open this page. 您的角色无权打开此页。",
            {"role": request.person.says.label, "page": self.title, "needs": self.permission},
            todo="Ask the administrator. 请联系系统管理员。",
        )


def page(
    address: str,
    *,
    title: Label,
    room: str | None = None,
    permission: str = "view",
    scoped: bool = False,
    menu: int | None = None,
    methods: tuple[Method, ...] = ("GET",),
    keeps: bool = False,
    one_click: bool = False,
) -> Callable[[Shown], Page]:
    """Make a function a page; it gets the request, the answers of the workspace, and what the address holds.

    Parameters
    ----------
    address
        Under which the page is found, such as ``plans/<slug:plan>/``.
    title, room
        Title, and the room whose menu it belongs to.
    permission
        What a role must be allowed; ``anyone`` needs no account.
    scoped
        Whether somebody bound to a region sees it only for that region and what lies in it.
    menu
        Place in the menu of the room, smallest first; None keeps it out of the menu.
    methods
        ``POST`` is for changes only.
    keeps
        Whether the page rests on the workspace, its address and role, region and subject of who asks alone, and on
        nothing in the database; then it is written once for each state of the workspace.
    one_click
        Whether the secret in its address is all that a POST needs: mail programs unsubscribe so (RFC 8058).

    It returns what its template (the file of the same name beside it) shows, or a response of its own.
    """

    def made(show: Shown) -> Page:
        name = show.__name__
        return Page(name, address, title, show, room, permission, scoped, menu, methods, keeps, one_click)

    return made


@lru_cache(maxsize=1)
def pages() -> Mapping[str, Page]:
    """Return the pages of the workspace and of the package, by name."""
    own = deployment().folder / "pages"
    return Shelf("page", Page, "zhihang.web.pages", (own,) if own.is_dir() else ()).all()


def menu_of(room: str) -> list[Page]:
    """Return the pages in the menu of a room, in their order."""
    found = [one for one in pages().values() if one.room == room and one.menu is not None]
    return sorted(found, key=lambda one: (one.menu or 0, one.name))


__all__ = ["ANYONE", "ROOMS", "Context", "Page", "menu_of", "page", "pages"]
