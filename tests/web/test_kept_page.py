# SPDX-License-Identifier: Apache-2.0
"""A kept page names who asks, carries a token that works for them, and differs by role, region and language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.web.people import PASSWORD

ADDRESS = "/plans/?region=450305&at=2017-12-31"


def test_a_kept_page_is_filled_in_for_each_who_asks(signed_in: Callable[..., Any], monkeypatch: Any) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.answers import Answers

    Person.objects.create_person("<b>wang</b>", PASSWORD, "office")
    first, second = (
        signed_in("office", enforce_csrf_checks=True),
        signed_in("<b>wang</b>", enforce_csrf_checks=True),
    )
    one = first.get(ADDRESS).content.decode()

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("the page was written a second time")

    monkeypatch.setattr(Answers, "__call__", fail)
    other = second.get(ADDRESS).content.decode()
    assert "<summary>office</summary>" in one
    assert "<summary>&lt;b&gt;wang&lt;/b&gt;</summary>" in other
    assert "\x00" not in other
    tokens = [re.search(r'csrfmiddlewaretoken" value="([^"]+)', text)[1] for text in (one, other)]
    assert tokens[0] != tokens[1]
    assert second.post("/sign-out/", {"csrfmiddlewaretoken": tokens[1]}).status_code == 302


def test_another_role_region_or_language_gets_a_page_of_its_own(signed_in: Callable[..., Any]) -> None:
    told = {role: signed_in(role).get(ADDRESS).content.decode() for role in ("office", "county", "auditor")}
    assert 'href="/plans/?region=450300' in told["office"]
    assert "region=450300" not in told["county"], "no way out of one's own region"
    english = signed_in("office").get(ADDRESS + "&lang=en").content.decode()
    assert 'lang="en"' in english
    assert "Sign out" in english
