# SPDX-License-Identifier: Apache-2.0
"""The administrator makes and disables accounts, ends sessions, revokes keys, reads the log, which holds all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.web.people import PASSWORD

NEW = {
    "name": "lingui",
    "display_name": "临桂区",
    "role": "county",
    "region": "450312",
    "subject": "",
    "email": "",
}


def _person(name: str) -> Any:
    from zhihang.web.accounts.models import Person

    return Person.objects.get(name=name)


def _told(answered: Any) -> str:
    return re.search(r"<code>([\w-]{12,})</code>", answered.content.decode())[1]


def _actions(most: int = 5) -> list[str]:
    from zhihang.web.audit.models import Entry

    return [entry.action for entry in Entry.objects.all()[:most]]


def test_who_gets_an_account_must_change_its_password_before_anything_else(
    signed_in: Callable[..., Any], client: Any
) -> None:
    password = _told(signed_in("administrator").post("/administration/people/new/", NEW))
    assert client.post("/sign-in/", {"name": "lingui", "password": password}).status_code == 302
    for address in ("/", "/plans/", "/indicators/", "/account/keys/"):
        assert client.get(address).url.startswith("/account/?"), address
    assert client.get("/api/v1/plans/").status_code == 401
    assert "请先更改密码" in client.get("/account/").content.decode()
    client.post("/account/", {"what": "password", "present": password, "new": "mine and only mine 3"})
    assert client.get("/plans/").status_code == 200
    assert _actions(3) == ["password changed", "sign in", "account made"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "OFFICE"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"region": ""}, "region"),
        ({"region": "999999"}, ""),
        ({"region": "12"}, "region"),
        ({"role": "emperor"}, "role"),
        ({"role": "firm"}, "subject"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_what_cannot_be_an_account_is_told_at_the_field_and_nothing_typed_is_lost(
    signed_in: Callable[..., Any], wrong: dict[str, str], field: str
) -> None:
    answered = signed_in("administrator").post("/administration/people/new/", {**NEW, **wrong})
    text = answered.content.decode()
    if not field:
        assert answered.status_code == 200
        return
    if answered.status_code == 400:
        return
    assert f'id="x-{field}"' in text or (field == "role" and "x-role" in text)
    assert "临桂区" in text


def test_a_change_of_rights_signs_out_and_says_before_and_after(
    signed_in: Callable[..., Any], client: Any
) -> None:
    from zhihang.web.audit.models import Entry

    client.post("/sign-in/", {"name": "county", "password": PASSWORD})
    assert client.get("/plans/").status_code == 200
    county = _person("county")
    changed = {**NEW, "name": "county", "what": "change", "display_name": ""}
    signed_in("administrator").post(f"/administration/people/{county.pk}/", changed)
    assert client.get("/plans/").status_code == 302
    assert Entry.objects.all()[0].detail == {"changed": {"region": ["450305", "450312"]}}


def test_who_is_disabled_is_out_at_once_and_may_come_back(signed_in: Callable[..., Any], client: Any) -> None:
    client.post("/sign-in/", {"name": "analyst", "password": PASSWORD})
    address = f"/administration/people/{_person('analyst').pk}/"
    administrator = signed_in("administrator")
    administrator.post(address, {"what": "disable"})
    assert client.get("/plans/").status_code == 302
    assert client.post("/sign-in/", {"name": "analyst", "password": PASSWORD}).status_code == 200
    administrator.post(address, {"what": "enable"})
    assert client.post("/sign-in/", {"name": "analyst", "password": PASSWORD}).status_code == 302
    assert "account disabled" in _actions()


def test_there_is_always_an_administrator(signed_in: Callable[..., Any]) -> None:
    administrator = signed_in("administrator")
    address = f"/administration/people/{_person('administrator').pk}/"
    assert administrator.post(address, {"what": "disable"}).status_code == 403
    changed = {"what": "change", "name": "administrator", "role": "office"}
    assert administrator.post(address, changed).status_code == 403
    assert _person("administrator").role == "administrator"


def test_a_new_password_is_told_once_and_the_old_one_is_worth_nothing(
    signed_in: Callable[..., Any], client: Any
) -> None:
    address = f"/administration/people/{_person('auditor').pk}/"
    password = _told(signed_in("administrator").post(address, {"what": "password"}))
    assert client.post("/sign-in/", {"name": "auditor", "password": PASSWORD}).status_code == 200
    assert client.post("/sign-in/", {"name": "auditor", "password": password}).status_code == 302
    assert client.get("/plans/").url.startswith("/account/")


def test_keys_are_made_for_what_the_person_may_and_revoked(
    signed_in: Callable[..., Any], client: Any
) -> None:
    office = signed_in("office")
    made = office.post("/account/keys/", {"label": "月报", "scopes": ["public", "view"], "days": "30"})
    key = re.search(r"zh_[\w-]+", made.content.decode())[0]
    asked = {"authorization": f"Bearer {key}"}
    assert client.get("/api/v1/plans/", headers=asked).status_code == 200
    firm = signed_in("firm")
    refused = firm.post("/account/keys/", {"label": "x", "scopes": ["view"], "days": "30"})
    assert "zh_" not in re.sub(r"zh-", "", refused.content.decode()), "a firm does not see all figures"
    token = _person("office").tokens.get()
    assert firm.post("/account/keys/", {"revoke": token.pk}).status_code == 404, (
        "nobody revokes another's key"
    )
    signed_in("administrator").post("/administration/keys/", {"revoke": token.pk})
    assert client.get("/api/v1/plans/", headers=asked).status_code == 401
    assert _actions(2) == ["key revoked", "key made"]


def test_the_log_is_found_by_person_action_and_day_and_taken_away(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.audit.record import record

    record(None, "account made", "=cmd()", who="somebody", note="<b>bold</b>")
    auditor = signed_in("auditor")
    page = auditor.get("/administration/log/?who=Somebody").content.decode()
    assert "建立账号" in page
    assert "<b>bold</b>" not in page
    assert "没有符合的记录" in auditor.get("/administration/log/?who=somebody&to=1999-01-01").content.decode()
    assert auditor.get("/administration/log/?from=someday").status_code == 400
    told = auditor.get("/administration/log/?who=somebody&form=csv").content.decode("utf-8-sig")
    assert "'=cmd()" in told
    assert "log taken away" in _actions(1)
    assert "未被改动" in auditor.get("/administration/log/?check=1").content.decode()
    assert signed_in("office").get("/administration/log/").status_code == 403


def test_the_system_says_what_is_set_and_hides_passwords(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIHANG_WEB_DATABASE_", "")
    administrator = signed_in("administrator")
    text = administrator.get("/administration/system/").content.decode()
    assert "尚未备份" in text
    assert "ZHIHANG_WEB_" in text
    from zhihang.web import deployment

    monkeypatch.setenv("ZHIHANG_WEB_DATABASE", "postgresql://a:topsecret@h/d")
    shown = {one["name"]: one["value"] for one in deployment.shown_settings()}
    assert shown["database"] == "••••"
    assert shown["day"] == "2017-12-31"


def test_who_saves_second_is_told_what_the_first_one_changed(signed_in: Callable[..., Any]) -> None:
    one, other = signed_in("administrator"), signed_in("administrator")
    address = f"/administration/people/{_person('county').pk}/"

    def form(asking: Any) -> dict[str, str]:
        held = re.search(r'name="seen" value="([^"]+)"', asking.get(address).content.decode())[1]
        return {"what": "change", "name": "county", "role": "county", "region": "450305", "seen": held}

    first, second = form(one), form(other)
    assert one.post(address, {**first, "email": "a@example.cn"}).status_code == 302
    told = other.post(address, {**second, "display_name": "七星"})
    assert told.status_code == 200
    assert "a@example.cn" in told.content.decode()
    assert "七星" in told.content.decode(), "nothing typed is lost"
    assert _person("county").display_name == ""
    assert other.post(address, {**form(other), "display_name": "七星"}).status_code == 302
    assert (_person("county").display_name, _person("county").email) == ("七星", "a@example.cn")
