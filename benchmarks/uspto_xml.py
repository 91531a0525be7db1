# SPDX-License-Identifier: Apache-2.0
"""Ingest of a weekly file of the USPTO beside bare expat and beside alexandria3k, on the same file of real documents.

Run as ``python benchmarks/uspto_xml.py [--megabytes 512] [--rounds 3] [--without-alexandria3k]``; the file goes into
benchmarks/data. alexandria3k is installed from the package index into a virtual environment of its own, for the time
of the run. It takes bibliographic data only; zhihang takes descriptions, claims and abstracts as well.

Rates are told twice: by the clock, where two processes read side by side, and by processor time, which other work on
the machine disturbs less.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from make_uspto_weekly import DATA, write

from zhihang.ingestion.readers.uspto_redbook import uspto_redbook
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.xml_stream import documents

ROOT = Path(__file__).resolve().parent.parent
GOAL_EXPAT, GOAL_ALEXANDRIA = 0.35, 5
DESIGNS = 8


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processor time, megabytes of the largest process, and what it printed."""

    clock: float
    processor: float
    peak: float
    output: str


def run(*command: str, folder: Path = ROOT) -> Cost:
    """Run a command; its processes count as far as it waits for them."""
    before, began = _children(), time.perf_counter()
    done = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    peak = int(done.stderr.split()[-1]) / 1024
    return Cost(time.perf_counter() - began, _children() - before, peak, done.stdout)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pieces(path: Path) -> Iterator[bytes]:
    """Yield the documents of the file, since a weekly file is no XML as a whole."""
    with path.open("rb") as stream:
        for document in documents(stream):
            yield document.content or b""


def parse(path: Path) -> float:
    """Return the processor time of expat without handlers, cutting the file not counted."""
    seconds = 0.0
    for content in pieces(path):
        start = time.process_time()
        expat.ParserCreate().Parse(content, True)
        seconds += time.process_time() - start
    return seconds


def read(path: Path) -> tuple[int, float]:
    """Return the records and the processor time of the reader alone."""
    source = Source(path)
    sample = take_sample(source)
    start = time.process_time()
    records = sum(len(draft) for draft in uspto_redbook.read(source, sample))
    return records, time.process_time() - start


def ingest(path: Path) -> tuple[int, Cost]:
    """Ingest the file into an empty workspace; return the records and what it took, start of the program included."""
    workspace = DATA / "workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    command = (".venv/bin/zhihang", "-w", str(workspace))
    run(*command, "init")
    cost = run(*command, "ingest", str(path), "--format", "json")
    shutil.rmtree(workspace)
    return json.loads(cost.output)[0]["records"], cost


def alexandria(path: Path) -> tuple[int, Cost]:
    """Populate a database with all tables by alexandria3k, which wants weekly zips in a folder named by the year."""
    with tempfile.TemporaryDirectory(dir=DATA) as name:
        folder = Path(name)
        run(sys.executable, "-m", "venv", str(folder / "venv"))
        run(str(folder / "venv" / "bin" / "pip"), "install", "--quiet", "alexandria3k")
        year = folder / "weeks" / "2013"
        year.mkdir(parents=True)
        with zipfile.ZipFile(year / "ipg130101.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.write(path, "ipg130101.xml")
        program = str(folder / "venv" / "bin" / "a3k")
        cost = run(program, "populate", "week.db", "uspto", "weeks", folder=folder)
        with closing(sqlite3.connect(folder / "week.db")) as database:
            records = database.execute("SELECT count(*) FROM us_patents").fetchone()[0]
    return records, cost


def main() -> None:
    """Measure all of them on the file named by its size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=int, default=512)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--without-alexandria3k", action="store_true")
    given = options.parse_args()
    path = DATA / f"ipg-{given.megabytes}mb.xml"
    if not path.exists():
        write(path, megabytes=given.megabytes, designs=DESIGNS)
    size = path.stat().st_size / 1e6
    rounds = []
    for _ in range(given.rounds):
        bare = parse(path)
        records, alone = read(path)
        stored, cost = ingest(path)
        assert stored == records
        rounds.append((bare, alone, cost))
    bare, alone = min(r[0] for r in rounds), min(r[1] for r in rounds)
    best = min((r[2] for r in rounds), key=lambda cost: cost.clock)
    processor = min(r[2].processor for r in rounds)
    print(f"{path.relative_to(ROOT)}: {records} documents, {size:.0f} MB, best of {given.rounds} rounds")
    print(
        f"bare expat {size / bare:.0f} MB/s; reader alone {size / alone:.0f} MB/s, ratio {bare / alone:.2f}"
    )
    print(
        f"whole ingest {best.clock:.1f} s, {processor:.1f} s of processor time: {size / best.clock:.0f} MB/s, "
        f"{records / best.clock:.0f} records/s, ratio to expat {bare / best.clock:.2f} (goal {GOAL_EXPAT}), "
        f"peak of the largest process {best.peak:.0f} MB"
    )
    if given.without_alexandria3k:
        return
    theirs, cost = alexandria(path)
    rate = theirs / cost.clock
    print(
        f"alexandria3k {cost.clock:.1f} s, {cost.processor:.1f} s of processor time: {rate:.0f} records/s, "
        f"ratio of records/s {records / best.clock / rate:.1f} by the clock (goal {GOAL_ALEXANDRIA}), "
        f"{(records / processor) / (theirs / cost.processor):.1f} by processor time"
    )


if __name__ == "__main__":
    main()
