# SPDX-License-Identifier: Apache-2.0
"""Threshold simulator: how many are wanted, which bounds give that many, who stands at the edge."""

from __future__ import annotations

from typing import Any

from zhihang.errors import ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import SUBJECTS, USUAL, schemes, year_of
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

MOST_SHOWN = 40


@page("industries/thresholds/", room="industries", title=Label("门槛测算", "Thresholds"), scoped=True, menu=3)
def thresholds(request: PageRequest, ask: Answers) -> Context:
    """Return for a number wanted the bound of each condition that alone gives it, and all moved together."""
    given = request.GET
    subject = given.get("subject") if given.get("subject") in SUBJECTS else "enterprise"
    assert subject is not None
    listed = schemes(ask, subject)
    names = [one["scheme"] for one in listed]
    scheme = given.get("scheme") if given.get("scheme") in names else USUAL[subject]
    year = year_of(given.get("year"), None if subject == "park" else request.view.day.year)
    shown: dict[str, Any] = {
        "subject": subject,
        "subjects": SUBJECTS,
        "schemes": listed,
        "scheme": scheme,
        "year": year,
        "target": given.get("target", ""),
    }
    target = int(given["target"][:9]) if given.get("target", "").isdecimal() else 0
    try:
        now = ask("intensity.thresholds", subject, target or 1, request.view.region, year, scheme)
        if not target and now["eligible"]:
            target = now["eligible"]
            now = ask("intensity.thresholds", subject, target, request.view.region, year, scheme)
    except ZhihangError as error:
        return {**shown, "fault": error}
    only = [(name, ids[:MOST_SHOWN], len(ids)) for name, ids in now["fail_only_by"].items() if ids]
    return {**shown, "now": now, "target": target or 1, "only": only}
