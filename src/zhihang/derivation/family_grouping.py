# SPDX-License-Identifier: Apache-2.0
"""Grouping applications into simple families: equal sets of priorities, entries of one PCT application, sources."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]
_SEED = 20_210_101


@dataclass(frozen=True)
class Links:
    """What ties applications together. Ids that the store does not know still count as earlier filings.

    known
        Every application that may be tied to another (the rest are alone).
    priorities
        `application_id`, `priority`: each claimed earlier filing; null where its number cannot be read.
    entries
        `application_id`, `international`: the PCT application it entered the national phase from.
    given
        `application_id`, `member`: applications that a source puts into one family.
    """

    known: pa.Array
    priorities: pa.Table
    entries: pa.Table
    given: pa.Table


def group(links: Links) -> pa.Table:
    """Put each known application into a family: `application_id`, `family_id`, `reason` (list `family_rule`)."""
    return _Grouping(links).table()


class _Grouping:
    """Applications as positions in `ids`, which are in order, so that the least position is the least id."""

    def __init__(self, links: Links) -> None:
        known = links.known.unique().drop_null()
        self.ids = known.take(pc.sort_indices(known))
        self.size = len(self.ids)
        named = [self.ids, links.priorities["priority"], links.entries["international"]]
        labels = (
            pa.chunked_array([part for one in named for part in _chunks(one)], pa.string())
            .unique()
            .drop_null()
        )
        # Labels as numbers: those of known applications first, in their order.
        self.labels = pa.concat_arrays([self.ids, labels.filter(pc.invert(pc.is_in(labels, self.ids)))])
        self._read(links)
        self._tie()

    def _read(self, links: Links) -> None:
        claiming, earlier = self._pairs(links.priorities, "priority")
        unread = earlier < 0
        self.unreadable = np.zeros(self.size, bool)
        self.unreadable[claiming[unread]] = True
        self.claims = np.unique(np.column_stack([claiming, earlier])[~unread], axis=0)
        self.has_priority = np.zeros(self.size, bool)
        self.has_priority[self.claims[:, 0]] = True
        entering, international = self._pairs(links.entries, "international")
        self.international = np.full(self.size, -1, np.int64)
        self.international[entering] = international
        one, other = self._pairs(links.given, "member")
        inside = (other >= 0) & (other < self.size) & (one != other)
        self.given = np.column_stack([one, other])[inside]

    def _pairs(self, table: pa.Table, column: str) -> tuple[Ids, Ids]:
        """Positions of both columns of a table; -1 for what has none. Rows of unknown applications are left out."""
        first, second = (self._places(table[name]) for name in ("application_id", column))
        kept = (first >= 0) & (first < self.size)
        return first[kept], second[kept]

    def _places(self, ids: pa.ChunkedArray) -> Ids:
        places = pc.fill_null(pc.index_in(ids, value_set=self.labels), -1)
        found: Ids = np.asarray(places.to_numpy()).astype(np.int64)
        return found

    def _tie(self) -> None:
        keys = self._keys()
        rows = np.arange(self.size)
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        same = np.column_stack([rows, first[inverse]])
        entries = np.column_stack([rows, self.international])
        entries = entries[(self.international >= 0) & (self.international < self.size)]
        self.by_priority = self._components(np.concatenate([same, entries]))
        alone = np.bincount(self.by_priority, minlength=self.size)[self.by_priority] == 1
        self.from_source = self.given[(alone & ~self.has_priority)[self.given[:, 0]]]
        self.family = self._components(np.concatenate([same, entries, self.from_source]))

    def _keys(self) -> NDArray[np.uint64]:
        """A number for the set of first filings of each application: sums of random numbers, equal for equal sets."""
        random = np.random.default_rng(_SEED).integers(0, 2**64, len(self.labels), np.uint64)
        keys = np.zeros(self.size, np.uint64)
        np.add.at(keys, self.claims[:, 0], random[self.claims[:, 1]])
        entered = ~self.has_priority & (self.international >= 0)
        keys[entered] = random[self.international[entered]]
        first = ~self.has_priority & ~entered
        keys[first] = random[: self.size][first]
        # An unread priority makes the set unlike any other.
        keys[self.unreadable] += np.random.default_rng(_SEED + 1).integers(0, 2**64, self.size, np.uint64)[
            self.unreadable
        ]
        return keys

    def _components(self, edges: Ids) -> Ids:
        """Least position among all that are tied to each position, found by hooking roots onto smaller ones."""
        root: Ids = np.arange(self.size, dtype=np.int64)
        while True:
            one, other = root[edges[:, 0]], root[edges[:, 1]]
            if np.array_equal(one, other):
                return root
            least = np.minimum(one, other)
            np.minimum.at(root, one, least)
            np.minimum.at(root, other, least)
            while not np.array_equal(root, root[root]):
                root = root[root]

    def table(self) -> pa.Table:
        return pa.table(
            {
                "application_id": self.ids,
                "family_id": self.ids.take(pa.array(self.family)),
                "reason": pa.array(self._reasons().tolist(), pa.string()),
            }
        )

    def _reasons(self) -> NDArray[np.str_]:
        members = np.bincount(self.family, minlength=self.size)[self.family]
        joined, differs = np.zeros(self.size, bool), np.zeros(self.size, bool)
        joined[self.from_source.ravel()] = True
        # Those whom the source leads into a family that priorities made are there by their priorities.
        joined &= np.bincount(self.by_priority, minlength=self.size)[self.by_priority] == 1
        apart = self.family[self.given[:, 0]] != self.family[self.given[:, 1]]
        differs[self.given[apart, 0]] = True
        entered = ~self.has_priority & (self.international >= 0)
        alone = members == 1
        conditions = [joined & ~alone, differs, alone & self.unreadable, alone, entered]
        names = ["given_by_source", "source_differs", "priority_unreadable", "alone", "national_phase"]
        return np.select(conditions, names, "same_priorities")


def _chunks(values: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    return values.chunks if isinstance(values, pa.ChunkedArray) else [values]
