# SPDX-License-Identifier: Apache-2.0
"""Place many batches: a few in this process, more in processes side by side, one for each core."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

import pyarrow as pa

from zhihang.derivation.places.place import make_placer, place_columns
from zhihang.derivation.places.placer import Placer
from zhihang.facts.codelist import CodeLists

FEW = 2
"""So many batches are placed sooner than another process has started and read the lists."""
MOST = 8
_EVIDENCE = ("address", "postcode", "country", "province", "city", "county", "name")
_placer: Placer | None = None
"""Of a process that places for another one."""


def placed(
    batches: Iterable[pa.RecordBatch], codes: CodeLists, decisions: Sequence[Mapping[str, str]]
) -> Iterator[tuple[pa.RecordBatch, pa.Table]]:
    """Hand out each batch with its answers, in their order.

    Batches have the columns that tell a place (`address`, `postcode`, `country`, `province`, `city`, `county`, `name`)
    and `day`. The answers do not depend on how many processes there are.
    """
    rest = iter(batches)
    first = list(islice(rest, FEW + 1))
    lanes = min(len(os.sched_getaffinity(0)), MOST)
    if len(first) <= FEW or lanes < 2:
        placer = make_placer(codes, decisions)
        for batch in chain(first, rest):
            yield batch, _answers(placer, batch)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(lanes, spawn, initializer=_begin, initargs=(codes, decisions)) as pool:
        yield from _in_order(pool, chain(first, rest), lanes + 1)


def _in_order(
    pool: ProcessPoolExecutor, batches: Iterable[pa.RecordBatch], ahead: int
) -> Iterator[tuple[pa.RecordBatch, pa.Table]]:
    waiting: deque[tuple[pa.RecordBatch, Future[pa.Table]]] = deque()
    try:
        for batch in batches:
            told = batch.select([*_EVIDENCE, "day"])
            waiting.append((batch, pool.submit(_place, told)))
            if len(waiting) > ahead:
                earliest, answers = waiting.popleft()
                yield earliest, answers.result()
        while waiting:
            earliest, answers = waiting.popleft()
            yield earliest, answers.result()
    finally:
        for _, answers in waiting:
            answers.cancel()


def _begin(codes: CodeLists, decisions: Sequence[Mapping[str, str]]) -> None:
    global _placer
    _placer = make_placer(codes, decisions)


def _place(batch: pa.RecordBatch) -> pa.Table:
    assert _placer is not None
    return _answers(_placer, batch)


def _answers(placer: Placer, batch: pa.RecordBatch) -> pa.Table:
    rows = pa.Table.from_batches([batch])
    return place_columns(placer, {name: rows[name] for name in _EVIDENCE}, rows["day"])
