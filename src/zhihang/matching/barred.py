# SPDX-License-Identifier: Apache-2.0
"""What a reader does not get: its own patents, what it had, and what was no news any more when it was last served."""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np
from numpy.typing import NDArray

from zhihang.matching.interest import Interest
from zhihang.matching.pairing import Scores

Places = NDArray[np.int32]


class Barred:
    """Records that are left out, by reader."""

    def __init__(self, interest: Interest, sent: Mapping[str, Set[str]]) -> None:
        self._place = {number: place for place, number in enumerate(interest.news.ids)}
        self._names = [profile.name for profile in interest.profiles]
        self._sent = sent
        self._of: dict[str, list[int]] = {}
        for place, organisations in enumerate(interest.news.organisations):
            for organisation in organisations:
                self._of.setdefault(organisation, []).append(place)
        self._selves = interest.selves or [()] * len(self._names)
        self._old = _Old(interest)

    def left(self, reader: int, records: Places, scores: Scores) -> tuple[Places, Scores]:
        """Return the records that are left for a reader, with their scores."""
        had = self._sent.get(self._names[reader], frozenset())
        out = [place for own in self._selves[reader] for place in self._of.get(own, ())]
        out += [self._place[number] for number in had if number in self._place]
        old = self._old.of(reader)
        if old is not None:
            kept = ~old[records]
            records, scores = records[kept], scores[kept]
        if out:
            kept = ~np.isin(records, np.array(out))
            records, scores = records[kept], scores[kept]
        return records, scores


class _Old:
    """Records a reader was served past: no later than its last day, and in the store already at that time."""

    def __init__(self, interest: Interest) -> None:
        self._since = interest.since
        self._days = np.array([day.toordinal() if day else 0 for day in interest.news.days], np.int32)
        self._runs = np.array(interest.news.runs or [0] * len(self._days), np.int64)
        self._known: dict[object, NDArray[np.bool_] | None] = {}

    def of(self, reader: int) -> NDArray[np.bool_] | None:
        if not self._since:
            return None
        since = self._since[reader]
        if since not in self._known:
            late = (self._runs > since.run) & (self._days > since.first.toordinal())
            old = (self._days <= since.day.toordinal()) & ~late
            self._known[since] = old if old.any() else None
        return self._known[since]
