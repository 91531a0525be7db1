# SPDX-License-Identifier: Apache-2.0
"""One application: what it claims, whose it is, its family, citations both ways, the life of its right."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.life_line import life_line
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

LONG = 1200
"""Characters of a description that are shown at first."""


@page("patents/<str:number>/", room="search", title=Label("专利", "Patent"))
def patent(request: PageRequest, ask: Answers, number: str) -> Context:
    """Return everything on the application that a number in any spelling names."""
    one: dict[str, Any] = ask("dossier", number[:80])
    schemes: dict[str, list[Any]] = {}
    for row in one["classes"]:
        schemes.setdefault(row["scheme"], []).append(row)
    roles: dict[str, list[Any]] = {}
    for row in one["parties"]:
        roles.setdefault(row["role"], []).append(row)
    today = request.view.day
    return {
        "number": number,
        "one": one,
        "state": _state_on(one["states"], today),
        "life": life_line(one["states"], one["events"], today, request.view.language),
        "schemes": list(schemes.values()),
        "roles": list(roles.values()),
        "claim_count": _count(one["claims"]),
        "opening": (one["description"] or {}).get("text", "")[:LONG],
        "rest": (one["description"] or {}).get("text", "")[LONG:],
    }


def _state_on(states: list[dict[str, Any]], day: date) -> dict[str, Any] | None:
    """Return the state that the right had on a day."""
    said = day.isoformat()
    held = [one for one in states if (one["valid_from"] or "") <= said < (one["valid_to"] or "9999")]
    return held[-1] if held else None


def _count(claims: list[dict[str, Any]]) -> int:
    return sum(1 + _count(claim["below"]) for claim in claims)
