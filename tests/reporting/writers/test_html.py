# SPDX-License-Identifier: Apache-2.0
"""HTML pages stand alone and can be read without seeing them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.reporting_sample import notice

from zhihang.reporting.write import render

VOID = {"meta", "br", "link", "img", "hr"}


class Reading(HTMLParser):
    """Collects elements and attributes; finds elements that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page() -> str:
    return render(notice(), "html").decode("utf-8")


@pytest.fixture(scope="module")
def read(page: str) -> Reading:
    reading = Reading()
    reading.feed(page)
    assert reading.open == []
    return reading


def test_the_page_fetches_nothing(page: str, read: Reading) -> None:
    names = {tag for tag, _ in read.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form"}
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert all(address.startswith("#") for address in addresses)
    assert "default-src 'none'" in page
    assert not re.search(r"@import|url\((?!#)", page)


def test_ids_are_unique_and_links_lead_to_them(page: str, read: Reading) -> None:
    ids = Counter(attributes["id"] for _, attributes in read.elements if "id" in attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    targets = {match[1:] for match in re.findall(r'href="(#[^"]+)"', page)}
    targets |= set(re.findall(r"url\(#([^)]+)\)", page))
    assert targets <= set(ids)


def test_tables_can_be_read_aloud(read: Reading) -> None:
    tables = [attributes for tag, attributes in read.elements if tag == "table"]
    captions = [tag for tag, _ in read.elements if tag == "caption"]
    assert len(tables) == len(captions) == 2 + 7
    assert all("scope" in attributes for tag, attributes in read.elements if tag == "th")


def test_charts_are_vectors_with_a_description_and_their_figures(page: str, read: Reading) -> None:
    pictures = [attributes for tag, attributes in read.elements if tag == "svg"]
    assert len(pictures) == 7
    assert all(attributes["role"] == "img" and len(attributes["aria-label"]) > 20 for attributes in pictures)
    assert page.count("<summary>图中数据</summary>") == 7
    assert ">预测中位<" in page


def test_charts_follow_light_and_dark(page: str) -> None:
    assert "var(--ink)" in page.split("<svg", 1)[1]
    assert "prefers-color-scheme: dark" in page


def test_simulated_figures_are_marked_on_screen_and_paper(page: str) -> None:
    assert 'class="simulated"' in page
    assert "position: fixed" in page
    real = replace(notice(simulated=False), blocks=notice().blocks[:4], annexes=())
    assert "模拟数据" not in render(real, "html").decode("utf-8")
