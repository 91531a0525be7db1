# SPDX-License-Identifier: Apache-2.0
"""Sign in: name and password, then the code where the account has a second factor."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from zhihang.terms.label import Label
from zhihang.web.accounts.sign_in import WAITING, Outcome, try_code, try_password
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import ANYONE, Context, page
from zhihang.web.request import PageRequest

WRONG = {
    "password": Label("用户名或密码不正确。", "Name or password is not right."),
    "code": Label("验证码不正确或已用过。", "The code is not right, or was used already."),
}


@page("sign-in/", title=Label("登录", "Sign in"), permission=ANYONE, methods=("GET", "POST"))
def sign_in(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show the form; check what was typed; go on to where the person wanted to go."""
    to = _next(request)
    name = request.POST.get("name", "")
    outcome = Outcome("wrong")
    if request.method == "POST" and "code" in request.POST:
        outcome = try_code(request, request.POST["code"])
    elif request.method == "POST":
        outcome = try_password(request, name, request.POST.get("password", ""))
    elif request.person.pk:
        return redirect(to)
    person = outcome.person.name if outcome.person else name
    if outcome.answer == "signed_in":
        record(request, "sign in", person)
        return redirect(to)
    owes = outcome.answer == "needs_code" or "code" in request.POST
    step = "code" if owes and WAITING in request.session else "password"
    if request.method == "POST" and outcome.answer != "needs_code":
        record(request, "sign in refused", person, answer=outcome.answer)
    return {
        "step": step,
        "name": name,
        "to": to,
        "minutes": outcome.minutes,
        "fault": WRONG[step] if request.method == "POST" and outcome.answer == "wrong" else None,
    }


def _next(request: PageRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    own = safe and wanted.startswith("/") and not wanted.startswith("/sign-")
    return wanted if own else "/"
