# SPDX-License-Identifier: Apache-2.0
"""One's own keys for programs: make one for some scopes and days, revoke one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.accounts.manage import revoke
from zhihang.web.accounts.models import AccessToken
from zhihang.web.answers import Answers
from zhihang.web.api.access import DAYS, MOST_KEYS, SCOPES, make_token
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

REVOKED = Label("密钥已撤销。", "The key is revoked.")
FAULTS = {
    "label": Label("请写明用途，不超过 60 字。", "Say what it is for, in at most 60 characters."),
    "scopes": Label("请至少选择一项权限。", "Choose at least one scope."),
    "days": Label("有效期为 1 至 {most} 天。", "From 1 to {most} days."),
    "many": Label("最多 {most} 个密钥，请先撤销不用的。", "At most {most} keys; revoke one first."),
}


@page(
    "account/keys/",
    title=Label("接口密钥", "Keys for programs"),
    permission="public",
    methods=("GET", "POST"),
)
def keys(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show the keys; make one, which is shown once; revoke one."""
    person = request.person
    if not person.pk:
        return redirect(f"/sign-in/?{request.view.query({'next': '/account/keys/'})}")
    made, faults = "", {}
    if request.method == "POST" and "revoke" in request.POST:
        number = request.POST["revoke"]
        found = AccessToken.objects.filter(
            person=person, pk=int(number) if number.isdecimal() and len(number) < 19 else 0
        ).first()
        if found is None:
            raise NotFound("There is no such key of yours. 没有这个密钥。", todo="See the list. 请查看列表。")
        revoke(request, found)
        messages.success(request, request.view.say(REVOKED))
        return redirect(f"/account/keys/?{request.view.query()}")
    if request.method == "POST":
        faults = _faults(request)
        if not faults:
            label, scopes = (
                request.POST["label"].strip(),
                sorted({*request.POST.getlist("scopes")} & _open_to(request)),
            )
            made = make_token(person, label, scopes, days=int(request.POST["days"]))
            record(request, "key made", label, scopes=scopes, days=int(request.POST["days"]))
    return {
        "made": made,
        "faults": faults,
        "typed": request.POST,
        "chosen": request.POST.getlist("scopes") or ["public"],
        "keys": person.tokens.all(),
        "scopes": {name: label for name, label in SCOPES.items() if name in _open_to(request)},
        "most_days": DAYS,
    }


def _open_to(request: PageRequest) -> set[str]:
    """Return the scopes that the person's role covers; one's own jobs are everybody's."""
    return {name for name in SCOPES if name == "jobs" or request.person.may(name)}


def _faults(request: PageRequest) -> dict[str, str]:
    typed, say = request.POST, request.view.say
    days = typed.get("days", "")
    label = typed.get("label", "").strip()
    found = {}
    if not 0 < len(label) <= 60 or not label.isprintable():
        found["label"] = say(FAULTS["label"])
    if not set(typed.getlist("scopes")) & _open_to(request):
        found["scopes"] = say(FAULTS["scopes"])
    if not (days.isdecimal() and len(days) < 5 and 1 <= int(days) <= DAYS):
        found["days"] = say(FAULTS["days"]).format(most=DAYS)
    if request.person.tokens.count() >= MOST_KEYS:
        found["many"] = say(FAULTS["many"]).format(most=MOST_KEYS)
    return found
