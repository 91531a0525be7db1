# SPDX-License-Identifier: Apache-2.0
"""Whoever sends a form when the session is over signs in, sees what was typed, and sends it; passwords are never kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.web.people import PASSWORD

FORM = {"what": "save", "target": "T003", "name": "夜班<b>方案</b>", "v-450305": "350", "k-450305": "1"}
PATH = "/plans/guilin-2016-2020/allocation/?region=450300&at=2017-12-31"


def _token(text: bytes) -> str:
    found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)', text)
    assert found is not None
    return found[1].decode()


def _late(browser: Any, address: str, form: dict[str, str], who: str = "office") -> str:
    """Send a form from a page that was open when the session ended; return where that leads."""
    token = _token(browser.get("/account/").content)
    from django.contrib.sessions.models import Session

    from zhihang.web.accounts.models import Person, PersonSession

    key = browser.session.session_key
    PersonSession.objects.get_or_create(session_key=key, defaults={"person": Person.objects.get(name=who)})
    Session.objects.filter(session_key=browser.session.session_key).delete()
    answered = browser.post(address, {**form, "csrfmiddlewaretoken": token})
    assert answered.status_code == 302
    return str(answered.headers["Location"])


def _signs_in(browser: Any, door: str, name: str, opened: bytes) -> Any:
    following = re.search(rb'name="next" value="([^"]+)', opened)
    assert following is not None
    form = {"csrfmiddlewaretoken": _token(opened), "next": following[1].decode().replace("&amp;", "&")}
    return browser.post(door, {**form, "name": name, "password": PASSWORD})


def test_the_next_person_at_the_same_computer_does_not_see_it(
    signed_in: Callable[..., Any], clean: Path
) -> None:
    browser = signed_in("office", enforce_csrf_checks=True)
    door = _late(browser, PATH, FORM)
    sent = _signs_in(browser, door, "analyst", browser.get(door).content)
    assert sent.headers["Location"].startswith("/again/?")
    shown = browser.get(sent.headers["Location"])
    assert shown.status_code == 302
    assert "unsent" not in browser.session


def test_what_was_typed_outlives_the_session(signed_in: Callable[..., Any], clean: Path) -> None:
    browser = signed_in("office", enforce_csrf_checks=True)
    door = _late(browser, PATH, FORM)
    assert door.startswith("/sign-in/?")
    opened = browser.get(door)
    sent = _signs_in(browser, door, "office", opened.content)
    assert sent.headers["Location"].startswith("/again/?")
    shown = browser.get(sent.headers["Location"])
    text = shown.content.decode()
    assert "还没有保存" in text
    assert "夜班&lt;b&gt;方案&lt;/b&gt;" in text
    assert f'action="{PATH.replace("&", "&amp;")}"' in text
    fields = dict(
        re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text.split('action="/plans')[1])
    )
    assert {name: fields[name] for name in ("target", "v-450305", "k-450305")} == {
        "target": "T003",
        "v-450305": "350",
        "k-450305": "1",
    }
    dropped = browser.post("/again/", {"csrfmiddlewaretoken": _token(shown.content)})
    assert dropped.status_code == 302
    assert browser.get("/again/").status_code == 302, "dropped: there is nothing to send"


def test_passwords_and_strangers_are_not_kept(signed_in: Callable[..., Any], client: Any) -> None:
    late = _late(signed_in("office", enforce_csrf_checks=True), "/account/", {"p1": PASSWORD, "p2": "x" * 12})
    assert "again" not in late
    assert "again" not in client.post(PATH, FORM).headers["Location"], "never signed in here"
    long = _late(signed_in("county", enforce_csrf_checks=True), PATH, {"name": "x" * 200_000}, "county")
    assert "again" not in long
