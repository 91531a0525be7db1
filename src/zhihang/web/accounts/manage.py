# SPDX-License-Identifier: Apache-2.0
"""What an administrator does to accounts; each change and its line of the log are written together or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from zhihang.errors import NotAllowed
from zhihang.terms.label import Label
from zhihang.web.accounts.models import AccessToken, Person
from zhihang.web.accounts.second_factor import switch_off
from zhihang.web.accounts.sign_in import end_sessions
from zhihang.web.audit.record import record

FIELDS = ("name", "display_name", "role", "region", "subject", "email")
NAMED = Label("须填写所代表的企业或园区。", "Say which firm or park the account stands for.")
TAKEN = Label("已有这个用户名。", "There is an account of this name.")


class Faulty(Exception):
    """What was typed cannot be an account; `faults` says why, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


def make(request: HttpRequest, typed: Mapping[str, str]) -> tuple[Person, str]:
    """Make an account; return it with its first password, which its owner must change."""
    person = Person(must_change_password=True)
    password = _fresh_password()
    person.set_password(password)
    with transaction.atomic():
        _fill(person, typed)
        record(request, "account made", person.name, account=_shown(person))
    return person, password


def change(request: HttpRequest, person: Person, typed: Mapping[str, str]) -> None:
    """Change an account; who loses or gains rights is signed out, so that no page of before is left open."""
    before = _shown(person)
    with transaction.atomic():
        _fill(person, typed)
        after = _shown(person)
        changed = {name: [before[name], after[name]] for name in FIELDS if before[name] != after[name]}
        _keep_an_administrator()
        if changed.keys() & {"role", "region", "subject"}:
            end_sessions(person)
        if changed:
            record(request, "account changed", person.name, changed=changed)


def set_active(request: HttpRequest, person: Person, active: bool) -> None:
    """Let somebody sign in, or no longer; an account is never removed, for the log names it."""
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=active)
        _keep_an_administrator()
        ended = 0 if active else end_sessions(person)
        record(request, "account enabled" if active else "account disabled", person.name, sessions=ended)


def reset_password(request: HttpRequest, person: Person) -> str:
    """Give a new password, which its owner must change; return it."""
    password = _fresh_password()
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = True
        person.save(update_fields=["password", "must_change_password"])
        ended = end_sessions(person)
        record(request, "password reset", person.name, sessions=ended)
    return password


def drop_second_factor(request: HttpRequest, person: Person) -> None:
    """Let the password be enough again, for somebody who lost the phone and the codes on paper."""
    with transaction.atomic():
        switch_off(person)
        record(request, "second factor removed", person.name)


def sign_out(request: HttpRequest, person: Person) -> int:
    """Sign somebody out of all browsers; return of how many."""
    with transaction.atomic():
        ended = end_sessions(person)
        record(request, "sessions ended", person.name, sessions=ended)
    return ended


def revoke(request: HttpRequest, key: AccessToken) -> None:
    """Make a key for programs worthless."""
    with transaction.atomic():
        record(request, "key revoked", key.label, owner=key.person.name, scopes=key.scopes)
        key.delete()


def _fill(person: Person, typed: Mapping[str, str]) -> None:
    for name in FIELDS:
        setattr(person, name, str(typed.get(name, getattr(person, name))).strip())
    faults: dict[str, str] = {}
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        faults = {name: " ".join(told) for name, told in error.message_dict.items()}
    if any(not character.isprintable() for name in FIELDS for character in getattr(person, name)):
        faults["name"] = "不能含控制字符。No control characters."
    if Person.objects.filter(name__iexact=person.name).exclude(pk=person.pk).exists():
        faults["name"] = str(TAKEN)
    if person.role in ("firm", "park") and not person.subject:
        faults["subject"] = str(NAMED)
    if faults:
        raise Faulty(faults)
    person.save()


def _keep_an_administrator() -> None:
    if not Person.objects.filter(role="administrator", is_active=True).exists():
        raise NotAllowed(
            "Nobody would be left to administer. 将没有可用的系统管理员。",
            todo="Make another administrator first. 请先设置另一位系统管理员。",
        )


def _shown(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in FIELDS}


def _fresh_password() -> str:
    return secrets.token_urlsafe(12)
