# SPDX-License-Identifier: Apache-2.0
"""Measuring on N invented patents of 111 counties and 15 years, beside hand-written DuckDB SQL on the same files.

::

    python benchmarks/measurement.py 5000000            stocks by county and month; the catalogue for a year, for all
    python benchmarks/measurement.py 5000000 20000000   and the growth from the first to the second
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.measure import Question, measure
from zhihang.measurement.worked_example import USUAL
from zhihang.store.engine import Engine, start_engine
from zhihang.store.parquet import write_file

DATA = Path(__file__).parent / "data"
ROUNDS = 5
CHUNK = 1_000_000
FIRST, YEARS = 2006, 15
CODES = CodeLists()
OTHERS = ("observation", "patent_emerging", "party_region", "party_organisation", "organisation")

BY_HAND = """
WITH months AS (SELECT unnest(range(0, 180)) AS m),
changes AS (
  SELECT region, greatest(datediff('month', DATE '2006-01-01', valid_from), 0) AS m, count(*) AS n
  FROM patent_stock WHERE kind = 'invention' AND route = 'national' AND valid_from < DATE '2021-01-01' GROUP BY 1, 2
  UNION ALL
  SELECT region, greatest(datediff('month', DATE '2006-01-01', valid_to), 0), -count(*)
  FROM patent_stock WHERE kind = 'invention' AND route = 'national' AND valid_to < DATE '2021-01-01' GROUP BY 1, 2),
