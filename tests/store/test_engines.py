# SPDX-License-Identifier: Apache-2.0
"""What every engine must do alike: paths, types, long results, tidying up; and what Spark says when it is not there."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from tests.store_rows import application, put, shown

from zhihang.errors import DefinitionError, StoreError
from zhihang.store.engine import Engine, start_engine
from zhihang.store.engines.duckdb import DuckDBEngine
from zhihang.store.parquet import write_file
from zhihang.store.store import create_store, open_store

EVERY_TYPE = pa.schema(
    [
        ("name", pa.string()),
        ("small", pa.int32()),
        ("large", pa.int64()),
        ("share", pa.float64()),
        ("known", pa.bool_()),
        ("day", pa.date32()),
        ("moment", pa.timestamp("us", "UTC")),
    ]
)
ROWS = pa.table(
    {
        "name": ["甲", "", None],
        "small": [-(2**31), 0, None],
        "large": [2**62, -1, None],
        "share": [0.1, -0.0, None],
        "known": [True, False, None],
        "day": [date(1985, 4, 1), date(2099, 12, 31), None],
        "moment": [
            datetime(2020, 1, 1, 23, 59, 59, 999999, UTC),
            datetime(1970, 1, 1, tzinfo=UTC),
            None,
        ],
    },
    schema=EVERY_TYPE,
)


@pytest.fixture
def started(engine: tuple[str, dict[str, object]], tmp_path: Path) -> Iterator[Engine]:
    """An engine whose store would be the test's own folder."""
    found = start_engine(engine[0], {**engine[1], "store": tmp_path})
    yield found
    found.close()


