# SPDX-License-Identifier: Apache-2.0
"""Every test of the store runs on each engine: DuckDB, Sail (Spark Connect without Java) and, where marked, Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.sail_server import sail_server
from tests.spark_cluster import OPTIONS, connect_server, spark_cluster

from zhihang.store.store import Store, create_store, open_store

# Spark leaves sockets for Python to close.
LEAKS = "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
ON_SPARK = [pytest.mark.spark, pytest.mark.filterwarnings(LEAKS)]
ON_SAIL_EVERY_DAY = (
    "test_engines.py",
    "test_each_value_comes_from_the_best_source_that_has_one",
    "test_a_provisional_id_gives_way_once_a_file_tells_the_application_number",
    "test_compaction_keeps_every_row_and_a_file_can_still_be_replaced",
    "test_sql_reads_the_tables_and_nothing_else",
    "test_readers_keep_their_state_while_a_run_commits",
)
"""Enough to see that Spark Connect does the same; `make bench` and `make test-spark` run all."""
EngineSettings = tuple[str, dict[str, object]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of the store on DuckDB, and those that tell most on Sail too."""
    for item in items:
        on_sail = "sail" in item.nodeid.rpartition("[")[2] and item.path.is_relative_to(Path(__file__).parent)
        if on_sail and not any(name in item.nodeid for name in ON_SAIL_EVERY_DAY):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def sail() -> Iterator[str]:
    """Address of a Sail server on this machine."""
    with sail_server() as address:
        yield address


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Spark cluster on this machine: one master, two workers."""
    with spark_cluster(tmp_path_factory.mktemp("spark")) as address:
        yield address


@pytest.fixture(scope="session")
def spark_connect(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Spark Connect server whose work that cluster does."""
    with connect_server(cluster, tmp_path_factory.mktemp("connect")) as address:
        yield address


@pytest.fixture(
    params=[
        "duckdb",
        "sail",
        pytest.param("spark", marks=ON_SPARK),
        pytest.param("spark-connect", marks=ON_SPARK),
    ],
    scope="session",
)
def engine(request: pytest.FixtureRequest) -> Iterator[EngineSettings]:
    """Name and settings of an engine."""
    match request.param:
        case "duckdb":
            yield "duckdb", {"threads": 2}
        case "sail":
            yield "spark", {"url": request.getfixturevalue("sail")}
        case "spark-connect":
            yield "spark", {"url": request.getfixturevalue("spark_connect")}
        case "spark":
            yield "spark", {"url": request.getfixturevalue("cluster"), "options": OPTIONS}
            from pyspark import SparkContext

            SparkContext.getOrCreate().stop()  # so that the workers are free for the next


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves on by a minute each time it is read."""
    moments = iter(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n) for n in range(10_000))
    return lambda: next(moments)


@pytest.fixture
def store(engine: EngineSettings, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Store]:
    """An empty store, read and merged by the engine under test."""
    create_store(tmp_path / "store")
    name, settings = engine
    store = open_store(tmp_path / "store", engine=name, settings=settings, clock=clock)
    yield store
    store.close()
