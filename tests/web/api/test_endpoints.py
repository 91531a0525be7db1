# SPDX-License-Identifier: Apache-2.0
"""What pages show, programs read: divisions, jobs, tables; open data for everybody, the rest for who may."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest


def _bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def _waited(client: Any, address: str) -> Any:
    answered = client.get(address)
    while answered.status_code == 202:
        time.sleep(0.3)
        answered = client.get(address)
    return answered.json()


def test_divisions_within_one(signed_in: Callable[..., Any]) -> None:
    told = signed_in("county").get("/api/v1/regions/?within=450300&at=2018-12-31&limit=50").json()
    assert told["count"] == 17
    assert {"region": "450305", "zh": "七星区", "en": "Qixing", "within": "450300"}["region"] in {
        one["region"] for one in told["items"]
    }


def test_open_tables_and_indicators_need_no_account(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    values = "/api/v1/measure/?indicator=invention_filings&basis=published&region=450300&from=2010&to=2017"
    monkeypatch.setenv("ZHIHANG_WEB_OPEN_DATA", "true")
    assert client.get("/api/v1/tables/observation/").status_code == 403
    assert client.get(values).status_code == 403
    monkeypatch.setenv("ZHIHANG_WEB_OPEN_TABLES", "observation")
    monkeypatch.setenv("ZHIHANG_WEB_OPEN_INDICATORS", "invention_filings")
    assert len(client.get("/api/v1/tables/observation/?limit=3").json()["items"]) == 3
    assert (
        pq.read_table(io.BytesIO(client.get("/api/v1/tables/observation/?form=parquet").content)).num_rows
        > 100
    )
    assert client.get("/api/v1/tables/party/").status_code == 403
    assert _waited(client, values)["count"] == 8
    assert client.get(values.replace("filings", "filings,residents")).status_code == 403
    assert {
        one["name"] for one in client.get("/api/v1/tables/?limit=200").json()["items"] if one["open"]
    } == {"observation"}


def test_whole_tables_are_not_for_who_sees_one_region_only(signed_in: Callable[..., Any]) -> None:
    assert signed_in("county").get("/api/v1/tables/observation/").status_code == 403
    assert signed_in("analyst").get("/api/v1/tables/observation/").status_code == 200
    assert signed_in("analyst").get("/api/v1/tables/accounts_person/").status_code == 404


def test_a_key_reads_the_jobs_of_its_owner_only(client: Any) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.api.access import make_token
    from zhihang.web.jobs.models import Job

    office, county = (Person.objects.get(name=name) for name in ("office", "county"))
    own = Job.objects.create(verb="derive", person=office)
    other = Job.objects.create(verb="derive", person=county)
    key, narrow = make_token(office, "jobs", ["jobs"]), make_token(office, "view", ["view"])
    told = client.get("/api/v1/jobs/", headers=_bearer(key)).json()
    assert [one["number"] for one in told["items"]] == [own.pk]
    assert client.get(f"/api/v1/jobs/{own.pk}/", headers=_bearer(key)).json()["state"] == "queued"
    assert client.get(f"/api/v1/jobs/{other.pk}/", headers=_bearer(key)).status_code == 404
    assert client.get("/api/v1/jobs/", headers=_bearer(narrow)).status_code == 403
    assert client.get("/api/v1/fees/?region=450300&at=2017-12-31", headers=_bearer(key)).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/fees/?region=450300&at=0001-01-01",
        "/api/v1/fees/?region=999999x&at=2017-12-31",
        "/api/v1/patents/?q=%00",
        "/api/v1/patents/nothing/",
        "/api/v1/jobs/99999999999999999999999/",
        "/api/v1/tables/observation;drop/",
        "/api/v1/changes/guilin-2016-2020/?since=never&at=2017-12-31",
        "/api/v1/parks/?region=450300&year=3000",
    ],
)
def test_what_makes_no_sense_is_refused(signed_in: Callable[..., Any], address: str) -> None:
    answered = signed_in("administrator").get(address)
    assert 400 <= answered.status_code < 500
    assert answered.headers["Content-Type"].startswith("application/json")
