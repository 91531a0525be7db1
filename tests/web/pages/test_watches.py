# SPDX-License-Identifier: Apache-2.0
"""Watches: whose they are, changed by one at a time, stopped and judged by links that only a person's click obeys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

FORM = {"addressee": "某企业", "organisation": "某企业", "classes": "H01M\nG06F"}
FORM |= {"most": "5", "language": "zh", "active": "1"}
ITEM = {
    "kind": "record",
    "application_id": "CN1",
    "title": "一种<script>电池</script>",
    "day": "2017-01-01",
    "score": 0.9,
    "reasons": [{"matcher": "classes", "label": "同类", "score": 0.9, "by": ["H01M"]}],
}


@pytest.fixture(autouse=True)
def no_watches(office: Path) -> Iterator[None]:
    yield
    shutil.rmtree(office / "watches", ignore_errors=True)


def _desk(office: Path) -> Any:
    from zhihang.workspace import open_workspace

    return open_workspace(office).watches


@pytest.fixture
def told(office: Path) -> str:
    """A watch that was told of one item; returns the secret of its links."""
    from zhihang.matching.delivery_log import Item
    from zhihang.matching.since import Since

    desk = _desk(office)
    desk.add_one(name="firm-a", addressee="某企业", address="a@firm.example", classes=("H01M",))
    since = Since(date(2017, 1, 1), 0, date(2017, 1, 1))
    desk.log.add([("firm-a", "a@firm.example", [Item("CN1", ITEM)], since)], date(2017, 2, 1), 1)
    return str(desk.log.token("firm-a"))


def test_a_watch_is_begun_changed_and_stopped(signed_in: Callable[..., Any], office: Path) -> None:
    client = signed_in("office")
    assert "还没有订阅" in client.get("/watches/").content.decode()
    assert client.post("/watches/edit/", {"name": "甲企业", **FORM}).status_code == 302
    shown = client.get("/watches/of/甲企业/").content.decode()
    assert "H01M" in shown
    profile = _desk(office).profiles()[0]
    assert (profile.classes, profile.most, profile.events) == (("H01M", "G06F"), 5, ("all",))
    assert client.post("/watches/of/甲企业/", {"what": "stop"}).status_code == 302
    assert not _desk(office).profiles()[0].active
    assert "已停用" in client.get("/watches/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "a b"},
        {"address": "nobody"},
        {"most": "0"},
        {"classes": "", "organisation": ""},
        {"queries": "TI=("},
    ],
)
def test_faults_stand_above_the_form_and_nothing_typed_is_lost(
    signed_in: Callable[..., Any], office: Path, wrong: dict[str, str]
) -> None:
    answered = signed_in("office").post("/watches/edit/", {"name": "x", **FORM, **wrong})
    text = answered.content.decode()
    assert answered.status_code == 200
    assert "fault-box" in text
    assert 'value="某企业"' in text
    assert not _desk(office).profiles()


def test_a_second_save_shows_what_the_first_changed(signed_in: Callable[..., Any], office: Path) -> None:
    import re

    one, other = signed_in("office"), signed_in("administrator")
    one.post("/watches/edit/", {"name": "x", **FORM})
    seen = re.search(r'name="over" value="(\w*)"', other.get("/watches/edit/?watch=x").content.decode())
    assert seen
    assert one.post("/watches/edit/", {"name": "x", **FORM, "most": "7", "over": seen[1]}).status_code == 302
    clash = other.post("/watches/edit/", {"name": "x", **FORM, "most": "9", "over": seen[1]}).content.decode()
    assert "已被他人修改" in clash
    assert _desk(office).profiles()[0].most == 7
    newest = re.search(r'name="over" value="(\w*)"', clash)
    assert newest
    assert (
        other.post("/watches/edit/", {"name": "x", **FORM, "most": "9", "over": newest[1]}).status_code == 302
    )
    assert _desk(office).profiles()[0].most == 9


def test_a_firm_sees_and_changes_its_own_only(signed_in: Callable[..., Any], office: Path) -> None:
    from zhihang.web.accounts.models import Person

    Person.objects.filter(name="firm").update(subject="某企业")
    desk = _desk(office)
    desk.add_one(name="own", addressee="某企业", classes=("H01M",))
    desk.add_one(name="rival", addressee="对手公司", classes=("H01M",), region="450305")
    firm = signed_in("firm")
    text = firm.get("/watches/").content.decode()
    assert "own" in text
    assert "rival" not in text
    assert firm.get("/watches/of/rival/").status_code == 404
    assert "fault-box" in firm.post("/watches/edit/", {"name": "rival", **FORM}).content.decode()
    foreign = {"name": "y", **FORM, "addressee": "对手公司", "organisation": ""}
    assert "fault-box" in firm.post("/watches/edit/", foreign).content.decode()
    assert firm.post("/watches/edit/", {"name": "y", **FORM}).status_code == 302
    assert "rival" in signed_in("county").get("/watches/").content.decode(), "its region"
    auditor = signed_in("auditor")
    assert "rival" in auditor.get("/watches/").content.decode()
    assert auditor.post("/watches/of/rival/", {"what": "stop"}).status_code == 403
    assert firm.post("/watches/", {"what": "run"}).status_code == 403


def test_what_was_told_is_shown_with_its_reason_and_escaped(signed_in: Callable[..., Any], told: str) -> None:
    client = signed_in("office")
    for address in ("/watches/of/firm-a/", "/watches/digest/1/"):
        text = client.get(address).content.decode()
        assert "&lt;script&gt;电池" in text
        assert "<script>电池" not in text
        assert "同类" in text
    assert "共 1 期" in client.get("/watches/log/").content.decode()
    assert client.post("/watches/of/firm-a/", {"item": "CN1", "useful": "yes"}).status_code == 302
    assert "✓ 有用" in client.get("/watches/of/firm-a/").content.decode()


def test_opening_the_link_stops_nothing_confirming_does_and_twice_is_once(
    client: Any, office: Path, told: str
) -> None:
    asked = client.get(f"/push/{told}/stop")
    assert asked.status_code == 200
    assert "确认退订" in asked.content.decode()
    assert _desk(office).profiles()[0].active, "scanners open links"
    for _ in range(2):
        assert "已退订" in client.post(f"/push/{told}/stop").content.decode()
    assert not _desk(office).profiles()[0].active


def test_mail_programs_unsubscribe_with_one_click_without_cookie_or_token(
    office: Path, told: str, clean: Path
) -> None:
    from django.test import Client

    bare = Client(enforce_csrf_checks=True)
    assert bare.post(f"/push/{told}/stop", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not _desk(office).profiles()[0].active


def test_an_item_is_judged_by_a_click_not_by_opening(client: Any, office: Path, told: str) -> None:
    here = f"/push/{told}/judge/CN1/useless"
    text = client.get(here).content.decode()
    assert "&lt;script&gt;" in text
    assert _desk(office).told("firm-a")[0]["useful"] is None
    assert "已记为“无用”" in client.post(here).content.decode()
    assert _desk(office).told("firm-a")[0]["useful"] is False
    assert client.get(f"/push/{told}/judge/CN2/useful").status_code == 404
    assert client.get(f"/push/{told}/judge/CN1/perhaps").status_code == 404


def test_the_feed_needs_the_secret_and_no_account(client: Any, told: str) -> None:
    feed = client.get(f"/push/{told}/feed.xml")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "电池" in feed.content.decode()
    assert "<script>" not in feed.content.decode()
    for path in ("feed.xml", "stop", "judge/CN1/useful"):
        assert client.get(f"/push/wrong-secret/{path}").status_code == 404


def test_looking_and_sending_are_jobs_asked_for_once(signed_in: Callable[..., Any], told: str) -> None:
    from zhihang.web.jobs.models import Job

    client = signed_in("office")
    for what, verb in (("run", "look_for_news"), ("send", "send_news")):
        sent = {client.post("/watches/", {"what": what}).url for _ in range(2)}
        assert len(sent) == 1
        assert Job.objects.filter(verb=verb).count() == 1
