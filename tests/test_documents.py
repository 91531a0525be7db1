# SPDX-License-Identifier: Apache-2.0
"""The documents hold together: links lead somewhere, every page is listed, generated ones are current."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.ingestion.reader import readers
from zhihang.settings import KNOWN_SETTINGS
from zhihang.terms import application_number, publication_number

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    lost = [target for target in targets if not (page.parent / target).exists()]
    assert not lost, f"{page.relative_to(ROOT)} points to {lost}"


def test_every_page_is_on_the_index() -> None:
    targets = LINK.findall((DOCS / "README.md").read_text(encoding="utf-8"))
    listed = {(DOCS / target).resolve() for target in targets}
    unlisted = [str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md") if page.resolve() not in listed]
    assert sorted(unlisted) == ["README.md"], "docs/README.md lists every page"


def test_the_reference_names_every_thing_on_a_shelf() -> None:
    shelves = {
        "tables.md": TABLES.names(),
        "readers.md": readers().names(),
        "codelists.md": [name for name in CodeLists().names() if name != "codelist"],
        "commands.md": [
            path.stem.replace("_", "-") for path in (ROOT / "src/zhihang/cli/commands").glob("[a-z]*.py")
        ],
    }
    for page, names in shelves.items():
        headings = set(re.findall(r"^## (\S+)$", (REFERENCE / page).read_text(encoding="utf-8"), re.M))
        assert set(names) <= headings, page


def test_every_reader_says_what_it_knows_its_files_by() -> None:
    page = (REFERENCE / "readers.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", page, re.M | re.S))
    assert [name for name in readers().names() if "known by" not in sections[name]] == []


def test_examples_of_identifiers_are_right() -> None:
    page = (DOCS / "explanation" / "identifiers.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (\w*) ?\| `([^`]+)` \|(?: (\w*) ?\|)?$", page, re.M)
    assert len(rows) > 15
    for written, office, told, check in rows:
        application = application_number.settle_one(written, default_office=office or None)
        publication = publication_number.settle_one(written, default_office=office or None)
        assert told in (application.application_id, publication.publication_id), written
        if told == application.application_id:
            assert check == (application.check_digit or ""), written


def test_every_setting_is_explained() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    names = [name for section in KNOWN_SETTINGS.values() for name in section]
    assert [name for name in names if f"| `{name}` |" not in page] == []


@pytest.mark.slow  # `make check` asks the same
def test_generated_pages_are_current() -> None:
    checked = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
