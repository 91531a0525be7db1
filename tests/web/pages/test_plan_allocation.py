# SPDX-License-Identifier: Apache-2.0
"""The studio: locks move the others, wishes that contradict are told, a second save shows the difference."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = "/plans/guilin-2016-2020/allocation/"
QIXING = "450305"
TARGET = {"target": "T003", "year": "2020", "shown": "2020", "method": "as_planned"}


@pytest.fixture(autouse=True)
def no_scenarios(office: Path) -> Iterator[None]:
    import shutil

    yield
    shutil.rmtree(office / "scenarios", ignore_errors=True)


def _cells(client: Any, **asked: Any) -> dict[str, int]:
    answered = client.get(HERE, {**TARGET, **asked, "form": "csv"})
    rows = csv.DictReader(io.StringIO(answered.content.decode("utf-8-sig")))
    return {row["地区代码"]: int(row["分解数"]) for row in rows if row["年"] == "2020"}


def test_sixty_fewer_for_one_division_are_shared_by_the_others_and_each_says_why(
    signed_in: Callable[..., Any],
) -> None:
    office = signed_in("office")
    before = _cells(office)
    assert sum(before.values()) == 6600
    wish = {f"v-{QIXING}": str(before[QIXING] - 60), f"k-{QIXING}": "1"}
    after = _cells(office, **wish)
    assert after[QIXING] == before[QIXING] - 60
    assert sum(after.values()) == 6600
    text = office.get(HERE, {**TARGET, **wish}).content.decode()
    assert "与规划附件相比在地区间调整 60" in text
    assert "−60" in text
    assert "锁定" in text


def test_locks_of_other_years_stay_while_one_year_is_in_view(signed_in: Callable[..., Any]) -> None:
    text = signed_in("office").get(HERE, {**TARGET, "lock": f"{QIXING}-2018-3000"}).content.decode()
    assert f'name="lock" value="{QIXING}-2018-3000"' in text
    assert "已锁定 1 格" in text


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({f"v-{QIXING}": "9000", f"k-{QIXING}": "1"}, "450305"),
        ({f"v-{QIXING}": "many", f"k-{QIXING}": "1"}, "many"),
        ({"method": "by_feeling"}, "by_feeling"),
        ({"lock": "450399-2020-1"}, "450399"),
        ({"this_total": "-5"}, "-5"),
    ],
)
def test_what_cannot_be_is_told_beside_the_form_and_nothing_typed_is_lost(
    signed_in: Callable[..., Any], wish: dict[str, str], told: str
) -> None:
    answered = signed_in("office").get(HERE, {**TARGET, **wish})
    text = answered.content.decode()
    assert answered.status_code == 200
    assert "fault-box" in text
    assert told in text
    typed = wish.get(f"v-{QIXING}")
    if typed:
        assert f'value="{typed}" aria-invalid="true"' in text


def _save(client: Any, name: str, value: int, over: str = "") -> Any:
    wish = {"what": "save", "target": "T003", "method": "as_planned", "name": name, "over": over}
    return client.post(HERE, {**wish, "lock": f"{QIXING}-2020-{value}", "shown": "2020"})


def test_a_second_save_over_somebody_elses_shows_the_difference_first(signed_in: Callable[..., Any]) -> None:
    one, other = signed_in("office"), signed_in("administrator")
    assert _save(one, "少60", 4400).status_code == 302
    opened = other.get(HERE, {"target": "T003", "scenario": "少60"}).content.decode()
    seen = re.search(r'name="over" value="([0-9a-f]{16})"', opened)
    assert seen
    assert _save(one, "少60", 4300, seen[1]).status_code == 302
    clash = _save(other, "少60", 4200, seen[1]).content.decode()
    assert "已被他人修改" in clash
    assert "4200" in clash
    assert "4300" in clash
    assert "4300" in one.get(HERE, {"target": "T003", "scenario": "少60"}).content.decode(), "not overwritten"
    newest = re.search(r'<button form="save" name="over" value="([0-9a-f]{16})"', clash)
    assert newest
    assert _save(other, "少60", 4200, newest[1]).status_code == 302
    assert 'value="4200"' in one.get(HERE, {"target": "T003", "scenario": "少60"}).content.decode()


def test_saving_twice_the_same_is_one_scenario_and_a_deleted_one_is_told(
    signed_in: Callable[..., Any],
) -> None:
    office = signed_in("office")
    assert _save(office, "甲", 4400).status_code == 302
    assert _save(office, "甲", 4400).status_code == 302, "a double click"
    kept = office.get(HERE, {"target": "T003"}).content.decode()
    assert kept.count('value="甲" selected') + kept.count(">甲</a>") == 1
    drop = {"what": "drop", "target": "T003", "name": "甲"}
    assert office.post(HERE, drop).status_code == 302
    again = office.post(HERE, drop)
    assert "fault-box" in again.content.decode()
    gone = office.get(HERE, {"target": "T003", "scenario": "甲"}).content.decode()
    assert "该方案已不存在" in gone


def test_a_county_tries_splits_but_does_not_save_them(signed_in: Callable[..., Any]) -> None:
    county = signed_in("county")
    assert "试算" in county.get(HERE, {"target": "T003"}).content.decode()
    assert _save(county, "县里的", 4400).status_code == 403
    assert signed_in("auditor").get(HERE).status_code == 200
    assert _save(signed_in("auditor"), "审计", 4400).status_code == 403


@pytest.mark.parametrize("name", ["../../x", "a/b", "", "<b>", "长" * 41])
def test_names_that_are_none_are_told(signed_in: Callable[..., Any], name: str) -> None:
    answered = _save(signed_in("office"), name, 4400)
    assert answered.status_code == 200
    assert "方案名称无效" in answered.content.decode()


def test_a_full_disk_is_told_and_what_was_typed_stays(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.desks import scenarios

    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scenarios, "_write", full)
    text = _save(signed_in("office"), "甲", 4400).content.decode()
    assert "方案无法保存" in text
    assert f"{QIXING}-2020-4400" in text or 'value="4400"' in text


def test_a_plan_that_is_gone_is_a_page_that_says_so(signed_in: Callable[..., Any]) -> None:
    answered = signed_in("office").get("/plans/no-such-plan/allocation/")
    assert answered.status_code == 404
    assert "guilin-2016-2020" in answered.content.decode()


def test_a_slider_in_the_browser_locks_and_solves_at_once(browsing: Callable[..., Any]) -> None:
    page = browsing("office")
    page.goto(f"{HERE}?target=T003&year=2020")
    before = int(page.input_value(f"#v-{QIXING}"))
    with page.expect_response(lambda answer: "allocation" in answer.url):
        page.fill(f"#v-{QIXING}", str(before - 60))
        page.press(f"#v-{QIXING}", "Tab")
    page.wait_for_function("document.querySelector('h1').textContent.includes('60')")
    assert f"v-{QIXING}={before - 60}" in page.url
    assert page.is_checked(f"#k-{QIXING}")
