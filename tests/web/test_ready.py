# SPDX-License-Identifier: Apache-2.0
"""A process of the server brings in what answers need; what is not installed is passed over."""

from __future__ import annotations

import sys

import pytest


def test_libraries_are_brought_in_beside_and_missing_ones_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from zhihang.web import ready

    monkeypatch.setattr(ready, "HEAVY", ("no_such_library", "wsgiref.validate"))
    monkeypatch.delitem(sys.modules, "wsgiref.validate", raising=False)
    ready.get_ready().join(10)
    assert "wsgiref.validate" in sys.modules
