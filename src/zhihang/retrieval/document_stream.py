# SPDX-License-Identifier: Apache-2.0
"""The documents of many applications in their order, made by threads: dividing Chinese lets others work meanwhile."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pyarrow as pa
import tantivy

from zhihang.retrieval.documents import DocumentMaker

THREADS = 2
PIECE = 500
"""Applications whose documents are made at a time."""
AHEAD = 4
"""Pieces that may be under way or wait to be taken."""

Piece = tuple[Sequence[int], pa.Table, pa.RecordBatch | None]


def documents(
    maker: DocumentMaker, ordinals: Sequence[int], structures: pa.Table, texts: Iterable[pa.RecordBatch]
) -> Iterator[tantivy.Document]:
    """Give the documents of applications; both tables are in the order of the ids, not all have texts."""
    waiting: deque[Future[list[tantivy.Document]]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        for piece in _pieces(ordinals, structures, texts):
            waiting.append(pool.submit(maker.documents, *piece))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _pieces(
    ordinals: Sequence[int], structures: pa.Table, texts: Iterable[pa.RecordBatch]
) -> Iterator[Piece]:
    ids = structures["application_id"].to_pylist()
    done = 0
    for batch in texts:
        for first in range(0, batch.num_rows, PIECE):
            part = batch.slice(first, PIECE)
            end = bisect_right(ids, part["application_id"][part.num_rows - 1].as_py())
            yield ordinals[done:end], structures.slice(done, end - done), part
            done = end
    for first in range(done, len(ids), PIECE):
        yield ordinals[first : first + PIECE], structures.slice(first, PIECE), None
