# SPDX-License-Identifier: Apache-2.0
"""Every page in a real browser, in both languages: no fault of a script, nothing that hinders who cannot see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.web.test_every_page import QUERIES, addresses

pytestmark = pytest.mark.journey
SEEN_ELSEWHERE = ("sign_in",)
"""Pages that send on who is signed in."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_for_everybody(browsing: Callable[..., Any], language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from zhihang.web.page import pages

    page, hindered, opened = browsing("administrator", ignore=("status of 4",)), {}, 0
    for name, address in addresses().items():
        shows = "Context" in str(pages()[name].show.__annotations__["return"])
        if "GET" not in pages()[name].methods or not shows or name in SEEN_ELSEWHERE:
            continue
        page.goto(f"{address}?lang={language}&{QUERIES.get(name, '')}")
        page.wait_for_selector("main h1, main .empty, main p")
        page.wait_for_selector(
            "main > [data-again], main section[data-again]", state="detached", timeout=60_000
        )
        page.wait_for_load_state("load")
        told = Axe().run(page).response["violations"]
        grave = [one for one in told if one["impact"] in ("serious", "critical")]
        if grave:
            hindered[name] = [(one["id"], one["nodes"][0]["html"][:120]) for one in grave]
        opened += 1
    assert opened > 20
    assert not hindered


@pytest.mark.parametrize("width", [1440, 390])
def test_the_administrator_makes_an_account_and_its_owner_takes_it_over(
    browsing: Callable[..., Any], width: int
) -> None:
    from zhihang.web.accounts.models import Person

    name = f"lingui{width}"
    try:
        page = browsing("administrator", width=width)
        page.goto("/administration/people/new/")
        page.fill("#f-name", name)
        page.select_option("#f-role", "county")
        page.click("main button")
        page.wait_for_selector("#x-region, #f-region:invalid")
        page.fill("#f-region", "450312")
        page.click("main button")
        password = page.locator("main .note code").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            "nothing sticks out"
        )
        page.goto("/administration/log/")
        assert name in page.locator("tbody tr").first.inner_text()
        own = browsing("", width=width)
        own.goto("/sign-in/")
        own.fill("#name", name)
        own.fill("#password", password)
        own.click("main button")
        own.wait_for_url("**/account/**")
        own.fill("#p1", password)
        own.fill("#p2", "mine and only mine 3")
        own.locator("form:has(#p2) button").click()
        own.wait_for_load_state("load")
        own.goto("/plans/")
        assert own.locator("tbody tr").count() >= 5
    finally:
        Person.objects.filter(name=name).delete()
