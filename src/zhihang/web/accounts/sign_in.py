# SPDX-License-Identifier: Apache-2.0
"""Signing in: check name, password and code, count failures, lock for a while, remember the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest
from django.utils import timezone

from zhihang.web.accounts.backend import PATH
from zhihang.web.accounts.models import Person, PersonSession, SignInAttempt

WINDOW = timedelta(minutes=15)
MOST_BY_NAME = 5
MOST_BY_ADDRESS = 30
WAITING = "second_factor_for"
"""Where the session keeps who gave the right password and still owes the code."""

Answer = Literal["signed_in", "needs_code", "wrong", "locked"]


@dataclass(frozen=True)
class Outcome:
    """How a try ended; `minutes` to wait where it is locked."""

    answer: Answer
    person: Person | None = None
    minutes: int = 0


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from."""
    return str(request.META.get("REMOTE_ADDR") or "")[:45]


def try_password(request: HttpRequest, name: str, password: str) -> Outcome:
    """Check name and password; too many failures in a quarter of an hour lock the name or the address."""
    name, address = name.strip()[:60], address_of(request)
    minutes = _locked(name, address)
    if minutes:
        return Outcome("locked", minutes=minutes)
    person = authenticate(request, username=name, password=password)
    if not isinstance(person, Person):
        SignInAttempt.objects.create(name=name.lower(), address=address)
        minutes = _locked(name, address)
        return Outcome("locked", minutes=minutes) if minutes else Outcome("wrong")
    if person.second_factor:
        request.session.cycle_key()
        request.session[WAITING] = person.pk
        return Outcome("needs_code", person)
    return _enter(request, person)


def try_code(request: HttpRequest, code: str) -> Outcome:
    """Check the code of whoever gave the right password in this session before."""
    from zhihang.web.accounts.second_factor import accepts

    person = Person.objects.filter(pk=request.session.get(WAITING, 0), is_active=True).first()
    if person is None:
        return Outcome("wrong")
    minutes = _locked(person.name, address_of(request))
    if minutes:
        return Outcome("locked", person, minutes)
    if not accepts(person, code):
        SignInAttempt.objects.create(name=person.name.lower(), address=address_of(request))
        return Outcome("wrong", person)
    return _enter(request, person)


def leave(request: HttpRequest) -> None:
    """Sign out of this browser."""
    PersonSession.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def end_sessions(person: Person, *, but: str = "") -> int:
    """Sign a person out of all browsers but one; return of how many."""
    from django.contrib.sessions.models import Session

    keys = [s.session_key for s in person.sessions.exclude(session_key=but)]
    Session.objects.filter(session_key__in=keys).delete()
    PersonSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _enter(request: HttpRequest, person: Person) -> Outcome:
    address = address_of(request)
    request.session.pop(WAITING, None)
    login(request, person, backend=PATH)
    if request.session.session_key is None:
        request.session.create()
    SignInAttempt.objects.filter(name=person.name.lower(), succeeded=False).delete()
    SignInAttempt.objects.create(name=person.name.lower(), address=address, succeeded=True)
    PersonSession.objects.update_or_create(
        session_key=str(request.session.session_key),
        defaults={"person": person, "address": address, "agent": request.headers.get("User-Agent", "")[:200]},
    )
    return Outcome("signed_in", person)


def _locked(name: str, address: str) -> int:
    """Return how many minutes a name or an address has to wait; 0 if it may try."""
    now = timezone.now()
    failures = SignInAttempt.objects.filter(succeeded=False, at__gte=now - WINDOW, at__lte=now + WINDOW)
    held = failures.filter(name=name.lower()).order_by("-at")[:MOST_BY_NAME]
    everywhere = failures.filter(address=address).order_by("-at")[:MOST_BY_ADDRESS]
    waits = [
        found[-1].at + WINDOW
        for found, most in ((list(held), MOST_BY_NAME), (list(everywhere), MOST_BY_ADDRESS))
        if len(found) >= most
    ]
    return max((1 + int((end - now).total_seconds() // 60) for end in waits), default=0)
