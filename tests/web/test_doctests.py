# SPDX-License-Identifier: Apache-2.0
"""The examples in the docstrings of the web hold, and every module of it can be imported."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path


def test_examples_of_the_web_hold(office: Path) -> None:
    import zhihang.web

    names = [found.name for found in pkgutil.walk_packages(zhihang.web.__path__, "zhihang.web.")]
    tried = [doctest.testmod(importlib.import_module(n)) for n in names if not n.endswith("__main__")]
    assert sum(found.failed for found in tried) == 0
    assert sum(found.attempted for found in tried) > 3
