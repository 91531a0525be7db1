# SPDX-License-Identifier: Apache-2.0
"""What readers are known by when news comes in: their own patents, what they follow, what they found useful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from zhihang.matching.news import Records
from zhihang.matching.profile import Profile
from zhihang.matching.since import Since

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NO_RECORDS = Records((), (), (), (), (), (), (), (), ())
USEFUL, USELESS = 0.5, -0.25
"""How far what a reader found useful or not moves what they are known by (Rocchio's usual weights, halved)."""


@dataclass(frozen=True)
class Judged:
    """What readers said of records they got: record `record` (a row of `records`) was useful to reader `reader`."""

    records: Records = NO_RECORDS
    reader: Sequence[int] = ()
    record: Sequence[int] = ()
    useful: Sequence[bool] = ()


@dataclass(frozen=True)
class Interest:
    """Readers and news.

    Parameters
    ----------
    profiles, news
        The readers, and the new records.
    own, owners
        Their own patents, and for each the readers (positions in `profiles`) it belongs to.
    selves, rivals
        Ids of the organisations that each reader is, and that it follows.
    hits
        Ids of the records that each query finds.
    scopes
        Words of each reader's business scope.
    judged
        What was found useful or not.
    since
        Up to when each reader was served; where this is empty, everything is news.
    """

    profiles: Sequence[Profile]
    news: Records
    own: Records = NO_RECORDS
    owners: Sequence[Sequence[int]] = ()
    rivals: Sequence[Sequence[str]] = ()
    hits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    scopes: Sequence[Sequence[str]] = ()
    judged: Judged = field(default_factory=Judged)
    selves: Sequence[Sequence[str]] = ()
    since: Sequence[Since] = ()

    def of_own(self, rows: csr_matrix) -> csr_matrix:
        """Return for each reader the mean of the rows of its own patents."""
        from scipy.sparse import csr_matrix

        readers = [reader for owners in self.owners for reader in owners]
        records = [number for number, owners in enumerate(self.owners) for _ in owners]
        held = np.bincount(readers, minlength=len(self.profiles)) if readers else np.zeros(len(self.profiles))
        weights = [1.0 / held[reader] for reader in readers]
        shape = (len(self.profiles), rows.shape[0])
        return csr_matrix((weights, (readers, records)), shape=shape, dtype=np.float32) @ rows

    def moved(self, rows: csr_matrix, judged: csr_matrix) -> csr_matrix:
        """Return readers' rows moved towards what they found useful and away from what they did not."""
        from scipy.sparse import csr_matrix

        said = self.judged
        if not said.reader:
            return rows
        times: dict[tuple[int, bool], int] = {}
        for reader, useful in zip(said.reader, said.useful, strict=True):
            times[reader, useful] = times.get((reader, useful), 0) + 1
        weights = [
            (USEFUL if useful else USELESS) / times[reader, useful]
            for reader, useful in zip(said.reader, said.useful, strict=True)
        ]
        shape = (len(self.profiles), len(said.records))
        step = csr_matrix((weights, (said.reader, said.record)), shape=shape, dtype=np.float32) @ judged
        moved = (rows + step).tocsr()
        moved.data = np.maximum(moved.data, 0)
        moved.eliminate_zeros()
        return moved
