# SPDX-License-Identifier: Apache-2.0
"""A server that is killed, a back-up under load, two tabs, the back button, a plan that is gone: nothing is lost or half."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.web.journeys.conftest import REGION, Served, Visitor
from tests.web.pages.conftest import write_records

pytestmark = pytest.mark.journey
Visits = Callable[..., Visitor]


def _confirmed(who: Visitor, path: Path) -> str:
    """Upload a file, confirm it, and return the address of its job."""
    page = who.opens("/data/upload/")
    page.set_input_files("#file", str(path))
    page.locator("form[data-upload] .actions button").click()
    page.wait_for_url(re.compile(r"/data/upload/[0-9a-f]{16}/"))
    who.waits()
    page.locator("button[value=confirm]").click()
    page.wait_for_url(re.compile(r"/jobs/\d+"))
    found = re.search(r"/jobs/\d+/", page.url)
    assert found is not None
    return found[0]


def _counted(folder: Path) -> list[dict[str, Any]]:
    """Return the figures that a workspace counts, and how many rows it holds."""
    from zhihang.workspace import open_workspace

    workspace = open_workspace(folder)
    told = workspace.measure(["inventions_in_force", "invention_filings"], REGION, first="2014", last="2018")
    held = workspace.store.table("application").count().as_table()
    return [*workspace.store.collect(held).to_pylist(), *workspace.store.collect(told).to_pylist()]


def test_a_job_whose_server_is_killed_is_taken_up_or_told(
    visits: Visits, served: Served, tmp_path: Path
) -> None:
    who = visits("office", "zh", ignore="Failed to load resource")
    job = _confirmed(who, write_records(tmp_path / "killed.csv"))
    served.kill()
    served.start()
    page = who.opens(job)
    page.wait_for_selector("h1:has-text('已完成'), h1:has-text('中断')")
    who.opens("/data/files/")
    assert page.locator("main", has_text="killed.csv").count() == 1


def test_a_back_up_under_load_comes_back_with_the_same_figures(
    visits: Visits, served: Served, tmp_path: Path
) -> None:
    who = visits("office", "zh")
    before = _counted(served.folder)
    path = write_records(tmp_path / "meanwhile.csv")
    path.write_text(
        path.read_text("utf-8-sig").replace("2019100", "2019200").replace("CN1100", "CN1200"), "utf-8-sig"
    )
    job, ended = _confirmed(who, path), threading.Event()

    def asking() -> None:
        import urllib.request

        while not ended.is_set():
            urllib.request.urlopen(f"{served.address}/sign-in/", timeout=60).close()

    crowd = [threading.Thread(target=asking) for _ in range(3)]
    for one in crowd:
        one.start()
    kept = tmp_path / "kept.tar.gz"
    assert served.run("backup", str(kept)) == 0
    ended.set()
    for one in crowd:
        one.join()
    page = who.opens(job)
    page.wait_for_selector("h1:has-text('已完成')")
    after = _counted(served.folder)
    back = tmp_path / "back"
    assert served.run("restore", str(kept), folder=back) == 0
    assert _counted(back) in (before, after)


def test_the_back_button_after_confirming_shows_what_became_of_it(visits: Visits, tmp_path: Path) -> None:
    who = visits("office", "zh")
    _confirmed(who, write_records(tmp_path / "back-button.csv"))
    page = who.page
    page.go_back()
    who.waits()
    assert "已确认" in page.locator("main h1").inner_text()
    assert page.locator("button[value=confirm]").count() == 0


def test_two_tabs_confirm_one_upload_once(visits: Visits, tmp_path: Path) -> None:
    who = visits("office", "zh")
    page = who.opens("/data/upload/")
    page.set_input_files("#file", str(write_records(tmp_path / "two-tabs.csv")))
    page.locator("form[data-upload] .actions button").click()
    page.wait_for_url(re.compile(r"/data/upload/[0-9a-f]{16}/"))
    who.waits()
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("button[value=confirm]")
    page.locator("button[value=confirm]").click()
    page.wait_for_url(re.compile(r"/jobs/\d+"))
    other.locator("button[value=confirm]").click()
    other.wait_for_url(re.compile(r"/jobs/\d+"))
    assert re.findall(r"/jobs/(\d+)/", page.url) == re.findall(r"/jobs/(\d+)/", other.url)


def test_a_double_click_on_send_makes_one(visits: Visits) -> None:
    who = visits("office", "zh")
    page = who.opens("/watches/edit/")
    page.fill("#w-name", "twice")
    page.fill("#w-queries", "装置")
    page.locator("main form.stacked .actions button").dblclick()
    page.wait_for_url(lambda address: "/watches/edit/" not in address)
    who.opens("/watches/")
    assert page.locator("tbody th", has_text=re.compile("^twice$")).count() == 1


def test_a_plan_that_goes_while_its_page_is_open_is_told_in_words(visits: Visits, served: Served) -> None:
    who = visits("office", "zh", ignore="status of 404")
    source = Path(sys.modules["zhihang"].__path__[0]) / "planning" / "plans" / "guilin-2016-2020.yaml"
    own = served.folder / "plans" / "gone-2016-2020.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(source.read_text("utf-8").replace("guilin-2016-2020", "gone-2016-2020"), "utf-8")
    page = who.opens("/plans/gone-2016-2020/")
    own.unlink()
    page.wait_for_function(
        "async () => (await fetch('/plans/gone-2016-2020/', {headers: {'HX-Request': 'true'}})).status === 404",
        polling=500,
    )
    page.reload()
    page.wait_for_selector("main h1")
    assert "没有" in page.locator("main").inner_text()
    assert "gone-2016-2020" in page.locator("main").inner_text()


def test_a_wrong_link_leads_on(visits: Visits) -> None:
    who = visits("office", "zh", ignore="status of 4")
    for address in ("/no/such/page/", "/plans/none/", "/patents/XX/", "/jobs/999999/", "/?at=2018-02-30"):
        who.page.goto(address)
        assert who.page.locator("main h1").inner_text(), address
        assert who.page.locator("nav.rooms a").count() >= 5, address
