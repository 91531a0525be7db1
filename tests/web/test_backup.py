# SPDX-License-Identifier: Apache-2.0
"""A back-up holds accounts, log and store as of one run, is for its owner alone, and comes back as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from zhihang.errors import NotAllowed, SourceError


def test_what_was_backed_up_comes_back(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihang.web.backup import back_up, restore
    from zhihang.workspace import open_workspace

    file, again = tmp_path / "monday.tar.gz", tmp_path / "again"
    back_up(file)
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(NotAllowed):
        back_up(file)
    monkeypatch.setenv("ZHIHANG_WORKSPACE", str(again))
    restore(file)
    before, after = open_workspace(office), open_workspace(again)
    assert after.store.manifest.version == before.store.manifest.version
    assert after.plans.observations() == before.plans.observations()
    with sqlite3.connect(again / "web" / "web.sqlite3") as database:
        names = {name for (name,) in database.execute("SELECT name FROM accounts_person")}
    assert {"office", "county"} <= names
    assert (again / "web" / "secret").stat().st_mode & 0o077 == 0
    with pytest.raises(NotAllowed):
        restore(file)


def test_half_a_back_up_is_refused(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihang.web.backup import restore

    torn = tmp_path / "torn.tar.gz"
    torn.write_bytes(b"\x1f\x8b\x08\x00torn")
    monkeypatch.setenv("ZHIHANG_WORKSPACE", str(tmp_path / "again"))
    with pytest.raises(SourceError):
        restore(torn)
