# SPDX-License-Identifier: Apache-2.0
"""Whether the libraries that searching texts needs are there."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

from zhihang.errors import NotInstalled

LIBRARIES = ("tantivy", "rjieba", "snowballstemmer")


@lru_cache(maxsize=1)  # they are looked for once; a miss is an error, and that is not kept
def require_libraries() -> None:
    """Say what to install where a library is missing."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise NotInstalled(
            f"Searching texts needs {', '.join(missing)}.",
            {"missing": ", ".join(missing)},
            todo="pip install 'zhihang[search]'",
        )
