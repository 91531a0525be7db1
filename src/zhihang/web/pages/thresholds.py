# SPDX-License-Identifier: Apache-2.0
"""Threshold simulator: from a number wanted to bounds, from bounds to a number, and who stands at the edge."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from zhihang.errors import ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.industry_answers import SUBJECTS, USUAL, schemes, usual_year, year_of
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
    year = year_of(given.get("year"), usual_year(ask, subject, request.view.day))
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
    bounds, faults = _bounds(given, now["bounds"])
    moved = {} if faults else {name: value for name, value in bounds.items() if f"b_{name}" in given}
    tried = ask("intensity.with_bounds", subject, moved, request.view.region, year, scheme) if moved else None
    only = [(name, ids[:MOST_SHOWN], len(ids)) for name, ids in now["fail_only_by"].items() if ids]
    rows = [
        {
            **one,
            "written": given.get(f"b_{one['condition']}", f"{one['threshold']:g}")[:30],
            "fault": one["condition"] in faults,
        }
        for one in now["bounds"]
    ]
    measures = {one["condition"]: one["measure"] for one in now["bounds"]}
    return {
        **shown,
        "now": now,
        "target": target or 1,
        "only": only,
        "bounds": rows,
        "measures": measures,
        "tried": tried,
        "apart": abs(tried["reached"] - tried["present"]) if tried else 0,
        "faults": faults,
        "most": MOST_SHOWN,
    }


def _bounds(
    given: Mapping[str, str], known: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, float], list[str]]:
    """Read the bounds of an address, and name those that are no numbers; what is left out stays as it is."""
    found, faults = {}, []
    for one in known:
        name = one["condition"]
        written = given.get(f"b_{name}", "").strip()[:30]
        try:
            value = float(written) if written else float(one["threshold"])
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            found[name] = value
        else:
            faults.append(name)
    return found, faults
