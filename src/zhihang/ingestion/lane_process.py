# SPDX-License-Identifier: Apache-2.0
"""What a process that reads one lane does without; imported before anything heavy is."""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder


def lean() -> None:
    """Let Arrow take memory from the system, which gets it back at once, unlike from the pool it has of its own."""
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"


def lean_without_pandas() -> None:
    """Do the same, and let pandas pass for not installed.

    pyarrow imports pandas with the first list it is given, only to ask whether the list is one of its columns.
    That costs a lane half a second and 35 MB.
    """
    lean()
    sys.meta_path.insert(0, _NoPandas())


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)
