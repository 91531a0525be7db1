# SPDX-License-Identifier: Apache-2.0
"""The interface: who may read it, pages, ETags, CSV, refusals in four parts, and a description that tools understand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def _bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_nobody_reads_without_account_or_key_unless_the_data_is_open(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/api/v1/plans/").status_code == 401
    monkeypatch.setenv("ZHIHANG_WEB_OPEN_DATA", "true")
    assert client.get("/api/v1/plans/").status_code == 200
    closed = "/api/v1/measure/?indicator=inventions_in_force&region=450300&from=2017"
    assert client.get(closed).status_code == 403, "open are plans and definitions, not all figures"


def test_a_key_reads_what_its_scopes_cover_until_it_ends(client: Any) -> None:
    from django.utils import timezone

    from zhihang.web.accounts.models import AccessToken, Person
    from zhihang.web.api.access import make_token

    office = Person.objects.get(name="office")
    wide, narrow = make_token(office, "all", ["view"]), make_token(office, "open", ["public"])
    figures = "/api/v1/plans/guilin-2016-2020/assessment/?at=2017-12-31"
    assert client.get("/api/v1/plans/", headers=_bearer(narrow)).status_code == 200
    assert client.get(figures, headers=_bearer(narrow)).status_code == 403
    assert client.get(figures, headers=_bearer(wide)).status_code in (200, 202)
    assert client.get(figures, headers=_bearer("zh_wrong")).status_code == 401
    assert not AccessToken.objects.filter(digest__contains=wide).exists(), "the key itself is not kept"
    AccessToken.objects.update(expires_at=timezone.now())
    assert client.get("/api/v1/plans/", headers=_bearer(wide)).status_code == 401


def test_lists_come_in_pages_and_are_not_sent_twice(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("auditor")
    whole = asking.get("/api/v1/indicators/?limit=2&offset=1&words=invention").json()
    first = asking.get("/api/v1/indicators/?limit=2&words=invention")
    assert whole["count"] > 20
    assert len(whole["items"]) == 2
    assert whole["items"][0] == first.json()["items"][1]
    again = asking.get(
        "/api/v1/indicators/?limit=2&words=invention", headers={"if-none-match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_csv_cannot_become_a_formula() -> None:
    from zhihang.web.api.answer import as_csv

    told = as_csv([{"name": '=HYPERLINK("http://x")', "value": -1.5, "parts": [1]}])
    assert told.splitlines()[1].startswith("\"'=HYPERLINK") or told.splitlines()[1].startswith("'=")
    assert ",-1.5," in told


def test_a_county_reads_its_own_rows_only(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("county")
    assert asking.get("/api/v1/measure/?indicator=residents&region=450324&from=2015").status_code == 403
    told = asking.get("/api/v1/plans/guilin-2016-2020/assessment/?at=2017-12-31")
    if told.status_code == 200:
        assert {row["region"] for row in told.json()["items"]} == {"450305"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/api/v1/plans/nowhere/", 404),
        ("/api/v1/measure/?indicator=residents&region=999&from=2015", 400),
        ("/api/v1/measure/?indicator=residents&region=450300&from=2015&every=never", 400),
        ("/api/v1/measure/?indicator=nothing_such&region=450300&from=2015", 404),
        ("/api/v1/measure/?indicator=residents&region=450300&from=1900&to=2099&every=month", 400),
        ("/api/v1/plans/guilin-2016-2020/assessment/?at=yesterday", 400),
    ],
)
def test_what_makes_no_sense_is_refused_not_broken(
    signed_in: Callable[..., Any], address: str, code: int
) -> None:
    answered = signed_in("office").get(address)
    assert answered.status_code == code
    assert answered.headers["Content-Type"].startswith("application/json")


def test_nothing_can_be_changed_through_it(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("administrator")
    told = asking.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {verb for path in told["paths"].values() for verb in path} == {"get"}
    assert asking.post("/api/v1/plans/").status_code == 405
