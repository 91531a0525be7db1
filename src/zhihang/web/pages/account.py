# SPDX-License-Identifier: Apache-2.0
"""My account: password, language, second factor, browsers signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from zhihang.terms.label import Label
from zhihang.web.accounts import second_factor
from zhihang.web.accounts.models import Person
from zhihang.web.accounts.sign_in import end_sessions
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

OFFERED = "offered_secret"
"""Where the session keeps a second factor that is not confirmed yet."""
CHANGED = Label("密码已更改；其他浏览器已退出。", "The password is changed; other browsers are signed out.")
ENDED = Label("其他浏览器已退出：{n} 个。", "Signed out of {n} other browsers.")
OFF = Label("两步验证已停用。", "The second factor is off.")
NOT_IT = Label("当前密码不正确。", "The present password is not right.")
BAD_CODE = Label(
    "验证码不正确，请重新扫码或等待下一个验证码。",
    "The code is not right; wait for the next one.",
)


@page("account/", title=Label("我的账号", "My account"), permission="public", methods=("GET", "POST"))
def account(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show the account; do what its forms ask for."""
    person = request.person
    if not person.pk:
        return redirect(f"/sign-in/?{request.view.query({'next': '/account/'})}")
    papers: list[str] = []
    faults: list[str] = []
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what != "offer" and not person.check_password(request.POST.get("present", "")):
            faults = [request.view.say(NOT_IT)]
        elif what == "password":
            faults = _password(request, person)
        elif what == "confirm":
            papers = second_factor.switch_on(
                person, request.session.get(OFFERED, ""), request.POST.get("code", "")
            )
            faults = [] if papers else [request.view.say(BAD_CODE)]
            if papers:
                del request.session[OFFERED]
                record(request, "second factor on", person.name)
        elif what == "off":
            second_factor.switch_off(person)
            record(request, "second factor off", person.name)
            messages.success(request, request.view.say(OFF))
        elif what == "sessions":
            ended = end_sessions(person, but=request.session.session_key or "")
            record(request, "sessions ended", person.name, sessions=ended)
            messages.success(request, request.view.say(ENDED).format(n=ended))
        else:
            request.session[OFFERED] = second_factor.new_secret()
        if not faults and not papers:
            return redirect(f"/account/?{request.view.query()}")
    offered = "" if person.second_factor else request.session.get(OFFERED, "")
    picture = second_factor.picture(second_factor.address_for(person, offered)) if offered else ""
    return {
        "faults": faults,
        "papers": papers,
        "offered": offered,
        "picture": mark_safe(picture),
        "sessions": person.sessions.all(),
        "session_key": request.session.session_key,
    }


def _password(request: PageRequest, person: Person) -> list[str]:
    new = request.POST.get("new", "")
    try:
        validate_password(new, person)
    except ValidationError as error:
        return list(error.messages)
    person.set_password(new)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    update_session_auth_hash(request, person)
    end_sessions(person, but=request.session.session_key or "")
    record(request, "password changed", person.name)
    messages.success(request, request.view.say(CHANGED))
    return []
