# SPDX-License-Identifier: Apache-2.0
"""Make a store of N invented applications directly, for benchmarks of queries: no files are read.

::

    python benchmarks/make_store.py 5000000 benchmarks/data/store-5m
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.facts.table import TABLES
from zhihang.store.manifest import SourceEntry
from zhihang.store.store import create_store, open_store

CHUNK = 500_000
COUNTIES = 111
APPLICANTS = 200_000
SUBCLASSES = [
    f"{s}{c:02d}{letter}"
    for s in "ABCDEFGH"
    for c in (1, 2, 3, 5, 7, 9, 11, 16, 21, 25)
    for letter in "BCDFGHKL"
]


def main(count: int, root: Path) -> None:
    """Write the store."""
    shutil.rmtree(root, ignore_errors=True)
    create_store(root)
    store = open_store(root, clock=lambda: datetime(2021, 1, 1, tzinfo=UTC))
    with store.writing("make") as run:
        staged = run.stage()
        for start in range(0, count, CHUNK):
            for name, rows in chunk(start, min(CHUNK, count - start)).items():
                staged.append(name, rows)
        run.take(
            staged, SourceEntry(file_id=0, path="made", sha256="0", size=0, reader="made", rows=staged.rows())
        )
        run.commit(store.clock())


def chunk(start: int, count: int) -> dict[str, pa.Table]:
    """Rows of three tables for applications `start` to `start + count`."""
    chance = np.random.default_rng([7, start])
    serial = np.arange(start, start + count)
    year = 2006 + serial * 15 // max(1, serial[-1] + 1)
    kind = chance.choice(3, count, p=[0.35, 0.5, 0.15])
    filing = np.datetime64("2006-01-01") + ((year - 2006) * 365 + chance.integers(0, 365, count)).astype(
        "timedelta64[D]"
    )
    lag = np.where(kind == 0, chance.integers(500, 1400, count), chance.integers(120, 400, count))
    granted = chance.random(count) < np.where(kind == 0, 0.5, 0.9)
    grant = np.where(granted, filing + lag.astype("timedelta64[D]"), np.datetime64("NaT"))
    ids = pc.binary_join_element_wise("CN", pa.array((2006 * 10**8 + serial).astype(str)), "")
    line = pa.array((serial + 2).astype(np.int32))
    kinds = pa.array(["invention", "utility_model", "design"]).take(pa.array(kind))
    county = pa.array([f"4503{n:02d}" for n in range(COUNTIES)]).take(
        pa.array(chance.zipf(1.5, count) % COUNTIES)
    )
    applicant = pa.array((chance.zipf(1.3, count) % APPLICANTS).astype(str))
    tables = {
        "application": {
            "application_id": ids,
            "id_basis": pa.repeat("application_number", count),
            "office": pa.repeat("CN", count),
            "kind": kinds,
            "filing_date": pa.array(filing, pa.date32()),
            "grant_date": pa.array(grant.astype("datetime64[D]"), pa.date32()),
            "line": line,
        },
        "party": {
            "application_id": ids,
            "role": pa.repeat("applicant", count),
            "sequence": pa.repeat(pa.scalar(1, pa.int32()), count),
            "name": pc.binary_join_element_wise("桂林第", applicant, "号有限公司", ""),
            "county": county,
            "line": line,
        },
    }
    symbols = chance.integers(1, 4, count)
    owner = np.repeat(np.arange(count), symbols)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(symbols) - symbols, symbols) + 1
    subclass = pa.array(SUBCLASSES).take(pa.array(chance.integers(0, len(SUBCLASSES), len(owner))))
    tables["classification"] = {
        "application_id": ids.take(pa.array(owner)),
        "scheme": pa.repeat("ipc", len(owner)),
        "symbol": pc.binary_join_element_wise(subclass, pa.array((owner % 90 + 1).astype(str)), "/00", ""),
        "position": pa.array(place.astype(np.int32)),
        "line": line.take(pa.array(owner)),
    }
    return {name: _complete(name, columns) for name, columns in tables.items()}


def _complete(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    schema = pa.schema([f for f in TABLES[name].schema if f.name not in ("file_id", "run_id")])
    count = len(columns["line"])
    return pa.table([columns.get(f.name, pa.nulls(count, f.type)) for f in schema], schema=schema)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
