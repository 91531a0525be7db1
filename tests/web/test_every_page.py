# SPDX-License-Identifier: Apache-2.0
"""Every address, asked for by every role: opened, refused, or sent to sign in; never a fault of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.web.people import ROLES

EXAMPLES = {
    "plan": "guilin-2016-2020",
    "number": "1",
    "code": "inventions_in_force",
    "name": "guilin-2016-2020",
    "upload": "0123456789abcdef",
    "token": "no-such-token",
    "item": "CN1",
    "vote": "useful",
    "watch": "no-such-watch",
    "study": "no-such-study",
}
"""What stands in the places of an address such as ``plans/<slug:plan>/``; 1 in all others."""
QUERIES = {
    "embed": "indicator=invention_filings&basis=published&from=2010&to=2017",
    "explain": "indicator=inventions_in_force&period=2017",
    "explain_target": "plan=guilin-2016-2020&target=T003",
}
"""Further state that a page needs."""
GUARDED = {"embed", "enterprise", "fact_sheet", "park"}
"""Pages that look at more than the region of the address and refuse by themselves."""
FINE = {200, 202, 302, 404}
REGIONS = {"inside": "450305", "outside": "450324"}


def addresses() -> dict[str, str]:
    """Return an address of each page, with examples in its places."""
    from zhihang.web.page import pages

    return {one.name: "/" + re.sub(r"<(?:\w+:)?(\w+)>", _example, one.address) for one in pages().values()}


def _example(place: re.Match[str]) -> str:
    return EXAMPLES.get(place[1], "1")


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_each_page_opens_for_roles_that_may_and_for_no_other(
    role: str, client: Any, signed_in: Callable[..., Any], office: object
) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.page import pages

    person = Person.objects.get(name=role) if role else Person(role="public", is_active=False)
    asking = signed_in(role) if role else client
    told = {}
    for name, address in addresses().items():
        shown = pages()[name]
        if "GET" not in shown.methods:
            continue
        for where, region in REGIONS.items():
            answered = asking.get(f"{address}?region={region}&{QUERIES.get(name, '')}").status_code
            if not person.may(shown.permission):
                expected = {403} if role else {302}
            elif shown.scoped and not person.reaches(region):
                expected = {403}
            else:
                expected = FINE | {422} | ({503} if name == "health" else set())
                expected |= {403} if name in GUARDED and role not in ("administrator", "office") else set()
            if answered not in expected:
                told[f"{name} {where}"] = (answered, expected)
    assert not told


def test_changes_are_refused_without_the_token_of_the_form(
    office: object, signed_in: Callable[..., Any]
) -> None:
    from zhihang.web.page import pages

    known = addresses()
    asking = signed_in("administrator", enforce_csrf_checks=True)
    posting = [name for name, one in pages().items() if "POST" in one.methods and not one.csrf_exempt]
    assert posting
    assert {name: asking.post(known[name]).status_code for name in posting} == dict.fromkeys(posting, 403)


def test_no_page_answers_methods_it_does_not_know(signed_in: Callable[..., Any]) -> None:
    asking = signed_in("administrator")
    answered = {name: asking.delete(address).status_code for name, address in addresses().items()}
    assert answered == dict.fromkeys(answered, 405)


def test_every_page_forbids_foreign_code(client: Any) -> None:
    answered = client.get("/sign-in/")
    policy = answered.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", answered.content.decode())
    assert not re.search(r"\s(?:style|on\w+)=", answered.content.decode())


def test_templates_hold_no_inline_script_or_style(office: object) -> None:
    from zhihang.web.settings import HERE

    found = {
        path.name: hits
        for path in [*HERE.rglob("templates/**/*.html"), *HERE.rglob("pages/*.html")]
        if (
            hits := re.findall(
                r"\s(?:style|on(?:click|load|error|submit|change))=|<script>", path.read_text("utf-8")
            )
        )
    }
    assert not found


def test_every_page_has_its_template_and_both_titles(office: object) -> None:
    from zhihang.web.page import ROOMS, pages
    from zhihang.web.settings import HERE

    for name, one in pages().items():
        assert one.room is None or one.room in ROOMS, name
        shows = "Context" in str(one.show.__annotations__["return"])
        assert (HERE / "pages" / f"{name}.html").exists() == shows, name
