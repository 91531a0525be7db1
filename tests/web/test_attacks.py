# SPDX-License-Identifier: Apache-2.0
"""What somebody with bad intent tries by hand, kept: none of it may do anything, or break anything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.web.people import PASSWORD

MARKUP = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"
SQL = "' OR 1=1; DROP TABLE accounts_person; --"
TEXTS = (
    MARKUP,
    SQL,
    "{{ 7*7 }}{% debug %}",
    "${jndi:ldap://x}",
    "../../../../etc/passwd",
    "%s%n%x",
    "\u202egnp",
)
ELSEWHERE = (
    "//evil.example",
    "https:evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "http:///evil.example",
    "/%09/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://evil.example",
)
REGIONAL = (
    "/?region={}",
    "/fees/?region={}",
    "/changed/?region={}",
    "/indicators/measure/?indicator=residents&region={}",
    "/api/v1/fees/?at=2017-12-31&region={}",
    "/api/v1/measure/?indicator=residents&from=2015&region={}",
)
FIELDS = (
    "/indicators/?words={}",
    "/indicators/measure/?indicator={}",
    "/indicators/measure/?indicator=residents&by={}",
    "/explain/?indicator={}&period=2017",
    "/explain/target/?plan={}&target=T001",
    "/search/?q={}",
    "/?plan={}",
    "/?region={}",
    "/?at={}",
    "/changed/?since={}",
    "/fees/?months={}",
    "/administration/log/?who={}&subject={}",
    "/administration/people/?role={}",
    "/sign-in/?next={}",
    "/embed/?indicator={}",
    "/api/v1/indicators/?words={}",
    "/api/v1/plans/{}/",
    "/api/v1/tables/{}/",
    "/plans/{}/",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_typed_is_never_run_as_markup_sql_or_template(
    signed_in: Callable[..., Any], text: str
) -> None:
    from urllib.parse import quote

    from zhihang.web.accounts.models import Person

    asking = signed_in("administrator", raise_request_exception=False)
    for field in FIELDS:
        answered = asking.get(field.replace("{}", quote(text, safe="")))
        assert answered.status_code < 500, field
        if answered.status_code != 302 and "html" in answered.headers["Content-Type"]:
            shown = answered.content.decode()
            assert "<script>alert" not in shown, field
            assert "<img src=x" not in shown, field
            assert "root:x:0" not in shown, field
            if "7*7" in text and "7*7" in shown:
                assert "49{" not in shown, field
    assert Person.objects.count() >= 7


def test_markup_in_a_name_is_shown_as_text_everywhere(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.accounts.models import Person

    Person.objects.create_person(MARKUP[:55], PASSWORD, "office", display_name=MARKUP[:55])
    shown = signed_in("administrator").get("/administration/people/").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_nothing_outside_the_pages_is_served(client: Any) -> None:
    client.raise_request_exception = False
    for path in (
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static/..%2f..%2fsecret",
        "/web.sqlite3",
        "/.git/config",
        "/zhihang.toml",
        "//etc/passwd",
        "/static/zhihang/../../../web.sqlite3",
    ):
        answered = client.get(path)
        assert answered.status_code in (301, 302, 400, 404), path
        if answered.status_code in (301, 302):
            assert answered.url.startswith("/"), path
            assert not answered.url.startswith("//"), path


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "testserver:80@evil.example", "a b"]
)
def test_a_foreign_host_name_is_refused(client: Any, host: str) -> None:
    answered = client.get("/sign-in/", headers={"host": host})
    assert answered.status_code == 400
    assert "evil" not in answered.content.decode()
    told = client.get("/plans/", headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in told.url


def test_forms_of_other_sites_change_nothing(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.accounts.models import Person

    asking = signed_in("administrator", enforce_csrf_checks=True)
    form = {"name": "intruder", "role": "administrator"}
    for headers in (
        {},
        {"x-csrftoken": "a" * 64},
        {"origin": "https://evil.example", "referer": "https://evil.example/"},
    ):
        assert asking.post("/administration/people/new/", form, headers=headers).status_code == 403
    asking.get("/administration/people/new/")
    token = asking.cookies["csrftoken"].value
    foreign = {"origin": "https://evil.example", "x-csrftoken": token}
    assert asking.post("/administration/people/new/", form, headers=foreign).status_code == 403
    assert not Person.objects.filter(name="intruder").exists()


def test_a_session_laid_by_somebody_else_is_not_taken_over(client: Any) -> None:
    client.get("/sign-in/")
    client.cookies["zhihang"] = "fixedbyanattacker0000000000000000"
    client.post("/sign-in/", {"name": "office", "password": PASSWORD})
    assert client.cookies["zhihang"].value != "fixedbyanattacker0000000000000000"
    cookie = client.cookies["zhihang"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    before = cookie.value
    client.post("/sign-out/")
    client.cookies["zhihang"] = before
    assert client.get("/plans/").status_code == 302, "a session that ended stays ended"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_sign_in_leads_to_no_other_site(client: Any, wanted: str) -> None:
    told = client.post("/sign-in/", {"name": "office", "password": PASSWORD, "next": wanted}).url
    assert told.startswith("/")
    assert not told.startswith(("//", "/\\"))


def test_nobody_reaches_what_belongs_to_another_by_its_number(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.api.access import make_token
    from zhihang.web.jobs.models import Job

    office = Person.objects.get(name="office")
    job = Job.objects.create(verb="derive", person=office)
    make_token(office, "mine", ["view"])
    for role in ("county", "firm", "analyst"):
        asking = signed_in(role)
        assert asking.get(f"/jobs/{job.pk}/").status_code in (403, 404), role
        assert asking.post(f"/jobs/{job.pk}/").status_code in (403, 404), role
        assert asking.get(f"/api/v1/jobs/{job.pk}/").status_code == 404, role
        assert asking.post("/account/keys/", {"revoke": office.tokens.get().pk}).status_code == 404, role
        assert asking.get(f"/administration/people/{office.pk}/").status_code == 403, role
        assert asking.post(f"/administration/people/{office.pk}/", {"what": "password"}).status_code == 403, (
            role
        )
    job.refresh_from_db()
    assert not job.stop_wanted


def test_a_county_cannot_widen_its_region_by_the_address(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("county")
    for region in ("450300", "450324", "000000", "450000"):
        for address in REGIONAL:
            assert asking.get(address.format(region)).status_code == 403, (address, region)
    assert asking.get("/?region=450305&region=450300").status_code == 403


def test_methods_cannot_be_smuggled(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("administrator")
    for name in ("x-http-method-override", "x-method-override"):
        assert asking.get("/sign-out/", headers={name: "POST"}).status_code == 405
    assert asking.get("/sign-out/?_method=POST").status_code == 405
    for method in ("put", "patch", "delete", "trace"):
        assert getattr(asking, method)("/administration/people/").status_code == 405
    assert asking.get("/administration/people/").status_code == 200, "still signed in"


def test_too_much_is_refused_before_it_costs_anything(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("office", raise_request_exception=False)
    assert asking.get("/indicators/?words=" + "a" * 20_000).status_code == 400
    many = "&".join(f"f{n}=1" for n in range(3000))
    assert asking.post("/account/", many, content_type="application/x-www-form-urlencoded").status_code == 400
    assert asking.get("/plans/", headers={"cookie": "x=" + "y" * 60_000}).status_code in (200, 302, 400)
    assert asking.post("/account/", "x" * (9 << 20), content_type="text/plain").status_code == 413
    assert asking.get("/plans/?a=%00").status_code == 400
    assert asking.post("/sign-in/", {"name": "a\0b", "password": "x"}).status_code == 400


def test_json_bombs_and_wrong_bodies_are_refused(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("administrator", raise_request_exception=False)
    deep = "[" * 100_000 + "]" * 100_000
    wide = json.dumps({str(n): n for n in range(50_000)})
    for body in (deep, wide, "{", "\x00", "NaN"):
        for address in ("/api/v1/plans/", "/sign-in/", "/account/"):
            answered = asking.post(address, body, content_type="application/json")
            assert answered.status_code < 500, address
    broken = '--x\r\nContent-Disposition: form-data; name="a"; filename="../../a"\r\n\r\nno end'
    assert asking.post("/account/", broken, content_type="multipart/form-data; boundary=x").status_code < 500


def test_passwords_cannot_be_tried_without_end_from_one_place(client: Any) -> None:
    from zhihang.web.accounts.sign_in import MOST_BY_ADDRESS

    for number in range(MOST_BY_ADDRESS):
        client.post("/sign-in/", {"name": f"nobody{number}", "password": "x"})
    told = client.post("/sign-in/", {"name": "office", "password": PASSWORD})
    assert told.status_code == 200, "another name from the same place waits too"
    told = client.post(
        "/sign-in/", {"name": "office", "password": PASSWORD}, headers={"x-forwarded-for": "9.9.9.9"}
    )
    assert told.status_code == 200, "a header does not make it another place"


def test_keys_in_addresses_or_forms_count_for_nothing(client: Any) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.api.access import make_token

    key = make_token(Person.objects.get(name="office"), "k", ["view"])
    assert client.get(f"/api/v1/plans/?token={key}").status_code == 401
    for wrong in (
        "",
        "Bearer",
        f"Basic {key}",
        f"Bearer {key}x",
        f"bearer  {key} x",
        "Bearer " + "a" * 10_000,
    ):
        assert client.get("/api/v1/plans/", headers={"authorization": wrong}).status_code == 401, wrong
    assert client.get("/plans/", headers={"authorization": f"Bearer {key}"}).status_code == 302, (
        "pages take none"
    )


def test_what_is_taken_away_cannot_become_a_formula(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.audit.record import record

    for text in ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1"):
        record(None, "tried", text, who="somebody")
    told = signed_in("auditor").get("/administration/log/?who=somebody&form=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told, newline="")))
    assert len(rows) == 7
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or cell == "-", cell


def test_answers_say_nothing_of_the_machine(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("office", raise_request_exception=False)
    for address in ("/nowhere/", "/plans/nowhere/", "/api/v1/plans/nowhere/", "/jobs/999/"):
        answered = asking.get(address)
        text = answered.content.decode()
        assert "Traceback" not in text
        assert "/site-packages/" not in text
        assert "Django" not in text
        assert "Server" not in answered.headers
    for name in (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
    ):
        assert name in asking.get("/plans/").headers


def test_an_account_of_one_park_reads_nothing_of_another(signed_in, clean):
    from zhihang.web.accounts.models import Person

    bound = Person.objects.get(name="park")
    bound.subject = "甲园区"
    bound.save()
    client = signed_in("park")
    region = bound.region or "450300"
    assert client.get(f"/api/v1/parks/profile/乙园区/?region={region}").status_code == 403
    assert client.get(f"/parks/profile/乙园区/?region={region}").status_code == 403
