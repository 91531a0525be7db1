# SPDX-License-Identifier: Apache-2.0
"""A session is read in one query, the account in another; one that is over, or disabled, opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

ADDRESS = "/plans/?region=450300&at=2017-12-31"


def test_a_page_asks_who_it_is_for_in_two_queries(signed_in: Callable[..., Any]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in("office")
    browser.get(ADDRESS)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(ADDRESS).status_code == 200
    assert len(asked) == 2, [one["sql"] for one in asked]


def test_a_session_that_is_over_leads_to_the_door(signed_in: Callable[..., Any]) -> None:
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    browser = signed_in("office")
    mine = Session.objects.filter(session_key=browser.session.session_key)
    mine.update(expire_date=timezone.now() + timedelta(seconds=60))
    assert browser.get(ADDRESS).status_code == 200
    mine.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get(ADDRESS).headers["Location"].startswith("/sign-in/?")


def test_an_account_disabled_or_with_a_new_password_is_out_at_once(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.accounts.models import Person

    disabled, changed = signed_in("office"), signed_in("auditor")
    Person.objects.filter(name="office").update(is_active=False)
    person = Person.objects.get(name="auditor")
    person.set_password("another long enough word 8")
    person.save()
    for browser in (disabled, changed):
        assert browser.get(ADDRESS).headers["Location"].startswith("/sign-in/?")


def test_lists_in_an_account_are_read_as_lists(clean: Any) -> None:
    from zhihang.web.accounts.backend import Backend
    from zhihang.web.accounts.models import Person

    kept = Person.objects.get(name="office")
    kept.recovery_codes = ["a", "b"]
    kept.save()
    found = Backend().get_user(kept.pk)
    assert found is not None
    assert found.recovery_codes == ["a", "b"]
    assert found.created_at == kept.created_at
