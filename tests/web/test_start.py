# SPDX-License-Identifier: Apache-2.0
"""Serving begins in an order: the port is free, the files of the pages are gathered, only then settings are read."""

from __future__ import annotations

import pytest


def test_files_are_gathered_before_settings_say_whether_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihang.web import __main__, commands

    done: list[str] = []
    for name in ("require_free", "gather", "prepare", "serve"):
        monkeypatch.setattr(commands, name, lambda *_, _name=name, **__: done.append(_name))
    assert __main__.main(["serve", "--port", "8123"]) == 0
    assert done == ["require_free", "gather", "prepare", "serve"]
