# SPDX-License-Identifier: Apache-2.0
"""The worker: takes jobs from the queue until it is told to end."""

from __future__ import annotations

import os
import threading

from huey.consumer import Consumer

from zhihang.web.ahead import keep_ahead
from zhihang.web.jobs.heartbeat import beat
from zhihang.web.jobs.queue import mend, queue

BEATS = 20.0


def work() -> None:
    """Mend what was left, then work until the process is ended."""
    beat()
    mend()
    ended = threading.Event()

    def beating() -> None:
        while not ended.wait(BEATS):
            beat()

    threading.Thread(target=beating, daemon=True, name="heartbeat").start()
    ahead = threading.Thread(target=keep_ahead, args=(ended,), daemon=True, name="ahead")
    ahead.start()
    try:
        Consumer(queue().huey, workers=1, periodic=False, check_worker_health=True, max_delay=2.0).run()
    finally:
        ended.set()
        ahead.join(1.0)
        if ahead.is_alive():  # in the midst of a query, which has nothing to end in order
            os._exit(0)