summed AS (SELECT region, m, sum(n) AS n FROM changes GROUP BY 1, 2),
grid AS (SELECT DISTINCT region, months.m FROM summed, months)
SELECT grid.region, grid.m, sum(coalesce(n, 0)) OVER (PARTITION BY grid.region ORDER BY grid.m) AS stock
FROM grid LEFT JOIN summed USING (region, m)
"""


def make(size: int, folder: Path) -> None:
    """Write the tables that indicators count, for that many patents."""
    folder.mkdir(parents=True, exist_ok=True)
    counties = [c.code for c in CODES["region"] if c.code.startswith("45") and c.details["level"] == "county"]
    draw = np.random.default_rng(1)
    names = ("patent", "patent_stock", "patent_field", "patent_industry")
    writers = {
        name: pq.ParquetWriter(folder / f"{name}.parquet", TABLES[name].schema, compression="zstd")
        for name in names
    }
    for start in range(0, size, CHUNK):
        for name, table in _chunk(start, min(CHUNK, size - start), counties, draw).items():
            writers[name].write_table(table)
    for writer in writers.values():
        writer.close()
    for name in ("patent", "patent_stock"):
        _in_order(folder, name)
    for name in OTHERS:
        pq.write_table(TABLES[name].schema.empty_table(), folder / f"{name}.parquet")


def _in_order(folder: Path, name: str) -> None:
    """Write a table anew as `zhihang derive` writes it: in its order, in row groups of the store."""
    engine, table = (
        start_engine("duckdb", {"threads": 2, "memory": "3GB", "scratch": str(folder)}),
        TABLES[name],
    )
    path, ordered = folder / f"{name}.parquet", folder / f"{name}.ordered"
    rows = engine.scan([path], table.schema).order_by(*table.order, *table.key)
    write_file(ordered, table.schema, engine.batches(rows, table.schema))
    engine.close()
    ordered.replace(path)


def _chunk(start: int, count: int, counties: list[str], draw: np.random.Generator) -> dict[str, pa.Table]:
    def pick(values: list[Any], odds: list[float] | None = None) -> pa.Array:
        return pa.array(values).take(pa.array(draw.choice(len(values), count, p=odds)))

    filed = draw.integers(0, 365 * YEARS, count) + (
        np.datetime64("2006-01-01") - np.datetime64("1970-01-01")
    ).astype(int)
    granted = filed + draw.integers(200, 1500, count)
    ended = np.minimum(granted + draw.exponential(2500, count).astype(int), filed + 7300)
    has_grant = draw.random(count) < 0.6
    ids = pa.array([f"CN{number:012d}" for number in range(start, start + count)])
    days = {"f": _days(filed), "g": _days(granted), "e": _days(ended)}
    columns: dict[str, pa.Array] = {
        **{name: pa.repeat(pa.scalar(value), count) for name, value in USUAL.items()},
        "application_id": ids,
        "kind": pick(["invention", "utility_model", "design"], [0.4, 0.45, 0.15]),
        "region": pick(counties),
        "applicant_type": pick(
            ["enterprise", "university", "research_institute", "individual"], [0.6, 0.2, 0.1, 0.1]
        ),
        "organisation_id": pa.array(np.char.add("O", draw.integers(0, 40_000, count).astype(str))),
        "family_id": ids,
        "emerging": pick([True, False], [0.4, 0.6]),
        "high_value": pick([True, False], [0.3, 0.7]),
        "filing_date": days["f"],
        "publication_date": days["f"],
        "grant_date": pa.array(np.where(has_grant, granted, 0).astype("int32"), mask=~has_grant).cast(
            pa.date32()
        ),
    }
    patent = _table("patent", columns, count)
    times = {"sequence": pa.repeat(pa.scalar(1), count), "valid_from": days["g"], "valid_to": days["e"]}
    times |= {"known_from": days["g"], "known_to": days["e"]}
    stock = _table("patent_stock", {**columns, **times}, count).filter(pa.array(has_grant))
    one = pa.repeat(pa.scalar(1.0), count)
    field = {"application_id": ids, "field": pick([str(n) for n in range(1, 36)]), "weight": one}
    industry = {"application_id": ids, "code": pick([f"C{n}" for n in range(13, 43)]), "weight": one}
    return {
        "patent": patent,
        "patent_stock": stock,
        "patent_field": _table("patent_field", field, count),
        "patent_industry": _table("patent_industry", industry, count),
    }


def _days(numbers: Any) -> pa.Array:
    return pa.array(numbers.astype("int32")).cast(pa.date32())


def _table(name: str, columns: dict[str, pa.Array], count: int) -> pa.Table:
    schema = TABLES[name].schema
    return pa.table(
        [columns[f.name].cast(f.type) if f.name in columns else pa.nulls(count, f.type) for f in schema],
        schema=schema,
    )


def run(size: int) -> float:
    """Print the times of one size; return the processor time of all questions together."""
    folder = DATA / f"patents-{size}"
    if not (folder / "organisation.parquet").exists():
        make(size, folder)
    engine = start_engine("duckdb", {"threads": 2})
    by_hand = duckdb.connect(config={"threads": 2})
    by_hand.execute(
        f"CREATE VIEW patent_stock AS SELECT * FROM read_parquet('{folder}/patent_stock.parquet')"
    )
    months = Question(["inventions_in_force"], "450000", "2006-01", "2020-12", every="month", by=["county"])
    ours, theirs = [], []
    for turn in range(ROUNDS + 1):
        left, cells = _timed(lambda: _ask(engine, folder, months))
        right, rows = _timed(lambda: by_hand.sql(BY_HAND).fetchall())
        if turn:
            ours.append(left)
            theirs.append(right)
    expected = {(region, month): float(stock) for region, month, stock in rows}
    wrong = sum(expected.get((c.place.code, c.when.start - FIRST * 12), 0.0) != c.figure.value for c in cells)
    assert not wrong, f"{wrong} cells differ"
    clock, processor = (
        statistics.median(a[i] / b[i] for a, b in zip(ours, theirs, strict=True)) for i in (0, 1)
    )
    took = statistics.median(one[0] for one in ours), statistics.median(one[1] for one in ours)
    ratio = f"ratio {clock:.2f} by the clock, {processor:.2f} of processor time (goal 1.5)"
    _told(size, f"stock of {len(cells):,} county months", took, ratio)
    year, _ = _timed(lambda: _ask(engine, folder, Question([], "450300", "2020")))
    _told(size, "catalogue, one region and year", year, "goal 5 s")
    every, cells = _timed(lambda: _ask(engine, folder, Question([], "450000", "2006", "2020", by=["county"])))
    _told(size, f"catalogue, counties and years ({len(cells):,} cells)", every, "goal 60 s")
    engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size:>11,}  peak memory {peak:.0f} MB  goal 4096", flush=True)
    return took[1] + year[1] + every[1]


def _ask(engine: Engine, folder: Path, question: Question) -> list[Any]:
    def table(name: str) -> Any:
        return engine.scan([folder / f"{name}.parquet"], TABLES[name].schema)

    return measure(question, Indicators(), table, engine.collect, CODES, hold=engine.hold)


def _timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Return seconds by the clock and of processors, and what came of it."""
    began, used = time.perf_counter(), time.process_time()
    found = work()
    return (time.perf_counter() - began, time.process_time() - used), found


def _told(size: int, what: str, took: tuple[float, float], note: str) -> None:
    clock, processor = took
    print(f"{size:>11,}  {what:<48} {clock:9.2f} s, processor {processor:9.2f} s  {note}", flush=True)


if __name__ == "__main__":
    totals = [run(int(size)) for size in sys.argv[1:] or ["5000000"]]
    if len(totals) > 1:
        print(f"growth of processor time: {totals[-1] / totals[0]:.2f}")
