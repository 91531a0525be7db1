# SPDX-License-Identifier: Apache-2.0
"""Ingest of Chinese tables: CSV of 1, 2, 4 million records with abstracts, a workbook of 200,000 rows by 30 columns.

::

    python benchmarks/chinese_tables.py csv 1000000 2000000
    python benchmarks/chinese_tables.py xlsx

The CSV is the register of a simulated region, made as large as asked for; beside it the bare copy of the same file by
DuckDB (`COPY (FROM read_csv) TO parquet`), beside the workbook the bare row iterator of python-calamine.
"""

from __future__ import annotations

import csv
import itertools
import shutil
import subprocess
import sys
import time
from pathlib import Path

DATA = Path(__file__).parent / "data"
PER_SCALE = 79_300
"""Records of the simulated Guilin at scale 1, filings of 2006 to 2020."""
COPY = (
    "import duckdb, sys; c = duckdb.connect(config={'threads': 2}); "
    "c.execute(f\"COPY (FROM read_csv('{sys.argv[1]}', all_varchar=true, max_line_size=4000000)) "
    "TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)\")"
)
ITERATE = (
    "import python_calamine, sys; "
    "s = python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0); print(sum(1 for _ in s.iter_rows()))"
)


def run(*command: str) -> tuple[float, int]:
    """Run a command; return its seconds and its peak memory in MB."""
    began = time.perf_counter()
    done = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return time.perf_counter() - began, int(done.stderr.split()[-1]) >> 10


def ingest(path: Path) -> tuple[float, int, int]:
    """Ingest a file into a workspace of its own; return seconds, peak memory in MB and bytes of the store."""
    workspace = DATA / "workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    run(".venv/bin/zhihang", "-w", str(workspace), "init")
    seconds, peak = run(".venv/bin/zhihang", "-w", str(workspace), "ingest", str(path))
    size = sum(file.stat().st_size for file in (workspace / "store").rglob("*.parquet"))
    return seconds, peak, size


def register(records: int) -> Path:
    """Return a simulated register with at least so many records, cut to that many."""
    path = DATA / f"register-{records}.csv"
    if not path.exists():
        folder = DATA / "simulated"
        shutil.rmtree(folder, ignore_errors=True)
        scale = str(round(records / PER_SCALE * 1.02, 3))
        run(".venv/bin/zhihang", "simulate", "--scale", scale, "--folder", str(folder))
        (source,) = folder.glob("*register*.csv")
        with source.open("rb") as lines, path.open("wb") as out:
            out.writelines(itertools.islice(lines, records + 1))
        shutil.rmtree(folder)
    return path


def measure_csv(sizes: list[int]) -> None:
    """Print seconds, memory and the ratio to DuckDB's copy for each size."""
    for records in sizes:
        path = register(records)
        seconds, peak, size = ingest(path)
        copy, _ = run(sys.executable, "-c", COPY, str(path), str(DATA / "copy.parquet"))
        packed = (DATA / "copy.parquet").stat().st_size
        rate, megabytes = records / seconds, path.stat().st_size / 1e6
        print(
            f"csv {records:>10,} records, {megabytes:,.0f} MB: {seconds:.1f} s, {rate:,.0f} records/s, peak {peak:,} MB"
        )
        print(
            f"    bare copy {copy:.1f} s, ratio {seconds / copy:.1f}; store {size / packed:.2f} of the copy's size"
        )


def measure_xlsx(rows: int = 200_000, columns: int = 30) -> None:
    """Print rows per second of an ingest beside those of the bare iterator."""
    import xlsxwriter

    path = DATA / "register.xlsx"
    if not path.exists():
        with (
            xlsxwriter.Workbook(path, {"constant_memory": True}) as book,
            register(rows).open(encoding="utf-8-sig") as lines,
        ):
            sheet = book.add_worksheet()
            for number, row in enumerate(csv.reader(lines)):
                extra = [f"附加{n}" if number == 0 else f"{number % 97}" for n in range(columns - len(row))]
                for place, cell in enumerate([*row[:columns], *extra]):
                    sheet.write_string(number, place, cell)
    seconds, peak, _ = ingest(path)
    bare, _ = run(sys.executable, "-c", ITERATE, str(path))
    print(
        f"xlsx {rows:,} x {columns}: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, peak {peak:,} MB; "
        f"bare iterator {bare:.1f} s, so {bare / seconds:.2f} of its rate"
    )


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    if sys.argv[1:2] == ["xlsx"]:
        measure_xlsx()
    else:
        measure_csv([int(size) for size in sys.argv[2:]] or [1_000_000])
