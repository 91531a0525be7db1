# SPDX-License-Identifier: Apache-2.0
"""One writer at a time: a lock file that the system releases when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from zhihang.errors import StoreBusy


@contextmanager
def writer_lock(root: Path, *, wait: float) -> Iterator[None]:
    """Hold the store for writing; wait up to `wait` seconds for another writer to finish."""
    with (root / "lock").open("a+", encoding="utf-8") as file:
        _acquire(file.fileno(), root, wait)
        file.seek(0)
        file.truncate()
        json.dump({"process": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}, file)
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()
            file.flush()
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def _acquire(descriptor: int, root: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise _busy(root, wait) from None
            time.sleep(0.05)
        else:
            return


def _busy(root: Path, wait: float) -> StoreBusy:
    try:
        holder = json.loads((root / "lock").read_text("utf-8"))
    except (OSError, ValueError):
        holder = {}
    return StoreBusy(
        "Another run is writing to this store.",
        {
            "store": root,
            "process": holder.get("process", "unknown"),
            "since": holder.get("since", "unknown"),
            "waited": f"{wait:g} s",
        },
        todo="Try again when it is done, or allow a longer wait with --wait SECONDS.",
    )
