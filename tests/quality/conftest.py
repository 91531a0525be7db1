# SPDX-License-Identifier: Apache-2.0
"""Checks and figures run on DuckDB; one test of each runs on Sail (Spark Connect without Java) too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.sail_server import sail_server

from zhihang.store.engine import Engine, start_engine


@pytest.fixture(scope="session")
def duckdb() -> Engine:
    """The embedded engine."""
    return start_engine("duckdb", {"threads": 1})


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """Ibis on Spark, answered by a Sail server on this machine."""
    with sail_server() as address:
        engine = start_engine("spark", {"url": address})
        yield engine
        engine.close()
