# SPDX-License-Identifier: Apache-2.0
"""Work ahead: an iterator runs in a thread of its own while its last results are still being used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_END = object()


def ahead(items: Iterable[T], depth: int = 1) -> Iterator[T]:
    """Hand out `items`, at most `depth` of them made in advance; an error surfaces where it would have."""
    results: queue.Queue[object] = queue.Queue(depth)
    stopped = threading.Event()

    def make() -> None:
        try:
            for item in items:
                if not _put(results, item, stopped):
                    return
            _put(results, _END, stopped)
        except BaseException as error:  # carried to the consumer, who raises it
            _put(results, _Raised(error), stopped)

    thread = threading.Thread(target=make, daemon=True)
    thread.start()
    try:
        while (item := results.get()) is not _END:
            if isinstance(item, _Raised):
                raise item.error
            yield item  # type: ignore[misc]
    finally:
        stopped.set()
        thread.join()


class _Raised:
    def __init__(self, error: BaseException) -> None:
        self.error = error


def _put(results: queue.Queue[object], item: object, stopped: threading.Event) -> bool:
    while not stopped.is_set():
        try:
            results.put(item, timeout=0.1)
        except queue.Full:
            continue
        return True
    return False
