# SPDX-License-Identifier: Apache-2.0
"""The tutorial and the how-to pages show what really happens: their commands are run and the outputs compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console_page import run_page, runnable

DOCS = Path(__file__).resolve().parent.parent / "docs"
RUNNABLE = [page for page in sorted(DOCS.rglob("*.md")) if runnable(page)]


@pytest.mark.parametrize("page", RUNNABLE, ids=lambda page: page.stem)
def test_commands_of_a_page_give_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIHANG_WORKSPACE", "")  # so that what the page sets is taken back
    monkeypatch.delenv("ZHIHANG_WORKSPACE")
    text, differences = run_page(page)
    if request.config.getoption("--update-golden"):
        page.write_text(text, encoding="utf-8")
        return
    told = "\n\n".join(f"{d.command}shows\n{d.shown}\ngives\n{d.output}" for d in differences)
    assert not differences, f"{page.name} is not current; `make golden` writes the outputs anew\n\n{told}"
