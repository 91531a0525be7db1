# SPDX-License-Identifier: Apache-2.0
"""Search and industries in a real browser: suggestions, the panel, the slider, small screens, who cannot see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.web.pages.conftest import looks_at, patents_folder, region_folder  # noqa: F401 - fixtures

SEARCH = "/search/?q=" + quote("电池")
ADDRESSES = (
    "industries/",
    "industries/thresholds/",
    "enterprises/",
    "enterprises/holders/",
    "parks/",
    "search/topics/",
)
ROOM = "region=450305&at=2018-12-31"


def _read(page: Any, address: str) -> Any:
    page.goto(address)
    page.wait_for_selector("main h1")
    page.wait_for_selector("[data-again]", state="detached", timeout=60_000)
    page.wait_for_load_state("load")
    return page


def _grave(page: Any) -> list[tuple[str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    told = Axe().run(page).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:120]) for one in told if one["impact"] in ("serious", "critical")
    ]


def test_the_box_suggests_fields_and_the_slash_leads_to_it(
    browsing: Callable[..., Any],
    looks_at: Callable[[Path], None],  # noqa: F811
    patents_folder: Path,  # noqa: F811
) -> None:
    looks_at(patents_folder)
    page = _read(browsing("analyst", width=390, dark=True), SEARCH)
    page.wait_for_selector("textarea[role=combobox]")
    page.keyboard.press("/")
    page.keyboard.press("End")
    page.keyboard.type(" IP")
    assert "IPC=" in page.locator(".suggestions li").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#q").input_value() == "电池 IPC="
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out"
    assert _grave(page) == []


def test_hits_and_records_hinder_nobody_and_read_without_scripts(
    browsing: Callable[..., Any],
    looks_at: Callable[[Path], None],  # noqa: F811
    patents_folder: Path,  # noqa: F811
) -> None:
    looks_at(patents_folder)
    page = _read(browsing("analyst"), SEARCH)
    page.locator(".hits a[hx-get]").first.click()
    page.wait_for_selector("#panel h1", timeout=60_000)
    assert _grave(page) == []
    _read(page, page.locator(".hits h2 a").first.get_attribute("href"))
    assert _grave(page) == []
    plain = browsing("analyst", scripts=False)
    plain.goto(SEARCH)
    assert plain.locator(".hits li").count() == 20


@pytest.mark.slow
@pytest.mark.parametrize(("width", "dark", "language"), [(1440, False, "zh"), (390, True, "en")])
def test_the_rooms_of_industries_fit_every_screen(
    browsing: Callable[..., Any],
    looks_at: Callable[[Path], None],  # noqa: F811
    region_folder: Path,  # noqa: F811
    width: int,
    dark: bool,
    language: str,
) -> None:
    looks_at(region_folder)
    page = browsing("office", width=width, dark=dark)
    found = {}
    for address in (
        "industries/",
        "industries/thresholds/",
        "enterprises/",
        "enterprises/holders/",
        "parks/",
        "search/topics/",
    ):
        _read(page, f"/{address}?{ROOM}&lang={language}")
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            found[address] = [("width", "sticks out")]
        found[address] = [*found.get(address, []), *_grave(page)]
    assert {address: faults for address, faults in found.items() if faults} == {}
