# SPDX-License-Identifier: Apache-2.0
"""Ten walks, one for each group of pages, in Chinese on a screen and in English on a phone: what people come for is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.web.journeys.conftest import Served, Visitor
from tests.web.pages.conftest import write_records

pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize(
        ("language", "width"), [("zh", 1440), ("en", 390)], ids=["Chinese on a screen", "English on a phone"]
    ),
]
Visits = Callable[..., Visitor]
PLAN = "guilin-2016-2020"


def test_the_head_sees_what_is_in_danger_and_in_which_county(
    visits: Visits, language: str, width: int
) -> None:
    who = visits("office", language, width)
    page = who.opens("/")
    assert re.search(r"\d", page.locator("main h1").inner_text()), "the answer is a sentence with its figure"
    page.wait_for_selector("#changed ~ div:not(:has(progress)) >> nth=0")
    who.finds_it_open()
    page.locator(".todo a[hx-get]").first.click()
    page.wait_for_selector("#panel .panel-head h1")
    assert re.search(r"\d", page.locator("#panel").inner_text())
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel .panel-head", state="detached")
    page.locator("details.pick summary").click()
    page.locator("details.pick a[href*='region=450305']").click()
    who.waits()
    assert who.says("七星", "Qixing") in page.locator(".trail").inner_text()
    assert "region=450305" in page.url


def test_a_target_is_split_anew_and_the_plan_told_on_paper(
    visits: Visits, served: Served, language: str, width: int
) -> None:
    who = visits("office", language, width)
    page = who.opens(f"/plans/{PLAN}/")
    assert page.locator("tbody tr").count() >= 5
    who.finds_it_open()
    who.opens(f"/plans/{PLAN}/allocation/")
    number = page.locator("input.cell").first
    before, total = int(number.input_value()), page.locator("tfoot td.n").first.inner_text()
    name = number.get_attribute("name")
    number.fill(str(before + 10))
    number.press("Tab")
    page.wait_for_selector(f"tr.locked input[name='{name}']")
    assert page.locator(f"input[name='{name}']").input_value() == str(before + 10)
    assert page.locator("tfoot td.n").first.inner_text() == total, "the others share the rest"
    who.finds_it_open()
    page.fill("#name", f"plus10-{language}")
    page.locator("#save button").last.click()
    page.wait_for_selector(f"#kept ~ div a:has-text('plus10-{language}')")


def test_a_figure_says_why_with_scripts_and_without(visits: Visits, language: str, width: int) -> None:
    who = visits("office", language, width)
    page = who.opens("/indicators/measure/?indicator=inventions_in_force")
    figure = page.locator("main h1 a.figure")
    said, address = figure.inner_text(), figure.get_attribute("href")
    figure.click()
    page.wait_for_selector("#panel .explanation ol.steps li")
    who.finds_it_open()
    plain = visits("office", language, width, scripts=False)
    plain.page.goto(address)
    plain.page.wait_for_selector(".explanation ol.steps li")
    told = plain.page.locator(".explanation .lead strong").inner_text()
    assert told.replace(",", "").startswith(said.replace(",", "")[:2]), (said, told)


def test_an_indicator_is_found_compared_and_taken_away(visits: Visits, language: str, width: int) -> None:
    who = visits("analyst", language, width)
    page = who.opens("/indicators/")
    page.fill("main input[name=words]", who.says("有效发明", "inventions in force"))
    page.keyboard.press("Enter")
    page.wait_for_url("**words=**")
    who.waits()
    assert page.locator("main a[href*='inventions_in_force']").count() >= 1
    who.opens("/indicators/measure/?indicator=inventions_in_force&by=county")
    assert page.locator("table[data-sorts] tbody tr").count() >= 10
    page.wait_for_selector("figure.chart, figure")
    who.finds_it_open()
    with page.expect_download() as taken:
        page.locator("a[download][href*='form=csv']").click()
    text = Path(taken.value.path()).read_text("utf-8-sig")
    assert "inventions_in_force" in text
    assert text.count("\n") >= 10


def test_an_industry_its_conditions_and_other_bounds(visits: Visits, language: str, width: int) -> None:
    who = visits("analyst", language, width)
    page = who.opens("/industries/")
    page.locator("table[data-sorts] tbody th a").first.click()
    page.wait_for_selector("#panel .panel-head h1")
    who.finds_it_open()
    page.keyboard.press("Escape")
    who.opens("/industries/thresholds/")
    page.fill("#target", "3")
    page.locator("main form.inline button").first.click()
    page.wait_for_url("**target=3**")
    who.waits()
    assert page.locator("main h2").count() >= 1
    who.opens("/parks/")
    who.finds_it_open()


def test_patents_are_sought_narrowed_read_and_kept_as_a_set(
    visits: Visits, language: str, width: int
) -> None:
    who = visits("analyst", language, width)
    page = who.opens("/search/")
    page.fill("#q", "装置")
    page.locator(".search-form .query-line button").click()
    page.wait_for_selector(".hits li")
    count = int(re.sub(r"\D", "", page.locator("main h1").inner_text()))
    who.finds_it_open()
    page.locator(".facets details[open] a").first.click()
    page.wait_for_selector(".chips .chip")
    assert int(re.sub(r"\D", "", page.locator("main h1").inner_text())) <= count
    page.locator(".result-actions summary").first.click()
    page.fill("#set-name", f"device-{language}")
    page.locator(".result-actions form button").first.click()
    page.wait_for_selector(f"a:has-text('device-{language}')")
    who.opens("/search/?q=" + quote("装置"))
    page.locator(".hits h2 a").first.click()
    page.wait_for_url("**/patents/**")
    who.waits()
    who.finds_it_open()


def test_a_watch_is_begun_and_stopped(visits: Visits, language: str, width: int) -> None:
    who, name = visits("office", language, width), f"battery-{language}"
    page = who.opens("/watches/edit/")
    page.fill("#w-name", name)
    page.fill("#w-queries", "装置")
    who.finds_it_open()
    page.locator("main form.stacked .actions button").click()
    page.wait_for_selector("main h1")
    who.opens("/watches/")
    assert name in page.locator("tbody").inner_text()
    who.opens(f"/watches/edit/?watch={name}")
    page.locator("input[name=active]").uncheck()
    page.locator("main form.stacked .actions button").click()
    who.opens("/watches/")
    row = page.locator("tbody tr", has_text=name)
    assert who.says("已停用", "Stopped") in row.inner_text()


def test_a_study_is_begun_and_its_patents_labelled(visits: Visits, language: str, width: int) -> None:
    who = visits("analyst", language, width)
    page = who.opens("/studies/")
    if not page.locator("#s-name").is_visible():
        page.locator("main details summary").first.click()
    page.fill("#s-name", f"devices {language}")
    page.fill("#s-query", "TI=装置")
    page.fill("#s-region", "450300")
    page.locator("main form.stacked button").click()
    who.waits()
    page.wait_for_url(re.compile(r"/studies/[^/?]+"))
    who.finds_it_open()
    page.locator("main a[href*='/tag/']").first.click()
    page.wait_for_url("**/tag/**")
    who.waits()
    who.finds_it_open()


def test_a_file_comes_in_is_seen_before_and_after(
    visits: Visits, tmp_path: Path, language: str, width: int
) -> None:
    who = visits("office", language, width)
    page = who.opens("/data/upload/")
    path = write_records(tmp_path / f"month-{language}.csv")
    if language == "en":
        path.write_text(path.read_text("utf-8-sig").replace("电池外壳", "电池盒"), "utf-8-sig")
    who.finds_it_open()
    page.set_input_files("#file", str(path))
    page.locator("form[data-upload] .actions button").click()
    page.wait_for_url(re.compile(r"/data/upload/[0-9a-f]{16}/"))
    who.waits()
    who.finds_it_open()
    page.locator("button[value=confirm]").click()
    page.wait_for_url(re.compile(r"/jobs/\d+"))
    page.wait_for_selector(f"h1:has-text('{who.says('已完成', 'Done')}')")
    page.locator("dd a.button").click()
    page.wait_for_url("**/data/files/**")
    who.waits()
    assert f"month-{language}.csv" in page.locator("main").inner_text()


def test_an_account_is_made_and_the_log_says_so(visits: Visits, language: str, width: int) -> None:
    who, name = visits("administrator", language, width), f"lingui-{language}"
    page = who.opens("/administration/people/new/")
    page.fill("#f-name", name)
    page.select_option("#f-role", "auditor")
    page.locator("main form button").click()
    page.wait_for_selector("main .note code")
    who.finds_it_open()
    who.opens("/administration/log/")
    assert name in page.locator("tbody tr").first.inner_text()
    who.opens("/administration/system/")
    who.finds_it_open()
