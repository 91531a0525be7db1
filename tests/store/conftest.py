# SPDX-License-Identifier: Apache-2.0
"""Every test of the store runs on each engine: DuckDB, Sail (Spark Connect without Java) and, where marked, Spark."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhihang.store.store import Store, create_store, open_store


@pytest.fixture(scope="session")
def sail() -> Iterator[str]:
    """Address of a Sail server on this machine."""
    server = pytest.importorskip("pysail.spark").SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    yield f"sc://127.0.0.1:{port}"
    server.stop()


@pytest.fixture(
    params=["duckdb", "sail", pytest.param("spark", marks=pytest.mark.spark)],
    scope="session",
)
def engine(request: pytest.FixtureRequest) -> tuple[str, dict[str, object]]:
    """Name and settings of an engine."""
    if request.param == "duckdb":
        return "duckdb", {"threads": 2}
    if request.param == "spark":
        return "spark", {"url": os.environ["ZHIHANG_SPARK_URL"]}
    return "spark", {"url": request.getfixturevalue("sail")}


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves on by a minute each time it is read."""
    moments = iter(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n) for n in range(10_000))
    return lambda: next(moments)


@pytest.fixture
def store(engine: tuple[str, dict[str, object]], tmp_path: Path, clock: Callable[[], datetime]) -> Store:
    """An empty store, read and merged by the engine under test."""
    create_store(tmp_path / "store")
    name, settings = engine
    return open_store(tmp_path / "store", engine=name, settings=settings, clock=clock)
