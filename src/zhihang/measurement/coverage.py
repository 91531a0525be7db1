# SPDX-License-Identifier: Apache-2.0
"""What time the patents of a store cover, and so which figures are complete."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from zhihang.measurement.counted_rows import Collect, Tables
from zhihang.measurement.grid import When
from zhihang.measurement.indicator import Event

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class Options:
    """Conventions of measuring.

    Parameters
    ----------
    publication_lag
        Months for which filings stay unpublished: periods that end later than that before the newest date of the
        store are incomplete (Patent Law of China, art. 34: 18 months), unless the store holds unpublished filings.
    register_share
        Share of unpublished applications among the filings of that time from which on the store is taken for a
        register that is complete anyway.
    """

    publication_lag: int = 18
    register_share: float = 0.2

    def published_until(self, newest: date) -> date:
        """Return the day until which filings are published in a store that ends on a day."""
        return newest - timedelta(days=round(self.publication_lag * 30.44))


@dataclass(frozen=True)
class Coverage:
    """What time the patents of the store cover: first filing, newest date of any kind, whether a full register."""

    first: date | None
    newest: date | None
    register: bool
    simulated: bool

    def of(self, event: Event, when: When, options: Options) -> tuple[str, str]:
        """Return why a count has no value at a time, and why it is not complete; blank where neither is so."""
        if self.newest is None or self.first is None:
            return "the store holds no patents, or `zhihang derive` has not been run", ""
        first = when if isinstance(when, date) else when.first_day
        last = when if isinstance(when, date) else when.last_day
        if first > self.newest:
            return f"after the newest date of the store, {self.newest}", ""
        if last < self.first:
            return f"before the first filing in the store, {self.first}", ""
        if last > self.newest:
            return "", f"the store ends at {self.newest}"
        lag = options.published_until(self.newest)
        if event == "filings" and last > lag and not self.register:
            return "", f"filings after {lag} are not all published"
        return "", ""


_READ: WeakKeyDictionary[Hashable, dict[Options, Coverage]] = WeakKeyDictionary()
"""Coverage of tables that were looked at before: it is asked for every figure, and does not change with the question."""


def coverage_of(tables: Tables, collect: Collect, options: Options) -> Coverage:
    """Return what time the patents of a store cover."""
    patent = tables("patent")
    known = _READ.setdefault(patent.op(), {})
    if options not in known:
        known[options] = _read(patent, collect, options)
    return known[options]


def _read(patent: ir.Table, collect: Collect, options: Options) -> Coverage:
    """Read the coverage: files know their least and largest values, so that hardly anything is looked at."""
    names = ("filing_date", "publication_date", "grant_date")
    first = patent.aggregate(first=patent.filing_date.min(), **{name: patent[name].max() for name in names})
    row = collect(first).to_pylist()[0]
    simulated = len(collect(patent.filter(patent.simulated).select("simulated").limit(1))) > 0
    newest = max((row[name] for name in names if row[name]), default=None)
    if newest is None:
        return Coverage(row["first"], None, False, simulated)
    recent = patent.filter(patent.filing_date > options.published_until(newest))
    counted = collect(recent.aggregate(all=recent.count(), published=recent.publication_date.count()))
    found = counted.to_pylist()[0]
    register = bool(found["all"]) and 1 - found["published"] / found["all"] >= options.register_share
    return Coverage(row["first"], newest, register, simulated)
