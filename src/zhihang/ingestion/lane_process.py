# SPDX-License-Identifier: Apache-2.0
"""What a process that reads one lane does without; imported before anything heavy is."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


def without_pandas() -> None:
    """Let pandas pass for not installed.

    pyarrow imports pandas with the first list it is given, only to ask whether the list is one of its columns.
    That costs a lane half a second and 35 MB.
    """
    sys.meta_path.insert(0, _NoPandas())


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)
