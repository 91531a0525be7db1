# SPDX-License-Identifier: Apache-2.0
"""Bring in, once the server listens, the libraries that answers need, so that the first who asks does not wait for them."""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from importlib.util import find_spec

LOG = logging.getLogger("zhihang.web")
HEAVY = ("pandas", "ibis.backends.duckdb", "scipy.stats", "tantivy", "rjieba")
"""Libraries that take long to bring in, in the order in which pages need them."""


def get_ready() -> threading.Thread:
    """Begin to bring the libraries in, beside the work of the process; return the thread that does."""
    beside = threading.Thread(target=_bring_in, daemon=True, name="ready")
    beside.start()
    return beside


def _bring_in() -> None:
    for name in HEAVY:
        if find_spec(name.partition(".")[0]) is None:
            continue  # an optional part that is not installed
        try:
            import_module(name)
        except ImportError as error:
            LOG.warning("%s: %s", name, error)