def test_every_type_comes_back_as_it_went_in(started: Engine, tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    write_file(path, EVERY_TYPE, ROWS.to_batches())
    scanned = started.scan([path], EVERY_TYPE)
    sent = started.values(ROWS)
    for table in (scanned, sent):
        assert started.collect(table.order_by("small")).cast(EVERY_TYPE).sort_by("name").to_pylist() == (
            ROWS.sort_by("name").to_pylist()
        )
        streamed = pa.Table.from_batches(started.batches(table, EVERY_TYPE), EVERY_TYPE)
        assert streamed.sort_by("name").equals(ROWS.sort_by("name"))


def test_a_long_result_comes_in_batches_and_in_order(started: Engine, tmp_path: Path) -> None:
    schema = pa.schema([("number", pa.int32())])
    path = tmp_path / "numbers.parquet"
    write_file(path, schema, pa.table({"number": pa.array(range(150_000), pa.int32())}).to_batches())
    table = started.scan([path], schema)
    batches = list(started.batches(table.order_by(table.number.desc()), schema))
    assert len(batches) > 1
    assert pa.Table.from_batches(batches).column("number").to_pylist() == list(range(149_999, -1, -1))


def test_columns_that_an_older_file_lacks_are_blank(started: Engine, tmp_path: Path) -> None:
    old, new = pa.schema([("a", pa.string())]), pa.schema([("a", pa.string()), ("b", pa.int32())])
    write_file(tmp_path / "old.parquet", old, pa.table({"a": ["x"]}).to_batches())
    write_file(tmp_path / "new.parquet", new, pa.table({"a": ["y"], "b": [1]}).cast(new).to_batches())
    found = started.collect(started.scan([tmp_path / "old.parquet", tmp_path / "new.parquet"], new))
    assert sorted(found.to_pylist(), key=str) == [{"a": "x", "b": None}, {"a": "y", "b": 1}]


@pytest.mark.parametrize("name", ["知 航", "a#b+c,d"])
def test_a_store_may_lie_in_a_folder_of_any_name(
    engine: tuple[str, dict[str, object]], tmp_path: Path, name: str
) -> None:
    assert rows_of_a_store_in(tmp_path / name, engine) == [("CN1",)]


@pytest.mark.parametrize("name", ["50%20", "data[1]", "{x,y}", "what?", "star*"])
def test_a_folder_whose_name_is_a_pattern_gives_the_right_rows_or_none(
    engine: tuple[str, dict[str, object]], tmp_path: Path, name: str
) -> None:
    rows, told = [], ""
    try:
        rows = rows_of_a_store_in(tmp_path / name, engine)
    except StoreError as error:
        told = error.todo
    assert rows == [("CN1",)] or (engine[0] == "spark" and "which Spark takes for patterns" in told)


def rows_of_a_store_in(folder: Path, engine: tuple[str, dict[str, object]]) -> list[tuple[object, ...]]:
    """Make a store of one application in a folder; return the application as it is read."""
    create_store(folder / "store")
    store = open_store(folder / "store", engine=engine[0], settings=engine[1])
    try:
        put(store, "a.csv", {"application": [application("CN1", 1)]})
        return shown(store, "application", "application_id")
    finally:
        store.close()


def test_a_file_written_anew_in_the_same_place_is_read_anew(started: Engine, tmp_path: Path) -> None:
    schema = pa.schema([("a", pa.string())])
    path = tmp_path / "a.parquet"
    for rows in (["one"], ["two", "three and more"]):
        write_file(path, schema, pa.table({"a": rows}).to_batches())
        assert started.collect(started.scan([path], schema)).column("a").to_pylist() == rows


def test_an_address_where_nobody_listens_is_told_at_once() -> None:
    pytest.importorskip("pyspark")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    for url in (f"sc://127.0.0.1:{port}/;token=secret", f"spark://127.0.0.1:{port}"):
        began = time.monotonic()
        with pytest.raises(DefinitionError, match="cluster cannot be reached") as caught:
            start_engine("spark", {"url": url})
        assert time.monotonic() - began < 15
        assert "refused" in str(caught.value)
        assert "secret" not in str(caught.value)


def test_an_address_is_needed() -> None:
    with pytest.raises(DefinitionError, match="needs the address"):
        start_engine("spark", {})


def test_files_the_cluster_does_not_see_are_told(
    engine: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    if engine[0] != "spark":
        pytest.skip("DuckDB reads the files itself")
    create_store(tmp_path / "store")
    settings = {**engine[1], "files": "file:///mnt/elsewhere/store"}
    store = open_store(tmp_path / "store", engine="spark", settings=settings)
    with pytest.raises(StoreError, match="does not see the files") as caught:
        put(store, "a.csv", {"application": [application("CN1", 1)]})
    assert "/mnt/elsewhere/store" in str(caught.value)
    store.close()


def test_a_column_that_every_file_lacks_is_blank(started: Engine, tmp_path: Path) -> None:
    old = pa.schema([("a", pa.string())])
    write_file(tmp_path / "old.parquet", old, pa.table({"a": ["x"]}).to_batches())
    schema = pa.schema([("a", pa.string()), ("b", pa.int32())])
    found = started.collect(started.scan([tmp_path / "old.parquet"], schema))
    assert found.to_pylist() == [{"a": "x", "b": None}]


def test_what_does_not_fit_into_memory_goes_into_the_store_and_away_again(tmp_path: Path) -> None:
    """A folder left by a process that was killed goes too; nothing is put beside the process."""
    left = tmp_path / "spill-999999999"
    left.mkdir()
    (left / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"x")
    engine = DuckDBEngine({"store": tmp_path, "memory": "60MB", "threads": 1})
    sorted_rows = "SELECT max(b) AS b FROM (SELECT md5(range::VARCHAR) AS b FROM range(2000000) ORDER BY b)"
    spilled = "SELECT count(*) FROM duckdb_temporary_files()"
    held = engine._backend.con.cursor()
    held.execute(f"CREATE TEMP TABLE much AS {sorted_rows.replace('max(b) AS b', 'b')}")
    assert held.execute(spilled).fetchone() != (0,)
    assert (tmp_path / f"spill-{os.getpid()}").is_dir()
    held.close()
    engine.close()
    assert list(tmp_path.iterdir()) == []
