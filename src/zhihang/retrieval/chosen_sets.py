# SPDX-License-Identifier: Apache-2.0
"""What structured conditions chose, kept with the index: the store is asked once for one state of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tantivy

MOST_APPLICATIONS = 2_000_000
"""Applications of all sets together; those not asked for the longest time go first (about 100 bytes each)."""


@dataclass
class ChosenSets:
    """Questions for the applications that conditions chose, by state of the store, day and conditions.

    Several threads may ask; of those that ask for the same set at once, one makes it and the others wait.
    """

    _kept: OrderedDict[Hashable, tuple[tantivy.Query, int]] = field(default_factory=OrderedDict)
    _making: dict[Hashable, Lock] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, choose: Callable[[], tuple[tantivy.Query, int]]) -> tantivy.Query:
        """Return the question kept under a key, or make it; `choose` also tells how many applications it names."""
        with self._lock:
            gate = self._making.setdefault(key, Lock())
        try:
            with gate:
                found = self._known(key)
                return self._keep(key, choose()) if found is None else found
        finally:
            with self._lock:
                self._making.pop(key, None)

    def _known(self, key: Hashable) -> tantivy.Query | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def _keep(self, key: Hashable, made: tuple[tantivy.Query, int]) -> tantivy.Query:
        with self._lock:
            self._kept[key] = made
            while (
                len(self._kept) > 1 and sum(count + 1 for _, count in self._kept.values()) > MOST_APPLICATIONS
            ):
                self._kept.popitem(last=False)
        return made[0]
