# SPDX-License-Identifier: Apache-2.0
"""Titles of firms on official lists (高新技术企业 and others) as they stand on the day: in force, ending soon, ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from zhihang.errors import NotAllowed, NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

SIZE = 50
SOON = 180
"""Days before its end in which a title is one to renew."""
STANDINGS: Mapping[str, tuple[str, Label]] = {
    "in_force": ("green", Label("有效", "In force")),
    "soon": ("yellow", Label("即将到期", "Ends soon")),
    "expired": ("orange", Label("已到期", "Expired")),
    "revoked": ("red", Label("已撤销", "Revoked")),
    "not_yet": ("none", Label("未生效", "Not yet")),
}
FILE = {
    "name": Label("企业", "Firm"),
    "title": Label("资质", "Title"),
    "standing": Label("状态", "State"),
    "valid_from": Label("有效期起", "Valid from"),
    "valid_until": Label("有效期止", "Valid until"),
    "certificate": Label("证书编号", "Certificate"),
    "issuer": Label("认定机关", "Issuer"),
    "region": Label("地区", "Region"),
}


@page("enterprises/titles/", room="industries", title=Label("企业资质", "Titles"), scoped=True, menu=6)
def titles(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the titles of a region's firms, those that end soonest first; all as a file where the address asks."""
    given, view = request.GET, request.view
    every = [{**one, "state": _state(one)} for one in ask("intensity.titles", view.region, view.day)]
    codes = ask.workspace.codes["enterprise_title"]
    labels = {code.label.zh: code.label for code in codes}
    known = {one["title"]: labels.get(one["title"], Label(one["title"], one["title"])) for one in every}
    title, state = given.get("title") or "", given.get("state") or ""
    if title and title not in known:
        raise NotFound.named("title", title[:40], known)
    if state and state not in STANDINGS:
        raise NotFound.named("state", state[:40], STANDINGS)
    words = given.get("words", "").strip()[:80]
    of_title = [one for one in every if title in ("", one["title"]) and words in one["name"]]
    rows = [one for one in of_title if state in ("", one["state"])]
    if given.get("form"):
        return _file(request, rows)
    last = max(1, -(-len(rows) // SIZE))
    number = min(max(int(given["page"][:6]) if given.get("page", "").isdecimal() else 1, 1), last)
    counted = Counter(one["state"] for one in of_title)
    return {
        "rows": [
            {**one, "label": known[one["title"]], "sign": STANDINGS[one["state"]]}
            for one in rows[(number - 1) * SIZE : number * SIZE]
        ],
        "all": len(every),
        "firms": len({one["name"] for one in every if one["standing"] == "in_force"}),
        "soon": sum(one["state"] == "soon" for one in every),
        "known": sorted(known.items()),
        "title_chosen": title,
        "state_chosen": state,
        "words": words,
        "states": [(name, label, counted[name]) for name, (_, label) in STANDINGS.items() if counted[name]],
        "days": SOON,
        "number": number,
        "last": last,
        "matching": len(rows),
        "before": number - 1 or None,
        "after": number + 1 if number < last else None,
    }


def _state(one: Mapping[str, Any]) -> str:
    left = one["days_left"]
    soon = one["standing"] == "in_force" and left is not None and left <= SOON
    return "soon" if soon else str(one["standing"])


def _file(request: PageRequest, rows: list[dict[str, Any]]) -> HttpResponse:
    if not request.person.may("export"):
        raise NotAllowed(
            "Your role may not download. 您的角色无权下载。", {"role": request.person.says.label}
        )
    say = request.view.say
    told = [{**one, "standing": say(STANDINGS[one["state"]][1])} for one in rows]
    named = [{say(label): one.get(name) for name, label in FILE.items()} for one in told]
    return as_file(
        named,
        request.GET["form"],
        stem=f"titles-{request.view.region}",
        title=say(Label("企业资质", "Titles")),
    )
