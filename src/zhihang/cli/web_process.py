# SPDX-License-Identifier: Apache-2.0
"""Hand over to the process of the pages: command line and web stand side by side and do not import each other."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from zhihang.errors import NotInstalled


def become_web(folder: Path, *arguments: str, settings: Mapping[str, str] | None = None) -> NoReturn:
    """Become ``python -m zhihang.web`` on a workspace; `settings` stand before those of its section ``[web]``."""
    missing = [name for name in ("django", "granian", "huey") if importlib.util.find_spec(name) is None]
    if missing:
        raise NotInstalled(
            "The packages of the pages are not installed.",
            {"missing": ", ".join(missing)},
            todo="pip install zhihang[web]",
        )
    named = {f"ZHIHANG_WEB_{name.upper()}": value for name, value in (settings or {}).items() if value}
    place = {**named, **os.environ, "ZHIHANG_WORKSPACE": str(folder.resolve())}
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "zhihang.web", *arguments], place)
