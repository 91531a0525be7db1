# SPDX-License-Identifier: Apache-2.0
"""What structured conditions chose, kept with the index: the store is asked once for one state of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tantivy

MOST_APPLICATIONS = 2_000_000
"""Applications of all sets together; those not asked for the longest time go first (about 100 bytes each)."""


@dataclass
class ChosenSets:
    """Questions for the applications that conditions chose, by state of the store, day and conditions."""

    _kept: OrderedDict[Hashable, tuple[tantivy.Query, int]] = field(default_factory=OrderedDict)

    def get(self, key: Hashable, choose: Callable[[], tuple[tantivy.Query, int]]) -> tantivy.Query:
        """Return the question kept under a key, or make it; `choose` also tells how many applications it names."""
        found = self._kept.pop(key, None) or choose()
        self._kept[key] = found
        while len(self._kept) > 1 and sum(count + 1 for _, count in self._kept.values()) > MOST_APPLICATIONS:
            self._kept.popitem(last=False)
        return found[0]
