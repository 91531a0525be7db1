# SPDX-License-Identifier: Apache-2.0
"""One account: change it, disable it, give it a new password, end its sessions, remove its second factor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import DefinitionError, NotAllowed, NotFound
from zhihang.terms.label import Label
from zhihang.web.accounts import manage
from zhihang.web.accounts.models import Person
from zhihang.web.answers import Answers
from zhihang.web.audit.models import Entry
from zhihang.web.page import Context, page
from zhihang.web.person_form import form_of
from zhihang.web.request import PageRequest
from zhihang.web.seen import changed_since, seen

DONE = Label("已保存。", "Saved.")
SAID = {
    "enable": Label("账号已启用。", "The account may be used again."),
    "disable": Label("账号已停用，已退出所有浏览器。", "The account is disabled and signed out everywhere."),
    "sessions": Label("已退出所有浏览器。", "Signed out everywhere."),
    "second_factor": Label("两步验证已解除。", "The second factor is removed."),
}
OTHER = Label(
    "您打开本页后，他人已将此项由“{before}”改为“{now}”。请核对后再保存。",
    "Since you opened this page somebody changed this from “{before}” to “{now}”. Check it, then save again.",
)
NEWEST = 20


@page(
    "administration/people/<int:number>/",
    title=Label("账号", "Account"),
    room="administration",
    permission="administer",
    methods=("GET", "POST"),
)
def one_person(request: PageRequest, ask: Answers, number: int) -> Context | HttpResponse:
    """Show an account with its sessions, keys and newest lines of the log; do what its forms ask for."""
    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise NotFound("There is no such account. 没有这个账号。", todo="See the list. 请查看用户列表。")
    faults, password = {}, ""
    typed = {name: getattr(person, name) for name in manage.FIELDS}
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what == "change":
            other = changed_since(request.POST.get("seen", ""), typed) if "seen" in request.POST else {}
            typed = request.POST.dict()
            try:
                if other:
                    raise manage.Faulty({name: _told(request, *pair) for name, pair in other.items()})
                manage.change(request, person, typed)
            except manage.Faulty as error:
                faults = dict(error.faults)
            else:
                messages.success(request, request.view.say(DONE))
        elif what == "password":
            password = manage.reset_password(request, person)
        else:
            _do(request, person, what)
        if not faults and not password:
            return redirect(f"/administration/people/{number}/?{request.view.query()}")
    return {
        **form_of(typed, faults),
        "known": person,
        "seen": seen({name: getattr(person, name) for name in manage.FIELDS}),
        "password": password,
        "sessions": person.sessions.all(),
        "keys": person.tokens.all(),
        "entries": Entry.objects.filter(who=person.name)[:NEWEST],
        "self": person.pk == request.person.pk,
    }


def _told(request: PageRequest, before: object, now: object) -> str:
    return request.view.say(OTHER).format(before=before or "—", now=now or "—")


def _do(request: PageRequest, person: Person, what: str) -> None:
    if what == "disable" and person.pk == request.person.pk:
        raise NotAllowed(
            "Nobody disables the own account. 不能停用自己的账号。",
            todo="Ask another administrator. 请另一位系统管理员操作。",
        )
    if what == "enable":
        manage.set_active(request, person, active=True)
    elif what == "disable":
        manage.set_active(request, person, active=False)
    elif what == "sessions":
        manage.sign_out(request, person)
    elif what == "second_factor":
        manage.drop_second_factor(request, person)
    else:
        raise DefinitionError("The form asks for something that is not known.", {"asked": what[:40]})
    messages.success(request, request.view.say(SAID[what]))
