# SPDX-License-Identifier: Apache-2.0
"""Sign out of this browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.terms.label import Label
from zhihang.web.accounts.sign_in import leave
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import ANYONE, page
from zhihang.web.request import PageRequest


@page("sign-out/", title=Label("退出", "Sign out"), permission=ANYONE, methods=("POST",))
def sign_out(request: PageRequest, ask: Answers) -> HttpResponse:
    """End the session and go to the sign-in page."""
    if request.person.pk:
        record(request, "sign out", request.person.name)
    leave(request)
    return redirect("/sign-in/")
