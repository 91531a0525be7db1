# SPDX-License-Identifier: Apache-2.0
"""Health: whether database, store, worker and disk are as they should be; for people and for a monitor."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.health_check import health_checks
from zhihang.web.page import ANYONE, Context, page
from zhihang.web.request import PageRequest


@page("health/", title=Label("运行状况", "Health"), room="administration", permission=ANYONE)
def health(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the state of each part; details only for who may administer; 503 if one is not as it should be."""
    checks = health_checks(ask)
    good = all(check["good"] for check in checks)
    if not request.person.may("administer") or "json" in request.headers.get("Accept", ""):
        names = {check["name"]: "ok" if check["good"] else "not ok" for check in checks}
        return JsonResponse({"healthy": good, **names}, status=200 if good else 503)
    return {"checks": checks, "good": good}
