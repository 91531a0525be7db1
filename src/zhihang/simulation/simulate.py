# SPDX-License-Identifier: Apache-2.0
"""Simulate a region: write the register of its patents, their legal events, and the truth behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from zhihang.errors import NotAllowed
from zhihang.simulation.comparison import Compared, Tally, compare
from zhihang.simulation.economy import EconomyOfRegion
from zhihang.simulation.explanation import explanation
from zhihang.simulation.region import Region, Written, make_region
from zhihang.simulation.vocabulary import load_vocabulary

Progress = Callable[[int, int], None]

#: Applications written at a time; the files do not depend on it.
CHUNK = 32_768
_WORKERS = 2
_MOST_YEARS = range(1985, 2041)


@dataclass(frozen=True)
class Simulated:
    """The files written, how many rows each has, and how the simulation meets published figures."""

    paths: tuple[Path, ...]
    counts: dict[str, int]
    comparison: tuple[Compared, ...] = field(default=())


def simulate(
    region: str,
    first_year: int,
    last_year: int,
    *,
    seed: int,
    to: Path,
    scale: float = 1.0,
    scenario: Path | None = None,
    progress: Progress | None = None,
) -> Simulated:
    """Write a simulated register of a region, its legal events, the truth behind them, and the economy of its firms.

    Parameters
    ----------
    region
        Division code of a province, prefecture or county. Guilin (450300) has a scenario of its own; others
        follow the generic one.
    first_year, last_year
        The register holds applications filed in these years, and earlier ones still pending or in force when
        the first began. Nothing after the end of the last year is known in it.
    seed
        The same seed gives the same files, byte for byte.
    to
        Folder to write into; it is made where it does not exist. The truth goes into its folder `truth`.
    scale
        1 means as many applications as published for the region.
    scenario
        A scenario file to use instead of the one that belongs to the region.
    progress
        Called with applications done and in all.
    """
    _check(first_year, last_year, seed, scale)
    made = make_region(region, first_year, last_year, seed=seed, scale=scale, scenario=scenario)
    files = [
        f"simulated-{region}-{part}-{first_year}-{last_year}.csv" for part in ("register", "events", "truth")
    ]
    paths = (to / files[0], to / files[1], to / "truth" / files[2])
    paths[2].parent.mkdir(parents=True, exist_ok=True)
    counts, tally = _write(made, paths, progress)
    economy = EconomyOfRegion(made, region, load_vocabulary())
    written = economy.write(to, f"simulated-{region}", f"{first_year}-{last_year}")
    counts |= {path.name: rows for path, rows in written.items()}
    comparison = compare(made.scenario, tally, made.years, scale)
    command = f"zhihang simulate --region {region} --from {first_year} --to {last_year} --seed {seed} --scale {scale:g}"
    readme = to / "README.txt"
    text = explanation(made.scenario, command, counts, comparison, to)
    readme.write_text(text, encoding="utf-8", newline="\n")
    return Simulated((*paths, readme, *written), counts, comparison)


def _check(first_year: int, last_year: int, seed: int, scale: float) -> None:
    if first_year > last_year or first_year not in _MOST_YEARS or last_year not in _MOST_YEARS:
        raise NotAllowed(
            "These years cannot be simulated.",
            {
                "from": first_year,
                "to": last_year,
                "allowed": f"{_MOST_YEARS[0]} to {_MOST_YEARS[-1]}, from not after to",
            },
            todo="Choose other years.",
        )
    if not 0 < scale <= 1000 or seed < 0:
        raise NotAllowed(
            "The scale or the seed cannot be used.",
            {"scale": scale, "seed": seed, "allowed": "scale above 0 and at most 1000; seed 0 or above"},
            todo="Choose others.",
        )


def _write(made: Region, paths: tuple[Path, ...], progress: Progress | None) -> tuple[dict[str, int], Tally]:
    names = [path.name for path in paths]
    counts, tally, done = dict.fromkeys(names, 0), Tally(), 0
    total, repeated = made.applications, list[pa.Array]()
    with ExitStack() as stack:
        streams = [stack.enter_context(path.open("wb")) for path in paths]
        for stream, head in zip(
            streams, (made.register.head(), made.events.head(), made.truth.head()), strict=True
        ):
            stream.write(head)
        for written in _in_order(made):
            repeated.append(written.repeated)
            lines = [[written.register], [written.events], [written.truth]]
            if written.ends_year:
                lines[0] += repeated
                repeated = []
            for name, stream, parts in zip(names, streams, lines, strict=True):
                counts[name] += sum(len(part) for part in parts)
                for part in parts:
                    _write_texts(stream, part)
            tally.add(written.tally)
            done += written.applications
            if progress is not None:
                progress(done, total)
    return counts, tally


def _in_order(made: Region) -> Iterator[Written]:
    """Make chunks side by side, hand them on in their order, and keep few in memory."""
    jobs = made.jobs(CHUNK)
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting = [pool.submit(job) for job in islice(jobs, _WORKERS + 1)]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(job) for job in islice(jobs, 1)]


def _write_texts(stream: BinaryIO, lines: pa.Array) -> None:
    """Write texts one after another, straight from the memory they are in."""
    if not len(lines):
        return
    _, offsets, data = lines.buffers()
    ends = memoryview(offsets).cast("i")
    stream.write(memoryview(data)[ends[lines.offset] : ends[lines.offset + len(lines)]])
