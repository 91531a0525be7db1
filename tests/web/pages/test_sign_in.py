# SPDX-License-Identifier: Apache-2.0
"""Signing in: right, wrong, too often, with a second factor, back to where one wanted to go."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from tests.web.people import PASSWORD


def _try(client: Any, name: str, password: str, **more: str) -> Any:
    return client.post("/sign-in/", {"name": name, "password": password, **more})


def test_a_page_sends_to_sign_in_and_back_again(client: Any) -> None:
    sent = client.get("/plans/?region=450300")
    assert sent.status_code == 302
    assert sent.url.startswith("/sign-in/?")
    answered = _try(client, "office", PASSWORD, next="/plans/?region=450300")
    assert (answered.status_code, answered.url) == (302, "/plans/?region=450300")
    assert client.get("/plans/").status_code == 200


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(client: Any, wanted: str) -> None:
    assert _try(client, "office", PASSWORD, next=wanted).url == "/"


def test_names_do_not_mind_case_and_a_wrong_password_says_no_more_than_that(client: Any) -> None:
    assert _try(client, "Office", PASSWORD).status_code == 302
    client.post("/sign-out/")
    for name in ("office", "nobody"):
        answered = _try(client, name, "not the password")
        assert answered.status_code == 200
        assert "用户名或密码不正确" in answered.content.decode()


def test_five_failures_lock_the_name_for_a_while(client: Any) -> None:
    for _ in range(5):
        _try(client, "analyst", "not the password")
    answered = _try(client, "analyst", PASSWORD).content.decode()
    assert "失败次数过多" in answered
    assert "15 分钟" in answered
    assert _try(client, "auditor", PASSWORD).status_code == 302


def test_the_second_factor_is_asked_for_and_each_code_works_once(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web.accounts import second_factor
    from zhihang.web.accounts.models import Person

    person, secret = Person.objects.get(name="office"), pyotp.random_base32()
    now = time.time()
    monkeypatch.setattr(second_factor.time, "time", lambda: now)
    papers = second_factor.switch_on(person, secret, pyotp.TOTP(secret).at(int(now)))
    assert len(papers) == 8
    asked = _try(client, "office", PASSWORD)
    assert 'name="code"' in asked.content.decode()
    assert client.get("/plans/").status_code == 302, "the password alone does not sign in"
    monkeypatch.setattr(second_factor.time, "time", lambda: now + 60)
    code = pyotp.TOTP(secret).at(int(now + 60))
    assert client.post("/sign-in/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/", {"code": code}).status_code == 302
    client.post("/sign-out/")
    _try(client, "office", PASSWORD)
    assert client.post("/sign-in/", {"code": code}).status_code == 200, "the same code again"
    assert client.post("/sign-in/", {"code": papers[0]}).status_code == 302
    client.post("/sign-out/")
    _try(client, "office", PASSWORD)
    assert client.post("/sign-in/", {"code": papers[0]}).status_code == 200, "a paper code again"


def test_a_new_password_ends_the_other_sessions(signed_in: Callable[..., Any], client: Any) -> None:
    from zhihang.web.accounts.models import PersonSession

    before = PersonSession.objects.count()  # those of browsers, which nothing undoes
    _try(client, "office", PASSWORD)
    assert PersonSession.objects.count() == before + 1
    own = signed_in("office")
    weak = own.post("/account/", {"what": "password", "present": PASSWORD, "new": "1234567890"})
    assert "fault-box" in weak.content.decode()
    done = own.post("/account/", {"what": "password", "present": PASSWORD, "new": "quite another one 9"})
    assert done.status_code == 302
    assert client.get("/account/").status_code == 302
    assert own.get("/account/").status_code == 200


def test_what_people_do_is_in_the_log_and_stays_there(client: Any) -> None:
    from django.db import DatabaseError, connection, transaction

    from zhihang.errors import NotAllowed
    from zhihang.web.audit.models import Entry
    from zhihang.web.audit.record import first_changed

    _try(client, "office", "not the password")
    _try(client, "office", PASSWORD)
    assert [entry.action for entry in Entry.objects.all()[:2]] == ["sign in", "sign in refused"]
    with pytest.raises(NotAllowed):
        Entry.objects.update(who="somebody else")
    with pytest.raises(NotAllowed):
        Entry.objects.all()[0].delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
    assert first_changed() is None


def test_a_clock_that_was_ahead_locks_nobody_out_for_years(client: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from zhihang.web.accounts.models import SignInAttempt

    for _ in range(10):
        SignInAttempt.objects.create(name="office", address="127.0.0.1")
    SignInAttempt.objects.filter(name="office").update(at=timezone.now() + timedelta(days=1000))
    sent = client.post("/sign-in/", {"name": "office", "password": PASSWORD})
    assert sent.status_code == 302, "those tries lie in a future that is none"
