# SPDX-License-Identifier: Apache-2.0
"""Count different organisations or families: those that hold enough, and those that are new."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhihang.measurement.counted_rows import Ask
from zhihang.measurement.events import Counted, Events, Floats, Ints
from zhihang.measurement.grid import Span, Steps, When


def count_holders(
    events: Events, asks: Sequence[Ask], when: Sequence[When], steps: Steps | None, *, stock: bool
) -> dict[str, Counted]:
    """Count the things (`Events.thing`) that hold enough; without `steps` there is one period or day only."""
    values = {ask.code: np.zeros((len(events.lines), len(when))) for ask in asks}
    place = {each: number for number, each in enumerate(when)}
    for run in runs(when):
        period = _periods(events.step, run, steps, stock=stock)
        held = _Held(events, period, len(run) + 1)
        columns = [place[each] for each in run if each in place]
        chosen = [number for number, each in enumerate(run) if each in place]
        for number, ask in enumerate(asks):
            found = held.counted(events.n * events.fits[number], ask, stock=stock and steps is not None)
            values[ask.code][:, columns] = found[:, 1:][:, chosen]
    return {ask.code: Counted(events.lines, tuple(when), values[ask.code]) for ask in asks}


def runs(when: Sequence[When]) -> list[Sequence[When]]:
    """Part periods into runs of equal periods that follow each other, gaps filled; a day is a run of its own."""
    groups: dict[tuple[int, int], list[int]] = {}
    for span in when:
        if isinstance(span, Span):
            groups.setdefault((span.months, span.start % span.months), []).append(span.start)
    found: list[Sequence[When]] = [
        [Span(start, months) for start in range(min(starts), max(starts) + 1, months)]
        for (months, _), starts in groups.items()
    ]
    return found + [[each] for each in when if not isinstance(each, Span)]


def _periods(step: Ints, run: Sequence[When], steps: Steps | None, *, stock: bool) -> Ints:
    """Number of the period of a run, from 1, that steps lie in; earlier ones are 0, and -1 where they do not count."""
    first, last = run[0], run[-1]
    if steps is None or not isinstance(first, Span) or not isinstance(last, Span):
        return np.ones(len(step), np.int64)
    period = (steps.first + step * steps.width - first.start) // first.months + 1
    outside = period > len(run) if stock else (period > len(run)) | (period < 1)
    return np.where(outside, -1, np.maximum(period, 0))


class _Held:
    """Groups of rows in order of line, thing and period, ready to be added up along the periods of each thing."""

    def __init__(self, events: Events, period: Ints, periods: int) -> None:
        self._inside = np.flatnonzero(period >= 0)
        things = int(events.thing.max(initial=0)) + 1
        holder = events.line[self._inside] * things + events.thing[self._inside]
        keys, self._group = np.unique(holder * periods + period[self._inside], return_inverse=True)
        self._cell = keys // periods // things * periods + keys % periods
        self._first = np.append(True, np.diff(keys // periods) != 0)[: len(keys)]
        self._shape = len(events.lines), periods

    def counted(self, weight: Floats, ask: Ask, *, stock: bool) -> Floats:
        """Count holders of enough by line and period; weights are changes of what they hold, for a stock."""
        n = np.bincount(self._group, weights=weight[self._inside], minlength=len(self._cell))
        if not stock:
            return self._summed((n >= ask.count.holding).astype(np.float64))
        now = np.cumsum(n)
        now -= np.repeat((now - n)[self._first], np.diff(np.append(np.flatnonzero(self._first), len(n))))
        before = now - n
        enough = now >= ask.count.holding
        if ask.count.newly:
            return self._summed((enough & (before == 0)).astype(np.float64))
        turned = enough.astype(np.float64) - (before >= ask.count.holding)
        return np.asarray(np.cumsum(self._summed(turned), axis=1), np.float64)

    def _summed(self, weight: Floats) -> Floats:
        lines, periods = self._shape
        cells = np.bincount(self._cell, weights=weight, minlength=lines * periods)
        return cells.reshape(lines, periods).astype(np.float64, copy=False)
