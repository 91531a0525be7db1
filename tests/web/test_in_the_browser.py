# SPDX-License-Identifier: Apache-2.0
"""As a person would: sign in, read the overview, ask a figure why, close it, print, without scripts, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MEASURED = "/indicators/measure/?indicator=invention_filings&basis=published&from=2010&to=2017&region=450300"
START = "/?region=450300&at=2017-12-31"


def _read(page: Any, address: str) -> Any:
    page.goto(address)
    page.wait_for_selector("main h1")
    page.wait_for_selector("[data-again]", state="detached", timeout=60_000)
    page.wait_for_load_state("load")
    return page


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_a_figure_tells_where_it_comes_from(browsing: Callable[..., Any], width: int, dark: bool) -> None:
    page = _read(browsing("office", width=width, dark=dark), START)
    assert "桂林" in page.locator(".bar").inner_text()
    page.locator("tbody a.figure").first.click()
    page.wait_for_selector("#panel h1", timeout=60_000)
    page.wait_for_selector("#panel [data-again]", state="detached", timeout=60_000)
    assert page.locator("#panel .steps, #panel table").count() > 0
    page.keyboard.press("Escape")
    assert page.locator("#panel > *").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out"


def test_charts_are_drawn_and_their_tables_stay_at_hand(browsing: Callable[..., Any]) -> None:
    page = _read(
        browsing("office"),
        MEASURED,
    )
    page.wait_for_selector("figure.chart")
    if page.evaluate("fetch(document.documentElement.dataset.echarts).then((got) => got.ok)"):
        page.wait_for_selector("figure.chart canvas")
    assert page.locator("figure.chart table tbody tr").count() == 8


def test_pages_read_without_scripts(browsing: Callable[..., Any]) -> None:
    page = browsing("office", scripts=False)
    page.goto("/plans/")
    assert page.locator("tbody tr").count() >= 5
    page.goto("/indicators/?words=invention")
    assert page.locator("tbody tr").count() > 20


def test_the_keyboard_leads_to_rooms_and_to_the_list_of_keys(browsing: Callable[..., Any]) -> None:
    page = _read(browsing("office"), "/plans/")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/indicators/**")
    page.wait_for_load_state("load")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_no_page_hinders_who_cannot_see(browsing: Callable[..., Any], language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browsing("office")
    found = {}
    for address in (
        START,
        "/plans/",
        "/plans/guilin-2016-2020/",
        "/indicators/?words=invention",
        "/account/",
    ):
        _read(page, f"{address}{'&' if '?' in address else '?'}lang={language}")
        told = Axe().run(page).response["violations"]
        grave = [one for one in told if one["impact"] in ("serious", "critical")]
        found[address] = [(one["id"], one["nodes"][0]["html"][:120]) for one in grave]
    assert {address: faults for address, faults in found.items() if faults} == {}
