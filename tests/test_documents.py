# SPDX-License-Identifier: Apache-2.0
"""The documents hold together: links lead somewhere, every page is listed, generated ones are current."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
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


def test_generated_pages_are_current() -> None:
    checked = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
