# SPDX-License-Identifier: Apache-2.0
"""The second step: groups of filings under compatible names are put together, the likeliest pairs first."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.derivation.persons.frequency import Frequency
from zhihang.derivation.persons.mentions import Atoms
from zhihang.derivation.persons.parameters import Parameters
from zhihang.derivation.persons.surely import Found
from zhihang.derivation.persons.weighing import Clusters, weigh
from zhihang.methods.agglomeration import (
    Incidence,
    Numbers,
    Weights,
    components,
    distinct_pairs,
    mutual_best,
    sharing_pairs,
)

AT_ONCE = 150_000
"""Groups looked at together, to bound the memory."""
THREADS = 2
SMALL_BLOCK = 30
"""In a block of up to so many groups every pair is looked at; in a larger one those that share something, and"""
NEXT = 6
"""so many that stand next in order, so that filings under a rare name come together without anything shared."""
ROUNDS = 30


@dataclass
class Joining:
    """The state of the second step, over all atoms: their groups, best ties, and the best tie refused."""

    atoms: Atoms
    found: Found
    refused: Weights
    frequency: Frequency
    parameters: Parameters

    def run(self) -> None:
        """Put together what belongs together, block by block; no portion touches what another one writes."""
        with ThreadPoolExecutor(THREADS) as pool:  # numpy lets other threads work while it sorts and looks up
            for _ in pool.map(self._join, self._portions()):
                pass

    def _portions(self) -> Iterator[Numbers]:
        """Atoms of blocks with several groups, some blocks at a time."""
        block = self.atoms.block
        heads = np.flatnonzero(self.found.group == np.arange(len(block)))
        several = np.bincount(block[heads], minlength=self.atoms.block_width) > 1
        rows = np.flatnonzero(several[block])
        rows = rows[np.argsort(block[rows], kind="stable")]
        is_head = self.found.group[rows] == rows
        begins = np.concatenate([[True], block[rows][1:] != block[rows][:-1]]) if len(rows) else is_head
        portion = np.cumsum(is_head)
        portion = np.maximum.accumulate(np.where(begins, portion, 0)) // AT_ONCE
        for start, end in _runs(portion):
            yield np.sort(rows[start:end])

    def _join(self, rows: Numbers) -> None:
        for _ in range(ROUNDS):
            heads, of = np.unique(self.found.group[rows], return_inverse=True)
            clusters = Clusters(self.atoms, rows, of, len(heads), self.frequency, self.parameters)
            one, other = candidates(clusters)
            score, bits = weigh(clusters, one, other)
            best = mutual_best(clusters.count, one, other, score)
            best = best[score[best] >= self.parameters.threshold]
            low = score < self.parameters.threshold
            if not len(best):
                self._refuse(clusters, one[low], other[low], score[low])
                return
            self._merge(clusters, one[best], other[best], score[best], bits[best])
            tie = components(clusters.count, one[best], other[best])
            self.found.group[rows] = heads[tie[of]]
            changed = np.zeros(self.atoms.block_width, bool)
            changed[clusters.block[one[best]]] = True
            left = changed[clusters.block[one]]
            low &= ~left
            self._refuse(clusters, one[low], other[low], score[low])
            rows = rows[changed[self.atoms.block[rows]]]

    def _merge(
        self, clusters: Clusters, one: Numbers, other: Numbers, score: Weights, bits: NDArray[np.int64]
    ) -> None:
        """Note the tie for the atoms of the smaller group of each pair, and for those without a tie of their own."""
        small = np.where(clusters.size[one] < clusters.size[other], one, other)
        large = np.where(clusters.size[one] < clusters.size[other], other, one)
        for side, all_of_it in ((small, True), (large, False)):
            pair = np.full(clusters.count, -1, np.int64)
            pair[side] = np.arange(len(side))
            mine = pair[clusters.of]
            held = mine >= 0
            rows, mine = clusters.rows[held], mine[held]
            untied = ~np.isfinite(self.found.score[rows])
            weaker = (score[mine] < self.found.score[rows]) & all_of_it
            taken = untied | weaker
            self.found.score[rows[taken]] = score[mine[taken]]
            self.found.bits[rows[taken]] = bits[mine[taken]]

    def _refuse(self, clusters: Clusters, one: Numbers, other: Numbers, score: Weights) -> None:
        best = np.full(clusters.count, -np.inf)
        for side in (one, other):
            np.maximum.at(best, side, score)
        self.refused[clusters.rows] = best[clusters.of]


def candidates(clusters: Clusters) -> tuple[Numbers, Numbers]:
    """Return the pairs of groups worth looking at, in an order that follows from the groups alone."""
    block = clusters.block
    small = np.bincount(block, minlength=int(block.max(initial=0)) + 1)[block] <= SMALL_BLOCK
    pairs = [sharing_pairs(np.arange(clusters.count), block, largest=SMALL_BLOCK, near=NEXT)]
    width = int(block.max(initial=0)) + 1
    large = ~small
    for what, largest in (
        (clusters.organisations, 40),
        (clusters.co_inventors, 40),
        (clusters.cited, 40),
        (clusters.groups, 15),
    ):
        things, keys = _of_some(what, large)
        pairs.append(sharing_pairs(things, keys * width + block[things], largest=largest))
    return distinct_pairs(pairs)


def _of_some(what: Incidence, some: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    kept = some[what.things]
    return what.things[kept], what.keys[kept]


def _runs(numbers: Numbers) -> Iterator[tuple[int, int]]:
    """Begin and end of each run of equal numbers."""
    if not len(numbers):
        return
    begins = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
    yield from zip(begins.tolist(), [*begins[1:].tolist(), len(numbers)], strict=True)
