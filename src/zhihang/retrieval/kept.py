# SPDX-License-Identifier: Apache-2.0
"""Answers kept with the index, so that the store or the index is asked once for one state of both."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Kept(Generic[T]):
    """Answers by what was asked; those not asked for the longest time go when their sizes pass `most` together.

    Several threads may ask; of those that ask for the same at once, one makes it and the others wait.
    """

    most: int
    _kept: OrderedDict[Hashable, tuple[T, int]] = field(default_factory=OrderedDict)
    _making: dict[Hashable, Lock] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, make: Callable[[], tuple[T, int]]) -> T:
        """Return the answer kept under a key, or make it; `make` also tells its size."""
        with self._lock:
            gate = self._making.setdefault(key, Lock())
        try:
            with gate:
                found = self._known(key)
                return (self._keep(key, make()) if found is None else found)[0]
        finally:
            with self._lock:
                self._making.pop(key, None)

    def _known(self, key: Hashable) -> tuple[T, int] | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Hashable, made: tuple[T, int]) -> tuple[T, int]:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(size + 1 for _, size in self._kept.values()) > self.most:
                self._kept.popitem(last=False)
        return made
