# SPDX-License-Identifier: Apache-2.0
"""Writing to a file of a workspace while nobody else does: two people who save at once do so one after the other."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhihang.errors import StoreError


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock that stands beside a file as long as this lasts; a disk that refuses is told."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("a") as held:
            fcntl.flock(held.fileno(), fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise StoreError(
            "This cannot be written. 内容无法保存。",
            {"file": path, "system says": error.strerror},
            todo="Check the disk; nothing was changed. 请检查磁盘；原内容未变。",
        ) from error
