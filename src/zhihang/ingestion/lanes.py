# SPDX-License-Identifier: Apache-2.0
"""Reading a source into staging: in this process, or a large one in two processes side by side."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace

from zhihang.ingestion.ahead import ahead
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.lane_process import without_pandas
from zhihang.ingestion.normalise import Habits, Normalised, normalise
from zhihang.ingestion.reader import Reader
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.sniff import Sniffed
from zhihang.ingestion.source import Meter, Share, Source
from zhihang.shelf import Shelf
from zhihang.store.staging import StagedFile, StagedSource

Progress = Callable[[str, int, int, int], None]
"""Called with the file's name, bytes read, bytes in all, records so far."""

LARGE = 64 << 20
"""Files from this size on are read in lanes, if their reader can."""
LANES = 2
"""A fixed number, so that a file gives the same files in the store on every machine."""


def read_into(part: Sniffed, place: StagedSource, size: int, progress: Progress | None) -> tuple[int, int]:
    """Read a source into its staging place; return how many records it holds and how many were refused.

    Reading, settling and writing each have a thread of their own.
    """
    made = ahead(_settled(ahead(part.reader.read(part.source, part.sample)), part))
    return _store(made, part, place, size, progress)


def _settled(drafts: Iterable[Draft], part: Sniffed) -> Iterator[Normalised]:
    habits = Habits.of(part.reader)
    for draft in drafts:
        rows = normalise(draft, habits)
        del draft  # or it would stay while the next one is made
        yield rows
        del rows


def _store(
    settled: Iterable[Normalised],
    part: Sniffed,
    place: StagedSource,
    size: int,
    progress: Progress | None,
) -> tuple[int, int]:
    records = rejected = 0
    for rows in settled:
        for name, table in rows.tables.items():
            place.append(name, table)
        records += rows.records
        rejected += rows.rejected
        if progress is not None:
            progress(part.source.name, part.source.meter.position(), size, records)
        del rows  # or they would stay while the next ones are made
    place.close()
    return records, rejected


def read_in_lanes(
    part: Sniffed,
    place: StagedSource,
    size: int,
    progress: Progress | None,
    readers: Shelf[Reader],
    *,
    meanwhile: Callable[[], object],
) -> tuple[int, int]:
    """Do the same with two processes, each reading every second batch; `meanwhile` is called while they read."""
    records = rejected = 0
    # a reader of the workspace's own may need pandas
    start = None if readers.folders else without_pandas
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(LANES, mp_context=spawn, initializer=start) as pool:
        sources = [replace(part.source, share=Share(number, LANES), meter=Meter()) for number in range(LANES)]
        work = [
            pool.submit(_read_share, source, part.reader.name, readers, place.lane(number))
            for number, source in enumerate(sources)
        ]
        meanwhile()
        for done in as_completed(work):
            found = done.result()
            place.adopt(found.files)
            records += found.records
            rejected += found.rejected
            if progress is not None:
                progress(part.source.name, size * sum(w.done() for w in work) // LANES, size, records)
    return records, rejected


@dataclass(frozen=True)
class _ShareRead:
    files: list[StagedFile]
    records: int
    rejected: int


def _read_share(source: Source, name: str, readers: Shelf[Reader], place: StagedSource) -> _ShareRead:
    """Read one share; runs in a process of its own, and step after step, since the other lane has the other core."""
    part = Sniffed(source, take_sample(source), readers[name], 1.0)
    drafts = part.reader.read(part.source, part.sample)
    records, rejected = _store(_settled(drafts, part), part, place, 0, None)
    return _ShareRead(place.finished(), records, rejected)
